/* logit_summary: how well a fitted logit model describes the outcomes. */
#ifndef KG_STATS_LOGIT_SUMMARY_H
#define KG_STATS_LOGIT_SUMMARY_H

#include "stats/logit.h"
#include "stats/stat.h"

#define KG_LOGIT_SUMMARY_TERMS 13

/* Writes log_likelihood, deviance, null_deviance, aic, bic, likelihood_ratio, mcfadden_r2, cox_snell_r2,
 * nagelkerke_r2; for 0/1 outcomes also estrella_r2, tjur_r2, brier, auc. Returns how many. */
size_t kg_logit_summary(const struct kg_logit_problem *problem, const struct kg_logit *fit, double conf_level,
			struct kg_arena *scratch, struct kg_term *out);

/* Log likelihood with the binomial constants. */
double kg_logit_likelihood(const struct kg_logit_problem *problem, const double *linear);

/* Sum of success and of trials. */
struct kg_logit_totals {
	double success, trials;
};
struct kg_logit_totals kg_logit_total(const struct kg_logit_problem *problem);

#endif
