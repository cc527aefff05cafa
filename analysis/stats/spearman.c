#include "stats/correlation.h"

static double *rank(const struct kg_order *order, struct kg_arena *scratch)
{
	double *value = KG_ARRAY(scratch, double, order->n);

	if (value)
		kg_order_ranks(order, value);
	return value;
}

static void prepare_ranks(const struct kg_sample *sample, struct kg_pair *pair, struct kg_arena *scratch)
{
	const double *x = rank(&pair->by_x, scratch), *y = rank(&pair->by_y, scratch);

	(void)sample;
	if (x && y)
		kg_pair_scale(x, y, pair, scratch);
}

static double count_ranks(const void *data, const uint32_t *count, struct kg_arena *scratch)
{
	const struct kg_pair *pair = data;
	double *x = KG_ARRAY(scratch, double, pair->n), *y = KG_ARRAY(scratch, double, pair->n);

	if (!x || !y)
		return NAN;
	kg_order_ranks_counted(&pair->by_x, count, x);
	kg_order_ranks_counted(&pair->by_y, count, y);
	return kg_pair_counted(x, y, count, pair->n);
}

/* Bonett and Wright (2000): (1 + r^2 / 2) / (n - 3); Fieller, Hartley and Pearson (1957): 1.06 / (n - 3). */
static double find_z_variance(const struct kg_pair *pair, double r, bool bonett)
{
	double n = kg_pair_count(pair);

	return n > 3 ? (bonett ? 1 + r * r / 2 : 1.06) / (n - 3) : NAN;
}

const struct kg_correlation kg_correlation_spearman = { prepare_ranks,	 kg_pair_test,	  count_ranks,
							kg_pair_ordered, find_z_variance, true };

static size_t fit_spearman(const struct kg_sample *sample, const struct kg_params *params, struct kg_arena *scratch,
			   struct kg_term *out, size_t room)
{
	(void)room;
	return kg_correlation_fit(&kg_correlation_spearman, sample, params, scratch, out);
}

const struct kg_stat kg_stat_spearman = {
	.program = "correlate",
	.id = "spearman",
	.title = "Spearman's rank correlation",
	.formula = "Pearson's r of the mid-ranks; t = r sqrt((n - 2) / (1 - r^2)) on n - 2 degrees of freedom; "
		   "limits tanh(atanh r -+ z sqrt((1 + r^2 / 2) / (n - 3)))",
	.source = "Spearman 1904, Am. J. Psychol. 15: 72-101; limits: Bonett and Wright 2000, Psychometrika 65: 23-28",
	.assumes = "pairs independent; measures monotone association; ties share mid-ranks; the t test is an "
		   "approximation, below n = 10 ask for --permutations",
	.unit = "-1 to 1",
	.agrees = "R cor.test(method = \"spearman\", exact = FALSE)",
	.needs = KG_NEEDS_X | KG_NEEDS_Y,
	.min_n = 3,
	.fit = fit_spearman,
	.terms_most = 1,
};
