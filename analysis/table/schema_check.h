/* schema_check: cells as written against what a schema says of them. */
#ifndef KG_TABLE_SCHEMA_CHECK_H
#define KG_TABLE_SCHEMA_CHECK_H

#include "table/schema.h"

/* One thing that does not fit. Texts live in the arena or the table. */
struct kg_problem {
	size_t line;	      /* of the file, header = 1 */
	size_t place;	      /* position of the column, for sorting */
	const char *column;   /* several, comma-separated, for a key */
	const char *problem;  /* lower-hyphen id */
	const char *value;    /* the cell as written, NULL = empty */
	const char *expected; /* what the schema asks for */
};

struct kg_problems {
	struct kg_problem *problem;
	size_t count;
};

/* All problems of a table whose columns were kept as text, in the order of the file's lines, then its columns:
 * column-missing, column-unknown, missing, not-a-number, not-an-integer, too-large, not-a-date, not-a-boolean,
 * below-minimum, above-maximum, not-allowed, pattern, duplicate, duplicate-key.
 * KG_EDATA: a pattern of the schema is no regular expression. */
enum kg_status kg_schema_check(const struct kg_table *table, const struct kg_schema *schema, struct kg_arena *arena,
			       struct kg_problems *problems, struct kg_error *error) KG_CHECKED;

#endif
