/* smooth_border: ranges of smoothed rates by the prior of all places, where counts are bounds and populations are
 * exact: from the border of what sum x and sum x^2 / n can be, of which mean and variance of the prior are made. */
#ifndef KG_STATS_SMOOTH_BORDER_H
#define KG_STATS_SMOOTH_BORDER_H

#include "stats/bounded_range.h"
#include "stats/smooth.h"

/* The least and the most that count and population of each place can be; high may be INFINITY. */
struct kg_smooth_bounds {
	const double *count_low, *count_high, *exposure_low, *exposure_high;
};

/* Ranges of the rates of all n places, per person, into range[n]. For a given mean the rate is monotone in the prior's
 * variance, so the border is walked: counts at a common rate as far as their ends let them (least variance), and counts
 * at their ends but one (most). With more than 6 bounded counts the most is taken along chords: a little too large,
 * never too small. False: memory is out. */
bool kg_smooth_border_range(const struct kg_sample *sample, const struct kg_smooth_bounds *bounds,
			    struct kg_arena *scratch, struct kg_box_range *range);

#endif
