/* smooth_range: how far smoothed rates can lie when counts or populations are bounds. A place's rate moves with its own
 * count and, through mean and variance of the prior, with those of all the others. */
#ifndef KG_STATS_SMOOTH_RANGE_H
#define KG_STATS_SMOOTH_RANGE_H

#include "stats/smooth_border.h"

/* Ranges of the rates of all n places by the prior of all, per person, into range[n]: smooth_border.h; where
 * populations are bounds, a search for each place (open_range.h). NaN: nothing is a bound. False: memory is out. */
bool kg_smooth_global_range(const struct kg_sample *sample, const struct kg_smooth_bounds *bounds,
			    struct kg_arena *scratch, struct kg_box_range *range);

/* Places, and how the local methods look at them. */
struct kg_smooth_area {
	const struct kg_sample *sample;
	const struct kg_smooth_bounds *bounds;
	const struct kg_smooth_neighbours *neighbours;
	bool about_each; /* the variance is taken about each neighbour's own mean: see kg_smooth_local */
};

/* Range of one place by the prior of its neighbours, by search. NaN: nothing that it depends on is a bound. False:
 * memory is out. */
bool kg_smooth_local_range(const struct kg_smooth_area *area, size_t place, struct kg_arena *scratch,
			   struct kg_box_range *range);

#endif
