#include "stats/standard.h"

static size_t fit(const struct kg_sample *sample, const struct kg_params *params, struct kg_arena *scratch,
		  struct kg_term *out, size_t room)
{
	(void)scratch;
	return kg_direct_dobson(sample, params, kg_count_exact, out, room);
}

const struct kg_stat kg_stat_standard_dobson_exact = {
	.program = "standardise",
	.id = "dobson-exact",
	.title = "directly standardised rate with Dobson's limits (exact Poisson)",
	.formula = "rate R = sum w x/n / sum w; V = sum (w / sum w)^2 x / n^2; limits R + sqrt(V/O) (L - O), L the "
		   "exact limits of all events O; blank when O < 10",
	.source = "Dobson, Kuulasmaa, Eberle & Scherer 1991, Statistics in Medicine 10:457-462; blank below 10: "
		  "PHE, Technical Guide: Confidence Intervals, 2018",
	.assumes = "Poisson counts in strata that are the same in the data and the standard; every stratum has "
		   "population",
	.agrees = "R and Python on Danish lung cancer, 12 digits",
	.unit = "count per --multiplier of the population",
	.needs = KG_NEEDS_Y | KG_NEEDS_EXPOSURE | KG_NEEDS_WEIGHT,
	.min_n = 1,
	.fit = fit,
	.terms_most = 1,
};
