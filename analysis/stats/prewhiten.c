#include "stats/trend.h"

static size_t fit(const struct kg_sample *sample, const struct kg_params *params, struct kg_arena *scratch,
		  struct kg_term *out, size_t room)
{
	const double *y = kg_trend_values(sample, scratch);
	double *white = KG_ARRAY(scratch, double, sample->n), r;
	struct kg_trend_score score;

	if (!y || !white || room < 2)
		return 0;
	r = kg_trend_autocorrelation(y, sample->n, 1);
	for (size_t i = 1; i < sample->n; i++)
		white[i - 1] = y[i] - r * y[i - 1];
	score = kg_trend_score(white, sample->n - 1, scratch);
	return kg_trend_report(&score, score.variance, params, false, scratch, out);
}

const struct kg_stat kg_stat_prewhiten = {
	.program = "trend",
	.id = "prewhiten",
	.title = "Mann-Kendall test after prewhitening",
	.formula = "the test on x[i] - r x[i-1], r the autocorrelation at lag 1",
	.source = "von Storch (1995), Misuses of statistical analysis in climate research, in: Analysis of Climate "
		  "Variability",
	.assumes = "First-order autoregressive errors. A real trend inflates r, so that the test loses power: compare "
		   "trend-free-prewhiten. Remaining values are taken as consecutive.",
	.unit = "tau: -1 to 1; s: pairs rising less pairs falling",
	.agrees = "Python pymannkendall.pre_whitening_modification_test",
	.needs = KG_NEEDS_Y,
	.min_n = 4,
	.fit = fit,
	.terms_most = 2,
};
