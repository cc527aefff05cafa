#include <math.h>

#include "stats/stat.h"

static size_t fit(const struct kg_sample *sample, const struct kg_params *params, struct kg_arena *scratch,
		  struct kg_term *out, size_t room)
{
	long double count = 0, events = 0;
	enum kg_why why = KG_WHY_NONE;

	(void)params;
	(void)scratch;
	if (!room)
		return 0;
	for (size_t i = 0; i < sample->n; i++) {
		long double times = (sample->x ? sample->x[i] : 1);

		if (sample->y[i] < 0 || times < 0)
			why = KG_WHY_NEGATIVE;
		else if (sample->exposure[i] < 0 || (sample->exposure[i] == 0 && sample->y[i] > 0))
			why = KG_WHY_ZERO_DENOMINATOR;
		count += sample->y[i] * times;
		events += sample->exposure[i] * times;
	}
	if (why == KG_WHY_NONE && events == 0)
		why = KG_WHY_ZERO_DENOMINATOR;
	out[0] = kg_term_none("per_event", "per event", why);
	if (why == KG_WHY_NONE)
		out[0].estimate = (double)(count / events);
	return 1;
}

const struct kg_stat kg_stat_per_event = {
	.program = "per-event",
	.id = "ratio-of-sums",
	.title = "mean per event",
	.formula = "sum of counts / sum of events; never the mean of the rows' own means",
	.source = "Cochran 1977, Sampling Techniques, 3rd ed., section 2.11",
	.assumes =
	    "counts and events cover the same places and years; it describes all events counted and has no sampling "
	    "interval: people come to an event together, so a Poisson interval of the attendances would be far too "
	    "narrow",
	.agrees = "definition; the quotient of two exact sums in the unit test, 15 digits",
	.unit = "the count's unit per event",
	.needs = KG_NEEDS_Y | KG_NEEDS_EXPOSURE,
	.min_n = 1,
	.fit = fit,
	.terms_most = 1,
};
