#include "stats/auc.h"
#include "stats/correlation.h"
#include "stats/interval.h"

#define TERMS 4

/* The two-valued column as 0 and 1, the larger value 1. */
static double *code_binary(const double *value, size_t n, struct kg_arena *scratch)
{
	struct kg_order order = kg_order_make(value, n, scratch);
	double *coded = KG_ARRAY(scratch, double, n);

	for (size_t i = 0; coded && order.code && i < n; i++)
		coded[i] = order.code[i];
	return coded;
}

static struct kg_term make(const char *name, double estimate, double std_error, struct kg_interval limits)
{
	struct kg_term term = kg_term_new(name, NULL);

	term.estimate = estimate;
	term.std_error = std_error;
	term.conf_low = limits.low;
	term.conf_high = limits.high;
	return term;
}

/* Share of the larger value, with Wilson's limits. */
static struct kg_term make_prevalence(const double *binary, size_t n, double z)
{
	double p = 0, m = (double)n, centre, half;

	for (size_t i = 0; i < n; i++)
		p += binary[i] / m;
	centre = (p + z * z / (2 * m)) / (1 + z * z / m);
	half = z * sqrt(p * (1 - p) / m + z * z / (4 * m * m)) / (1 + z * z / m);
	return make("prevalence", p, NAN, (struct kg_interval){ centre - half, centre + half });
}

static size_t fit_point_biserial(const struct kg_sample *sample, const struct kg_params *params,
				 struct kg_arena *scratch, struct kg_term *out, size_t room)
{
	size_t levels_x = kg_order_make(sample->x, sample->n, scratch).ndistinct;
	size_t levels_y = kg_order_make(sample->y, sample->n, scratch).ndistinct;
	const double *binary = levels_x == 2 ? sample->x : sample->y;
	const double *score = levels_x == 2 ? sample->y : sample->x;
	struct kg_interval limits;
	struct kg_auc auc;

	(void)room;
	if (levels_x > 1 && levels_y > 1 && levels_x != 2 && levels_y != 2) {
		*out = kg_term_none("r", NULL, KG_WHY_NOT_BINARY);
		return 1;
	}
	if (kg_correlation_fit(&kg_correlation_pearson, sample, params, scratch, out) == 0)
		return 0;
	binary = code_binary(binary, sample->n, scratch);
	if (!binary)
		return 0;
	if (out[0].why != KG_WHY_NONE)
		return 1;
	auc = kg_auc_estimate(score, binary, sample->n, scratch);
	limits = kg_auc_limits(auc, params->conf_level);
	out[1] = make("rank_biserial", 2 * auc.estimate - 1, 2 * auc.std_error,
		      (struct kg_interval){ 2 * limits.low - 1, 2 * limits.high - 1 });
	out[2] = make("auc", auc.estimate, auc.std_error, limits);
	out[3] = make_prevalence(binary, sample->n, kg_interval_z(params->conf_level));
	return TERMS;
}

const struct kg_stat kg_stat_point_biserial = {
	.program = "correlate",
	.id = "point-biserial",
	.title = "Point-biserial correlation of a two-valued and a numeric column",
	.formula = "Pearson's r with the two values as numbers: r = (mean1 - mean0) / s_n sqrt(p (1 - p)); "
		   "t = r sqrt((n - 2) / (1 - r^2)) on n - 2 degrees of freedom, the two-sample t test; beside it auc, "
		   "the chance that a case has the higher value, rank_biserial = 2 auc - 1, limits after DeLong on the "
		   "logit scale, and prevalence, the share of cases (the larger value), Wilson limits",
	.source = "Lev 1949, Ann. Math. Stat. 20: 125-126; Tate 1954, Ann. Math. Stat. 25: 603-607",
	.assumes = "one column has exactly two values; equal spread in both groups for the test; cannot reach 1, and "
		   "less the further the prevalence is from one half",
	.unit = "-1 to 1",
	.agrees = "R cor.test and t.test(var.equal = TRUE)",
	.needs = KG_NEEDS_X | KG_NEEDS_Y,
	.min_n = 3,
	.fit = fit_point_biserial,
	.terms_most = TERMS,
};
