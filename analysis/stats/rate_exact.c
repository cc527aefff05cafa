#include "stats/rate.h"

/* in: events; out: limits in events. Quantiles from the upper tail keep their digits near 1. */
struct kg_interval kg_count_exact(double count, double conf_level)
{
	double tail = kg_interval_tail(conf_level);

	return (struct kg_interval){ count > 0 ? qgamma(tail, count, 1, 1, 0) : 0, qgamma(tail, count + 1, 1, 0, 0) };
}

static size_t fit(const struct kg_sample *sample, const struct kg_params *params, struct kg_arena *scratch,
		  struct kg_term *out, size_t room)
{
	(void)scratch;
	return kg_rate_fit(sample, params, kg_count_exact, out, room);
}

const struct kg_stat kg_stat_rate_exact = {
	.program = "participation",
	.id = "exact",
	.title = "rate with exact Poisson limits (Garwood)",
	.formula = "rate = m O / n; lower = chi-square quantile(alpha/2; 2 O) / 2, 0 when O = 0; upper = quantile(1 - "
		   "alpha/2; 2 O + 2) / 2",
	.source = "Garwood 1936, Biometrika 28:437-442",
	.assumes =
	    "the events are independent and Poisson with a mean in proportion to the population; rows of a group "
	    "add; coverage is never below the level",
	.agrees = "PHEindicatormethods calculate_rate and R epitools on the reference counts, 12 digits",
	.unit = "count per --multiplier of the population, per year with --years",
	.needs = KG_NEEDS_Y | KG_NEEDS_EXPOSURE,
	.min_n = 1,
	.fit = fit,
	.terms_most = 1,
};
