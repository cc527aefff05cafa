/* rank: places in order of their values: ranks, quantile groups, and how far chance and bounds leave them open. */
#ifndef KG_STATS_RANK_H
#define KG_STATS_RANK_H

#include "stats/stat.h"

#define KG_RANK_REPLICATES 1000

/* params->own: what the ranks are drawn from, besides sample->y, the values. */
struct kg_rank {
	const double *low, *high;	/* sharp range of each value, NULL = exact */
	const double *count, *exposure; /* of rates: drawn from a gamma distribution, NULL = none */
	const double *std_error;	/* drawn from a normal distribution, NULL = none */
	bool ascending;			/* the smallest value is first */
	size_t quantiles;		/* groups of a quantile */
};

/* Fills terms with ranks: estimate 1 + number of places before (ties share the best rank), limits by simulation, bounds
 * as the sharp range. False: memory is out. */
bool kg_rank_terms(const struct kg_sample *sample, const struct kg_params *params, struct kg_arena *scratch,
		   struct kg_term *out);

#endif
