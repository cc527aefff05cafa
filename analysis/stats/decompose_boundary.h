/* decompose_boundary: the change of one unit whose boundaries moved, as the part the redrawing made and the rest. */
#ifndef KG_STATS_DECOMPOSE_BOUNDARY_H
#define KG_STATS_DECOMPOSE_BOUNDARY_H

#include "stats/stat.h"

/* A stated value and its sharp range; low = high when it is exact. */
struct kg_range {
	double value, low, high;
};

/* What one unit is made of. */
struct kg_redrawn {
	struct kg_range before;	    /* first value, within the old boundaries; 0 for a unit that is new */
	struct kg_range kept;	    /* of `before` what stays within the new boundaries */
	struct kg_range gained;	    /* first values of what came to it from other units */
	struct kg_range after;	    /* last value, within the new boundaries */
	double kept_low, kept_high; /* range of the share of `before` that stays */
};

enum { KG_CHANGE, KG_BOUNDARY_CHANGE, KG_REAL_CHANGE, KG_REAL_GROWTH, KG_REDRAWN_TERMS };

/* The four terms; boundary_change + real_change = change. real_growth: KG_WHY_ZERO_BASE where nobody was within the new
 * boundaries before. Bounds only where some range is open. */
void kg_decompose_boundary(const struct kg_redrawn *unit, struct kg_term term[KG_REDRAWN_TERMS]);

#endif
