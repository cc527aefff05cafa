#include "stats/rate.h"

#include <math.h>

/* in: events; out: limits in events. */
struct kg_interval kg_count_normal(double count, double conf_level)
{
	double reach = kg_interval_z(conf_level) * sqrt(count);

	return (struct kg_interval){ count - reach, count + reach };
}

static size_t fit(const struct kg_sample *sample, const struct kg_params *params, struct kg_arena *scratch,
		  struct kg_term *out, size_t room)
{
	(void)scratch;
	return kg_rate_fit(sample, params, kg_count_normal, out, room);
}

const struct kg_stat kg_stat_rate_normal = {
	.program = "participation",
	.id = "normal",
	.title = "rate with normal (Wald) limits",
	.formula = "rate = m O / n; limits O -+ z sqrt O",
	.source = "Armitage, Berry & Matthews 2002, Statistical Methods in Medical Research, 4th ed., section 5.2",
	.assumes =
	    "the events are independent and Poisson with a mean in proportion to the population; rows of a group "
	    "add; the count is large: below about 100 events the lower limit is poor and may be negative",
	.agrees = "PHEindicatormethods calculate_rate and R epitools on the reference counts, 12 digits",
	.unit = "count per --multiplier of the population, per year with --years",
	.needs = KG_NEEDS_Y | KG_NEEDS_EXPOSURE,
	.min_n = 1,
	.fit = fit,
	.terms_most = 1,
};
