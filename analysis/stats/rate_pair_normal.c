#include <math.h>

#include "stats/pair.h"

/* A difference of rates per `multiplier` of the population. */
static struct kg_term scale(struct kg_term term, double multiplier)
{
	term.estimate *= multiplier;
	term.std_error *= multiplier;
	term.conf_low *= multiplier;
	term.conf_high *= multiplier;
	return term;
}

static void set_limits(const struct kg_pair *pair, enum kg_contrast contrast, double z, struct kg_term *term)
{
	double log_error = sqrt(1 / pair->x1 + 1 / pair->x2);

	if (contrast == KG_RATIO && isfinite(log_error)) {
		term->conf_low = term->estimate * exp(-z * log_error);
		term->conf_high = term->estimate * exp(z * log_error);
		kg_pair_note_test(term, log(term->estimate) / log_error);
	} else if (contrast == KG_DIFFERENCE && pair->x1 + pair->x2 > 0) {
		term->std_error = hypot(sqrt(pair->x1) / pair->n1, sqrt(pair->x2) / pair->n2);
		term->conf_low = term->estimate - z * term->std_error;
		term->conf_high = term->estimate + z * term->std_error;
		kg_pair_note_test(term, term->estimate / term->std_error);
	}
}

static size_t fit(const struct kg_sample *sample, const struct kg_params *params, struct kg_arena *scratch,
		  struct kg_term *out, size_t room)
{
	struct kg_pair pair;
	enum kg_why why = kg_pair_read(sample, false, &pair);
	double z = kg_interval_z(params->conf_level);
	size_t count = 0;

	(void)scratch;
	for (enum kg_contrast k = KG_DIFFERENCE; k <= KG_RATIO && count < room; k++) {
		struct kg_term term = kg_pair_term(&pair, k);

		if (why == KG_WHY_NONE)
			set_limits(&pair, k, z, &term);
		else
			term = kg_term_none(term.term, term.unit, why);
		out[count++] = k == KG_DIFFERENCE ? scale(term, params->multiplier) : term;
	}
	return count;
}

const struct kg_stat kg_stat_rate_pair_normal = {
	.program = "rate-ratio",
	.id = "normal",
	.title = "difference of two rates by normal limits and their ratio by limits on the log scale",
	.formula = "difference: d -+ z sqrt(x1/n1^2 + x2/n2^2); ratio: r exp(-+ z sqrt(1/x1 + 1/x2)), none when a "
		   "count is 0",
	.source = "Rothman, Greenland & Lash 2008, Modern Epidemiology, 3rd ed., chapter 14",
	.assumes = "two independent Poisson counts over known populations; counts are not small",
	.agrees = "R and Python on the reference pairs, 12 digits",
	.unit = "difference: per --multiplier of the population; ratio: a pure number",
	.needs = KG_NEEDS_Y | KG_NEEDS_EXPOSURE,
	.min_n = 2,
	.fit = fit,
	.terms_most = 2,
};
