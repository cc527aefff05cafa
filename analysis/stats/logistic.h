/* logistic: the fit behind the method, for those who also need fitted values and covariance. */
#ifndef KG_STATS_LOGISTIC_H
#define KG_STATS_LOGISTIC_H

#include "stats/logit_summary.h"

/* Terms of the method `logistic` (at most design->p + KG_LOGIT_SUMMARY_TERMS): coefficients, then the summary.
 * In: sample->design, sample->y (successes), sample->exposure (trials, NULL = 1 each). `fitted` lives in scratch; its
 * `why` is NONE when all coefficients are finite. Returns 0 when memory is out. */
size_t kg_logistic_fit(const struct kg_sample *sample, const struct kg_params *params, struct kg_arena *scratch,
		       struct kg_term *out, struct kg_logit **fitted);

#endif
