/* programs: runs whole command lines for reference cases. The column `case` is the command without keng, then ` @KEY`:
 * the row whose first cell is KEY (empty: any). `analysis` is its method, `term` its term, `quantity` the column. */
#ifndef KG_TESTS_PROGRAMS_H
#define KG_TESTS_PROGRAMS_H

#include "cases.h"

#include "command/command.h"

/* The last command that ran, kept for the next case of the same table. */
struct kg_case_run {
	struct kg_arena *arena;
	char command[1024];
	const struct kg_table *table;
};

static inline const struct kg_table *kg_case_table(struct kg_case_run *run, const char *command)
{
	struct kg_names word;
	struct kg_command parsed;
	struct kg_session alone = { 0 };
	struct kg_result *result;
	struct kg_error error = { 0 };

	if (run->table && strcmp(run->command, command) == 0)
		return run->table;
	kg_arena_free(run->arena);
	run->arena = kg_arena_new(0);
	snprintf(run->command, sizeof run->command, "%s", command);
	if (kg_command_words(command, run->arena, &word, &error) != KG_OK ||
	    kg_command_parse(&word, run->arena, &parsed, &error) != KG_OK ||
	    kg_command_run(&parsed, &alone, run->arena, &result, &error) != KG_OK)
		fail_msg("%s: %s", command, error.what);
	return run->table = result->table;
}

/* The cell of a case, NaN when there is no such row. */
static inline double kg_case_cell(struct kg_case_run *run, const struct kg_case *of)
{
	char command[1024];
	const char *key = strchr(of->inputs, '@');
	const struct kg_table *table;
	const struct kg_column *term, *method, *value;

	assert_non_null(key);
	snprintf(command, sizeof command, "%.*s", (int)(key - of->inputs), of->inputs);
	table = kg_case_table(run, command);
	term = kg_table_find(table, "term");
	method = kg_table_find(table, "method");
	value = kg_table_find(table, of->quantity);
	if (!value)
		fail_msg("no column '%s'", of->quantity);
	for (size_t i = 0; i < table->nrow; i++) {
		const char *first = kg_column_cell(&table->column[0], i, run->arena);

		if ((!key[1] || strcmp(first, key + 1) == 0) && strcmp(kg_column_text(term, i), of->term) == 0 &&
		    strcmp(kg_column_text(method, i), of->analysis) == 0)
			return kg_column_real(value, i);
	}
	return NAN;
}

#endif
