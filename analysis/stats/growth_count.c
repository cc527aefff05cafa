#include "stats/growth_count.h"

#include <string.h>

/* Coefficients of a straight line: the intercept and the slope. */
#define LINE 2

static double *make_line(const struct kg_sample *sample, struct kg_arena *scratch)
{
	double *x = KG_ARRAY(scratch, double, LINE * sample->n);

	for (size_t i = 0; x && i < sample->n; i++) {
		x[i] = 1;
		x[sample->n + i] = sample->x[i];
	}
	return x;
}

/* The slope of the logarithm as a change in percent. */
static struct kg_term change(const struct kg_term *slope)
{
	struct kg_term term = *slope;

	term.term = "apc";
	term.unit = "% per year";
	term.estimate = 100 * expm1(slope->estimate);
	term.std_error = 100 * exp(slope->estimate) * slope->std_error;
	term.conf_low = 100 * expm1(slope->conf_low);
	term.conf_high = 100 * expm1(slope->conf_high);
	return term;
}

size_t kg_growth_count(enum kg_count_model model, const struct kg_sample *sample, const struct kg_params *params,
		       struct kg_arena *scratch, struct kg_term *out, size_t room)
{
	const char *const name[LINE] = { "intercept", "apc" };
	const struct kg_design design = {
		.n = sample->n, .p = LINE, .x = make_line(sample, scratch), .name = name, .intercept = true
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
	out[0] = change(&term[1]);
	out[1] = term[0];
	out[1].unit = "log";
	for (size_t k = LINE; k < count && written < room; k++)
		if (strcmp(term[k].term, "dispersion") == 0 || strcmp(term[k].term, "theta") == 0)
			out[written++] = term[k];
	return written;
}
