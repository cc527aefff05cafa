#include "stats/resample.h"

#include <math.h>

#include "base/parallel.h"

#define CHUNK 64 /* replicates per piece of work */

struct kg_strata kg_strata_make(const uint32_t *stratum, size_t n, struct kg_arena *arena)
{
	struct kg_strata strata = { n, 1, NULL, NULL };
	uint32_t *start, *member = KG_ARRAY(arena, uint32_t, n ? n : 1);

	for (size_t i = 0; stratum && i < n; i++)
		if (stratum[i] >= strata.count)
			strata.count = (size_t)stratum[i] + 1;
	start = KG_ARRAY(arena, uint32_t, strata.count + 2);
	if (!start || !member)
		return (struct kg_strata){ n, 0, NULL, NULL };
	for (size_t i = 0; i < n; i++)
		start[(stratum ? stratum[i] : 0) + 2]++;
	for (size_t s = 2; s < strata.count + 2; s++)
		start[s] += start[s - 1];
	for (size_t i = 0; i < n; i++)
		member[start[(stratum ? stratum[i] : 0) + 1]++] = (uint32_t)i;
	strata.start = start;
	strata.member = member;
	return strata;
}

static void draw_blocks(struct kg_random *random, const uint32_t *member, uint32_t size, uint32_t block,
			uint32_t *count)
{
	for (uint32_t drawn = 0; drawn < size;) {
		uint32_t from = kg_random_below(random, size - block + 1);

		for (uint32_t i = 0; i < block && drawn < size; i++, drawn++)
			count[member[from + i]]++;
	}
}

void kg_resample_counts(const struct kg_resampling *how, struct kg_random *random, uint32_t *count)
{
	const struct kg_strata *strata = &how->strata;

	for (size_t s = 0; s < strata->count; s++) {
		const uint32_t *member = strata->member + strata->start[s];
		uint32_t size = strata->start[s + 1] - strata->start[s];
		uint32_t block = how->block < size ? (uint32_t)how->block : size;

		if (block > 1) {
			draw_blocks(random, member, size, block, count);
			continue;
		}
		for (uint32_t i = 0; i < size; i++)
			count[member[kg_random_below(random, size)]]++;
	}
}

/* 64 random bits as a fraction: each multiplication by a bound takes one integer off its top. */
static uint64_t draw_bits(struct kg_random *random)
{
	uint64_t high = kg_random_bits(random);

	return high << 32 | kg_random_bits(random);
}

/* One uniform integer below each of bound, bound - 1, ...: `many` of them, whose product stays below 2^64. */
static void draw_descending(struct kg_random *random, uint32_t bound, unsigned many, uint32_t *drawn)
{
	uint64_t product, left, threshold = 0;

	do {
		left = draw_bits(random);
		product = 1;
		for (unsigned k = 0; k < many; k++) {
			__uint128_t wide = (__uint128_t)left * (bound - k);

			drawn[k] = (uint32_t)(wide >> 64);
			left = (uint64_t)wide;
			product *= bound - k;
		}
		if (left < product && threshold == 0)
			threshold = (0 - product) % product;
	} while (left < threshold);
}

static void shuffle_members(struct kg_random *random, uint32_t *order, const uint32_t *member, uint32_t size)
{
	uint32_t drawn[64];

	for (uint32_t bound = size; bound > 1;) {
		unsigned bits = 32 - (unsigned)__builtin_clz(bound), many = 64 / bits;

		if (many > bound - 1)
			many = bound - 1;
		draw_descending(random, bound, many, drawn);
		for (unsigned k = 0; k < many; k++) {
			uint32_t *last = order + member[bound - 1 - k], *other = order + member[drawn[k]];
			uint32_t held = *last;

			*last = *other;
			*other = held;
		}
		bound -= many;
	}
}

void kg_resample_order(const struct kg_strata *strata, struct kg_random *random, uint32_t *order)
{
	for (size_t s = 0; s < strata->count; s++)
		shuffle_members(random, order, strata->member + strata->start[s],
				strata->start[s + 1] - strata->start[s]);
}

struct job {
	const struct kg_resampled *statistic;
	const struct kg_resampling *how;
	size_t total;
	double *value;
};

static double resample_once(const struct job *job, size_t replicate, struct kg_arena *scratch)
{
	struct kg_random random = kg_random_stream(job->how->seed, job->how->stream, (uint32_t)replicate);
	uint32_t *count = KG_ARRAY(scratch, uint32_t, job->how->strata.n);

	if (!count)
		return NAN;
	kg_resample_counts(job->how, &random, count);
	return job->statistic->counted(job->statistic->data, count, scratch);
}

static enum kg_status resample_chunk(void *context, size_t chunk, struct kg_arena *scratch, struct kg_error *error)
{
	const struct job *job = context;
	size_t end = (chunk + 1) * CHUNK < job->total ? (chunk + 1) * CHUNK : job->total;

	(void)error;
	for (size_t i = chunk * CHUNK; i < end; i++) {
		struct kg_arena_mark mark = kg_arena_mark(scratch);

		job->value[i] = resample_once(job, i, scratch);
		kg_arena_rewind(scratch, mark);
	}
	return KG_OK;
}

bool kg_bootstrap_run(const struct kg_resampled *statistic, const struct kg_resampling *how, double *value)
{
	struct job job = { statistic, how, how->replicates, value };

	return kg_parallel_each((how->replicates + CHUNK - 1) / CHUNK, how->threads, resample_chunk, &job, NULL) ==
	       KG_OK;
}

static enum kg_status leave_chunk_out(void *context, size_t chunk, struct kg_arena *scratch, struct kg_error *error)
{
	const struct job *job = context;
	size_t end = (chunk + 1) * CHUNK < job->total ? (chunk + 1) * CHUNK : job->total;
	uint32_t *count = KG_ARRAY(scratch, uint32_t, job->total);

	if (!count)
		return kg_error_memory(error);
	for (size_t i = 0; i < job->total; i++)
		count[i] = 1;
	for (size_t i = chunk * CHUNK; i < end; i++) {
		struct kg_arena_mark mark = kg_arena_mark(scratch);

		count[i] = 0;
		job->value[i] = job->statistic->counted(job->statistic->data, count, scratch);
		count[i] = 1;
		kg_arena_rewind(scratch, mark);
	}
	return KG_OK;
}

bool kg_jackknife_run(const struct kg_resampled *statistic, size_t n, size_t threads, double *value)
{
	struct job job = { statistic, NULL, n, value };

	return kg_parallel_each((n + CHUNK - 1) / CHUNK, threads, leave_chunk_out, &job, NULL) == KG_OK;
}
