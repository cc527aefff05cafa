#include <math.h>

#include "stats/funnel.h"
#include "stats/root.h"

struct problem {
	double target, trials, tail;
	bool upper;
};

static double miss(const void *context, double count)
{
	const struct problem *of = context;

	if (of->upper)
		return (count <= 0 ? 1 : pbeta(of->target, count, of->trials - count + 1, 1, 0)) - of->tail;
	return (count >= of->trials ? 1 : pbeta(of->target, count + 1, of->trials - count, 0, 0)) - of->tail;
}

static struct kg_interval find_limits(double target, double exposure, double tail)
{
	struct problem low = { target, exposure, tail, false }, high = { target, exposure, tail, true };
	double below = miss(&low, 0) >= 0 ? 0 : kg_root_find(miss, &low, 0, exposure);
	double above = miss(&high, exposure) >= 0 ? exposure : kg_root_find(miss, &high, 0, exposure);

	return (struct kg_interval){ below / exposure, above / exposure };
}

static struct kg_interval find_tails(double target, double exposure, double count)
{
	return (struct kg_interval){ pbinom(count, exposure, target, 1, 0),
				     count > 0 ? pbinom(count - 1, exposure, target, 0, 0) : 1 };
}

const struct kg_funnel_method kg_funnel_method_binomial = { find_limits, find_tails, true };

/* Its call is kg_funnel_place_make. */
const struct kg_stat kg_stat_funnel_binomial = {
	.program = "funnel",
	.id = "binomial",
	.title = "funnel for proportions with exact binomial limits",
	.formula = "target T = sum x / sum n; lower limit: the count c, taken as continuous, with P(X <= c; n, T) ="
		   " tail, upper: P(X >= c; n, T) = tail, over n; z = (x/n - T) / sqrt(T (1-T) / n); "
		   "overdispersion: distances from the target times sqrt(phi), phi the mean squared deviate "
		   "winsorised at 10 and 90 percent, or variance plus tau^2 by moments, within 0 to 1. class: 2, 1, 0, -1, -2 by "
		   "the tail probabilities 0.001 and 0.025",
	.source = "Spiegelhalter 2005, Statistics in Medicine 24:1185-1202;",
	.assumes = "counts are independent and binomial, each a part of its denominator. Limits are exact, so they "
		   "hold more than 95 % where few are expected (97 % at 5); overdispersion as in poisson",
	.agrees = "the defining tails at the limits in the unit test, 9 digits",
	.unit = "count per --multiplier of the population, a fraction, or a ratio, by --as",
	.needs = KG_NEEDS_Y | KG_NEEDS_EXPOSURE,
	.min_n = 1,
};
