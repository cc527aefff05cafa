#include "stats/proportion.h"

/* in: successes of trials; out: limits within 0 to 1. */
struct kg_interval kg_proportion_jeffreys(double successes, double trials, double conf_level)
{
	double tail = kg_interval_tail(conf_level), failures = trials - successes;

	return (struct kg_interval){ successes > 0 ? qbeta(tail, successes + 0.5, failures + 0.5, 1, 0) : 0,
				     failures > 0 ? qbeta(tail, successes + 0.5, failures + 0.5, 0, 0) : 1 };
}

static size_t fit(const struct kg_sample *sample, const struct kg_params *params, struct kg_arena *scratch,
		  struct kg_term *out, size_t room)
{
	(void)scratch;
	return kg_proportion_fit(sample, params, kg_proportion_jeffreys, out, room);
}

const struct kg_stat kg_stat_proportion_jeffreys = {
	.program = "proportion",
	.id = "jeffreys",
	.title = "proportion with Jeffreys' equal-tailed limits",
	.formula =
	    "limits = beta quantiles(alpha/2 and 1 - alpha/2; x + 1/2, n - x + 1/2); lower 0 at x = 0, upper 1 at"
	    " x = n",
	.source = "Brown, Cai & DasGupta 2001, Statistical Science 16:101-133",
	.assumes = "x successes among n independent trials of one probability; rows of a group add; the prior is "
		   "Jeffreys'",
	.agrees = "R and Python (statsmodels) on the reference counts, 12 digits",
	.unit = "fraction, 0 to 1",
	.needs = KG_NEEDS_Y | KG_NEEDS_EXPOSURE,
	.min_n = 1,
	.fit = fit,
	.terms_most = 1,
};
