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

struct tally {
	long double successes, trials, squares; /* squares: sum of weight^2 trials */
};

static enum kg_why add_up(const struct kg_sample *sample, struct tally *tally)
{
	enum kg_why why = KG_WHY_NONE;

	*tally = (struct tally){ 0 };
	for (size_t i = 0; i < sample->n; i++) {
		long double times = sample->x ? sample->x[i] : 1;

		if (why == KG_WHY_NONE)
			why = times < 0 ? KG_WHY_NEGATIVE : refuse(sample->y[i], sample->exposure[i]);
		tally->successes += sample->y[i] * times;
		tally->trials += sample->exposure[i] * times;
		tally->squares += sample->exposure[i] * times * times;
	}
	return why == KG_WHY_NONE && tally->trials == 0 ? KG_WHY_ZERO_DENOMINATOR : why;
}

size_t kg_proportion_fit(const struct kg_sample *sample, const struct kg_params *params, kg_share_interval *interval,
			 struct kg_term *out, size_t room)
{
	struct tally tally;
	enum kg_why why = add_up(sample, &tally);
	long double share = tally.successes / tally.trials, scale = sample->x ? tally.trials / tally.squares : 1;
	long double trials = tally.trials * scale; /* effective */
	struct kg_interval limit;

	if (!room)
		return 0;
	if (why != KG_WHY_NONE) {
		out[0] = kg_term_none("proportion", NULL, why);
		return 1;
	}
	limit = interval((double)(tally.successes * scale), (double)trials, params->conf_level);
	out[0] = kg_term_new("proportion", NULL);
	out[0].estimate = (double)share;
	out[0].conf_low = limit.low;
	out[0].conf_high = limit.high;
	if (share > 0 && share < 1)
		out[0].std_error = (double)sqrtl(share * (1 - share) / trials);
	return 1;
}
