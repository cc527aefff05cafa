#include "stats/trend.h"

static size_t fit(const struct kg_sample *sample, const struct kg_params *params, struct kg_arena *scratch,
		  struct kg_term *out, size_t room)
{
	const struct kg_trend_options *own = params->own;
	const double *y = kg_trend_values(sample, scratch);
	double n = (double)sample->n, untied = n * (n - 1) * (2 * n + 5) / 18, r;
	struct kg_trend_pool pool = { .n = sample->n, .pairs = n * (n - 1) / 2 };

	if (!y || !own->covariate || room < 3)
		return 0;
	r = kg_trend_covariance(y, own->covariate, sample->n, scratch) / untied;
	pool.s = kg_trend_score(y, sample->n, scratch).s - r * kg_trend_score(own->covariate, sample->n, scratch).s;
	pool.variance = (1 - r * r) * untied;
	pool.slope = kg_trend_sen(sample->x, y, sample->n, scratch);
	return kg_trend_report_pool(&pool, false, params, out);
}

const struct kg_stat kg_stat_partial_trend = {
	.program = "trend",
	.id = "partial",
	.title = "Partial Mann-Kendall test: trend beyond that of a covariate",
	.formula = "z = (S[y] - r S[c]) / sqrt((1 - r^2) n(n-1)(2n+5)/18), r the correlation of the scores of value "
		   "and covariate "
		   "against time, from cov = (K + 4 sum R[y] R[c] - n(n+1)^2) / 3",
	.source = "Libiseller & Grimvall (2002), Environmetrics 13: 71-84",
	.assumes = "The covariate (--covariate) is known at every period. Ties are not corrected for, as in the "
		   "source. The slope is "
		   "the Theil-Sen slope of the value itself.",
	.unit = "s: pairs rising less pairs falling, given the covariate",
	.agrees = "R trend::partial.mk.test; Python pymannkendall.partial_test",
	.needs = KG_NEEDS_Y | KG_NEEDS_X,
	.min_n = 4,
	.fit = fit,
	.terms_most = 3,
};
