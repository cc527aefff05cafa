/* attainment_robust: would the association of the first covariate survive other data and other methods. */
#ifndef KG_ATTAINMENT_ROBUST_H
#define KG_ATTAINMENT_ROBUST_H

#include "attainment.h"

/* Rows of one group, in a fixed order: the estimate by logistic and firth, without each other covariate, without each
 * place and each cluster (range, and the place that matters most), how many outcomes would have to differ to reverse
 * the sign or to lose significance, the permutation test within clusters, and the estimate between clusters. */
enum kg_status kg_attainment_robust(const struct kg_attainment_run *run, size_t group, struct kg_arena *scratch,
				    struct kg_rows *rows, struct kg_error *error) KG_CHECKED;

/* Names, quoted, of the covariates that others before them explain in some group; NULL = none. */
const char *kg_attainment_collinear(const struct kg_attainment_run *run, struct kg_arena *arena);

#endif
