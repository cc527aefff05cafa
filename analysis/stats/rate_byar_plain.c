#include "stats/rate.h"

#include <math.h>

/* The Wilson-Hilferty cube for `count` at `z` deviates. */
static double cube(double count, double z)
{
	double root = 1 - 1 / (9 * count) + z / (3 * sqrt(count));

	return count * root * root * root;
}

/* in: events; out: limits in events. */
struct kg_interval kg_count_byar_plain(double count, double conf_level)
{
	double z = kg_interval_z(conf_level);

	return (struct kg_interval){ count > 0 ? fmax(0, cube(count, -z)) : 0, cube(count + 1, z) };
}

static size_t fit(const struct kg_sample *sample, const struct kg_params *params, struct kg_arena *scratch,
		  struct kg_term *out, size_t room)
{
	(void)scratch;
	return kg_rate_fit(sample, params, kg_count_byar_plain, out, room);
}

const struct kg_stat kg_stat_rate_byar_plain = {
	.program = "participation",
	.id = "byar-plain",
	.title = "rate with Byar's limits at every count",
	.formula = "rate = m O / n; lower O (1 - 1/(9 O) - z/(3 sqrt O))^3, 0 when O = 0 or when negative; upper (O+1) "
		   "(1 - 1/(9 (O+1)) +"
		   " z/(3 sqrt(O+1)))^3",
	.source = "Breslow & Day 1987, Statistical Methods in Cancer Research II, p. 69",
	.assumes =
	    "the events are independent and Poisson with a mean in proportion to the population; rows of a group "
	    "add; for counts below 10 the exact limits are better",
	.agrees = "PHEindicatormethods calculate_rate and R epitools on the reference counts, 12 digits",
	.unit = "count per --multiplier of the population, per year with --years",
	.needs = KG_NEEDS_Y | KG_NEEDS_EXPOSURE,
	.min_n = 1,
	.fit = fit,
	.terms_most = 1,
};
