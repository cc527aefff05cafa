/* logistic: the fit behind the method, for those who also need fitted values and covariance. */
#ifndef KG_STATS_LOGISTIC_H
#define KG_STATS_LOGISTIC_H

#include "stats/covariance.h"
#include "stats/logit_summary.h"

/* Terms of the method `logistic` (at most design->p + KG_LOGIT_SUMMARY_TERMS): coefficients, then the summary.
 * In: sample->design, sample->y (successes), sample->exposure (trials, NULL = 1 each). `fitted` lives in scratch; its
 * `why` is NONE when all coefficients are finite. Returns 0 when memory is out. */
size_t kg_logistic_fit(const struct kg_sample *sample, const struct kg_params *params, struct kg_arena *scratch,
		       struct kg_term *out, struct kg_logit **fitted);

/* Covariance of the coefficients of fit->full->column, by params->covariance; factors fit->full anew. `value` is NULL
 * when memory is out. */
struct kg_covariance_made kg_logistic_covariance(const struct kg_logit_problem *problem, struct kg_logit *fit,
						 const struct kg_sample *sample, const struct kg_params *params,
						 struct kg_arena *scratch);

/* Degrees of freedom of Wald tests with that covariance; infinite = normal. */
double kg_logistic_df(const struct kg_covariance_made *made, const struct kg_params *params);

#endif
