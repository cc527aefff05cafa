/* spread_range: range of a measure of inequality when values or weights are bounds such as ">30000". */
#ifndef KG_STATS_SPREAD_RANGE_H
#define KG_STATS_SPREAD_RANGE_H

#include <math.h>

#include "stats/open_range.h"
#include "stats/slope_index.h"
#include "stats/spread.h"

/* kg_spread_term with the range of the measure, where bounds are given. */
struct kg_term kg_spread_bounded(const struct kg_spread *spread, const struct kg_sample *sample,
				 const struct kg_params *params, struct kg_arena *scratch);

/* Sets bound_low, bound_high and KG_WHY_BOUND of the term where params->own (struct kg_inequality) has ranges and the
 * term has no other note. `domain`: where the values lie. See open_range.h. */
void kg_spread_range(kg_spread_measure *measure, const struct kg_sample *sample, const struct kg_params *params,
		     struct kg_range_domain domain, struct kg_arena *scratch, struct kg_term *term);

#endif
