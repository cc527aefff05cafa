#include "stats/proportion.h"

/* in: successes of trials; out: limits within 0 to 1. */
struct kg_interval kg_proportion_clopper_pearson(double successes, double trials, double conf_level)
{
	double tail = kg_interval_tail(conf_level), failures = trials - successes;

	return (struct kg_interval){ successes > 0 ? qbeta(tail, successes, failures + 1, 1, 0) : 0,
				     failures > 0 ? qbeta(tail, successes + 1, failures, 0, 0) : 1 };
}

static size_t fit(const struct kg_sample *sample, const struct kg_params *params, struct kg_arena *scratch,
		  struct kg_term *out, size_t room)
{
	(void)scratch;
	return kg_proportion_fit(sample, params, kg_proportion_clopper_pearson, out, room);
}

const struct kg_stat kg_stat_proportion_clopper_pearson = {
	.program = "proportion",
	.id = "clopper-pearson",
	.title = "proportion with exact binomial limits (Clopper-Pearson)",
	.formula = "lower = beta quantile(alpha/2; x, n - x + 1), 0 at x = 0; upper = quantile(1 - alpha/2; x + 1, n - "
		   "x), 1 at x = n",
	.source = "Clopper & Pearson 1934, Biometrika 26:404-413",
	.assumes = "x successes among n independent trials of one probability; rows of a group add; coverage is never "
		   "below the level",
	.agrees = "R and Python (statsmodels) on the reference counts, 12 digits",
	.unit = "fraction, 0 to 1",
	.needs = KG_NEEDS_Y | KG_NEEDS_EXPOSURE,
	.min_n = 1,
	.fit = fit,
	.terms_most = 1,
};
