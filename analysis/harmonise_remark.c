#include <math.h>
#include <string.h>

#include "report/label.h"
#include "harmonise.h"

/* How many units are named; further ones are counted. */
#define NAMED_MOST 8
/* Sums of fractions agree within this share of them. */
#define SUM_SLACK 1e-12

static void remark_total(const struct kg_harmonise_run *run, size_t v, const struct kg_table *table,
			 struct kg_result *result)
{
	const struct kg_column *term = kg_table_find(table, "term"), *estimate = kg_table_find(table, "estimate");
	const struct kg_column *value = run->value[v];
	long double before = 0, after = 0;

	for (size_t i = 0; i < run->table->nrow; i++)
		before += kg_column_missing(value, i) ? 0 : value->real[i];
	for (size_t i = 0; i < table->nrow; i++)
		if (strcmp(kg_column_text(term, i), value->name) == 0 && !kg_column_missing(estimate, i))
			after += estimate->real[i];
	if (fabsl(before - after) <= SUM_SLACK * fabsl(before))
		kg_result_remark(result, run->context->arena, "Total of '%s': %'.15g before, %'.15g after.",
				 kg_label_column(value, run->context->arena), (double)before, (double)before);
	else
		kg_result_remark(
		    result, run->context->arena,
		    "Total of '%s': %'.15g before, %'.15g after: %'.15g of it stands in the rows with a note.",
		    kg_label_column(value, run->context->arena), (double)before, (double)after,
		    (double)(before - after));
}

/* A row of the data that was not carried: unknown unit, or known but not valid at its time. */
static void remark_row(const struct kg_harmonise_run *run, size_t row, struct kg_result *result)
{
	struct kg_arena *arena = run->context->arena;
	const char *file = run->table->from->file, *name = kg_column_cell(run->id, row, arena), *near;
	size_t line = kg_table_line(run->table, row);

	if (!name || (run->unit[row] != KG_NO_NAME && run->crosswalk.fault[run->unit[row]].kind != KG_FAULT_NONE))
		return;
	near = run->unit[row] == KG_NO_NAME ? kg_name_set_near(run->crosswalk.old_names, name) : NULL;
	if (run->unit[row] != KG_NO_NAME)
		kg_result_remark(result, arena,
				 "%s:%zu: column '%s': '%s' is in the crosswalk, but not valid at that time; it is not "
				 "carried.",
				 file, line, run->id->name, name);
	else if (near)
		kg_result_remark(result, arena,
				 "%s:%zu: column '%s': '%s' is not in the crosswalk and not carried; did you mean %s?",
				 file, line, run->id->name, name, near);
	else
		kg_result_remark(result, arena, "%s:%zu: column '%s': '%s' is not in the crosswalk and not carried.",
				 file, line, run->id->name, name);
}

static void remark_unmatched(const struct kg_harmonise_run *run, struct kg_result *result)
{
	size_t count = 0;

	for (size_t row = 0; row < run->table->nrow; row++)
		if (run->extent_of[row] == SIZE_MAX && count++ < NAMED_MOST)
			remark_row(run, row, result);
	if (count > NAMED_MOST)
		kg_result_remark(result, run->context->arena, "%zu rows are not carried; the first %d are named above.",
				 count, NAMED_MOST);
}

static void remark_without_data(const struct kg_harmonise_run *run, struct kg_result *result)
{
	struct kg_arena *arena = run->context->arena;
	struct kg_buffer list = kg_buffer_new(arena);
	bool *seen = KG_ARRAY(arena, bool, run->crosswalk.nold + 1);
	size_t count = 0;

	if (!seen)
		return;
	for (size_t row = 0; row < run->table->nrow; row++)
		if (run->unit[row] != KG_NO_NAME)
			seen[run->unit[row]] = true;
	for (size_t u = 0; u < run->crosswalk.nold; u++)
		if (!seen[u] && count++ < NAMED_MOST)
			kg_buffer_printf(&list, "%s'%s'", list.length ? ", " : "",
					 kg_name_set_name(run->crosswalk.old_names, u));
	if (count > NAMED_MOST)
		kg_buffer_add(&list, ", ...");
	if (count && !list.failed)
		kg_result_remark(result, arena, "Units of the crosswalk without a row in the data (%zu): %s.", count,
				 list.text);
}

static void remark_unknown(const struct kg_harmonise_run *run, struct kg_result *result)
{
	const struct kg_crosswalk *crosswalk = &run->crosswalk;
	size_t count = 0;

	for (size_t e = 0; e < crosswalk->nextent; e++) {
		const struct kg_extent *extent = &crosswalk->extent[e];
		size_t k = 0;

		if (!extent->unknown || count++ >= NAMED_MOST)
			continue;
		while (crosswalk->link[extent->first + k].low == crosswalk->link[extent->first + k].high)
			k++;
		kg_result_remark(result, run->context->arena,
				 "How '%s' was split is not known in full: what is not known stands with '%s', the "
				 "bounds show both ends.",
				 kg_name_set_name(crosswalk->old_names, extent->unit),
				 kg_name_set_name(crosswalk->new_names, crosswalk->link[extent->first + k].to));
	}
}

static void remark_events(const struct kg_harmonise_run *run, struct kg_result *result)
{
	static const char *const kind[] = { "rename", "merge", "split", "transfer" };
	size_t count[4] = { 0 }, same = 0;
	const char *const *event;

	if (run->crosswalk.dated || run->day)
		return;
	event = kg_harmonise_events(&run->crosswalk, KG_ANY_DAY, run->context->arena);
	for (size_t u = 0; event && u < run->crosswalk.nnew; u++) {
		same += event[u] == NULL && !run->crosswalk.broken[u];
		for (size_t k = 0; k < 4; k++)
			count[k] += event[u] && strcmp(event[u], kind[k]) == 0;
	}
	kg_result_remark(result, run->context->arena,
			 "New units: %zu as before, %zu renamed, %zu merged from whole units, %zu a part of one unit, "
			 "%zu made with parts of several.",
			 same, count[0], count[1], count[2], count[3]);
}

static void remark_crosswalk(const struct kg_harmonise_run *run, struct kg_result *result)
{
	const struct kg_column *basis = kg_table_find(run->crosswalk.table, "basis");

	if (run->respelt)
		kg_result_remark(result, run->context->arena,
				 "%zu rows spell their unit otherwise than the crosswalk (case, composition or tone "
				 "placement); they are carried.",
				 run->respelt);
	for (size_t k = 0; basis && basis->type == KG_TEXT && k < basis->nlevel; k++)
		kg_result_remark(result, run->context->arena, "Basis of the shares: %s.", basis->level[k]);
	if (!run->day && kg_table_find(run->crosswalk.table, "valid_from"))
		kg_result_remark(result, run->context->arena,
				 "The crosswalk's validity is not used: give --time to carry each period by its own.");
}

void kg_harmonise_remark(const struct kg_harmonise_run *run, struct kg_result *result)
{
	for (size_t v = 0; v < run->options->value.count; v++)
		remark_total(run, v, result->table, result);
	kg_crosswalk_remark(&run->crosswalk, result, run->context->arena);
	remark_unmatched(run, result);
	remark_without_data(run, result);
	remark_unknown(run, result);
	remark_events(run, result);
	remark_crosswalk(run, result);
}
