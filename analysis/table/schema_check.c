#include "table/schema_check.h"

#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "table/group.h"
#include "table/schema_judge.h"

struct checking {
	const struct kg_table *table;
	const struct kg_schema *schema;
	struct kg_arena *arena;
	struct kg_problem *problem;
	size_t count, room;
	struct kg_error *error;
};

static enum kg_status add_problem(struct checking *checking, const struct kg_problem *problem)
{
	if (checking->count == checking->room) {
		size_t room = checking->room ? checking->room * 2 : 64;
		struct kg_problem *larger = kg_arena_grow(checking->arena, checking->problem,
							  checking->count * sizeof *larger, room * sizeof *larger);

		if (!larger)
			return kg_error_memory(checking->error);
		checking->problem = larger;
		checking->room = room;
	}
	checking->problem[checking->count++] = *problem;
	return KG_OK;
}

/* Verdict on each text of a column: cells are judged once per text. */
static enum kg_status judge_levels(struct checking *checking, const struct kg_column *column,
				   const struct kg_field *field, struct kg_verdict **verdict)
{
	struct kg_judge *judge;

	*verdict = KG_ARRAY(checking->arena, struct kg_verdict, column->nlevel + 1);
	if (!*verdict)
		return kg_error_memory(checking->error);
	KG_TRY(kg_judge_make(field, checking->schema, checking->arena, &judge, checking->error));
	for (size_t i = 0; i < column->nlevel; i++)
		(*verdict)[i] = kg_judge_text(judge, column->level[i], checking->arena);
	return kg_arena_failed(checking->arena) ? kg_error_memory(checking->error) : KG_OK;
}

static bool is_key(const struct kg_schema *schema, const char *name)
{
	for (size_t k = 0; k < schema->provenance.nkey; k++)
		if (strcmp(schema->provenance.primary_key[k], name) == 0)
			return true;
	return false;
}

static enum kg_status check_cells(struct checking *checking, size_t place, const struct kg_field *field)
{
	const struct kg_column *column = &checking->table->column[place];
	uint32_t *first = KG_ARRAY(checking->arena, uint32_t, column->nlevel + 1); /* row of each text + 1 */
	bool required = field->required || is_key(checking->schema, field->name);
	struct kg_verdict *verdict;

	if (!first)
		return kg_error_memory(checking->error);
	KG_TRY(judge_levels(checking, column, field, &verdict));
	for (size_t i = 0; i < checking->table->nrow; i++) {
		bool empty = kg_column_missing(column, i);
		uint32_t code = empty ? 0 : column->code[i];
		struct kg_problem problem = {
			kg_table_line(checking->table, i), place, column->name, NULL, NULL, NULL
		};

		problem.value = empty ? NULL : column->level[code];
		if (empty || verdict[code].missing) {
			problem.problem = required ? "missing" : NULL;
			problem.expected = "a value";
		} else if (verdict[code].problem) {
			problem.problem = verdict[code].problem;
			problem.expected = verdict[code].expected;
		} else if (field->unique && first[code]) {
			problem.problem = "duplicate";
			problem.expected = kg_arena_format(checking->arena, "another value than on line %zu",
							   kg_table_line(checking->table, first[code] - 1));
		} else {
			first[code] = (uint32_t)i + 1;
		}
		if (problem.problem)
			KG_TRY(add_problem(checking, &problem));
	}
	return KG_OK;
}

/* Columns that only one of file and schema has. */
static enum kg_status check_columns(struct checking *checking)
{
	const struct kg_table *table = checking->table;

	for (size_t i = 0; i < checking->schema->nfield; i++) {
		const char *name = checking->schema->field[i].name;

		if (!kg_table_find(table, name))
			KG_TRY(add_problem(checking, &(struct kg_problem){ 1, table->ncol, name, "column-missing", NULL,
									   "a column of this name" }));
	}
	for (size_t j = 0; j < table->ncol; j++) {
		const struct kg_field *field = kg_schema_field(checking->schema, table->column[j].name);

		if (field)
			KG_TRY(check_cells(checking, j, field));
		else
			KG_TRY(
			    add_problem(checking, &(struct kg_problem){ 1, j, table->column[j].name, "column-unknown",
									NULL, "a field of the schema" }));
	}
	return KG_OK;
}

static const char *join_key(const struct checking *checking, const struct kg_groups *groups, size_t row)
{
	struct kg_buffer text = kg_buffer_new(checking->arena);

	for (size_t k = 0; k < groups->nby; k++)
		kg_buffer_printf(&text, "%s%s", k ? "," : "",
				 row < checking->table->nrow ? kg_column_text(groups->by[k], row)
							     : groups->by[k]->name);
	return text.text;
}

/* Rows whose primary key was there before. */
static enum kg_status check_key(struct checking *checking)
{
	const struct kg_provenance *from = &checking->schema->provenance;
	const struct kg_names by = { from->primary_key, from->nkey };
	struct kg_groups groups;

	for (size_t k = 0; k < by.count; k++)
		if (!kg_table_find(checking->table, by.name[k]))
			return KG_OK;
	if (!by.count)
		return KG_OK;
	KG_TRY(kg_groups_make(checking->table, &by, checking->arena, &groups, checking->error));
	for (size_t g = 0; g < groups.ngroup; g++)
		for (size_t i = groups.start[g] + 1; i < groups.start[g + 1]; i++) {
			struct kg_problem problem = {
				kg_table_line(checking->table, groups.row[i]), checking->table->ncol,
				join_key(checking, &groups, SIZE_MAX),	       "duplicate-key",
				join_key(checking, &groups, groups.row[i]),    NULL
			};

			problem.expected = kg_arena_format(checking->arena, "another key than on line %zu",
							   kg_table_line(checking->table, groups.row[groups.start[g]]));
			KG_TRY(add_problem(checking, &problem));
		}
	return KG_OK;
}

static int compare_problems(const void *a, const void *b)
{
	const struct kg_problem *left = a, *right = b;

	if (left->line != right->line)
		return left->line < right->line ? -1 : 1;
	return (left->place > right->place) - (left->place < right->place);
}

enum kg_status kg_schema_check(const struct kg_table *table, const struct kg_schema *schema, struct kg_arena *arena,
			       struct kg_problems *problems, struct kg_error *error)
{
	struct checking checking = { .table = table, .schema = schema, .arena = arena, .error = error };

	if (schema->nfield)
		KG_TRY(check_columns(&checking));
	KG_TRY(check_key(&checking));
	if (checking.count)
		qsort(checking.problem, checking.count, sizeof *checking.problem, compare_problems);
	*problems = (struct kg_problems){ checking.problem, checking.count };
	return kg_arena_failed(arena) ? kg_error_memory(error) : KG_OK;
}
