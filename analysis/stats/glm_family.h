/* glm_family: what a family says about one observation. Only for stats/glm*.c. */
#ifndef KG_STATS_GLM_FAMILY_H
#define KG_STATS_GLM_FAMILY_H

#include "stats/glm.h"

/* Expected count at a linear predictor (offset included). */
double kg_family_mean(const struct kg_glm_data *data, size_t i, double eta);

/* Weight of the working observation: (d mu / d eta)^2 / variance, times the prior weight. */
double kg_family_weight(const struct kg_glm_data *data, size_t i, double mu);

/* Working residual (y - mu) d eta / d mu. */
double kg_family_residual(const struct kg_glm_data *data, size_t i, double mu);

/* Linear predictor to start from, near the observation itself. */
double kg_family_start(const struct kg_glm_data *data, size_t i);

/* Contribution to the deviance, prior weight included. */
double kg_family_deviance(const struct kg_glm_data *data, size_t i, double mu);

/* Contribution to the log-likelihood, prior weight included. */
double kg_family_log_likelihood(const struct kg_glm_data *data, size_t i, double mu);

#endif
