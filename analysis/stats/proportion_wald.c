#include "stats/proportion.h"

#include <math.h>

/* in: successes of trials; out: limits, which may pass 0 and 1. */
struct kg_interval kg_proportion_wald(double successes, double trials, double conf_level)
{
	double p = successes / trials, reach = kg_interval_z(conf_level) * sqrt(p * (1 - p) / trials);

	return (struct kg_interval){ p - reach, p + reach };
}

static size_t fit(const struct kg_sample *sample, const struct kg_params *params, struct kg_arena *scratch,
		  struct kg_term *out, size_t room)
{
	(void)scratch;
	return kg_proportion_fit(sample, params, kg_proportion_wald, out, room);
}

const struct kg_stat kg_stat_proportion_wald = {
	.program = "proportion",
	.id = "wald",
	.title = "proportion with normal (Wald) limits",
	.formula = "p = x/n; limits p -+ z sqrt(p (1 - p) / n), not cut at 0 and 1",
	.source = "Newcombe 1998, Statistics in Medicine 17:857-872, method 1",
	.assumes = "x successes among n independent trials of one probability; rows of a group add; x and n - x are "
		   "large: at x = 0 and x = n the interval has no width",
	.agrees = "R and Python (statsmodels) on the reference counts, 12 digits",
	.unit = "fraction, 0 to 1",
	.needs = KG_NEEDS_Y | KG_NEEDS_EXPOSURE,
	.min_n = 1,
	.fit = fit,
	.terms_most = 1,
};
