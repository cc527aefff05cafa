#include "stats/trend.h"

static size_t fit(const struct kg_sample *sample, const struct kg_params *params, struct kg_arena *scratch,
		  struct kg_term *out, size_t room)
{
	return room < 3 ? 0 : kg_trend_fit_regions(sample, params, scratch, out, false);
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
