#include "stats/proportion.h"

#include <math.h>

static enum kg_why refuse(double count, double denominator)
{
	if (count < 0)
		return KG_WHY_NEGATIVE;
	if (denominator < 0 || (denominator == 0 && count > 0))
		return KG_WHY_ZERO_DENOMINATOR;
	return count > denominator ? KG_WHY_COUNT_ABOVE_DENOMINATOR : KG_WHY_NONE;
}

static enum kg_why add_up(const struct kg_sample *sample, long double *successes, long double *trials)
{
	enum kg_why why = KG_WHY_NONE;

	*successes = *trials = 0;
	for (size_t i = 0; i < sample->n; i++) {
		if (why == KG_WHY_NONE)
			why = refuse(sample->y[i], sample->exposure[i]);
		*successes += sample->y[i];
		*trials += sample->exposure[i];
	}
	return why == KG_WHY_NONE && *trials == 0 ? KG_WHY_ZERO_DENOMINATOR : why;
}

size_t kg_proportion_fit(const struct kg_sample *sample, const struct kg_params *params, kg_share_interval *interval,
			 struct kg_term *out, size_t room)
{
	long double successes, trials;
	enum kg_why why = add_up(sample, &successes, &trials);
	struct kg_interval limit;

	if (!room)
		return 0;
	if (why != KG_WHY_NONE) {
		out[0] = kg_term_none("proportion", NULL, why);
		return 1;
	}
	limit = interval((double)successes, (double)trials, params->conf_level);
	out[0] = kg_term_new("proportion", NULL);
	out[0].estimate = (double)(successes / trials);
	out[0].conf_low = limit.low;
	out[0].conf_high = limit.high;
	if (successes > 0 && successes < trials)
		out[0].std_error = (double)sqrtl(successes / trials * (trials - successes) / trials / trials);
	return 1;
}
