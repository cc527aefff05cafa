/* resample: bootstrap and permutation of any statistic that can be recomputed from counts or from an order.
 * Replicate r draws from the stream (seed, stream, r): the same numbers for any number of threads. */
#ifndef KG_STATS_RESAMPLE_H
#define KG_STATS_RESAMPLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/random.h"

/* Observations 0 .. n-1 by stratum: member[start[s]] .. member[start[s + 1] - 1]. */
struct kg_strata {
	size_t n, count;
	const uint32_t *start, *member;
};

/* In: a stratum code of each observation; NULL = one stratum with all. NULL members when memory is out. */
struct kg_strata kg_strata_make(const uint32_t *stratum, size_t n, struct kg_arena *arena);

struct kg_resampled {
	const void *data;
	/* The statistic when observation i counts count[i] times; NaN: not defined for these counts. */
	double (*counted)(const void *data, const uint32_t *count, struct kg_arena *scratch);
	/* The statistic when partner order[i] is given to observation i. */
	double (*ordered)(const void *data, const uint32_t *order, struct kg_arena *scratch);
};

enum kg_alternative { KG_TWO_SIDED, KG_GREATER, KG_LESS };

struct kg_resampling {
	uint64_t seed;
	uint32_t stream;
	size_t replicates, threads;
	struct kg_strata strata;	 /* drawn and permuted within */
	enum kg_alternative alternative; /* of a permutation test */
	size_t block;			 /* length of moving blocks (Kunsch 1989); 0 or 1 = single observations */
};

/* Adds a resample with replacement to `count` (zeroed by the caller): as many draws as members, in each stratum. */
void kg_resample_counts(const struct kg_resampling *how, struct kg_random *random, uint32_t *count);

/* Puts the members of each stratum into random order. `order` holds a permutation that keeps to the strata.
 * Several bounded integers from each 64 random bits: Brackett-Rozinsky and Lemire 2024, "Batched ranged random integer
 * generation". */
void kg_resample_order(const struct kg_strata *strata, struct kg_random *random, uint32_t *order);

/* Fills value[0 .. replicates-1]. False: memory is out. */
bool kg_bootstrap_run(const struct kg_resampled *statistic, const struct kg_resampling *how, double *value);

/* The statistic without observation i, for each i (jackknife). False: memory is out. */
bool kg_jackknife_run(const struct kg_resampled *statistic, size_t n, size_t threads, double *value);

/* Permutation test of `observed`: two-sided by distance from zero, so the statistic must be centred. */
struct kg_permutation {
	double p;	/* (b + 1) / (m + 1); exact: b / m; NaN when memory is out */
	double extreme; /* b: orders at least as extreme */
	double orders;	/* m */
	bool exact;	/* all distinguishable orders were gone through */
};

/* `code`: partners with equal code are interchangeable. `slack`: rounding error of the statistic; values that near
 * count as ties. Exact when there are at most max(replicates, KG_EXACT_ORDERS) orders. */
#define KG_EXACT_ORDERS 50000
#define KG_PERMUTATION_SLACK 1e-12 /* rounding error of a sum of some thousand products, as a share of its norm */
struct kg_permutation kg_permutation_test(const struct kg_resampled *statistic, const struct kg_resampling *how,
					  const uint32_t *code, double observed, double slack);

#endif
