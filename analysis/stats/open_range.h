/* open_range: least and greatest value of a statistic of bounded numbers, some of whose ends are open. */
#ifndef KG_STATS_OPEN_RANGE_H
#define KG_STATS_OPEN_RANGE_H

#include "stats/bounded_range.h"

/* Where numbers lie. `open`: its finite ends themselves are not taken on (0 has no log). */
struct kg_range_domain {
	double least, most;
	bool open;
};

/* Amounts: 0 or more. */
#define KG_RANGE_AMOUNTS ((struct kg_range_domain){ 0, INFINITY, false })

/* n numbers on one scale, each between its ends; those with low == high are exact. */
struct kg_range_block {
	size_t n;
	const double *stated, *low, *high;
	struct kg_range_domain domain;
};

/* Times the largest figure: what stands for infinity, and what it is compared with. */
#define KG_RANGE_FAR 1e12
#define KG_RANGE_LESS_FAR 1e9

/* The end found at KG_RANGE_FAR; 0 where it shrinks to less than a tenth on the way there, `open` where it still
 * changes by more than a hundredth. */
double kg_range_limit(double less_far, double far, double open);

/* Range of the statistic of the blocks' numbers, which stand one block after another; the first block is tried at
 * common levels too. Ends that are infinite or not taken on are tried at 1e9 and at 1e12 times the largest finite
 * figure of the block (near a finite end, as small parts of it), where several blocks have such ends also with every
 * other block at the square root of that: an end that still grows by more than a hundredth is
 * open (infinite), one that shrinks towards 0 is 0, else it is the limit reached. See bounded_range.h on how sharp it
 * is and on NaN. */
struct kg_box_range kg_open_range_find(const struct kg_range_block *block, size_t nblock, kg_box_statistic *statistic,
				       const void *data, struct kg_arena *scratch);

#endif
