#include "stats/rate.h"

#include <math.h>

struct tally {
	long double events, exposure, variance;
	enum kg_why why;
};

static enum kg_why refuse(double count, double exposure)
{
	if (count < 0)
		return KG_WHY_NEGATIVE;
	if (exposure < 0 || (exposure == 0 && count > 0))
		return KG_WHY_ZERO_DENOMINATOR;
	return KG_WHY_NONE;
}

static struct tally add_up(const struct kg_sample *sample)
{
	struct tally tally = { 0 };

	for (size_t i = 0; i < sample->n; i++) {
		long double each = sample->weight ? sample->weight[i] : 1, events = sample->y[i] * each;

		if (tally.why == KG_WHY_NONE)
			tally.why = each < 0 ? KG_WHY_NEGATIVE : refuse(sample->y[i], sample->exposure[i]);
		tally.events += events;
		tally.variance += events * each;
		tally.exposure += sample->exposure[i];
	}
	if (tally.why == KG_WHY_NONE && tally.exposure == 0)
		tally.why = KG_WHY_ZERO_DENOMINATOR;
	return tally;
}

size_t kg_rate_fit(const struct kg_sample *sample, const struct kg_params *params, kg_count_interval *interval,
		   struct kg_term *out, size_t room)
{
	struct tally tally = add_up(sample);
	long double per = params->multiplier / tally.exposure, widen;
	struct kg_interval limit;

	if (!room)
		return 0;
	if (tally.why != KG_WHY_NONE) {
		out[0] = kg_term_none("rate", NULL, tally.why);
		return 1;
	}
	widen = tally.events > 0 ? sqrtl(tally.variance / tally.events) : 1;
	limit = interval((double)tally.events, params->conf_level);
	out[0] = kg_term_new("rate", NULL);
	out[0].estimate = (double)(tally.events * per);
	out[0].conf_low = (double)((tally.events + widen * (limit.low - tally.events)) * per);
	out[0].conf_high = (double)((tally.events + widen * (limit.high - tally.events)) * per);
	if (tally.events > 0)
		out[0].std_error = (double)(sqrtl(tally.variance) * per);
	return 1;
}
