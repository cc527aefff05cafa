/* attainment_contrast: the cases of a group with one variable changed, for marginal effects. */
#ifndef KG_ATTAINMENT_CONTRAST_H
#define KG_ATTAINMENT_CONTRAST_H

#include "attainment.h"

/* Contrasts of every variable of the right side, in the order of the formula: a small step of a number, 1 against 0 of
 * a column that holds nothing else, each level of a factor against the first. Fills own->contrast. */
enum kg_status kg_attainment_contrasts(const struct kg_attainment_run *run, const struct kg_model *model,
				       struct kg_attainment_own *own, struct kg_arena *scratch,
				       struct kg_error *error) KG_CHECKED;

#endif
