#include "stats/rank.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/random.h"

static int compare_numbers(const void *a, const void *b)
{
	double left = *(const double *)a, right = *(const double *)b;

	return (left > right) - (left < right);
}

static int compare_ranks(const void *a, const void *b)
{
	uint32_t left = *(const uint32_t *)a, right = *(const uint32_t *)b;

	return (left > right) - (left < right);
}

/* How many of the sorted values are smaller. */
static size_t count_below(const double *sorted, size_t n, double value)
{
	size_t from = 0, to = n;

	while (from < to) {
		size_t middle = from + (to - from) / 2;

		if (sorted[middle] < value)
			from = middle + 1;
		else
			to = middle;
	}
	return from;
}

/* Copies times a sign, sorted: with it, the first place has the smallest. */
static double *sort_signed(const double *value, size_t n, double sign, struct kg_arena *scratch)
{
	double *sorted = KG_ARRAY(scratch, double, n + 1);

	for (size_t i = 0; sorted && i < n; i++)
		sorted[i] = sign * value[i];
	if (sorted)
		qsort(sorted, n, sizeof *sorted, compare_numbers);
	return sorted;
}

/* Best rank: places that are before in any case; worst rank: places that may be. */
static bool set_bounds(const struct kg_rank *own, size_t n, double sign, struct kg_arena *scratch, struct kg_term *out)
{
	const double *first = sign > 0 ? own->low : own->high, *last = sign > 0 ? own->high : own->low;
	double *early = sort_signed(first, n, sign, scratch), *late = sort_signed(last, n, sign, scratch);

	if (!early || !late)
		return false;
	for (size_t i = 0; i < n; i++) {
		double best = 1 + (double)count_below(late, n, sign * first[i]);
		double worst = 1 + (double)count_below(early, n, sign * last[i]) - (own->low[i] < own->high[i]);

		if (best == worst && own->low[i] == own->high[i])
			continue;
		out[i].bound_low = best;
		out[i].bound_high = worst;
		out[i].why = KG_WHY_BOUND;
	}
	return true;
}

/* Gamma of a shape of at least 1/2 (Marsaglia and Tsang 2000; below 1 by their power of a uniform). */
static double draw_gamma(struct kg_random *random, double shape)
{
	double boost = shape < 1 ? pow(kg_random_uniform(random), 1 / shape) : 1;
	double d = (shape < 1 ? shape + 1 : shape) - 1.0 / 3, c = 1 / sqrt(9 * d);

	for (;;) {
		double z = kg_random_normal(random), v = 1 + c * z;

		v = v * v * v;
		if (v > 0 && log(kg_random_uniform(random)) < z * z / 2 + d - d * v + d * log(v))
			return boost * d * v;
	}
}

static double draw_value(const struct kg_rank *own, const double *y, size_t i, struct kg_random *random)
{
	if (own->count)
		return draw_gamma(random, own->count[i] + 0.5) / own->exposure[i];
	return y[i] + own->std_error[i] * kg_random_normal(random);
}

struct draws {
	double *value, *sorted;
	uint32_t *rank; /* of place i in replicate r: rank[i * replicates + r] */
	size_t replicates;
};

static bool draw_ranks(const struct kg_sample *sample, const struct kg_params *params, double sign,
		       struct kg_arena *scratch, struct draws *draws)
{
	size_t n = sample->n, m = params->replicates ? params->replicates : KG_RANK_REPLICATES;

	*draws = (struct draws){ KG_ARRAY(scratch, double, n), KG_ARRAY(scratch, double, n),
				 KG_ARRAY(scratch, uint32_t, n * m), m };
	if (kg_arena_failed(scratch))
		return false;
	for (size_t r = 0; r < m; r++) {
		struct kg_random random = kg_random_stream(params->seed, params->stream, (uint32_t)r);

		for (size_t i = 0; i < n; i++)
			draws->value[i] = draws->sorted[i] = sign * draw_value(params->own, sample->y, i, &random);
		qsort(draws->sorted, n, sizeof *draws->sorted, compare_numbers);
		for (size_t i = 0; i < n; i++)
			draws->rank[i * m + r] = 1 + (uint32_t)count_below(draws->sorted, n, draws->value[i]);
	}
	return true;
}

static void set_limits(const struct draws *draws, double conf_level, size_t n, struct kg_term *out)
{
	size_t m = draws->replicates, tail = (size_t)floor((1 - conf_level) / 2 * (double)m);

	for (size_t i = 0; i < n; i++) {
		uint32_t *rank = draws->rank + i * m;

		qsort(rank, m, sizeof *rank, compare_ranks);
		out[i].conf_low = rank[tail];
		out[i].conf_high = rank[m - 1 - tail];
	}
}

bool kg_rank_terms(const struct kg_sample *sample, const struct kg_params *params, struct kg_arena *scratch,
		   struct kg_term *out)
{
	const struct kg_rank *own = params->own;
	double sign = own->ascending ? 1 : -1;
	double *sorted = sort_signed(sample->y, sample->n, sign, scratch);
	struct draws draws;

	if (!sorted)
		return false;
	for (size_t i = 0; i < sample->n; i++) {
		out[i] = kg_term_new("rank", "rank");
		out[i].estimate = 1 + (double)count_below(sorted, sample->n, sign * sample->y[i]);
	}
	if (own->low && !set_bounds(own, sample->n, sign, scratch, out))
		return false;
	if (!own->count && !own->std_error)
		return true;
	if (!draw_ranks(sample, params, sign, scratch, &draws))
		return false;
	set_limits(&draws, params->conf_level, sample->n, out);
	return true;
}

static size_t fit(const struct kg_sample *sample, const struct kg_params *params, struct kg_arena *scratch,
		  struct kg_term *out, size_t room)
{
	return room >= sample->n && kg_rank_terms(sample, params, scratch, out) ? sample->n : 0;
}

const struct kg_stat kg_stat_rank = {
	.program = "rank",
	.id = "rank",
	.title = "Rank of each place, with the range that chance and bounds leave it",
	.formula =
	    "1 + number of places with a larger value (with --ascending, a smaller one); equal values share the best "
	    "rank. "
	    "Limits: the ranks are found again in 1000 draws of all values, from a gamma distribution with shape count "
	    "+ "
	    "1/2 for counts, from a normal one for values with standard errors; quantiles of the drawn ranks. Bounds: "
	    "best "
	    "rank 1 + places that are before at all values within their bounds, worst rank 1 + places that may be.",
	.source =
	    "Goldstein, H. and Spiegelhalter, D. J. (1996), League tables and their limitations, Journal of the Royal "
	    "Statistical Society A 159, 385-443; Marsaglia, G. and Tsang, W. W. (2000), A simple method for generating "
	    "gamma variables, ACM Transactions on Mathematical Software 26, 363-372.",
	.assumes =
	    "Places vary independently. Limits are for each place by itself, not for the whole order; they hold "
	    "95 % where places differ more than chance alone makes them, and 90 % where counts are about 5 each "
	    "or true rates lie close together: draws then spread twice",
	.unit = "rank, 1 = first",
	.agrees = "R rank(-x, ties.method = \"min\")",
	.needs = KG_NEEDS_Y,
	.min_n = 1,
	.fit = fit,
};
