#include "stats/weights.h"

#include <math.h>
#include <Rmath.h>
#include <stdlib.h>

#include "stats/order.h"

#define SPATIAL_PERMUTATIONS 999

static double add_row(const struct kg_weights *weights, const double *weight, size_t i, bool squared)
{
	double sum = 0;

	for (size_t k = weights->start[i]; k < weights->start[i + 1]; k++)
		sum += squared ? weight[k] * weight[k] : weight[k];
	return sum;
}

static void scale_all(const struct kg_weights *weights, double *weight, double *scale, double factor)
{
	for (size_t k = 0; k < weights->start[weights->n]; k++)
		weight[k] *= factor;
	for (size_t i = 0; i < weights->n; i++)
		scale[i] *= factor;
}

/* Divides rows by their sum, or by the root of their sum of squares. */
static void scale_rows(const struct kg_weights *weights, double *weight, double *scale, bool squared)
{
	for (size_t i = 0; i < weights->n; i++) {
		double sum = add_row(weights, weight, i, squared), divisor = squared ? sqrt(sum) : sum;

		for (size_t k = weights->start[i]; k < weights->start[i + 1]; k++)
			weight[k] /= divisor;
		scale[i] /= divisor > 0 ? divisor : 1;
	}
}

static double add_all(const struct kg_weights *weights, const double *weight)
{
	long double sum = 0;

	for (size_t k = 0; k < weights->start[weights->n]; k++)
		sum += weight[k];
	return (double)sum;
}

static int compare_places(const void *a, const void *b)
{
	uint32_t one = *(const uint32_t *)a, two = *(const uint32_t *)b;

	return (one > two) - (one < two);
}

/* w_ji, 0 when i is no neighbour of j. */
static double find_reverse(const struct kg_weights *weights, uint32_t j, uint32_t i)
{
	size_t from = weights->start[j], count = weights->start[j + 1] - from;
	const uint32_t *at = bsearch(&i, weights->to + from, count, sizeof *at, compare_places);

	return at ? weights->weight[at - weights->to] : 0;
}

static bool add_moments(struct kg_weights *weights, struct kg_arena *arena)
{
	struct kg_arena_mark mark = kg_arena_mark(arena);
	double *both = KG_ARRAY(arena, double, weights->n + 1);
	long double s1 = 0, s2 = 0;

	if (!both)
		return false;
	for (size_t i = 0; i < weights->n; i++)
		for (size_t k = weights->start[i]; k < weights->start[i + 1]; k++) {
			double w = weights->weight[k];

			s1 += w * (w + find_reverse(weights, weights->to[k], (uint32_t)i));
			both[i] += w;
			both[weights->to[k]] += w;
		}
	for (size_t i = 0; i < weights->n; i++)
		s2 += (long double)both[i] * both[i];
	weights->s0 = add_all(weights, weights->weight);
	weights->s1 = (double)s1;
	weights->s2 = (double)s2;
	kg_arena_rewind(arena, mark);
	return true;
}

bool kg_weights_style(struct kg_weights *weights, double *raw, char style, struct kg_arena *arena)
{
	double *scale = KG_ARRAY(arena, double, weights->n + 1);

	if (!scale)
		return false;
	weights->islands = 0;
	for (size_t i = 0; i < weights->n; i++) {
		weights->islands += weights->start[i] == weights->start[i + 1];
		scale[i] = 1;
	}
	weights->n_used = (double)(weights->n - weights->islands);
	if (style == 'W' || style == 'S')
		scale_rows(weights, raw, scale, style == 'S');
	if (style == 'C' || style == 'S')
		scale_all(weights, raw, scale, weights->n_used / add_all(weights, raw));
	if (style == 'U')
		scale_all(weights, raw, scale, 1 / add_all(weights, raw));
	weights->weight = raw;
	weights->scale = scale;
	return add_moments(weights, arena);
}

double kg_weights_lag(const struct kg_weights *weights, const double *value, size_t i)
{
	double sum = 0;

	for (size_t k = weights->start[i]; k < weights->start[i + 1]; k++)
		sum += weights->weight[k] * value[weights->to[k]];
	return sum;
}

double kg_spatial_p(double z, enum kg_alternative alternative)
{
	if (alternative == KG_TWO_SIDED)
		return 2 * pnorm(-fabs(z), 0, 1, 1, 0);
	return pnorm(z, 0, 1, alternative == KG_LESS, 0);
}

double kg_spatial_permute(const struct kg_resampled *statistic, const struct kg_sample *sample,
			  const struct kg_params *params, double observed, struct kg_arena *scratch)
{
	const struct kg_spatial_own *own = params->own;
	struct kg_resampling how = { .seed = params->seed,
				     .stream = params->stream,
				     .replicates = params->permutations ? params->permutations : SPATIAL_PERMUTATIONS,
				     .threads = params->threads,
				     .alternative = own->alternative };
	struct kg_order order = kg_order_make(sample->y, sample->n, scratch);

	for (uint32_t i = 0; sample->x && order.code && i < sample->n; i++)
		order.code[i] = i;
	how.strata = kg_strata_make(sample->stratum, sample->n, scratch);
	if (kg_arena_failed(scratch))
		return NAN;
	return kg_permutation_test(statistic, &how, order.code, observed, KG_PERMUTATION_SLACK * (1 + fabs(observed)))
	    .p;
}

double *kg_spatial_centre(const double *value, size_t n, double *square, struct kg_arena *scratch)
{
	double *centred = KG_ARRAY(scratch, double, n + 1);
	long double mean = 0, sum = 0;
	bool spread = false;

	for (size_t i = 0; i < n; i++) {
		mean += value[i];
		spread |= value[i] != value[0];
	}
	mean /= n;
	for (size_t i = 0; centred && i < n; i++) {
		centred[i] = (double)(value[i] - mean);
		sum += (value[i] - mean) * (value[i] - mean);
	}
	*square = spread ? (double)sum : 0;
	return centred;
}
