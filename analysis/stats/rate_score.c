#include "stats/rate.h"

#include <math.h>

/* in: events; out: limits in events. Their product is O^2: the lower one is taken from it to keep its digits. */
struct kg_interval kg_count_score(double count, double conf_level)
{
	double z = kg_interval_z(conf_level), high = count + z * z / 2 + z * sqrt(count + z * z / 4);

	return (struct kg_interval){ count * count / high, high };
}

static size_t fit(const struct kg_sample *sample, const struct kg_params *params, struct kg_arena *scratch,
		  struct kg_term *out, size_t room)
{
	(void)scratch;
	return kg_rate_fit(sample, params, kg_count_score, out, room);
}

const struct kg_stat kg_stat_rate_score = {
	.program = "participation",
	.id = "score",
	.title = "rate with score limits",
	.formula = "rate = m O / n; limits O + z^2/2 -+ z sqrt(O + z^2/4), the means mu at which |O - mu| = z sqrt(mu)",
	.source = "Rao 1948; Ng, Filardo & Zheng 2008, Computational Statistics & Data Analysis 52:2719-2730",
	.assumes =
	    "the events are independent and Poisson with a mean in proportion to the population; rows of a group "
	    "add",
	.agrees = "R and Python on the reference counts, 10 digits",
	.unit = "count per --multiplier of the population, per year with --years",
	.needs = KG_NEEDS_Y | KG_NEEDS_EXPOSURE,
	.min_n = 1,
	.fit = fit,
	.terms_most = 1,
};
