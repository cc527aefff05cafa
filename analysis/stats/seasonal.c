#include "stats/trend.h"

static size_t fit(const struct kg_sample *sample, const struct kg_params *params, struct kg_arena *scratch,
		  struct kg_term *out, size_t room)
{
	return room < 3 ? 0 : kg_trend_fit_seasons(sample, params, scratch, out, false);
}

const struct kg_stat kg_stat_seasonal = {
	.program = "trend",
	.id = "seasonal",
	.title = "Seasonal Mann-Kendall test",
	.formula = "S and Var S are summed over the seasons; tau-a = S / sum of n[k](n[k]-1)/2; the slope is the "
		   "median of all slopes "
		   "within seasons, per year",
	.source = "Hirsch, Slack & Smith (1982), Water Resources Research 18: 107-121",
	.assumes = "Seasons are independent of each other and trend the same way. --season is the number of periods in "
		   "a cycle "
		   "(months 12, quarters 4).",
	.unit = "s: pairs rising less pairs falling, within seasons",
	.agrees = "R trend::smk.test; Python pymannkendall.seasonal_test",
	.needs = KG_NEEDS_Y | KG_NEEDS_X | KG_NEEDS_PERIOD,
	.min_n = 4,
	.fit = fit,
	.terms_most = 3,
};
