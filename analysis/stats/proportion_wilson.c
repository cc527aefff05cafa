#include "stats/proportion.h"

#include <math.h>

/* in: successes of trials; out: limits within 0 to 1. The root product x^2 / (n (n + z^2)) keeps the digits of the
 * lower limit, and the same for failures those of the upper one. */
struct kg_interval kg_proportion_wilson(double successes, double trials, double conf_level)
{
	double z2 = kg_interval_z(conf_level), failures = trials - successes, root, around;

	z2 *= z2;
	root = sqrt(z2 * (z2 + 4 * successes * (failures / trials)));
	around = 2 * (trials + z2);
	return (struct kg_interval){
		successes > 0 ? 2 * (successes / trials) * successes / (2 * successes + z2 + root) : 0,
		failures > 0 ? (2 * successes + z2 + root) / around : 1,
	};
}

static size_t fit(const struct kg_sample *sample, const struct kg_params *params, struct kg_arena *scratch,
		  struct kg_term *out, size_t room)
{
	(void)scratch;
	return kg_proportion_fit(sample, params, kg_proportion_wilson, out, room);
}

const struct kg_stat kg_stat_proportion_wilson = {
	.program = "proportion",
	.id = "wilson",
	.title = "proportion with Wilson's score limits",
	.formula = "p = x/n; limits (2 x + z^2 -+ z sqrt(z^2 + 4 x (1 - p))) / (2 (n + z^2))",
	.source = "Wilson 1927, JASA 22:209-212; Newcombe 1998, Statistics in Medicine 17:857-872, method 3",
	.assumes = "x successes among n independent trials of one probability; rows of a group add",
	.agrees = "PHEindicatormethods 2.1.0 phe_proportion and Newcombe's table, 12 digits",
	.unit = "fraction, 0 to 1",
	.needs = KG_NEEDS_Y | KG_NEEDS_EXPOSURE,
	.min_n = 1,
	.fit = fit,
	.terms_most = 1,
};
