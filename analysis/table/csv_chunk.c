#include "table/csv_chunk.h"

#include <stdlib.h>

enum kg_status kg_chunk_prepare(struct kg_chunk *chunk, size_t rows, struct kg_error *error)
{
	size_t columns = chunk->shape->nwanted + 1;

	chunk->nrow = chunk->nragged = chunk->nline = chunk->blank = chunk->field = chunk->start = 0;
	chunk->error.status = KG_OK;
	if (rows <= chunk->room)
		return KG_OK;
	free(chunk->span);
	free(chunk->line);
	chunk->room = rows;
	chunk->span =
	    rows > SIZE_MAX / columns / sizeof *chunk->span ? NULL : malloc(rows * columns * sizeof *chunk->span);
	chunk->line = malloc(rows * sizeof *chunk->line);
	if (chunk->span && chunk->line)
		return KG_OK;
	kg_chunk_free(chunk);
	return kg_error_memory(error);
}

void kg_chunk_free(struct kg_chunk *chunk)
{
	free(chunk->span);
	free(chunk->line);
	free(chunk->ragged);
	chunk->span = NULL;
	chunk->line = NULL;
	chunk->ragged = NULL;
	chunk->room = chunk->ragged_room = 0;
}

void kg_chunk_refuse(struct kg_chunk *chunk, const char *what)
{
	const struct kg_csv_shape *shape = chunk->shape;
	const char *column = shape->name && chunk->field < shape->nfield ? shape->name[chunk->field] : NULL;

	if (chunk->error.status != KG_OK)
		return;
	if (chunk->blank)
		kg_error_cell(&chunk->error, KG_EDATA, NULL, chunk->blank, NULL, KG_CSV_BLANK);
	else
		kg_error_cell(&chunk->error, KG_EDATA, NULL, chunk->start + 1, column, "%s", what);
}

void kg_chunk_begin(struct kg_chunk *chunk)
{
	chunk->start = chunk->nline;
	if (chunk->blank)
		kg_chunk_refuse(chunk, KG_CSV_BLANK);
}

static void refuse_ragged(struct kg_chunk *chunk)
{
	size_t want = chunk->shape->nfield;

	if (chunk->error.status == KG_OK)
		kg_error_cell(&chunk->error, KG_EDATA, NULL, chunk->start + 1, NULL,
			      "the row has %zu cell%s but the header has %zu; %s", chunk->field,
			      chunk->field == 1 ? "" : "s", want,
			      chunk->field < want ? "add the missing cells or delimiters"
						  : "remove the surplus, or quote the cell that holds a delimiter");
}

/* The next row takes the place of this one. */
static void set_aside(struct kg_chunk *chunk)
{
	if (chunk->nragged == chunk->ragged_room) {
		size_t room = chunk->ragged_room ? chunk->ragged_room * 2 : 16;
		struct kg_ragged *larger = realloc(chunk->ragged, room * sizeof *larger);

		if (!larger) {
			kg_error_memory(&chunk->error);
			return;
		}
		chunk->ragged = larger;
		chunk->ragged_room = room;
	}
	chunk->ragged[chunk->nragged++] = (struct kg_ragged){ chunk->start, chunk->field };
	chunk->field = 0;
}

void kg_chunk_record(struct kg_chunk *chunk)
{
	if (chunk->error.status != KG_OK)
		return;
	if (!chunk->field) {
		chunk->blank = chunk->blank ? chunk->blank : chunk->nline + 1;
		return;
	}
	if (chunk->shape->name && chunk->field != chunk->shape->nfield) {
		if (chunk->shape->lenient)
			set_aside(chunk);
		else
			refuse_ragged(chunk);
		return;
	}
	chunk->line[chunk->nrow++] = (uint32_t)chunk->start;
	chunk->field = chunk->shape->name ? 0 : chunk->field;
}
