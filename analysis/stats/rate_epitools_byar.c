#include "stats/rate.h"

#include <math.h>

/* in: events; out: limits in events. */
struct kg_interval kg_count_epitools_byar(double count, double conf_level)
{
	double middle = count + 0.5, reach = kg_interval_z(conf_level) / (3 * sqrt(middle));
	double low = 1 - 1 / (9 * middle) - reach, high = 1 - 1 / (9 * middle) + reach;

	return (struct kg_interval){ middle * low * low * low, middle * high * high * high };
}

static size_t fit(const struct kg_sample *sample, const struct kg_params *params, struct kg_arena *scratch,
		  struct kg_term *out, size_t room)
{
	(void)scratch;
	return kg_rate_fit(sample, params, kg_count_epitools_byar, out, room);
}

const struct kg_stat kg_stat_rate_epitools_byar = {
	.program = "participation",
	.id = "epitools-byar",
	.title = "rate with Byar's limits as the R package epitools has them",
	.formula = "rate = m O / n; with c = O + 1/2: limits c (1 - 1/(9 c) -+ z/(3 sqrt c))^3",
	.source = "Rothman & Boice 1979, Epidemiologic Analysis with a Programmable Calculator; Aragon, epitools "
		  "pois.byar",
	.assumes =
	    "the events are independent and Poisson with a mean in proportion to the population; rows of a group "
	    "add",
	.agrees = "R epitools pois.byar: the same closed form, 12 digits",
	.unit = "count per --multiplier of the population, per year with --years",
	.needs = KG_NEEDS_Y | KG_NEEDS_EXPOSURE,
	.min_n = 1,
	.fit = fit,
	.terms_most = 1,
};
