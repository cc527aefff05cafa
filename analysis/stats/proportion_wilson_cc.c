#include "stats/proportion.h"

#include <math.h>

/* Lower limit for x of n; the upper one is 1 minus the lower limit of the failures. */
static double find_lower(double successes, double failures, double z)
{
	double trials = successes + failures, p = successes / trials;
	double inside = z * z - 2 - 1 / trials + 4 * p * (failures + 1);

	if (successes <= 0)
		return 0;
	return fmax(0, (2 * successes + z * z - 1 - z * sqrt(fmax(0, inside))) / (2 * (trials + z * z)));
}

/* in: successes of trials; out: limits within 0 to 1. */
struct kg_interval kg_proportion_wilson_cc(double successes, double trials, double conf_level)
{
	double z = kg_interval_z(conf_level), failures = trials - successes;

	return (struct kg_interval){ find_lower(successes, failures, z), 1 - find_lower(failures, successes, z) };
}

static size_t fit(const struct kg_sample *sample, const struct kg_params *params, struct kg_arena *scratch,
		  struct kg_term *out, size_t room)
{
	(void)scratch;
	return kg_proportion_fit(sample, params, kg_proportion_wilson_cc, out, room);
}

const struct kg_stat kg_stat_proportion_wilson_cc = {
	.program = "proportion",
	.id = "wilson-cc",
	.title = "proportion with Wilson's limits, continuity corrected",
	.formula =
	    "limits (2 x + z^2 -+ 1 -+ z sqrt(z^2 -+ 2 - 1/n + 4 p (n (1 - p) +- 1))) / (2 (n + z^2)); lower 0 at"
	    " x = 0, upper 1 at x = n",
	.source = "Fleiss 1981, Statistical Methods for Rates and Proportions; Newcombe 1998, Statistics in Medicine "
		  "17:857-872, method 4",
	.assumes = "x successes among n independent trials of one probability; rows of a group add; coverage is rarely "
		   "below the level",
	.agrees = "R and Python (statsmodels) on the reference counts, 12 digits",
	.unit = "fraction, 0 to 1",
	.needs = KG_NEEDS_Y | KG_NEEDS_EXPOSURE,
	.min_n = 1,
	.fit = fit,
	.terms_most = 1,
};
