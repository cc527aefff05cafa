#include <math.h>

#include "stats/standard.h"

static size_t fit(const struct kg_sample *sample, const struct kg_params *params, struct kg_arena *scratch,
		  struct kg_term *out, size_t room)
{
	struct kg_direct direct;
	enum kg_why why = kg_direct_make(sample, &direct);
	double reach;

	(void)scratch;
	if (!room)
		return 0;
	out[0] = kg_term_none("rate", NULL, why);
	if (why != KG_WHY_NONE)
		return 1;
	reach = kg_interval_z(params->conf_level) * sqrt((double)direct.variance);
	out[0] = kg_direct_term(&direct, params,
				(struct kg_interval){ (double)direct.rate - reach, (double)direct.rate + reach });
	if (direct.events < KG_DIRECT_EVENTS_LEAST)
		out[0].why = KG_WHY_SMALL_COUNT;
	return 1;
}

const struct kg_stat kg_stat_standard_normal = {
	.program = "standardise",
	.id = "normal",
	.title = "directly standardised rate with normal limits",
	.formula = "rate R = sum w x/n / sum w; V = sum (w / sum w)^2 x / n^2; limits R -+ z sqrt V",
	.source = "Breslow & Day 1987, Statistical Methods in Cancer Research II, section 2.1",
	.assumes = "Poisson counts in strata that are the same in the data and the standard; every stratum has "
		   "population; many events",
	.agrees = "R and Python on Danish lung cancer, 12 digits",
	.unit = "count per --multiplier of the population",
	.needs = KG_NEEDS_Y | KG_NEEDS_EXPOSURE | KG_NEEDS_WEIGHT,
	.min_n = 1,
	.fit = fit,
	.terms_most = 1,
};
