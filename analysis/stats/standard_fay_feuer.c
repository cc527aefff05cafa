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
	out[0] = kg_direct_term(&direct, params,
				kg_direct_gamma(&direct, (double)direct.weight_most,
						(double)(direct.weight_most * direct.weight_most), params->conf_level));
	if (direct.events < KG_DIRECT_EVENTS_LEAST)
		out[0].why = KG_WHY_SMALL_COUNT;
	return 1;
}

const struct kg_stat kg_stat_standard_fay_feuer = {
	.program = "standardise",
	.id = "fay-feuer",
	.title = "directly standardised rate with Fay and Feuer's gamma limits",
	.formula = "rate R = sum w x/n / sum w; V = sum (w / sum w)^2 x / n^2; lower: gamma quantile with mean R "
		   "and variance V; upper: with R + k and V + k^2, k the largest w / (n sum w); lower 0 at 0 events",
	.source = "Fay & Feuer 1997, Statistics in Medicine 16:791-801",
	.assumes = "Poisson counts in strata that are the same in the data and the standard; every stratum has "
		   "population; never below the level, wide when weights differ much",
	.agrees = "R epitools ageadjust.direct and Python on Danish lung cancer, 12 digits",
	.unit = "count per --multiplier of the population",
	.needs = KG_NEEDS_Y | KG_NEEDS_EXPOSURE | KG_NEEDS_WEIGHT,
	.min_n = 1,
	.fit = fit,
	.terms_most = 1,
};
