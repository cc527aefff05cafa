#include "stats/trend.h"

static size_t fit(const struct kg_sample *sample, const struct kg_params *params, struct kg_arena *scratch,
		  struct kg_term *out, size_t room)
{
	return room < 3 ? 0 : kg_trend_fit_regions(sample, params, scratch, out, true);
}

const struct kg_stat kg_stat_regional_correlated = {
	.program = "trend",
	.id = "regional-correlated",
	.title = "Regional Mann-Kendall test with correlated groups",
	.formula = "z = S / sqrt(sum over g, h of cov(g, h)), cov(g, h) = (K + 4 sum R[g] R[h] - n(n+1)^2) / 3, K "
		   "Kendall's score "
		   "between groups g and h, R their ranks; no continuity correction",
	.source = "Hirsch & Slack (1984), Water Resources Research 20: 727-732; Libiseller & Grimvall (2002), "
		  "Environmetrics 13: 71-84",
	.assumes = "Uses the periods in which every group has a value. The row's group cells are empty.",
	.unit = "s: pairs rising less pairs falling, over all places",
	.agrees = "Python pymannkendall.correlated_multivariate_test",
	.needs = KG_NEEDS_Y | KG_NEEDS_X | KG_NEEDS_STRATUM | KG_NEEDS_PERIOD,
	.min_n = 4,
	.fit = fit,
	.terms_most = 3,
};
