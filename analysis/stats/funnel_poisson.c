#include <math.h>

#include "stats/funnel.h"
#include "stats/root.h"

struct problem {
	double expected, tail;
	bool upper;
};

/* Probability of `count` or fewer (lower), or of `count` or more (upper), over counts taken as continuous. */
static double miss(const void *context, double count)
{
	const struct problem *of = context;

	if (of->upper)
		return pgamma(of->expected, count, 1, 1, 0) - of->tail;
	return pgamma(of->expected, count + 1, 1, 0, 0) - of->tail;
}

/* Far enough beyond the expected count for any tail in use. */
static double reach(double expected)
{
	return expected + 40 * sqrt(expected) + 1000;
}

static struct kg_interval find_limits(double target, double exposure, double tail)
{
	struct problem low = { target * exposure, tail, false }, high = { target * exposure, tail, true };
	double below = miss(&low, 0) >= 0 ? 0 : kg_root_find(miss, &low, 0, reach(low.expected));

	return (struct kg_interval){ below / exposure, kg_root_find(miss, &high, 0, reach(high.expected)) / exposure };
}

static struct kg_interval find_tails(double target, double exposure, double count)
{
	return (struct kg_interval){ ppois(count, target * exposure, 1, 0),
				     count > 0 ? ppois(count - 1, target * exposure, 0, 0) : 1 };
}

const struct kg_funnel_method kg_funnel_method_poisson = { find_limits, find_tails, false };

/* Its call is kg_funnel_place_make. */
const struct kg_stat kg_stat_funnel_poisson = {
	.program = "funnel",
	.id = "poisson",
	.title = "funnel for rates and ratios with exact Poisson limits",
	.formula = "target T = sum x / sum n (1 for ratios), E = T n; lower limit: the count c, taken as "
		   "continuous, with P(X <= c; E) = tail, upper: P(X >= c; E) = tail, over n; z = (x/n - T) / "
		   "sqrt(T/n); overdispersion: distances from the target times sqrt(phi), phi the mean squared "
		   "deviate winsorised at 10 and 90 percent, or variance plus tau^2 by moments. class: 2, 1, 0, -1,"
		   " -2 by the tail probabilities 0.001 and 0.025",
	.source = "Spiegelhalter 2005, Statistics in Medicine 24:1185-1202; PHE, Technical Guide: Funnel plots, "
		  "2018",
	.assumes = "counts are independent and Poisson; places differ by chance alone unless overdispersion is "
		   "asked for. Limits are exact, so they hold more than 95 % where few events are expected (97 % at 5). "
		   "Winsorising takes a tenth of the places at each end for outliers: where there are none, "
		   "overdispersed limits hold 90 to 91 % and 98.7 to 98.9 %",
	.agrees = "PHEindicatormethods 2.1.0 funnels of rates and ratios (as bisected there), and exact classes of"
		  " R and Python for 148 places",
	.unit = "count per --multiplier of the population, a fraction, or a ratio, by --as",
	.needs = KG_NEEDS_Y | KG_NEEDS_EXPOSURE,
	.min_n = 1,
};
