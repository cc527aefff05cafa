/* glm_terms: the rows that the count models of `regress` return. */
#ifndef KG_STATS_GLM_TERMS_H
#define KG_STATS_GLM_TERMS_H

#include "stats/stat.h"

enum kg_count_model { KG_COUNT_POISSON, KG_COUNT_QUASI, KG_COUNT_NEGATIVE_BINOMIAL };

/* Coefficients, then dispersion, its square root se_inflation, deviance and, where there is a likelihood,
 * log_likelihood and aic; negative binomial: theta first. `sample->exposure` NULL = no offset, else its logarithm is
 * one. */
size_t kg_count_terms(enum kg_count_model model, const struct kg_sample *sample, const struct kg_params *params,
		      struct kg_arena *scratch, struct kg_term *out, size_t room);
#define KG_COUNT_SUMMARY 5 /* most rows after the coefficients */

#endif
