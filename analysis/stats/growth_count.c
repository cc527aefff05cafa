#include "stats/growth_count.h"

#include <string.h>

#include "stats/coefficient.h"
#include "stats/growth_count_range.h"
#include "stats/moments.h"

/* Coefficients of a straight line: the intercept and the slope. */
#define LINE 2

static const struct kg_term *find_term(const struct kg_term *term, size_t count, const char *name)
{
	for (size_t k = 0; k < count; k++)
		if (strcmp(term[k].term, name) == 0)
			return &term[k];
	return NULL;
}

/* theta comes from the same few counts: its maximum-likelihood estimate makes them too even, so standard errors are
 * widened by the dispersion that is left (McCullagh & Nelder 1989, section 9.2) and limits are by t. Without
 * overdispersion the fit is the Poisson one and stays. */
static void allow_for_theta(struct kg_term *term, size_t count, double df, double conf_level)
{
	const struct kg_term *theta = find_term(term, count, "theta");
	const struct kg_term *dispersion = find_term(term, count, "dispersion");
	double inflation = dispersion ? sqrt(fmax(1, dispersion->estimate)) : 1;

	for (size_t j = 0; theta && !isnan(theta->estimate) && j < LINE; j++) {
		enum kg_why why = term[j].why;

		if (isnan(term[j].std_error))
			continue;
		term[j] =
		    kg_coefficient_term(term[j].term, term[j].estimate, inflation * term[j].std_error, df, conf_level);
		term[j].why = why;
	}
}

/* Without residuals nothing tells how far off an estimate may be: no limits, as for log-linear. */
static void drop_exact(struct kg_term *term)
{
	if (term->why == KG_WHY_EXACT_FIT)
		term->std_error = term->conf_low = term->conf_high = NAN;
}

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
	if (params->covariance == KG_COV_CLASSICAL)
		allow_for_theta(term, count, (double)sample->n - LINE, params->conf_level);
	for (size_t j = 0; j < LINE; j++)
		drop_exact(&term[j]);
	out[0] = kg_growth_percent(&term[1]);
	if (out[0].why == KG_WHY_NONE && !sample->exposure && !kg_has_spread(sample->y, sample->n))
		out[0].why = KG_WHY_NO_SPREAD;
	if (model != KG_COUNT_NEGATIVE_BINOMIAL)
		kg_growth_count_range(sample, params->own, &out[0]);
	out[1] = term[0];
	out[1].unit = "log";
	for (size_t k = LINE; k < count && written < room; k++)
		if (strcmp(term[k].term, "dispersion") == 0 || strcmp(term[k].term, "theta") == 0)
			out[written++] = term[k];
	return written;
}
