#include "stats/standard.h"

#include <math.h>

enum kg_why kg_direct_make(const struct kg_sample *sample, struct kg_direct *direct)
{
	long double total = 0;

	*direct = (struct kg_direct){ 0 };
	for (size_t i = 0; i < sample->n; i++) {
		if (sample->y[i] < 0 || sample->weight[i] < 0)
			return KG_WHY_NEGATIVE;
		if (!(sample->exposure[i] > 0))
			return KG_WHY_ZERO_DENOMINATOR;
		total += sample->weight[i];
	}
	if (!(total > 0))
		return KG_WHY_ZERO_DENOMINATOR;
	for (size_t i = 0; i < sample->n; i++) {
		long double each = sample->weight[i] / total / sample->exposure[i];

		direct->events += sample->y[i];
		direct->rate += each * sample->y[i];
		direct->variance += each * each * (sample->x ? sample->x[i] : sample->y[i]);
		direct->weight_most = fmaxl(direct->weight_most, each);
		direct->weight_mean += each / sample->n;
		direct->square_mean += each * each / sample->n;
	}
	return KG_WHY_NONE;
}

struct kg_term kg_direct_term(const struct kg_direct *direct, const struct kg_params *params, struct kg_interval limit)
{
	struct kg_term term = kg_term_new("rate", NULL);

	term.estimate = (double)(direct->rate * params->multiplier);
	term.conf_low = limit.low * params->multiplier;
	term.conf_high = limit.high * params->multiplier;
	if (direct->variance > 0)
		term.std_error = (double)(sqrtl(direct->variance) * params->multiplier);
	return term;
}

size_t kg_direct_dobson(const struct kg_sample *sample, const struct kg_params *params, kg_count_interval *interval,
			struct kg_term *out, size_t room)
{
	struct kg_direct direct;
	enum kg_why why = kg_direct_make(sample, &direct);
	struct kg_interval limit;
	long double per_event;

	if (!room)
		return 0;
	if (why == KG_WHY_NONE && direct.events < KG_DIRECT_EVENTS_LEAST)
		why = KG_WHY_SMALL_COUNT;
	out[0] = kg_term_none("rate", NULL, why);
	if (why != KG_WHY_NONE)
		return 1;
	limit = interval((double)direct.events, params->conf_level);
	per_event = sqrtl(direct.variance / direct.events);
	limit.low = (double)(direct.rate + per_event * (limit.low - direct.events));
	limit.high = (double)(direct.rate + per_event * (limit.high - direct.events));
	out[0] = kg_direct_term(&direct, params, limit);
	return 1;
}

struct kg_interval kg_direct_gamma(const struct kg_direct *direct, double shift, double square, double conf_level)
{
	double tail = kg_interval_tail(conf_level), y = (double)direct->rate, v = (double)direct->variance;
	double up = y + shift, wide = v + square;

	return (struct kg_interval){ v > 0 ? qgamma(tail, y * y / v, v / y, 1, 0) : 0,
				     qgamma(tail, up * up / wide, wide / up, 0, 0) };
}

static struct kg_term multiply(double observed, struct kg_interval limit, double factor, const char *name)
{
	struct kg_term term = kg_term_new(name, NULL);

	term.estimate = observed * factor;
	term.conf_low = limit.low * factor;
	term.conf_high = limit.high * factor;
	if (observed > 0)
		term.std_error = sqrt(observed) * factor;
	return term;
}

/* Twice the smaller tail, each with the share `whole` of the probability of the count itself. */
static double find_p(double observed, double expected, double whole)
{
	double at = dpois(observed, expected, 0), below = observed > 0 ? ppois(observed - 1, expected, 1, 0) : 0;
	double above = ppois(observed, expected, 0, 0);

	return fmin(1, 2 * (fmin(below, above) + whole * at));
}

void kg_indirect_test_exact(double observed, double expected, struct kg_term *ratio)
{
	ratio->p_value = find_p(nearbyint(observed), expected, 1);
}

void kg_indirect_test_mid_p(double observed, double expected, struct kg_term *ratio)
{
	ratio->p_value = find_p(nearbyint(observed), expected, 0.5);
}

size_t kg_indirect_fit(const struct kg_sample *sample, const struct kg_params *params,
		       const struct kg_indirect_method *method, struct kg_term *out, size_t room)
{
	long double observed = 0, expected = 0;
	double crude = *(const double *)params->own;
	enum kg_why why = KG_WHY_NONE;
	struct kg_interval limit;

	if (room < 2)
		return 0;
	for (size_t i = 0; i < sample->n; i++) {
		if (sample->y[i] < 0 || sample->exposure[i] < 0)
			why = KG_WHY_NEGATIVE;
		observed += sample->y[i];
		expected += (long double)sample->weight[i] * sample->exposure[i];
	}
	if (why == KG_WHY_NONE && !(expected > 0))
		why = KG_WHY_ZERO_DENOMINATOR;
	limit = method->interval((double)observed, params->conf_level);
	out[0] = multiply((double)observed, limit, (double)(1 / expected), "ratio");
	out[1] = multiply((double)observed, limit, (double)(params->multiplier * crude / expected), "rate");
	if (why == KG_WHY_NONE)
		method->test((double)observed, (double)expected, &out[0]);
	for (size_t k = 0; k < 2 && why != KG_WHY_NONE; k++)
		out[k] = kg_term_none(out[k].term, NULL, why);
	return 2;
}
