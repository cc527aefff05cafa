#include <math.h>
#include <string.h>

#include "base/parallel.h"
#include "stats/resample.h"

#define CHUNK 256 /* orders per piece of work */

struct job {
	const struct kg_resampled *statistic;
	const struct kg_resampling *how;
	double observed, slack;
	uint32_t *extreme;
};

static bool is_extreme(const struct job *job, double value)
{
	if (job->how->alternative == KG_GREATER)
		return value >= job->observed - job->slack;
	if (job->how->alternative == KG_LESS)
		return value <= job->observed + job->slack;
	return fabs(value) >= fabs(job->observed) - job->slack;
}

static enum kg_status permute_chunk(void *context, size_t chunk, struct kg_arena *scratch, struct kg_error *error)
{
	const struct job *job = context;
	size_t n = job->how->strata.n, from = chunk * CHUNK;
	size_t end = from + CHUNK < job->how->replicates ? from + CHUNK : job->how->replicates;
	uint32_t *order = KG_ARRAY(scratch, uint32_t, n);

	if (!order)
		return kg_error_memory(error);
	for (size_t r = from; r < end; r++) {
		struct kg_random random = kg_random_stream(job->how->seed, job->how->stream, (uint32_t)r);
		struct kg_arena_mark mark = kg_arena_mark(scratch);

		for (size_t i = 0; i < n; i++)
			order[i] = (uint32_t)i;
		kg_resample_order(&job->how->strata, &random, order);
		if (is_extreme(job, job->statistic->ordered(job->statistic->data, order, scratch)))
			job->extreme[chunk]++;
		kg_arena_rewind(scratch, mark);
	}
	return KG_OK;
}

static struct kg_permutation test_randomly(struct job *job, struct kg_arena *arena)
{
	size_t chunks = (job->how->replicates + CHUNK - 1) / CHUNK;
	struct kg_permutation result = { NAN, 0, (double)job->how->replicates, false };

	job->extreme = KG_ARRAY(arena, uint32_t, chunks);
	if (!job->extreme || kg_parallel_each(chunks, job->how->threads, permute_chunk, job, NULL) != KG_OK)
		return result;
	for (size_t i = 0; i < chunks; i++)
		result.extreme += job->extreme[i];
	result.p = (result.extreme + 1) / (result.orders + 1);
	return result;
}

/* Number of distinguishable orders: product over strata of size! / product of tie sizes!; something larger than `most`
 * when it is more than that. Infinite when memory is out. */
static double count_orders(const struct kg_strata *strata, const uint32_t *code, double most, struct kg_arena *arena)
{
	uint32_t *seen = KG_ARRAY(arena, uint32_t, strata->n);
	double orders = 1;

	if (!seen)
		return INFINITY;
	for (size_t s = 0; s < strata->count; s++) {
		const uint32_t *member = strata->member + strata->start[s];
		uint32_t size = strata->start[s + 1] - strata->start[s];

		/* multinomial coefficient, one observation at a time: times i, divided by its place in its tie group */
		for (uint32_t i = 0; i < size && orders <= most; i++)
			orders = orders * (i + 1) / ++seen[code[member[i]]];
		for (uint32_t i = 0; i < size; i++)
			seen[code[member[i]]] = 0;
	}
	return rint(orders);
}

/* The next order of the members by code, in lexicographic order; false, and back to the first, after the last. */
static bool next_order(uint32_t *order, const uint32_t *member, uint32_t size, const uint32_t *code)
{
	uint32_t pivot = size, from, swap;
	bool more = false;

	while (pivot > 1 && code[order[member[pivot - 2]]] >= code[order[member[pivot - 1]]])
		pivot--;
	from = pivot > 1 ? pivot - 1 : 0;
	if (pivot > 1) {
		uint32_t *held = order + member[pivot - 2], value = *held;

		for (swap = size - 1; code[order[member[swap]]] <= code[value];)
			swap--;
		*held = order[member[swap]];
		order[member[swap]] = value;
		more = true;
	}
	for (uint32_t to = size - 1; size && from < to; from++, to--) {
		uint32_t value = order[member[from]];

		order[member[from]] = order[member[to]];
		order[member[to]] = value;
	}
	return more;
}

/* The first order: members of each stratum by ascending code (insertion sort: strata are small here). */
static void set_first_order(const struct kg_strata *strata, const uint32_t *code, uint32_t *order)
{
	for (size_t s = 0; s < strata->count; s++) {
		const uint32_t *member = strata->member + strata->start[s];
		uint32_t size = strata->start[s + 1] - strata->start[s];

		for (uint32_t i = 0; i < size; i++) {
			uint32_t at = i;

			for (; at > 0 && code[order[member[at - 1]]] > code[member[i]]; at--)
				order[member[at]] = order[member[at - 1]];
			order[member[at]] = member[i];
		}
	}
}

static struct kg_permutation test_exactly(struct job *job, const uint32_t *code, struct kg_arena *arena)
{
	const struct kg_strata *strata = &job->how->strata;
	struct kg_permutation result = { NAN, 0, 0, true };
	uint32_t *order = KG_ARRAY(arena, uint32_t, strata->n);
	size_t s = 0;

	if (!order)
		return result;
	set_first_order(strata, code, order);
	while (s < strata->count) {
		struct kg_arena_mark mark = kg_arena_mark(arena);

		result.orders++;
		if (is_extreme(job, job->statistic->ordered(job->statistic->data, order, arena)))
			result.extreme++;
		kg_arena_rewind(arena, mark);
		/* an odometer: a stratum that has gone through all moves the next one */
		for (s = 0; s < strata->count; s++)
			if (next_order(order, strata->member + strata->start[s],
				       strata->start[s + 1] - strata->start[s], code))
				break;
	}
	result.p = result.extreme / result.orders;
	return result;
}

struct kg_permutation kg_permutation_test(const struct kg_resampled *statistic, const struct kg_resampling *how,
					  const uint32_t *code, double observed, double slack)
{
	struct job job = { statistic, how, observed, slack, NULL };
	double most = how->replicates > KG_EXACT_ORDERS ? (double)how->replicates : KG_EXACT_ORDERS;
	struct kg_arena *arena = kg_arena_new(0);
	struct kg_permutation result = { NAN, 0, 0, false };

	if (!arena)
		return result;
	result = count_orders(&how->strata, code, most, arena) <= most ? test_exactly(&job, code, arena)
								       : test_randomly(&job, arena);
	kg_arena_free(arena);
	return result;
}
