#include "stats/growth_count.h"

#include <string.h>

#include "stats/growth.h"
#include "stats/moments.h"

/* Coefficients of a straight line: the intercept and the slope. */
#define LINE 2

size_t kg_growth_count(enum kg_count_model model, const struct kg_sample *sample, const struct kg_params *params,
		       struct kg_arena *scratch, struct kg_term *out, size_t room)
{
	const char *const name[LINE] = { "intercept", "apc" };
	const struct kg_design design = {
		.n = sample->n, .p = LINE, .x = kg_growth_line(sample, scratch), .name = name, .intercept = true
	};
	struct kg_term term[LINE + KG_COUNT_SUMMARY];
	struct kg_sample designed = *sample;
	size_t count, written = LINE;

	if (!design.x || room < KG_GROWTH_COUNT_TERMS)
		return 0;
	designed.design = &design;
	count = kg_count_terms(model, &designed, params, scratch, term, sizeof term / sizeof term[0]);
	if (count < LINE)
		return 0;
	out[0] = kg_growth_percent(&term[1]);
	if (out[0].why == KG_WHY_NONE && !sample->exposure && !kg_has_spread(sample->y, sample->n))
		out[0].why = KG_WHY_NO_SPREAD;
	out[1] = term[0];
	out[1].unit = "log";
	for (size_t k = LINE; k < count && written < room; k++)
		if (strcmp(term[k].term, "dispersion") == 0 || strcmp(term[k].term, "theta") == 0)
			out[written++] = term[k];
	return written;
}
