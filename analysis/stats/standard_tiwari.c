#include "stats/standard.h"

static size_t fit(const struct kg_sample *sample, const struct kg_params *params, struct kg_arena *scratch,
		  struct kg_term *out, size_t room)
{
	struct kg_direct direct;
	enum kg_why why = kg_direct_make(sample, &direct);

	(void)scratch;
	if (!room)
		return 0;
	out[0] = kg_term_none("rate", NULL, why);
	if (why != KG_WHY_NONE)
		return 1;
	out[0] = kg_direct_term(
	    &direct, params,
	    kg_direct_gamma(&direct, (double)direct.weight_mean, (double)direct.square_mean, params->conf_level));
	if (direct.events < KG_DIRECT_EVENTS_LEAST)
		out[0].why = KG_WHY_SMALL_COUNT;
	return 1;
}

const struct kg_stat kg_stat_standard_tiwari = {
	.program = "standardise",
	.id = "tiwari",
	.title = "directly standardised rate with Tiwari's gamma limits",
	.formula = "rate R = sum w x/n / sum w; V = sum (w / sum w)^2 x / n^2; lower as Fay and Feuer; upper: gamma"
		   " quantile with R + mean k and V + mean k^2, k the strata's w / (n sum w)",
	.source = "Tiwari, Clegg & Zou 2006, Statistical Methods in Medical Research 15:547-569",
	.assumes = "Poisson counts in strata that are the same in the data and the standard; every stratum has "
		   "population",
	.agrees = "equals Fay and Feuer where all strata weigh the same; R qgamma on the same sums in the unit "
		  "test, 12 digits",
	.unit = "count per --multiplier of the population",
	.needs = KG_NEEDS_Y | KG_NEEDS_EXPOSURE | KG_NEEDS_WEIGHT,
	.min_n = 1,
	.fit = fit,
	.terms_most = 1,
};
