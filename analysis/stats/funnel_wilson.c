#include <math.h>

#include "stats/funnel.h"

static struct kg_interval find_limits(double target, double exposure, double tail)
{
	double reach = qnorm(tail, 0, 1, 0, 0) * sqrt(target * (1 - target) / exposure);

	return (struct kg_interval){ fmax(0, target - reach), fmin(1, target + reach) };
}

const struct kg_funnel_method kg_funnel_method_wilson = { find_limits, NULL, true };

/* Its call is kg_funnel_place_make. */
const struct kg_stat kg_stat_funnel_wilson = {
	.program = "funnel",
	.id = "wilson",
	.title = "funnel for proportions with inverted Wilson limits, as Public Health England draws it",
	.formula = "target T = sum x / sum n; limits T -+ z sqrt(T (1-T) / n) within 0 to 1: the values whose "
		   "Wilson interval just reaches T; overdispersion: distances from the target times sqrt(phi), phi "
		   "the mean squared deviate winsorised at 10 and 90 percent, or variance plus tau^2 by moments. "
		   "class: 2, 1, 0, -1, -2 by the limits",
	.source = "PHE, Technical Guide: Funnel plots, 2018",
	.assumes = "counts are binomial, each a part of its denominator; at 5 of 50 the 99.8 % limits hold 99.7 %",
	.agrees = "PHEindicatormethods 2.1.0 phe_prop_expected as printed (7 digits)",
	.unit = "count per --multiplier of the population, a fraction, or a ratio, by --as",
	.needs = KG_NEEDS_Y | KG_NEEDS_EXPOSURE,
	.min_n = 1,
};
