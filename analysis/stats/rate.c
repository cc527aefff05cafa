#include "stats/rate.h"

#include <math.h>

/* counted: events before sampling weights */
struct tally {
	long double events, exposure, variance, counted;
	enum kg_why why;
};

/* People may stand in one row and events of theirs in others where these are told apart by events per person. */
static enum kg_why refuse(double count, double exposure, bool apart)
{
	if (count < 0)
		return KG_WHY_NEGATIVE;
	if (exposure < 0 || (exposure == 0 && count > 0 && !apart))
		return KG_WHY_ZERO_DENOMINATOR;
	return KG_WHY_NONE;
}

static void add_row(const struct kg_sample *sample, size_t i, struct tally *tally)
{
	long double each = sample->weight ? sample->weight[i] : 1, times = sample->x ? sample->x[i] : 1;

	if (tally->why == KG_WHY_NONE)
		tally->why = each < 0 || times < 0 ? KG_WHY_NEGATIVE
						   : refuse(sample->y[i], sample->exposure[i], sample->weight != NULL);
	tally->counted += sample->y[i] * each;
	tally->events += sample->y[i] * each * times;
	tally->variance += sample->y[i] * each * each * times * times;
	tally->exposure += sample->exposure[i] * times;
}

static struct tally add_up(const struct kg_sample *sample)
{
	struct tally tally = { 0 };

	for (size_t i = 0; i < sample->n; i++)
		add_row(sample, i, &tally);
	if (tally.why == KG_WHY_NONE && tally.exposure == 0)
		tally.why = KG_WHY_ZERO_DENOMINATOR;
	return tally;
}

/* What an event would count where there is none: the mean weight of the people. */
static long double find_mean_weight(const struct kg_sample *sample, const struct tally *tally)
{
	long double people = 0;

	for (size_t i = 0; i < sample->n; i++)
		people += sample->exposure[i];
	return people > 0 ? tally->exposure / people : 1;
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
	widen = tally.counted > 0 ? sqrtl(tally.variance / tally.counted) : find_mean_weight(sample, &tally);
	limit = interval((double)tally.counted, params->conf_level);
	out[0] = kg_term_new("rate", NULL);
	out[0].estimate = (double)(tally.events * per);
	out[0].conf_low = (double)((tally.events + widen * (limit.low - tally.counted)) * per);
	out[0].conf_high = (double)((tally.events + widen * (limit.high - tally.counted)) * per);
	if (tally.events > 0)
		out[0].std_error = (double)(sqrtl(tally.variance) * per);
	return 1;
}
