#include "stats/rate.h"

#include <math.h>

#include "stats/root.h"

struct problem {
	double count, tail;
	bool upper;
};

/* Mid-P tail minus the wanted tail at mean `mu`; `at` is the probability of the count itself. */
static double miss_given(const struct problem *of, double mu, double at)
{
	if (of->upper)
		return (of->count > 0 ? ppois(of->count - 1, mu, 1, 0) : 0) + at / 2 - of->tail;
	return ppois(of->count, mu, 0, 0) + at / 2 - of->tail;
}

static double miss(const void *context, double mu)
{
	const struct problem *of = context;

	return miss_given(of, mu, dpois(of->count, mu, 0));
}

/* Halley's steps from a near start; they triple the digits each time, so few are needed or none help. After a step of
 * this share of the count's standard deviation the rest is about its cube: rounding. */
#define STEPS_MOST 8
#define STEP_LAST 1e-5

/* Halley's step from `mu` for the mid-P tail, whose slope is -+ P(X = count) (1 + count / mu) / 2 and whose curvature
 * that slope times (count / mu - 1) - count / mu^2 / (1 + count / mu). */
static double halley_step(const struct problem *of, double mu)
{
	double at = dpois(of->count, mu, 0), ratio = of->count / mu;
	double newton = miss_given(of, mu, at) / (at * (1 + ratio) / 2);
	double bend = ratio - 1 - ratio / mu / (1 + ratio);

	newton = of->upper ? newton : -newton;
	return newton / (1 + newton * bend / 2);
}

/* The limit from `start`; by bracketing within the exact limits where steps do not settle. */
static double find_limit(const struct problem *of, double start, double conf_level)
{
	struct kg_interval exact;
	double mu = start;

	for (size_t k = 0; k < STEPS_MOST && mu > 0; k++) {
		double step = halley_step(of, mu);

		mu += step;
		if (fabs(step) <= sqrt(mu) * STEP_LAST)
			return mu;
	}
	exact = kg_count_exact(of->count, conf_level);
	return kg_root_find(miss, of, exact.low, exact.high);
}

/* in: events, rounded to whole; out: limits in events. Rothman and Boice's limits are their approximation. */
struct kg_interval kg_count_mid_p(double count, double conf_level)
{
	double whole = nearbyint(count);
	struct kg_interval near = kg_count_epitools_byar(whole, conf_level);
	struct problem low = { whole, kg_interval_tail(conf_level), false }, high = low;

	high.upper = true;
	return (struct kg_interval){ whole > 0 ? find_limit(&low, near.low, conf_level) : 0,
				     find_limit(&high, near.high, conf_level) };
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
