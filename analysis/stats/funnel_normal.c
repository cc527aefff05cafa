#include <math.h>

#include "stats/funnel.h"

static struct kg_interval find_limits(double target, double exposure, double tail)
{
	double reach = qnorm(tail, 0, 1, 0, 0) * sqrt(target / exposure);

	return (struct kg_interval){ target - reach, target + reach };
}

const struct kg_funnel_method kg_funnel_method_normal = { find_limits, NULL, false };

/* Its call is kg_funnel_place_make. */
const struct kg_stat kg_stat_funnel_normal = {
	.program = "funnel",
	.id = "normal",
	.title = "funnel for rates and ratios with normal limits",
	.formula = "target T = sum x / sum n; limits T -+ z sqrt(T/n); overdispersion: distances from the target "
		   "times sqrt(phi), phi the mean squared deviate winsorised at 10 and 90 percent, or variance plus"
		   " tau^2 by moments. class: 2, 1, 0, -1, -2 by the limits",
	.source = "Spiegelhalter 2005, Statistics in Medicine 24:1185-1202;",
	.assumes = "counts are large: at 5 events the 99.8 % limits hold 99.6 %",
	.agrees = "R and Python on North Carolina counties and US states, 12 digits",
	.unit = "count per --multiplier of the population, a fraction, or a ratio, by --as",
	.needs = KG_NEEDS_Y | KG_NEEDS_EXPOSURE,
	.min_n = 1,
};
