/* csv_table: a sink that keeps every row, as typed columns. */
#ifndef KG_TABLE_CSV_TABLE_H
#define KG_TABLE_CSV_TABLE_H

#include "table/csv_plan.h"
#include "table/csv_read.h"

struct kg_table_sink;

/* Starts a sink, freed with the arena; `sink` refers to it. KG_ENOMEM. */
enum kg_status kg_table_sink_start(const struct kg_csv_plan *plan, const struct kg_pace *pace, struct kg_arena *arena,
				   struct kg_sink *sink, struct kg_error *error) KG_CHECKED;

/* The columns, nshown of the plan, and the line of each row. KG_EDATA: a number that is too large; KG_ENOMEM. */
enum kg_status kg_table_sink_finish(const struct kg_sink *sink, struct kg_arena *arena, struct kg_table *table,
				    struct kg_error *error) KG_CHECKED;

/* The rows that were set aside; they live as long as the sink. */
void kg_table_sink_ragged(const struct kg_sink *sink, struct kg_provenance *from);

#endif
