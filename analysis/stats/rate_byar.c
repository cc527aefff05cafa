#include "stats/rate.h"

/* Below this many events the approximation is left for the exact limits (PHE 2018). */
#define EXACT_BELOW 10

/* in: events; out: limits in events. */
struct kg_interval kg_count_byar(double count, double conf_level)
{
	return count < EXACT_BELOW ? kg_count_exact(count, conf_level) : kg_count_byar_plain(count, conf_level);
}

static size_t fit(const struct kg_sample *sample, const struct kg_params *params, struct kg_arena *scratch,
		  struct kg_term *out, size_t room)
{
	(void)scratch;
	return kg_rate_fit(sample, params, kg_count_byar, out, room);
}

const struct kg_stat kg_stat_rate_byar = {
	.program = "participation",
	.id = "byar",
	.title = "rate with Byar's limits, exact below 10 events",
	.formula =
	    "rate = m O / n; O >= 10: lower O (1 - 1/(9 O) - z/(3 sqrt O))^3, upper the same with O + 1 and + z; "
	    "O < 10: the exact limits",
	.source = "Breslow & Day 1987, Statistical Methods in Cancer Research II, p. 69; the change to exact limits at "
		  "10: PHE, Technical Guide: Confidence Intervals, 2018",
	.assumes =
	    "the events are independent and Poisson with a mean in proportion to the population; rows of a group "
	    "add",
	.agrees = "PHEindicatormethods 2.1.0 phe_rate at 95 and 99.8 percent, 12 digits",
	.unit = "count per --multiplier of the population, per year with --years",
	.needs = KG_NEEDS_Y | KG_NEEDS_EXPOSURE,
	.min_n = 1,
	.fit = fit,
	.terms_most = 1,
};
