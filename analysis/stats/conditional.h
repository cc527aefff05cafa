/* conditional: conditional permutation of a local statistic that rises or falls with the lag of its place: the place
 * keeps its value, those of its neighbours are drawn from all other places. */
#ifndef KG_STATS_CONDITIONAL_H
#define KG_STATS_CONDITIONAL_H

#include "stats/weights.h"

#define KG_CONDITIONAL_CHUNK 64 /* places per piece of work */

/* Neighbours are drawn once per replicate and used for all places: row r of `drawn` holds `most` distinct numbers below
 * n - 1; for place i those from i on mean the next place. */
struct kg_conditional {
	const struct kg_weights *weights;
	const double *value;
	double spread; /* of the values: standard deviation, the scale of rounding errors */
	enum kg_alternative alternative;
	size_t replicates, most;
	uint32_t *drawn;
};

/* Draws; replicates 0 = 999. False: memory is out. */
bool kg_conditional_start(struct kg_conditional *conditional, const struct kg_params *params, struct kg_arena *scratch);

/* (b + 1) / (m + 1) of place i, for a statistic that rises (sign 1) or falls (-1) with the lag, or is constant (0);
 * two-sided: twice the smaller tail, at most 1. */
double kg_conditional_p(const struct kg_conditional *conditional, size_t i, double sign);

#endif
