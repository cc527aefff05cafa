/* reconcile: a sum of parts beside the figure that was reported for the whole. */
#ifndef KG_STATS_RECONCILE_H
#define KG_STATS_RECONCILE_H

#include "base/term.h"

#include <stdbool.h>

/* Figures added up, each with the range it can have. Start from zero. */
struct kg_addends {
	size_t n, n_missing;
	long double sum, low, high; /* of the stated figures, of their least, of their most */
	long double magnitude;	    /* sum of absolute values: the scale of what rounding to double can take */
	bool bounded;
};

/* Adds a figure; low = high = value where it is exact, infinite ends where open. NaN: one more is missing. */
void kg_addends_add(struct kg_addends *sum, double value, double low, double high);

/* The sum of the stated figures, with no more decimals than rounding of each to double leaves: 0.1 + 0.2 is 0.3. */
double kg_addends_sum(const struct kg_addends *sum);

/* Estimate: sum of the parts minus the reported figure, likewise; bound_low and bound_high its range where an input is
 * a bound. `why`: MISSING (a part or the reported figure is), DIFFERS (the range keeps further from 0 than the
 * tolerance), OVERFLOW (beyond what a double can hold), BOUND, or NONE. `reported`: one addend. */
struct kg_term kg_reconcile(const struct kg_addends *parts, const struct kg_addends *reported, double tolerance);

#endif
