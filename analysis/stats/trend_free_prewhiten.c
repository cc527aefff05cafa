#include "stats/trend.h"

static size_t fit(const struct kg_sample *sample, const struct kg_params *params, struct kg_arena *scratch,
		  struct kg_term *out, size_t room)
{
	const double *y = kg_trend_values(sample, scratch);
	struct kg_trend_score score;
	size_t n = sample->n;
	double *position = kg_trend_positions(sample->x, n, scratch), *rest, slope, r;

	if (!y || !position || room < 2)
		return 0;
	slope = kg_trend_sen(sample->x, y, n, scratch);
	rest = kg_trend_remove(position, y, n, slope, scratch);
	if (!rest)
		return 0;
	r = kg_trend_autocorrelation(rest, n, 1);
	for (size_t i = n - 1; i; i--)
		rest[i] += slope * position[i] - r * rest[i - 1];
	score = kg_trend_score(rest + 1, n - 1, scratch);
	return kg_trend_report(&score, score.variance, params, false, scratch, out);
}

const struct kg_stat kg_stat_trend_free_prewhiten = {
	.program = "trend",
	.id = "trend-free-prewhiten",
	.title = "Mann-Kendall test after trend-free prewhitening",
	.formula = "u = x - b t with the Theil-Sen slope b; v[i] = u[i] - r u[i-1], r the autocorrelation of u at lag "
		   "1; the test on "
		   "v[i] + b t[i]",
	.source = "Yue, Pilon, Phinney & Cavadias (2002), Hydrological Processes 16: 1807-1829",
	.assumes =
	    "First-order autoregressive errors about a straight trend. Remaining values are taken as consecutive.",
	.unit = "tau: -1 to 1; s: pairs rising less pairs falling",
	.agrees = "Python pymannkendall.trend_free_pre_whitening_modification_test",
	.needs = KG_NEEDS_Y | KG_NEEDS_X,
	.min_n = 4,
	.fit = fit,
	.terms_most = 2,
};
