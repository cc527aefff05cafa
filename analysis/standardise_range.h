/* standardise_range: how far a standardised figure can lie when counts or populations, of the group or of the standard,
 * are bounds such as ">30000". */
#ifndef KG_STANDARDISE_RANGE_H
#define KG_STANDARDISE_RANGE_H

#include "standardise_group.h"

/* Which figure of a group: its directly standardised rate per person or, with `other`, the ratio to the other group's;
 * indirect: observed / expected or, as a rate, that times the rate of the reference. */
struct kg_standard_figure {
	const struct kg_standard_strata *strata;
	const struct kg_strata_group *of, *other; /* other NULL = none */
	bool indirect, as_rate;
};

/* Sets bound_low, bound_high (times `multiplier`) and KG_WHY_BOUND of the term where a figure that it is made of is a
 * bound. Sharp where the standard is exact, since the figure then rises with the counts and falls with the populations;
 * else by search (stats/open_range.h), in which a group whose figures are also part of the standard moves both. */
void kg_standard_range(const struct kg_standard_figure *figure, double multiplier, struct kg_arena *scratch,
		       struct kg_term *term);

#endif
