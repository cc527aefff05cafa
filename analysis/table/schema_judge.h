/* schema_judge: one cell as written against one field of a schema. */
#ifndef KG_TABLE_SCHEMA_JUDGE_H
#define KG_TABLE_SCHEMA_JUDGE_H

#include "table/schema.h"

struct kg_judge;

/* What is wrong with a cell; `problem` NULL = nothing. */
struct kg_verdict {
	const char *problem;  /* lower-hyphen id */
	const char *expected; /* what the schema asks for */
	bool missing;
};

/* KG_EDATA: the field's pattern is no regular expression. */
enum kg_status kg_judge_make(const struct kg_field *field, const struct kg_schema *schema, struct kg_arena *arena,
			     struct kg_judge **judge, struct kg_error *error) KG_CHECKED;

/* Texts of the verdict live in the arena. A failed allocation is remembered by the arena. */
struct kg_verdict kg_judge_text(const struct kg_judge *judge, const char *text, struct kg_arena *arena);

#endif
