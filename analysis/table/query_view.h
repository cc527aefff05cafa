/* query_view: a table as SQLite sees it: a virtual table on its columns. The one header that names SQLite's. */
#ifndef KG_TABLE_QUERY_VIEW_H
#define KG_TABLE_QUERY_VIEW_H

#include <sqlite3.h>

#include "table/query_engine.h"
#include "table/query_index.h"

/* A column as SQL sees it. */
struct kg_facet {
	const char *name;
	const struct kg_column *column;
	enum kg_part part;
};

struct kg_view {
	const struct kg_table *table;
	struct kg_facet *facet;
	size_t nfacet;
	struct kg_index **index; /* per column of the table, made when a second lookup comes */
	size_t lookups;
	struct kg_arena *arena;
};

/* KG_EUSAGE: two columns that SQL cannot tell apart. */
enum kg_status kg_view_make(const struct kg_table *table, struct kg_arena *arena, struct kg_view *view,
			    struct kg_error *error) KG_CHECKED;

/* The module; its client data is the struct kg_view. */
extern const sqlite3_module kg_view_module;

#endif
