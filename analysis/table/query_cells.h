/* query_cells: a result column of SQL, whose type is known only after the last row. Lives in its arena. */
#ifndef KG_TABLE_QUERY_CELLS_H
#define KG_TABLE_QUERY_CELLS_H

#include "table/query_engine.h"

struct kg_cells {
	struct kg_arena *arena;
	double *value; /* of a text: its code */
	uint8_t *kind; /* enum kg_value_kind */
	size_t n, room;
	size_t seen[4]; /* cells of each kind */
	const char **level;
	uint32_t *slot; /* hash table of code + 1, open addressing */
	size_t nlevel, level_room;
};

struct kg_cells kg_cells_new(struct kg_arena *arena);

/* KG_EDATA: an integer beyond 2^53, or text that is no UTF-8; the caller names the column. */
enum kg_status kg_cells_add(struct kg_cells *cells, const struct kg_value *value, struct kg_error *error) KG_CHECKED;

/* The column: integers alone KG_INTEGER, else numbers KG_REAL, else KG_TEXT; a plain column of a table (`origin`, NULL
 * = none) keeps type, unit and title as far as its cells still fit. */
enum kg_status kg_cells_column(struct kg_cells *cells, const char *name, const struct kg_column *origin,
			       struct kg_column *column, struct kg_error *error) KG_CHECKED;

#endif
