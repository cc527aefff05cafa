/* csv_fold: a sink that folds rows while they are read: one row per distinct key, so that memory grows with the groups
 * and not with the file. Keys are spread over as many parts as there are threads; each part adds its rows in file
 * order, so that sums are the same bytes for any number of threads. */
#ifndef KG_TABLE_CSV_FOLD_H
#define KG_TABLE_CSV_FOLD_H

#include "table/csv_plan.h"
#include "table/csv_read.h"

/* Starts a sink, freed with the arena; `sink` refers to it. KG_ENOMEM. */
enum kg_status kg_fold_start(const struct kg_csv_plan *plan, const struct kg_pace *pace, struct kg_arena *arena,
			     struct kg_sink *sink, struct kg_error *error) KG_CHECKED;

/* The folded table: the keys, then the values; its lines are those where a group stood first. `from` gets the numbers
 * of rows and of value cells without a value. KG_EDATA: a key does not fit its type; KG_ENOMEM. */
enum kg_status kg_fold_finish(const struct kg_sink *sink, struct kg_arena *arena, struct kg_table *table,
			      struct kg_provenance *from, struct kg_error *error) KG_CHECKED;

#endif
