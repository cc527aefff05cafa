#include "stats/growth_count_range.h"

#include <math.h>

#include "stats/root.h"

#define STEEPEST 1e6 /* per span of time: beyond this a slope has no end */

/* One end of the range: the greatest slope, or the least. */
struct end {
	const struct kg_sample *sample;
	const struct kg_growth *range;
	bool high;
	double mean; /* time of the events on average since the first, as early or as late as it can be */
};

static double end_of(const double *end, const double *stated, size_t i)
{
	return end ? end[i] : stated[i];
}

/* Since the first: differences of years are exact, their means then have all digits. */
static double take_time(const struct kg_sample *sample, size_t i)
{
	return sample->x[i] - sample->x[0];
}

/* Mean time with the counts from k on at one end and those before at the other; NaN: no counts. Infinite ends count
 * with their lower ones. */
static double take_mean(const struct end *end, size_t k)
{
	const struct kg_sample *sample = end->sample;
	long double above = 0, sum = 0;

	for (size_t i = 0; i < sample->n; i++) {
		bool upper = (i >= k) == end->high;
		double high = end_of(end->range->high, sample->y, i), low = end_of(end->range->low, sample->y, i);
		double y = upper && isfinite(high) ? high : low;

		above += (long double)y * take_time(sample, i);
		sum += y;
	}
	return sum > 0 ? (double)(above / sum) : NAN;
}

/* The better of two mean times: the later for the high end; NaN is worse than any. */
static double choose(const struct end *end, double mean, double other)
{
	if (isnan(mean) || isnan(other))
		return isnan(mean) ? other : mean;
	return end->high ? fmax(mean, other) : fmin(mean, other);
}

static double find_mean(const struct end *end)
{
	const struct kg_sample *sample = end->sample;
	double mean = NAN;

	for (size_t k = 0; k <= sample->n; k++)
		mean = choose(end, mean, take_mean(end, k));
	for (size_t i = 0; i < sample->n; i++)
		if (end_of(end->range->high, sample->y, i) == INFINITY)
			mean = choose(end, mean, take_time(sample, i));
	return mean;
}

/* What pulls the slope up is as small as it can be for the high end, what pulls it down as large. */
static double take_exposure(const struct end *end, size_t i)
{
	const struct kg_growth *range = end->range;
	bool later = take_time(end->sample, i) > end->mean;

	if (!end->sample->exposure)
		return 1;
	return end_of(later == end->high ? range->exposure_low : range->exposure_high, end->sample->exposure, i);
}

static double pull(const void *context, double slope)
{
	const struct end *end = context;
	const struct kg_sample *sample = end->sample;
	double most = fmax(-slope * end->mean, slope * (take_time(sample, sample->n - 1) - end->mean));
	long double sum = 0;

	for (size_t i = 0; i < sample->n; i++) {
		double away = take_time(sample, i) - end->mean;

		sum += (long double)(away * take_exposure(end, i)) * expl((long double)slope * away - most);
	}
	return (double)sum;
}

/* Is there anybody, or a crowd without end, on one side of the mean? */
static void look_around(const struct end *end, bool later, bool *some, bool *endless)
{
	for (size_t i = 0; i < end->sample->n; i++) {
		double away = take_time(end->sample, i) - end->mean, exposure = take_exposure(end, i);

		if (later ? away > 0 : away < 0) {
			*some |= exposure > 0;
			*endless |= isinf(exposure);
		}
	}
}

static double find_slope(const struct end *end)
{
	const struct kg_sample *sample = end->sample;
	double span = take_time(sample, sample->n - 1), reach = 1 / span;
	bool some[2] = { false, false }, endless[2] = { false, false };

	look_around(end, false, &some[0], &endless[0]);
	look_around(end, true, &some[1], &endless[1]);
	if (!some[1] || endless[0])
		return some[0] ? INFINITY : NAN;
	if (!some[0] || endless[1])
		return -INFINITY;
	while (pull(end, reach) < 0 && reach < STEEPEST / span)
		reach *= 2;
	while (pull(end, -reach) > 0 && reach < STEEPEST / span)
		reach *= 2;
	return kg_root_find(pull, end, -reach, reach);
}

static double find_end(const struct kg_sample *sample, const struct kg_growth *range, bool high)
{
	struct end end = { .sample = sample, .range = range, .high = high };

	end.mean = find_mean(&end);
	return isnan(end.mean) ? NAN : 100 * expm1(find_slope(&end));
}

static bool is_bounded(const struct kg_sample *sample, const struct kg_growth *range)
{
	for (size_t i = 0; i < sample->n; i++)
		if ((range->low && range->low[i] != range->high[i]) ||
		    (range->exposure_low && range->exposure_low[i] != range->exposure_high[i]))
			return true;
	return false;
}

void kg_growth_count_range(const struct kg_sample *sample, const struct kg_growth *range, struct kg_term *term)
{
	if (!range || isnan(term->estimate) || !is_bounded(sample, range))
		return;
	term->bound_low = find_end(sample, range, false);
	term->bound_high = find_end(sample, range, true);
	/* The stated figures are within the bounds: rounding shall not tell otherwise. */
	if (term->bound_low > term->estimate)
		term->bound_low = term->estimate;
	if (term->bound_high < term->estimate)
		term->bound_high = term->estimate;
	term->why = KG_WHY_BOUND;
}
