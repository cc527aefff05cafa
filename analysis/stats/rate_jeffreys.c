#include "stats/rate.h"

/* in: events; out: limits in events. */
struct kg_interval kg_count_jeffreys(double count, double conf_level)
{
	double tail = kg_interval_tail(conf_level);

	return (struct kg_interval){ count > 0 ? qgamma(tail, count + 0.5, 1, 1, 0) : 0,
				     qgamma(tail, count + 0.5, 1, 0, 0) };
}

static size_t fit(const struct kg_sample *sample, const struct kg_params *params, struct kg_arena *scratch,
		  struct kg_term *out, size_t room)
{
	(void)scratch;
	return kg_rate_fit(sample, params, kg_count_jeffreys, out, room);
}

const struct kg_stat kg_stat_rate_jeffreys = {
	.program = "participation",
	.id = "jeffreys",
	.title = "rate with Jeffreys' equal-tailed limits",
	.formula =
	    "rate = m O / n; limits = gamma quantiles(alpha/2 and 1 - alpha/2; shape O + 1/2), lower 0 when O = 0",
	.source = "Brown, Cai & DasGupta 2003, Statistica Sinica 13:19-49",
	.assumes =
	    "the events are independent and Poisson with a mean in proportion to the population; rows of a group "
	    "add; the prior is Jeffreys'",
	.agrees = "R qgamma, 12 digits",
	.unit = "count per --multiplier of the population, per year with --years",
	.needs = KG_NEEDS_Y | KG_NEEDS_EXPOSURE,
	.min_n = 1,
	.fit = fit,
	.terms_most = 1,
};
