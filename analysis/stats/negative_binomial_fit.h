/* negative_binomial_fit: coefficients and theta of a negative binomial model (NB2, variance mu + mu^2 / theta) by
 * maximum likelihood, in turn until neither moves (Venables & Ripley 2002, section 7.4; Lawless 1987). */
#ifndef KG_STATS_NEGATIVE_BINOMIAL_FIT_H
#define KG_STATS_NEGATIVE_BINOMIAL_FIT_H

#include "stats/glm.h"

struct kg_theta {
	double estimate, std_error; /* infinite and NaN when the counts vary no more than Poisson's */
};

/* Fits; data->family and data->theta are set. KG_WHY_NO_OVERDISPERSION: the likelihood is highest at theta = infinity,
 * `glm` is then the Poisson fit; else as kg_glm_fit. */
enum kg_why kg_negative_binomial_fit(struct kg_glm *glm, struct kg_glm_data *data, struct kg_theta *theta);

#endif
