#include "program.h"
#include "table/builder.h"
#include "table/schema_check.h"

static const struct kg_example example[] = {
	{ "One file against the datapackage.json beside it", "validate communes.csv" },
	{ "Several files at once", "validate communes.csv festivals.csv" },
};

enum { FILE_NAME, ROW, COLUMN, PROBLEM, VALUE, EXPECTED };

struct run {
	struct kg_builder *builder;
	size_t count;
	struct kg_context *context;
};

static void add_problem(struct run *run, const char *file, const struct kg_problem *problem)
{
	kg_builder_row(run->builder);
	kg_builder_text(run->builder, FILE_NAME, file);
	if (problem->line)
		kg_builder_real(run->builder, ROW, (double)problem->line);
	kg_builder_text(run->builder, COLUMN, problem->column);
	kg_builder_text(run->builder, PROBLEM, problem->problem);
	kg_builder_text(run->builder, VALUE, problem->value);
	kg_builder_text(run->builder, EXPECTED, problem->expected);
	run->count++;
}

/* What the reader said of a file that has no rows to show for itself. */
static void add_fault(struct run *run, const struct kg_provenance *from)
{
	const struct kg_error *unread = from->unread;
	struct kg_problem problem = { .line = unread->row,
				      .column = unread->column[0] ? unread->column : NULL,
				      .problem = "unreadable",
				      .value = unread->what,
				      .expected = "a CSV file" };

	add_problem(run, from->file, &problem);
}

/* A row whose cells cannot be told apart: the other checks pass it by. */
static void add_ragged(struct run *run, const struct kg_table *table, const struct kg_ragged *ragged)
{
	struct kg_arena *arena = run->context->arena;
	struct kg_problem problem = { .line = ragged->line };

	problem.problem = ragged->cells < table->ncol ? "too-few-cells" : "too-many-cells";
	problem.value = kg_arena_format(arena, "%zu", ragged->cells);
	problem.expected = kg_arena_format(arena, "as many as the header, %zu", table->ncol);
	add_problem(run, table->from->file, &problem);
}

static enum kg_status check_table(struct run *run, const struct kg_table *table, struct kg_error *error)
{
	const struct kg_provenance *from = table->from;
	struct kg_problems problems = { 0 };
	size_t at = 0;

	if (from->unread) {
		add_fault(run, from);
		return KG_OK;
	}
	if (table->from->schema)
		KG_TRY(kg_schema_check(table, table->from->schema, run->context->arena, &problems, error));
	for (size_t i = 0; i < problems.count; i++) {
		while (at < from->nragged && from->ragged[at].line < problems.problem[i].line)
			add_ragged(run, table, &from->ragged[at++]);
		add_problem(run, from->file, &problems.problem[i]);
	}
	while (at < from->nragged)
		add_ragged(run, table, &from->ragged[at++]);
	return KG_OK;
}

static struct kg_builder *start_table(struct kg_arena *arena)
{
	struct kg_builder *builder = kg_builder_new("problems", arena);

	if (!builder)
		return NULL;
	kg_builder_column(builder, "file", KG_TEXT, NULL);
	kg_builder_column(builder, "row", KG_INTEGER, NULL);
	kg_builder_column(builder, "column", KG_TEXT, NULL);
	kg_builder_column(builder, "problem", KG_TEXT, NULL);
	kg_builder_column(builder, "value", KG_TEXT, NULL);
	kg_builder_column(builder, "expected", KG_TEXT, NULL);
	return builder;
}

static void remark_outcome(const struct run *run, const struct kg_table *const *in, size_t nin,
			   struct kg_result *result)
{
	struct kg_arena *arena = run->context->arena;

	for (size_t i = 0; i < nin; i++) {
		const char *delimiter = in[i]->from->schema ? NULL : kg_table_delimiter(in[i]);

		if (delimiter)
			kg_result_remark(result, arena,
					 "'%s' has one column, '%s': if '%s' separates its columns, add --delimiter '%s'.",
					 in[i]->from->file, in[i]->column[0].name,
					 *delimiter == '\\' ? "tab" : delimiter, delimiter);
		if (!in[i]->from->schema)
			kg_result_remark(result, arena,
					 "No datapackage.json describes '%s': only its form as CSV was checked.",
					 in[i]->from->file);
	}
	if (run->count)
		kg_result_remark(result, arena, "Problems found: %zu; row is the line of the file, the header being 1.",
				 run->count);
	else
		kg_result_remark(result, arena, "No problems found.");
}

static enum kg_status run_validate(const void *values, const struct kg_table *const *in, size_t nin,
				   struct kg_context *context, struct kg_result **result, struct kg_error *error)
{
	struct run run = { start_table(context->arena), 0, context };
	const struct kg_table *table;

	(void)values;
	if (!run.builder)
		return kg_error_memory(error);
	for (size_t i = 0; i < nin; i++)
		KG_TRY(check_table(&run, in[i], error));
	KG_TRY(kg_builder_finish(run.builder, NULL, &table, error));
	*result = kg_result_new(table, context->arena);
	if (!*result)
		return kg_error_memory(error);
	(*result)->problems = run.count > 0;
	remark_outcome(&run, in, nin, *result);
	return KG_OK;
}

const struct kg_program kg_program_validate = {
	.name = "validate",
	.summary = "check inputs against their schema",
	.detail =
	    "Reads each input as its datapackage.json says and lists every cell that does not fit: file, row (line of "
	    "the file, the header being 1), column, problem, value as written, and what the schema expects. Problems: "
	    "column-missing, column-unknown, missing (required, or in the primary key), not-a-number, not-an-integer, "
	    "too-large, not-a-date, not-a-boolean, below-minimum, above-maximum, not-allowed (enum), pattern, "
	    "duplicate "
	    "(unique), duplicate-key (primary key), too-few-cells and too-many-cells (the rest of such a row is not "
	    "checked), unreadable (the file is no CSV; the reader's message is under "
	    "value). Exit code 1 when there is any.",
	.example = example,
	.nexample = sizeof example / sizeof example[0],
	.raw = true,
	.all_columns = true,
	.inputs_most = 1000,
	.run = run_validate,
};
