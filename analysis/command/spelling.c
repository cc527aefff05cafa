#include "command/spelling.h"

#include <string.h>

#include "table/name_set.h"

/* Names that are told; further ones are left out. */
#define NAMED_MOST 4
/* Columns with more texts than this are no names of places; looking at each would take longer than the program. */
#define LEVELS_MOST 50000

static void remark_column(const struct kg_column *column, struct kg_result *result, struct kg_arena *arena)
{
	struct kg_name_set *names = kg_name_set_new(arena);
	size_t told = 0;

	for (size_t i = 0; names && i < column->nlevel && told < NAMED_MOST; i++) {
		size_t number = kg_name_set_add(names, column->level[i]);
		const char *first = number == KG_NO_NAME ? NULL : kg_name_set_name(names, number);

		if (!first || strcmp(first, column->level[i]) == 0)
			continue;
		told++;
		kg_result_remark(result, arena,
				 "Column '%s': '%s' and '%s' look like one name in two spellings; they are two groups.",
				 column->name, first, column->level[i]);
	}
}

void kg_spelling_remark(const struct kg_command *command, const struct kg_table *table, struct kg_result *result,
			struct kg_arena *arena)
{
	const struct kg_names *by = &command->common.by;

	if (command->program->joins_names)
		return;
	for (size_t j = 0; j < by->count; j++) {
		const struct kg_column *column = kg_table_find(table, by->name[j]);

		if (column && column->type == KG_TEXT && column->nlevel <= LEVELS_MOST)
			remark_column(column, result, arena);
	}
}
