#include "stats/trend.h"

static double inflate(const double *rest, size_t n, size_t lag_max)
{
	double sum = 0;

	for (size_t k = 1; k < n && k <= lag_max; k++)
		sum += (1 - (double)k / (double)n) * kg_trend_autocorrelation(rest, n, k);
	return 1 + 2 * sum;
}

static size_t fit(const struct kg_sample *sample, const struct kg_params *params, struct kg_arena *scratch,
		  struct kg_term *out, size_t room)
{
	const struct kg_trend_options *own = params->own;
	const double *y = kg_trend_values(sample, scratch);
	size_t n = sample->n, written;
	double *position = kg_trend_positions(sample->x, n, scratch), *rest = NULL, factor;
	struct kg_trend_score score;

	if (y && position && room >= 2)
		rest = kg_trend_remove(position, y, n, kg_trend_sen(sample->x, y, n, scratch), scratch);
	if (!rest)
		return 0;
	score = kg_trend_score(y, n, scratch);
	factor = inflate(rest, n, own->lag_max ? own->lag_max : n - 1);
	written = kg_trend_report(&score, score.variance * (factor > 0 ? factor : 1), params, false, scratch, out);
	for (size_t k = 0; factor <= 0 && k < written && out[k].why == KG_WHY_NONE; k++)
		out[k].why = KG_WHY_NEGATIVE_VARIANCE;
	return written;
}

const struct kg_stat kg_stat_yue_wang = {
	.program = "trend",
	.id = "yue-wang",
	.title = "Mann-Kendall test for autocorrelated values, Yue and Wang's effective sample size",
	.formula = "Var S is multiplied by n / n* = 1 + 2 sum over lags k of (1 - k/n) r[k], r[k] the autocorrelation "
		   "of the values "
		   "after removing the Theil-Sen trend",
	.source = "Yue & Wang (2004), Water Resources Management 18: 201-218",
	.assumes = "All lags, or those up to --lag-max; with all lags the effective size is often overstated, "
		   "--lag-max 1 is Yue and "
		   "Wang's own example. Remaining values are taken as consecutive. Where the corrected variance is not "
		   "positive the "
		   "uncorrected one is used, with a note.",
	.unit = "tau: -1 to 1; s: pairs rising less pairs falling",
	.agrees = "Python pymannkendall.yue_wang_modification_test",
	.needs = KG_NEEDS_Y | KG_NEEDS_X,
	.min_n = 4,
	.fit = fit,
	.terms_most = 2,
};
