/* query: --where, --let and --sql are SQL, evaluated by SQLite over virtual tables on the columns (no copy).
 * Only reading: no ATTACH, no PRAGMA, no file or extension access. */
#ifndef KG_TABLE_QUERY_H
#define KG_TABLE_QUERY_H

#include "table/table.h"

/* `name=expression` of --let, taken apart. */
struct kg_let {
	const char *name, *expression;
};

/* What --where and --let ask for. */
struct kg_filter {
	const char *where; /* NULL = all rows */
	const struct kg_let *let;
	size_t nlet;
};

/* Rows of `table` for which the condition holds, with derived columns added. Columns keep type, unit and
 * bounds; `line` is kept. KG_EUSAGE: SQLite's message, and the nearest column name when one is unknown. */
enum kg_status kg_query_filter(const struct kg_table *table, const struct kg_filter *filter, struct kg_arena *arena,
			       const struct kg_table **out, struct kg_error *error) KG_CHECKED;

/* A whole query over tables named after their files. The result joins their provenance (synthetic stays synthetic).
 * A result column that is a plain column of a table keeps its type and unit. */
enum kg_status kg_query_run(const struct kg_table *const *table, size_t count, const char *sql, struct kg_arena *arena,
			    const struct kg_table **out, struct kg_error *error) KG_CHECKED;

/* Which of `column` a set of SQL texts names, so that only those are read; `used` has `count` flags. Never fewer
 * than are needed; all when in doubt. */
void kg_query_columns(const char *const *sql, size_t nsql, const char *const *column, size_t count, bool *used);

/* Version of SQLite. */
const char *kg_query_library(void);

#endif
