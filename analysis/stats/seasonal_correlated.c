#include "stats/trend.h"

static size_t fit(const struct kg_sample *sample, const struct kg_params *params, struct kg_arena *scratch,
		  struct kg_term *out, size_t room)
{
	return room < 3 ? 0 : kg_trend_fit_seasons(sample, params, scratch, out, true);
}

const struct kg_stat kg_stat_seasonal_correlated = {
	.program = "trend",
	.id = "seasonal-correlated",
	.title = "Seasonal Mann-Kendall test with correlated seasons",
	.formula = "z = S / sqrt(sum over g, h of cov(g, h)), cov(g, h) = (K + 4 sum R[g] R[h] - n(n+1)^2) / 3, K "
		   "Kendall's score "
		   "between seasons g and h, R their ranks; no continuity correction",
	.source = "Hirsch & Slack (1984), Water Resources Research 20: 727-732; Libiseller & Grimvall (2002), "
		  "Environmetrics 13: 71-84",
	.assumes = "Uses the cycles in which every season has a value. Seasons trend the same way.",
	.unit = "s: pairs rising less pairs falling, within seasons",
	.agrees = "R trend::csmk.test without ties; Python pymannkendall.correlated_seasonal_test",
	.needs = KG_NEEDS_Y | KG_NEEDS_X | KG_NEEDS_PERIOD,
	.min_n = 4,
	.fit = fit,
	.terms_most = 3,
};
