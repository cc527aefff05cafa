#include "stats/proportion.h"

#include <math.h>

/* in: successes of trials; out: limits, which may pass 0 and 1. */
struct kg_interval kg_proportion_agresti_coull(double successes, double trials, double conf_level)
{
	double z = kg_interval_z(conf_level), n = trials + z * z, p = (successes + z * z / 2) / n;
	double reach = z * sqrt(p * (1 - p) / n);

	return (struct kg_interval){ p - reach, p + reach };
}

static size_t fit(const struct kg_sample *sample, const struct kg_params *params, struct kg_arena *scratch,
		  struct kg_term *out, size_t room)
{
	(void)scratch;
	return kg_proportion_fit(sample, params, kg_proportion_agresti_coull, out, room);
}

const struct kg_stat kg_stat_proportion_agresti_coull = {
	.program = "proportion",
	.id = "agresti-coull",
	.title = "proportion with Agresti-Coull limits",
	.formula =
	    "with n' = n + z^2 and p' = (x + z^2/2) / n': limits p' -+ z sqrt(p' (1 - p') / n'), not cut at 0 and"
	    " 1",
	.source = "Agresti & Coull 1998, American Statistician 52:119-126",
	.assumes =
	    "x successes among n independent trials of one probability; rows of a group add; limits beyond 0 or 1"
	    " are left as they come out",
	.agrees = "R and Python (statsmodels) on the reference counts, 12 digits",
	.unit = "fraction, 0 to 1",
	.needs = KG_NEEDS_Y | KG_NEEDS_EXPOSURE,
	.min_n = 1,
	.fit = fit,
	.terms_most = 1,
};
