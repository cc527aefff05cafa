#include <string.h>

#include "reconcile.h"
#include "table/lines.h"
#include "table/name_set.h"

/* How many keys are named; further ones are counted. */
#define NAMED_MOST 8

static bool has_note(const struct kg_table *table, size_t row, enum kg_why why)
{
	const struct kg_column *note = kg_table_find(table, "note");

	return strcmp(kg_column_text(note, row), kg_why_id(why)) == 0;
}

static size_t count_notes(const struct kg_table *table, enum kg_why why)
{
	size_t count = 0;

	for (size_t i = 0; i < table->nrow; i++)
		count += has_note(table, i, why);
	return count;
}

/* "year=2015, district=Mai Châu" of a row of the result, "" without keys. */
static const char *label_row(const struct kg_reconcile_run *run, const struct kg_table *table, size_t row)
{
	struct kg_buffer label = kg_buffer_new(run->context->arena);

	for (size_t j = 0; j < run->context->by.count; j++) {
		const char *cell = kg_column_cell(&table->column[j], row, run->context->arena);

		kg_buffer_printf(&label, "%s%s=%s", j ? ", " : "", table->column[j].name, cell ? cell : "");
	}
	return label.failed || !label.text ? "" : label.text;
}

static void remark_breaks(const struct kg_reconcile_run *run, struct kg_result *result)
{
	const struct kg_table *table = result->table;
	const struct kg_column *estimate = kg_table_find(table, "estimate"), *term = kg_table_find(table, "term");
	const struct kg_column *reported = kg_table_find(table, "reported"), *sum = kg_table_find(table, "sum");
	size_t breaks = count_notes(table, KG_WHY_DIFFERS), compared = 0, worst = SIZE_MAX;
	struct kg_arena *arena = run->context->arena;

	for (size_t i = 0; i < table->nrow; i++) {
		compared += !kg_column_missing(estimate, i);
		if (has_note(table, i, KG_WHY_DIFFERS) &&
		    (worst == SIZE_MAX || fabs(estimate->real[i]) > fabs(estimate->real[worst])))
			worst = i;
	}
	kg_result_remark(result, arena, "Figures that agree: %zu of %zu.", compared - breaks, compared);
	if (compared < table->nrow)
		kg_result_remark(result, arena, "Rows that cannot be compared: %zu; their note says why.",
				 table->nrow - compared);
	if (run->options->tolerance > 0)
		kg_result_remark(result, arena, "Differences up to %'.15g are taken as none.", run->options->tolerance);
	if (worst != SIZE_MAX && run->context->by.count)
		kg_result_remark(
		    result, arena,
		    "Largest difference: %s, '%s': the children sum to %'.15g, reported is %'.15g: %'.15g.",
		    label_row(run, table, worst), kg_column_text(term, worst), sum->real[worst], reported->real[worst],
		    estimate->real[worst]);
	else if (worst != SIZE_MAX)
		kg_result_remark(
		    result, arena, "Largest difference: '%s': the children sum to %'.15g, reported is %'.15g: %'.15g.",
		    kg_column_text(term, worst), sum->real[worst], reported->real[worst], estimate->real[worst]);
}

static void remark_missing(const struct kg_reconcile_run *run, struct kg_result *result)
{
	for (size_t v = 0; v < run->options->value.count; v++) {
		struct kg_lines missing = kg_lines_new(run->context->arena);

		for (size_t i = 0; i < run->children->nrow; i++)
			if (kg_column_missing(run->value[v], i))
				kg_lines_add(&missing, run->children, i);
		if (missing.count && !missing.text.failed)
			kg_result_remark(result, run->context->arena,
					 "Children without a value of '%s': %zu, so that their sums are not known: "
					 "lines %s",
					 run->value[v]->name, missing.count, missing.text.text);
	}
}

/* Names of the parents near to that of a key which only children have, in the first column that differs. */
static const char *find_near(const struct kg_reconcile_run *run, size_t row)
{
	struct kg_arena *arena = run->context->arena;

	for (size_t j = 0; j < run->context->by.count; j++) {
		struct kg_name_set *names = kg_name_set_new(arena);
		const char *name = kg_column_cell(run->keys.child_by[j], row, arena);

		if (!names || !name ||
		    !kg_name_set_column(names, run->keys.parent_by[j], run->parents->nrow, true, NULL))
			return NULL;
		if (*name && kg_name_set_find(names, name) == KG_NO_NAME)
			return kg_name_set_near(names, name);
	}
	return NULL;
}

/* A key that only children have. */
static void remark_orphan(const struct kg_reconcile_run *run, size_t key, struct kg_result *result)
{
	struct kg_arena *arena = run->context->arena;
	const char *label = kg_groups_label(&run->keys.groups, key, arena),
		   *near = find_near(run, run->keys.child[key]);
	const char *file = run->children->from->file;
	size_t line = kg_table_line(run->children, run->keys.child[key]);

	if (!label)
		return;
	if (near)
		kg_result_remark(result, arena, "%s:%zu: %s is not among the parents; did you mean %s?", file, line,
				 label, near);
	else
		kg_result_remark(result, arena, "%s:%zu: %s is not among the parents.", file, line, label);
}

static void remark_orphans(const struct kg_reconcile_run *run, struct kg_result *result)
{
	size_t count = run->keys.count - run->keys.nparent;

	for (size_t k = 0; run->context->by.count && k < count && k < NAMED_MOST; k++)
		remark_orphan(run, run->keys.nparent + k, result);
	if (run->context->by.count && count > NAMED_MOST)
		kg_result_remark(result, run->context->arena,
				 "Keys among the children only: %zu; the first %d are named above.", count, NAMED_MOST);
}

static void remark_childless(const struct kg_reconcile_run *run, struct kg_result *result)
{
	struct kg_arena *arena = run->context->arena;
	struct kg_buffer list = kg_buffer_new(arena);
	size_t count = 0;

	for (size_t k = 0; k < run->keys.nparent; k++)
		if (run->keys.child[k] == KG_NO_ROW && count++ < NAMED_MOST) {
			const char *label = kg_groups_label(&run->keys.groups, k, arena);

			kg_buffer_printf(&list, "%s%s", list.length ? "; " : "", label ? label : "");
		}
	if (count > NAMED_MOST)
		kg_buffer_add(&list, "; ...");
	if (count && run->context->by.count && !list.failed)
		kg_result_remark(result, arena, "Keys among the parents only (%zu): %s", count, list.text);
}

void kg_reconcile_remark(const struct kg_reconcile_run *run, struct kg_result *result)
{
	const struct kg_table *table = result->table;

	remark_breaks(run, result);
	remark_missing(run, result);
	remark_orphans(run, result);
	remark_childless(run, result);
	if (run->keys.respelt)
		kg_result_remark(
		    result, run->context->arena,
		    "%zu rows of children spell their key otherwise than the parents (case, composition or "
		    "tone placement); they are counted.",
		    run->keys.respelt);
	for (size_t i = 0; i < table->nrow; i++)
		result->problems |= !has_note(table, i, KG_WHY_NONE) && !has_note(table, i, KG_WHY_BOUND);
}
