/* attainment: what the methods for exposures in ordered groups take besides kg_params. */
#ifndef KG_STATS_ATTAINMENT_H
#define KG_STATS_ATTAINMENT_H

#include <stddef.h>

struct kg_attainment_own {
	const double *score; /* of the distinct values of the exposure in ascending order; NULL = the values */
	size_t nscore;
};

#endif
