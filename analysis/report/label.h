/* label: what documents call the columns of a result, in the reader's language. */
#ifndef KG_REPORT_LABEL_H
#define KG_REPORT_LABEL_H

#include "base/arena.h"
#include "base/message.h"

/* The heading of a column that keng itself names; NULL for any other column. */
const char *kg_label_find(const char *column, enum kg_language language);

/* A cell of a tidy result as readers of other languages than English see it: "cagr" of the column `term`, "apc_1" by
 * its stem and number. `method`: of the row, NULL = none; in a model by formula only its own terms are known, the
 * others are names of columns. What has no label, and all of English, comes back as it is; NULL when memory is out. */
const char *kg_label_cell(const char *column, const char *cell, const char *method, enum kg_language language,
			  struct kg_arena *arena);

#endif
