#include "table/csv_fold_sink.h"

#include <stdlib.h>

static void release(void *object)
{
	struct kg_fold_sink *sink = object;

	for (size_t i = 0; sink->rows && i < sink->slots; i++)
		kg_fold_rows_free(&sink->rows[i]);
	for (size_t i = 0; sink->part && i < sink->nparts; i++)
		kg_fold_groups_free(&sink->part[i]);
	free(sink->rows);
	free(sink->part);
}

static void convert(void *self, struct kg_chunk *chunk, size_t slot)
{
	struct kg_fold_sink *sink = self;

	kg_fold_rows_read(&sink->rows[slot], chunk, sink->plan, sink->nparts);
}

/* What the whole file says of each value column. */
static void note_values(struct kg_fold_sink *sink, const struct kg_fold_rows *rows, size_t nrow)
{
	sink->nrow += nrow;
	for (size_t v = 0; v < sink->plan->nvalue; v++) {
		sink->valued[v] |= rows->value[v].any_value;
		sink->fractional[v] |= !rows->value[v].whole;
		sink->bounded[v] |= rows->value[v].any_bound;
		for (size_t k = 0; rows->value[v].any_missing && k < KG_MISSING_KINDS; k++)
			sink->absent[v].count[k] += rows->absent[v][k];
	}
}

static enum kg_status add(void *self, size_t part, const struct kg_chunk *chunk, size_t nchunk, struct kg_error *error)
{
	struct kg_fold_sink *sink = self;

	for (size_t i = 0; i < nchunk; i++) {
		const struct kg_fold_rows *rows = &sink->rows[i];

		if (part == 0)
			note_values(sink, rows, chunk[i].nrow);
		if (chunk[i].nrow)
			KG_TRY(kg_fold_groups_add(&sink->part[part], &chunk[i], rows, rows->start[part],
						  rows->start[part + 1], error));
	}
	return KG_OK;
}

static enum kg_status refuse_text(const struct kg_csv_plan *plan, struct kg_error *error)
{
	for (size_t v = 0; v < plan->nvalue; v++)
		if (plan->rule[plan->value[v]].type == KG_TEXT)
			return kg_error_cell(error, KG_EDATA, NULL, 0, plan->name[plan->value[v]],
					     "is declared as text, which cannot be folded; name it under --by");
	return KG_OK;
}

enum kg_status kg_fold_start(const struct kg_csv_plan *plan, const struct kg_pace *pace, struct kg_arena *arena,
			     struct kg_sink *sink, struct kg_error *error)
{
	struct kg_fold_sink *made = KG_NEW(arena, struct kg_fold_sink);

	KG_TRY(refuse_text(plan, error));
	if (!made)
		return kg_error_memory(error);
	*made = (struct kg_fold_sink){ .plan = plan, .slots = pace->slots, .nparts = pace->threads };
	made->valued = KG_ARRAY(arena, bool, plan->nvalue + 1);
	made->fractional = KG_ARRAY(arena, bool, plan->nvalue + 1);
	made->bounded = KG_ARRAY(arena, bool, plan->nvalue + 1);
	made->absent = KG_ARRAY(arena, struct kg_absent, plan->nvalue + 1);
	made->rows = calloc(made->slots, sizeof *made->rows);
	made->part = calloc(made->nparts, sizeof *made->part);
	if (!kg_arena_defer(arena, release, made) || kg_arena_failed(arena) || !made->rows || !made->part)
		return kg_error_memory(error);
	for (size_t i = 0; i < made->slots; i++)
		KG_TRY(kg_fold_rows_start(&made->rows[i], plan->nvalue, made->nparts, error));
	for (size_t i = 0; i < made->nparts; i++)
		KG_TRY(kg_fold_groups_start(&made->part[i], plan->how, plan->nvalue, error));
	*sink = (struct kg_sink){ made, convert, add, made->nparts };
	return KG_OK;
}
