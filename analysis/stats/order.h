/* order: sorting of values, and what is made from it: ranks, tie groups, dense codes. */
#ifndef KG_STATS_ORDER_H
#define KG_STATS_ORDER_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"

/* Values sorted once: `index` in ascending order of value (stable), `code` numbers the distinct values from 0. */
struct kg_order {
	size_t n, ndistinct;
	uint32_t *index; /* n: position in the data of the i-th smallest */
	uint32_t *code;	 /* n: code of each observation; equal values share one */
};

/* Tie groups of sizes t: sums over groups. Doubles: exact up to 2^53. */
struct kg_ties {
	double pairs;  /* sum t (t - 1) / 2 */
	double second; /* sum t (t - 1) (2 t + 5) */
	double third;  /* sum t (t - 1) (t - 2) */
};

/* In: n finite or infinite values, no NaN, n < 2^32. Radix sort for many values, merge sort for few; -0 equals 0.
 * NULL members when memory is out. Cost O(n), or O(n log n) for few. */
struct kg_order kg_order_make(const double *value, size_t n, struct kg_arena *arena);

/* Mid-ranks from 1: tied values share the mean of the ranks they take. */
void kg_order_ranks(const struct kg_order *order, double *rank);

/* Mid-ranks less their mean when observation i stands count[i] times. */
void kg_order_ranks_counted(const struct kg_order *order, const uint32_t *count, double *rank);

struct kg_ties kg_order_ties(const struct kg_order *order);

#endif
