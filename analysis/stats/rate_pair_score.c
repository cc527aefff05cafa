#include <math.h>

#include "stats/pair.h"
#include "stats/proportion.h"

/* A difference of rates per `multiplier` of the population. */
static struct kg_term scale(struct kg_term term, double multiplier)
{
	term.estimate *= multiplier;
	term.std_error *= multiplier;
	term.conf_low *= multiplier;
	term.conf_high *= multiplier;
	return term;
}

/* Deviate of a supposed difference; the fitted reference rate is the positive root of a quadratic. */
static double find_deviate(const void *context, double supposed)
{
	const struct kg_pair *pair = context;
	double n = pair->n1 + pair->n2, b = pair->x1 + pair->x2 - n * supposed, root, two, variance, miss;

	root = sqrt(b * b + 4 * n * pair->x2 * supposed);
	two = b > 0 ? (b + root) / (2 * n) : root > b ? 2 * pair->x2 * supposed / (root - b) : 0;
	variance = fmax(0, two + supposed) / pair->n1 + fmax(0, two) / pair->n2;
	miss = pair->x1 / pair->n1 - pair->x2 / pair->n2 - supposed;
	return variance > 0 ? miss / sqrt(variance) : miss == 0 ? 0 : copysign(INFINITY, miss);
}

static void set_limits(const struct kg_pair *pair, enum kg_contrast contrast, double z, struct kg_term *term)
{
	double total = pair->x1 + pair->x2, reach;
	struct kg_interval limit;

	kg_pair_note_test(term, total > 0 ? find_deviate(pair, 0) : NAN);
	if (contrast == KG_RATIO) {
		if (total == 0)
			return;
		limit = kg_proportion_wilson(pair->x1, total, 1 - 2 * pnorm(-z, 0, 1, 1, 0));
		term->conf_low = limit.low / (1 - limit.low) * pair->n2 / pair->n1;
		term->conf_high = limit.high / (1 - limit.high) * pair->n2 / pair->n1;
		return;
	}
	reach = z * z * (1 / pair->n1 + 1 / pair->n2) + (total + 1) * (1 / pair->n1 + 1 / pair->n2) * (1 + z);
	limit = kg_pair_invert(find_deviate, pair, z, term->estimate - reach, term->estimate + reach);
	term->conf_low = limit.low;
	term->conf_high = limit.high;
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

const struct kg_stat kg_stat_rate_pair_score = {
	.program = "rate-ratio",
	.id = "score",
	.title = "difference and ratio of two rates by score limits",
	.formula = "ratio: Wilson's limits of x1/(x1+x2), turned into r = P n2 / ((1-P) n1); difference: where (r1 "
		   "- r2 - d) / sqrt(R1/n1 + R2/n2) = -+ z at the fitted R1 = R2 + d; test: the same at no "
		   "difference",
	.source = "Miettinen & Nurminen 1985, Statistics in Medicine 4:213-226; Ng & Tang 2005, Statistics in "
		  "Medicine 24:955-965",
	.assumes = "two independent Poisson counts over known populations",
	.agrees = "a slow grid search in the unit test, 9 digits",
	.unit = "difference: per --multiplier of the population; ratio: a pure number",
	.needs = KG_NEEDS_Y | KG_NEEDS_EXPOSURE,
	.min_n = 2,
	.fit = fit,
	.terms_most = 2,
};
