#include "stats/moments.h"

static size_t fit_autocorrelation(const struct kg_sample *sample, const struct kg_params *params,
				  struct kg_arena *scratch, struct kg_term *out, size_t room)
{
	double estimate = kg_autocorrelation(sample->y, sample->period, sample->n);

	(void)params, (void)scratch;
	if (!room)
		return 0;
	out[0] = isnan(estimate) ? kg_term_none("autocorrelation", NULL, KG_WHY_NO_SPREAD)
				 : kg_term_new("autocorrelation", NULL);
	out[0].estimate = estimate;
	return 1;
}

const struct kg_stat kg_stat_autocorrelation = {
	.program = "describe",
	.id = "autocorrelation",
	.title = "Lag-1 autocorrelation",
	.formula =
	    "r1 = sum over i of (y(i) - mean) (y(i-1) - mean) / sum over i of (y(i) - mean)^2, the first sum over "
	    "neighbours only.",
	.source =
	    "Box, G. E. P. and Jenkins, G. M. (1976), Time Series Analysis: Forecasting and Control, revised edition, "
	    "Holden-Day; as certified by NIST, Statistical Reference Datasets.",
	.assumes = "Rows stand in the order of time and at equal distances. A missing cell parts its neighbours: their "
		   "product is left out.",
	.unit = "-1 to 1",
	.agrees = "NIST StRD, univariate summary statistics: all nine sets; R's acf(y, lag.max = 1).",
	.needs = KG_NEEDS_Y | KG_NEEDS_PERIOD,
	.min_n = 2,
	.fit = fit_autocorrelation,
	.terms_most = 1,
};
