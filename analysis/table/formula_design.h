/* formula_design: values of variables to columns of a model matrix. Only for table/formula*.c. */
#ifndef KG_TABLE_FORMULA_DESIGN_H
#define KG_TABLE_FORMULA_DESIGN_H

#include "table/formula_tree.h"

/* The model matrix from the values of all variables over n cases; names and order as in R. KG_EDATA: too large. */
enum kg_status kg_design_make(const struct kg_formula *formula, const struct kg_values *values, size_t n,
			      struct kg_arena *arena, struct kg_design *design, struct kg_error *error) KG_CHECKED;

#endif
