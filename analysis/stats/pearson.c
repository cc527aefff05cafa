#include "stats/correlation.h"

static void prepare_values(const struct kg_sample *sample, struct kg_pair *pair, struct kg_arena *scratch)
{
	kg_pair_scale(sample->x, sample->y, pair, scratch);
}

static double count_values(const void *data, const uint32_t *count, struct kg_arena *scratch)
{
	const struct kg_pair *pair = data;

	(void)scratch;
	return kg_pair_counted(pair->x, pair->y, count, pair->n);
}

/* Fisher (1921): atanh r is nearly normal with variance 1 / (n - 3). */
static double find_z_variance(const struct kg_pair *pair, double r, bool bonett)
{
	(void)r;
	(void)bonett;
	return kg_pair_count(pair) > 3 ? 1 / (kg_pair_count(pair) - 3) : NAN;
}

const struct kg_correlation kg_correlation_pearson = { prepare_values,	kg_pair_test,	 count_values,
						       kg_pair_ordered, find_z_variance, false };

static size_t fit_pearson(const struct kg_sample *sample, const struct kg_params *params, struct kg_arena *scratch,
			  struct kg_term *out, size_t room)
{
	(void)room;
	return kg_correlation_fit(&kg_correlation_pearson, sample, params, scratch, out);
}

const struct kg_stat kg_stat_pearson = {
	.program = "correlate",
	.id = "pearson",
	.title = "Pearson's product-moment correlation",
	.formula = "r = sum (x - mean x)(y - mean y) / sqrt(sum (x - mean x)^2 sum (y - mean y)^2); "
		   "t = r sqrt((n - 2) / (1 - r^2)) on n - 2 degrees of freedom; "
		   "limits tanh(atanh r -+ z / sqrt(n - 3))",
	.source = "Pearson 1895, Proc. R. Soc. Lond. 58: 240-242; limits: Fisher 1921, Metron 1(4): 3-32",
	.assumes = "pairs independent; measures linear association; the test and Fisher's limits are exact for normal "
		   "pairs and good approximations for larger n; one outlier can make or hide it; "
		   "bootstrap limits want 100 pairs, with fewer they are a little narrow",
	.unit = "-1 to 1",
	.agrees = "R cor.test(method = \"pearson\")",
	.needs = KG_NEEDS_X | KG_NEEDS_Y,
	.min_n = 3,
	.fit = fit_pearson,
	.terms_most = 1,
};
