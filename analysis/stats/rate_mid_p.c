#include "stats/rate.h"

#include <math.h>

#include "stats/root.h"

struct problem {
	double count, tail;
	bool upper;
};

/* Mid-P tail minus the wanted tail at mean `mu`. */
static double miss(const void *context, double mu)
{
	const struct problem *of = context;
	double at = dpois(of->count, mu, 0) / 2;

	if (of->upper)
		return (of->count > 0 ? ppois(of->count - 1, mu, 1, 0) : 0) + at - of->tail;
	return ppois(of->count, mu, 0, 0) + at - of->tail;
}

/* in: events, rounded to whole; out: limits in events. They lie inside the exact ones, which bracket the search. */
struct kg_interval kg_count_mid_p(double count, double conf_level)
{
	double whole = nearbyint(count);
	struct kg_interval exact = kg_count_exact(whole, conf_level);
	struct problem low = { whole, kg_interval_tail(conf_level), false }, high = low;

	high.upper = true;
	return (struct kg_interval){ whole > 0 ? kg_root_find(miss, &low, exact.low, exact.high) : 0,
				     kg_root_find(miss, &high, exact.low, exact.high) };
}

static size_t fit(const struct kg_sample *sample, const struct kg_params *params, struct kg_arena *scratch,
		  struct kg_term *out, size_t room)
{
	(void)scratch;
	return kg_rate_fit(sample, params, kg_count_mid_p, out, room);
}

const struct kg_stat kg_stat_rate_mid_p = {
	.program = "participation",
	.id = "mid-p",
	.title = "rate with mid-P Poisson limits",
	.formula = "rate = m O / n; limits mu with P(X > O; mu) + P(X = O; mu)/2 = alpha/2 (lower) and P(X < O; mu) + "
		   "P(X = O; mu)/2 = alpha/2 (upper)",
	.source = "Lancaster 1961, JASA 56:223-234; Cohen & Yang 1994, Statistics in Medicine 13:2189-2203",
	.assumes =
	    "the events are independent and Poisson with a mean in proportion to the population; rows of a group "
	    "add; O is a whole number",
	.agrees = "a slow bisection of the same tails in the unit test, 10 digits",
	.unit = "count per --multiplier of the population, per year with --years",
	.needs = KG_NEEDS_Y | KG_NEEDS_EXPOSURE,
	.min_n = 1,
	.fit = fit,
	.terms_most = 1,
};
