#include "stats/trend.h"

static size_t fit_regions(const struct kg_sample *sample, const struct kg_params *params, struct kg_arena *scratch,
			  struct kg_term *out, bool correlated)
{
	const double *y = kg_trend_values(sample, scratch);
	struct kg_trend_pool pool;

	if (!y)
		return 0;
	pool = correlated ? kg_trend_pool_correlated(sample, y, scratch) : kg_trend_pool(sample, y, scratch);
	return kg_trend_report_pool(&pool, !correlated, params, out);
}

static size_t fit(const struct kg_sample *sample, const struct kg_params *params, struct kg_arena *scratch,
		  struct kg_term *out, size_t room)
{
	return room < 3 ? 0 : fit_regions(sample, params, scratch, out, false);
}

static size_t fit_correlated(const struct kg_sample *sample, const struct kg_params *params, struct kg_arena *scratch,
			     struct kg_term *out, size_t room)
{
	return room < 3 ? 0 : fit_regions(sample, params, scratch, out, true);
}

const struct kg_stat kg_stat_regional = {
	.program = "trend",
	.id = "regional",
	.title = "Regional Mann-Kendall test: one trend over all groups of --by",
	.formula = "S and Var S are summed over the groups; tau-a = S / sum of n[k](n[k]-1)/2; the slope is the median "
		   "of all slopes "
		   "within groups",
	.source = "Helsel & Frans (2006), Environmental Science & Technology 40: 4066-4073",
	.assumes = "Groups are independent of each other and trend the same way. The row's group cells are empty. "
		   "Groups with a series "
		   "break count as a group for each side.",
	.unit = "s: pairs rising less pairs falling, over all places",
	.agrees = "Python pymannkendall.regional_test",
	.needs = KG_NEEDS_Y | KG_NEEDS_X | KG_NEEDS_STRATUM,
	.min_n = 4,
	.fit = fit,
	.terms_most = 3,
};

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
	.fit = fit_correlated,
	.terms_most = 3,
};
