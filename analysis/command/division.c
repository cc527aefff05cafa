#include "command/division.h"

#include <string.h>

/* The column that NAME=EXPR made, when EXPR divides; NULL: it does not. */
static const struct kg_column *find_quotient(const struct kg_table *table, const char *definition,
					     struct kg_arena *arena)
{
	const char *equals = strchr(definition, '=');
	const char *name = equals ? kg_arena_text_n(arena, definition, (size_t)(equals - definition)) : NULL;

	return name && strchr(equals, '/') ? kg_table_find(table, name) : NULL;
}

void kg_division_remark(const struct kg_command *command, const struct kg_table *table, struct kg_result *result,
			struct kg_arena *arena)
{
	const struct kg_names *let = &command->common.let;

	for (size_t i = 0; i < let->count; i++) {
		const struct kg_column *quotient = find_quotient(table, let->name[i], arena);

		if (quotient && quotient->type == KG_INTEGER)
			kg_result_remark(result, arena,
					 "'%s' holds whole numbers: SQL divides whole numbers without decimals; write "
					 "1.0 * before the first of them to keep decimals",
					 quotient->name);
	}
}
