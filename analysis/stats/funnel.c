#include "stats/funnel.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Share of deviates pulled in at each end. */
#define WINSORISED 0.1

static double find_variance(const struct kg_funnel_method *method, double target, double exposure)
{
	return target * (method->proportion ? 1 - target : 1) / exposure;
}

static int compare_numbers(const void *a, const void *b)
{
	double left = *(const double *)a, right = *(const double *)b;

	return (left > right) - (left < right);
}

/* Quantile of sorted values, type 7 (Hyndman & Fan 1996). */
static double find_quantile(const double *sorted, size_t n, double p)
{
	double at = p * (double)(n - 1);
	size_t below = (size_t)at;

	return below + 1 < n ? sorted[below] + (at - (double)below) * (sorted[below + 1] - sorted[below])
			     : sorted[n - 1];
}

struct kg_funnel_spread kg_funnel_spread_make(const struct kg_funnel_method *method, const struct kg_sample *sample,
					      double target, struct kg_arena *scratch)
{
	double *z = KG_ARRAY(scratch, double, sample->n), *sorted = KG_ARRAY(scratch, double, sample->n), low, high;
	long double plain = 0, pulled = 0, weight = 0, square = 0;
	struct kg_funnel_spread spread = { NAN, NAN, NAN, sample->n };

	if (!z || !sorted || !sample->n)
		return spread;
	for (size_t i = 0; i < sample->n; i++) {
		double variance = find_variance(method, target, sample->exposure[i]);

		z[i] = sorted[i] = (sample->y[i] / sample->exposure[i] - target) / sqrt(variance);
		weight += 1 / (long double)variance;
		square += 1 / ((long double)variance * variance);
	}
	qsort(sorted, sample->n, sizeof *sorted, compare_numbers);
	low = find_quantile(sorted, sample->n, WINSORISED);
	high = find_quantile(sorted, sample->n, 1 - WINSORISED);
	for (size_t i = 0; i < sample->n; i++) {
		double in = fmin(high, fmax(low, z[i]));

		plain += (long double)z[i] * z[i];
		pulled += (long double)in * in;
	}
	spread.phi = (double)(plain / sample->n);
	spread.phi_winsorised = (double)(pulled / sample->n);
	spread.tau2 = sample->n > 1 ? fmax(0, (double)((pulled - (sample->n - 1)) / (weight - square / weight))) : 0;
	return spread;
}

/* Limits widened about the target: by sqrt(phi), or to the normal ones with the variance between places added. They
 * stay where values can be: at 0 or above, a proportion at 1 or below. */
static struct kg_interval widen(const struct kg_funnel_method *method, double target, double exposure, double tail,
				const struct kg_funnel_spread *spread, enum kg_overdispersion how)
{
	struct kg_interval limit = method->limits(target, exposure, tail);
	double factor = sqrt(fmax(1, spread->phi_winsorised)), most = method->proportion ? 1 : INFINITY;
	double below = factor * (target - limit.low), above = factor * (limit.high - target);

	if (how == KG_DISPERSION_NONE || (how == KG_DISPERSION_ADDITIVE && spread->tau2 == 0))
		return limit;
	if (how == KG_DISPERSION_ADDITIVE)
		below = above = qnorm(tail, 0, 1, 0, 0) * sqrt(find_variance(method, target, exposure) + spread->tau2);
	return (struct kg_interval){ fmax(0, target - below), fmin(most, target + above) };
}

static int classify(const struct kg_funnel_place *place, enum kg_overdispersion how)
{
	double value = place->value;

	if (how == KG_DISPERSION_NONE && !isnan(place->p_low)) {
		int above = (place->p_high < KG_FUNNEL_TAIL_95) + (place->p_high < KG_FUNNEL_TAIL_998);
		int below = (place->p_low < KG_FUNNEL_TAIL_95) + (place->p_low < KG_FUNNEL_TAIL_998);

		return above - below;
	}
	return (value > place->limit_95.high) + (value > place->limit_998.high) - (value < place->limit_95.low) -
	       (value < place->limit_998.low);
}

struct kg_funnel_place kg_funnel_place_make(const struct kg_funnel_method *method, double count, double exposure,
					    double target, const struct kg_funnel_spread *spread,
					    enum kg_overdispersion how)
{
	double variance = find_variance(method, target, exposure), wide = variance;
	struct kg_funnel_place place = { .value = count / exposure, .p_low = NAN, .p_high = NAN };

	if (how == KG_DISPERSION_MULTIPLICATIVE)
		wide *= fmax(1, spread->phi_winsorised);
	if (how == KG_DISPERSION_ADDITIVE)
		wide += spread->tau2;
	place.z = (place.value - target) / sqrt(wide);
	place.limit_95 = widen(method, target, exposure, KG_FUNNEL_TAIL_95, spread, how);
	place.limit_998 = widen(method, target, exposure, KG_FUNNEL_TAIL_998, spread, how);
	if (how == KG_DISPERSION_NONE && method->tails) {
		struct kg_interval tails = method->tails(target, exposure, count);

		place.p_low = tails.low;
		place.p_high = tails.high;
	} else {
		place.p_low = pnorm(place.z, 0, 1, 1, 0);
		place.p_high = pnorm(place.z, 0, 1, 0, 0);
	}
	place.level = classify(&place, method->tails ? how : KG_DISPERSION_ADDITIVE);
	return place;
}
