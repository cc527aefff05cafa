/* auc: how well a score tells successes from failures. */
#ifndef KG_STATS_AUC_H
#define KG_STATS_AUC_H

#include <stddef.h>

#include "base/arena.h"
#include "stats/interval.h"

struct kg_auc {
	double estimate, std_error; /* NaN: one of the two outcomes does not occur */
};

/* Area under the ROC curve = probability that a success scores above a failure, ties half, and its standard error
 * after DeLong, DeLong and Clarke-Pearson (1988), from placements in n log n (Sun and Xu 2014). outcome: 0 or 1.
 * The standard error needs two of each. */
struct kg_auc kg_auc_estimate(const double *score, const double *outcome, size_t n, struct kg_arena *scratch);

/* Wald limits on the logit scale: they stay inside (0, 1). NaN where the standard error is 0 or not defined. */
struct kg_interval kg_auc_limits(struct kg_auc auc, double conf_level);

#endif
