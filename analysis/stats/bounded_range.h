/* bounded_range: least and greatest value of a statistic when some of the numbers it is made from are known to lie
 * between two ends only. */
#ifndef KG_STATS_BOUNDED_RANGE_H
#define KG_STATS_BOUNDED_RANGE_H

#include "base/arena.h"

/* Up to this many free numbers every corner of the box is tried, and with fewer a grid of as many points. */
#define KG_BOX_CORNERS 12

/* Numbers between finite ends: low <= stated <= high. */
struct kg_box {
	size_t n, alike; /* the first `alike` are on one scale: they are tried at a common level too */
	const double *stated, *low, *high;
	const double *near; /* sizes beyond which there is only an end that stands for an open one */
};

/* The statistic of n numbers; NaN where it is not defined: such points are passed over. */
typedef double kg_box_statistic(const void *data, const double *number);

struct kg_box_range {
	double low, high; /* NaN: the statistic is defined nowhere */
};

/* Range of the statistic over the box: corners (all, where at most KG_BOX_CORNERS numbers are free, with a grid between
 * them where there are fewer), common levels and splits, then a search along each number in turn from the best of them
 * (coordinate search with golden sections: Brent 1973, Algorithms for Minimization without Derivatives, chapters 5 and
 * 7). Sharp for statistics whose best corner or level is the best point, such as linear ones and their ratios; else,
 * and with many free numbers, an inner approximation: the true range may be wider. The number of evaluations is
 * limited, never the time: results repeat. Two NaN with kg_arena_failed(scratch): memory is out. */
struct kg_box_range kg_box_range_find(const struct kg_box *box, kg_box_statistic *statistic, const void *data,
				      struct kg_arena *scratch);

#endif
