/* spread_range: range of a measure of inequality when values or weights are bounds such as ">30000". */
#ifndef KG_STATS_SPREAD_RANGE_H
#define KG_STATS_SPREAD_RANGE_H

#include <math.h>

#include "stats/slope_index.h"
#include "stats/spread.h"

/* Where the values of a measure lie. `open`: its finite ends themselves are not taken on (0 has no log). */
struct kg_spread_domain {
	double least, most;
	bool open;
};

/* Amounts: 0 or more. */
#define KG_SPREAD_AMOUNTS ((struct kg_spread_domain){ 0, INFINITY, false })

/* kg_spread_term with the range of the measure, where bounds are given. */
struct kg_term kg_spread_bounded(kg_spread_measure *measure, const char *name, const struct kg_sample *sample,
				 const struct kg_params *params, struct kg_arena *scratch);

/* Sets bound_low, bound_high and KG_WHY_BOUND of the term where params->own (struct kg_inequality) has ranges and the
 * term has no other note. Ends that are infinite or not taken on are tried at 1e9 and at 1e12 times the largest finite
 * figure (near a finite end, as small parts of it): a range that still grows by more than a hundredth is open
 * (infinite), else its end is the limit reached. See bounded_range.h on how sharp it is. */
void kg_spread_range(kg_spread_measure *measure, const struct kg_sample *sample, const struct kg_params *params,
		     struct kg_spread_domain domain, struct kg_arena *scratch, struct kg_term *term);

#endif
