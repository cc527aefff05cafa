/* growth_count: annual percent change of counts by the count models of stats/glm_terms. */
#ifndef KG_STATS_GROWTH_COUNT_H
#define KG_STATS_GROWTH_COUNT_H

#include "stats/glm_terms.h"

/* Terms `apc`, `intercept` (logarithm at year 0), `dispersion` and, for the negative binomial, `theta`. */
size_t kg_growth_count(enum kg_count_model model, const struct kg_sample *sample, const struct kg_params *params,
		       struct kg_arena *scratch, struct kg_term *out, size_t room);
#define KG_GROWTH_COUNT_TERMS 4

#endif
