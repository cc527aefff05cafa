/* attainment: what the methods of the program `attainment` take besides kg_params. */
#ifndef KG_STATS_ATTAINMENT_H
#define KG_STATS_ATTAINMENT_H

#include "base/design.h"
#include "stats/resample.h"

/* The same cases with one variable changed: the design with its lower and with its higher value. */
struct kg_contrast {
	const char *name; /* "density", "region: upland - lowland" */
	struct kg_design low, high;
	const double *width; /* n: change per case of a small step; NULL = two levels are compared */
};

struct kg_attainment_own {
	const double *score; /* of the distinct values of the exposure in ascending order; NULL = the values */
	size_t nscore;
	enum kg_alternative alternative;    /* of cochran-armitage */
	const struct kg_contrast *contrast; /* of marginal-effects */
	size_t ncontrast;
};

#endif
