#include "stats/rate.h"

#include <math.h>

/* in: events; out: limits in events, NaN at 0 events. */
struct kg_interval kg_count_log_normal(double count, double conf_level)
{
	double factor = exp(kg_interval_z(conf_level) / sqrt(count));

	if (count <= 0)
		return (struct kg_interval){ NAN, NAN };
	return (struct kg_interval){ count / factor, count * factor };
}

static size_t fit(const struct kg_sample *sample, const struct kg_params *params, struct kg_arena *scratch,
		  struct kg_term *out, size_t room)
{
	(void)scratch;
	return kg_rate_fit(sample, params, kg_count_log_normal, out, room);
}

const struct kg_stat kg_stat_rate_log_normal = {
	.program = "participation",
	.id = "log-normal",
	.title = "rate with limits symmetric on the log scale",
	.formula = "rate = m O / n; limits O exp(-+ z / sqrt O); none when O = 0",
	.source = "Clayton & Hills 1993, Statistical Models in Epidemiology, chapter 9",
	.assumes =
	    "the events are independent and Poisson with a mean in proportion to the population; rows of a group "
	    "add",
	.agrees = "PHEindicatormethods calculate_rate and R epitools on the reference counts, 12 digits",
	.unit = "count per --multiplier of the population, per year with --years",
	.needs = KG_NEEDS_Y | KG_NEEDS_EXPOSURE,
	.min_n = 1,
	.fit = fit,
	.terms_most = 1,
};
