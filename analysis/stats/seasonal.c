#include "stats/trend.h"

static size_t fit_seasons(const struct kg_sample *sample, const struct kg_params *params, struct kg_arena *scratch,
			  struct kg_term *out, bool correlated)
{
	long season = (long)((const struct kg_trend_options *)params->own)->season;
	uint32_t *stratum = KG_ARRAY(scratch, uint32_t, sample->n);
	long *cycle = KG_ARRAY(scratch, long, sample->n);
	const double *y = kg_trend_values(sample, scratch);
	struct kg_sample seasons = *sample;
	struct kg_trend_pool pool;

	if (!stratum || !cycle || !y)
		return 0;
	for (size_t i = 0; i < sample->n; i++) {
		stratum[i] = (uint32_t)(((sample->period[i] % season) + season) % season);
		cycle[i] = (sample->period[i] - (long)stratum[i]) / season;
	}
	seasons.stratum = stratum;
	seasons.period = cycle;
	pool = correlated ? kg_trend_pool_correlated(&seasons, y, scratch) : kg_trend_pool(&seasons, y, scratch);
	return kg_trend_report_pool(&pool, !correlated, params, out);
}

static size_t fit(const struct kg_sample *sample, const struct kg_params *params, struct kg_arena *scratch,
		  struct kg_term *out, size_t room)
{
	return room < 3 ? 0 : fit_seasons(sample, params, scratch, out, false);
}

static size_t fit_correlated(const struct kg_sample *sample, const struct kg_params *params, struct kg_arena *scratch,
			     struct kg_term *out, size_t room)
{
	return room < 3 ? 0 : fit_seasons(sample, params, scratch, out, true);
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
	.fit = fit_correlated,
	.terms_most = 3,
};
