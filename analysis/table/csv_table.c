#include "table/csv_table.h"

#include <stdlib.h>
#include <string.h>

#include "table/csv_block.h"
#include "table/csv_store.h"

struct kg_table_sink {
	const struct kg_csv_plan *plan;
	size_t slots;
	struct kg_block *block; /* of slot s and column c: block[s * nshown + c] */
	struct kg_store *store;
	uint32_t *line;
	size_t nrow, room;
	struct kg_ragged *ragged;
	size_t nragged;
};

static void release(void *object)
{
	struct kg_table_sink *sink = object;
	size_t columns = sink->plan->nshown;

	for (size_t i = 0; sink->block && i < sink->slots * columns; i++)
		kg_block_free(&sink->block[i]);
	for (size_t i = 0; sink->store && i < columns; i++)
		kg_store_free(&sink->store[i]);
	free(sink->block);
	free(sink->store);
	free(sink->line);
	free(sink->ragged);
}

static void convert(void *self, struct kg_chunk *chunk, size_t slot)
{
	struct kg_table_sink *sink = self;
	const struct kg_csv_plan *plan = sink->plan;

	for (size_t i = 0; i < plan->nshown; i++)
		kg_block_read(&sink->block[slot * plan->nshown + i], chunk, i, plan->qualifier[i], &plan->rule[i],
			      plan->name);
}

static enum kg_status add_lines(struct kg_table_sink *sink, const struct kg_chunk *chunk, struct kg_error *error)
{
	if (sink->nrow + chunk->nrow > sink->room) {
		size_t room = (sink->nrow + chunk->nrow) + (sink->nrow + chunk->nrow) / 2;
		uint32_t *line = realloc(sink->line, room * sizeof *line);

		if (!line)
			return kg_error_memory(error);
		sink->line = line;
		sink->room = room;
	}
	if (chunk->first_line + chunk->nline > UINT32_MAX)
		return kg_error_set(error, KG_EDATA, "more than 4,294,967,295 lines; fold them with --aggregate");
	for (size_t i = 0; i < chunk->nrow; i++)
		sink->line[sink->nrow++] = (uint32_t)(chunk->first_line + chunk->line[i]);
	return KG_OK;
}

static enum kg_status add_ragged(struct kg_table_sink *sink, const struct kg_chunk *chunk, struct kg_error *error)
{
	size_t count = sink->nragged + chunk->nragged;
	struct kg_ragged *larger = count == sink->nragged ? NULL : realloc(sink->ragged, count * sizeof *larger);

	if (count == sink->nragged)
		return KG_OK;
	if (!larger)
		return kg_error_memory(error);
	sink->ragged = larger;
	for (size_t i = 0; i < chunk->nragged; i++)
		larger[sink->nragged++] =
		    (struct kg_ragged){ chunk->first_line + chunk->ragged[i].line, chunk->ragged[i].cells };
	return KG_OK;
}

/* Each column is a part, the line numbers are the last. */
static enum kg_status add(void *self, size_t part, const struct kg_chunk *chunk, size_t nchunk, struct kg_error *error)
{
	struct kg_table_sink *sink = self;
	size_t columns = sink->plan->nshown;

	for (size_t i = 0; i < nchunk; i++) {
		if (part < columns) {
			KG_TRY(
			    kg_store_add(&sink->store[part], &chunk[i], &sink->block[i * columns + part], part, error));
			continue;
		}
		KG_TRY(add_lines(sink, &chunk[i], error));
		KG_TRY(add_ragged(sink, &chunk[i], error));
	}
	return KG_OK;
}

enum kg_status kg_table_sink_start(const struct kg_csv_plan *plan, const struct kg_pace *pace, struct kg_arena *arena,
				   struct kg_sink *sink, struct kg_error *error)
{
	struct kg_table_sink *made = KG_NEW(arena, struct kg_table_sink);

	if (!made)
		return kg_error_memory(error);
	made->plan = plan;
	made->slots = pace->slots;
	made->block = calloc(pace->slots * plan->nshown + 1, sizeof *made->block);
	made->store = calloc(plan->nshown + 1, sizeof *made->store);
	if (!kg_arena_defer(arena, release, made) || !made->block || !made->store)
		return kg_error_memory(error);
	for (size_t i = 0; i < plan->nshown; i++)
		KG_TRY(kg_store_start(&made->store[i], plan->name[i], &plan->rule[i], error));
	*sink = (struct kg_sink){ made, convert, add, plan->nshown + 1 };
	return KG_OK;
}

enum kg_status kg_table_sink_finish(const struct kg_sink *sink, struct kg_arena *arena, struct kg_table *table,
				    struct kg_error *error)
{
	struct kg_table_sink *made = sink->self;
	const struct kg_csv_plan *plan = made->plan;
	struct kg_column *column = KG_ARRAY(arena, struct kg_column, plan->nshown + 1);

	if (!column)
		return kg_error_memory(error);
	for (size_t i = 0; i < plan->nshown; i++) {
		KG_TRY(kg_store_finish(&made->store[i], arena, &column[i], error));
		column[i].unit = plan->field[i] ? plan->field[i]->unit : NULL;
		column[i].title = plan->field[i] ? plan->field[i]->title : NULL;
	}
	table->nrow = made->nrow;
	table->ncol = plan->nshown;
	table->column = column;
	table->line = made->line;
	made->line = NULL;
	if (!kg_arena_defer(arena, free, (void *)(uintptr_t)table->line))
		return kg_error_memory(error);
	return KG_OK;
}

void kg_table_sink_ragged(const struct kg_sink *sink, struct kg_provenance *from)
{
	const struct kg_table_sink *made = sink->self;

	from->ragged = made->ragged;
	from->nragged = made->nragged;
}
