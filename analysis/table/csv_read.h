/* csv_read: the rows of a CSV file as a table. */
#ifndef KG_TABLE_CSV_READ_H
#define KG_TABLE_CSV_READ_H

#include "table/csv_cell.h"
#include "table/csv_chunk.h"
#include "table/source.h"

/* What is wanted of a file, worked out from request, schema and header. */
struct kg_csv_plan {
	struct kg_csv_shape shape;
	const struct kg_cell_rule *rule;     /* of each wanted column */
	const struct kg_field *const *field; /* of each wanted column; NULL = not in the schema */
	const char *const *name;	     /* of each wanted column */
	const uint32_t *qualifier; /* of each wanted column: the wanted column that qualifies it, or nwanted */
	size_t nshown;		   /* wanted columns that the table gets; later ones only qualify */
};

/* KG_EUSAGE: a needed column does not exist. */
enum kg_status kg_csv_plan_make(const struct kg_source *source, const struct kg_read *read, const char *const *name,
				size_t count, struct kg_arena *arena, struct kg_csv_plan *plan,
				struct kg_error *error) KG_CHECKED;

/* Columns of one chunk that holds the whole file. */
enum kg_status kg_csv_columns(const struct kg_csv_plan *plan, const struct kg_chunk *chunk, struct kg_arena *arena,
			      struct kg_column *column, struct kg_error *error) KG_CHECKED;

#endif
