#include "stats/growth.h"

struct kg_growth_value kg_growth_at(const struct kg_sample *sample, const struct kg_params *params, size_t i)
{
	const struct kg_growth *own = params->own;
	struct kg_growth_value at = { .value = sample->y[i] };
	double least = own && own->exposure_low ? own->exposure_low[i] : sample->exposure ? sample->exposure[i] : 1;
	double most = own && own->exposure_high ? own->exposure_high[i] : least;

	at.low = own && own->low ? own->low[i] : at.value;
	at.high = own && own->high ? own->high[i] : at.value;
	if (isnan(sample->y[i]) || (sample->exposure && isnan(sample->exposure[i])))
		at.why = KG_WHY_MISSING;
	else if (sample->exposure && sample->exposure[i] <= 0)
		at.why = KG_WHY_ZERO_DENOMINATOR;
	if (at.why == KG_WHY_NONE && sample->exposure) {
		at.value /= sample->exposure[i];
		at.low /= at.low < 0 ? fmax(least, 0) : most;
		at.high /= at.high < 0 ? most : fmax(least, 0);
		at.high = isnan(at.high) ? 0 : at.high; /* nobody among nobody */
	}
	return at;
}

struct kg_growth_value kg_growth_ratio(const struct kg_growth_value *from, const struct kg_growth_value *to)
{
	struct kg_growth_value ratio = { .why = from->why != KG_WHY_NONE ? from->why : to->why };
	long double least = from->low > 0 ? from->low : 0;

	if (ratio.why != KG_WHY_NONE)
		return ratio;
	if (from->value <= 0) {
		ratio.why = from->value == 0 && to->value > 0 ? KG_WHY_NEW : KG_WHY_ZERO_BASE;
		return ratio;
	}
	ratio.value = to->value / from->value;
	ratio.low = to->low / (to->low < 0 ? least : from->high);
	ratio.high = to->high == 0 ? 0 : to->high / (to->high < 0 ? from->high : least);
	return ratio;
}

struct kg_growth_value kg_growth_between(const struct kg_sample *sample, const struct kg_params *params, size_t from,
					 size_t to)
{
	struct kg_growth_value a, b, ratio;

	if (from == SIZE_MAX)
		return (struct kg_growth_value){ .why = KG_WHY_GAP };
	if (sample->stratum && sample->stratum[from] != sample->stratum[to])
		return (struct kg_growth_value){ .why = KG_WHY_SERIES_BREAK };
	a = kg_growth_at(sample, params, from);
	b = kg_growth_at(sample, params, to);
	ratio = kg_growth_ratio(&a, &b);
	if (from == to && ratio.why == KG_WHY_NONE) /* one unknown in numerator and denominator: it cancels */
		ratio.low = ratio.high = ratio.value;
	return ratio;
}

size_t kg_growth_find(const struct kg_sample *sample, long period)
{
	size_t from = 0, to = sample->n;

	while (from < to) {
		size_t middle = from + (to - from) / 2;

		if (sample->period[middle] == period)
			return middle;
		if (sample->period[middle] < period)
			from = middle + 1;
		else
			to = middle;
	}
	return SIZE_MAX;
}

bool kg_growth_counts(const struct kg_sample *sample)
{
	for (size_t i = 0; i < sample->n; i++)
		if (!(sample->y[i] >= 0) || sample->y[i] != nearbyint(sample->y[i]))
			return false;
	return true;
}

void kg_growth_fill(struct kg_term *term, const struct kg_growth_value *ratio, double scale, double shift)
{
	term->why = ratio->why;
	if (ratio->why != KG_WHY_NONE)
		return;
	term->estimate = (double)(scale * ratio->value + shift);
	if (!isfinite(term->estimate)) {
		term->estimate = NAN;
		term->why = KG_WHY_OVERFLOW;
		return;
	}
	if (ratio->low == ratio->high)
		return;
	term->bound_low = (double)(scale * ratio->low + shift);
	term->bound_high = (double)(scale * ratio->high + shift);
	term->why = KG_WHY_BOUND;
}

double *kg_growth_line(const struct kg_sample *sample, struct kg_arena *scratch)
{
	double *x = KG_ARRAY(scratch, double, 2 * sample->n);

	for (size_t i = 0; x && i < sample->n; i++) {
		x[i] = 1;
		x[sample->n + i] = sample->x[i];
	}
	return x;
}

struct kg_term kg_growth_percent(const struct kg_term *slope)
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
