/* fold: rows with the same keys into one. The reader folds while reading; this folds a table that is there already. */
#ifndef KG_TABLE_FOLD_H
#define KG_TABLE_FOLD_H

#include "table/source.h"

/* One row per distinct key in order of first appearance; bounds fold as intervals, missing values contribute nothing.
 * KG_EUSAGE: no such column; KG_EDATA: a value column that is text. */
enum kg_status kg_fold_table(const struct kg_table *table, const struct kg_fold *fold, struct kg_arena *arena,
			     const struct kg_table **folded, struct kg_error *error) KG_CHECKED;

#endif
