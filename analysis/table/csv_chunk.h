/* csv_chunk: a run of whole records of a CSV file, and the fields that they were split into.
 * Ownership: the bytes are the caller's and are overwritten by splitting; the tables are the chunk's own. */
#ifndef KG_TABLE_CSV_CHUNK_H
#define KG_TABLE_CSV_CHUNK_H

#include "base/error.h"
#include "table/table.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Longest field; a longer one is a quote that was not closed. */
#define KG_CSV_FIELD_MOST ((size_t)1 << 20)

/* What is wrong with a blank line; those at the end of the file are let be. */
#define KG_CSV_BLANK "the row is blank; remove it"

#define KG_CSV_UNCLOSED "a quote is opened and never closed; add the closing quote"

/* What every record looks like. */
struct kg_csv_shape {
	char delimiter;
	size_t nfield, nwanted;
	const char *const *name; /* of each field; NULL while the header is read */
	const uint32_t *slot;	 /* of each field: its place among those wanted, `nwanted` = not wanted */
	bool lenient;		 /* rows with too few or too many cells are set aside, not refused */
};

/* A field: where in the chunk's bytes. */
struct kg_span {
	uint32_t at, length;
};

struct kg_chunk {
	const struct kg_csv_shape *shape;
	char *bytes;
	size_t length;
	bool last;	      /* the file ends with this chunk */
	struct kg_span *span; /* field of row r in wanted column w: span[w * room + r]; the last column is waste */
	uint32_t *line;	      /* of each row's start, counted from the chunk's start */
	size_t room, nrow, nline;
	struct kg_ragged *ragged;     /* rows set aside; lines as `line` */
	size_t nragged, ragged_room;
	size_t blank;		      /* 1 + line of the first of the blank lines that end the chunk, 0 = none */
	size_t first_row, first_line; /* in the file, rows from 0; known once the chunks before this one are split */
	struct kg_error error;	      /* the first; `row` is counted from the chunk's start, plus 1 */
	size_t field, start;	      /* while splitting: fields so far in this record, its line */
};

/* Makes room for the rows; KG_ENOMEM. */
enum kg_status kg_chunk_prepare(struct kg_chunk *chunk, size_t rows, struct kg_error *error) KG_CHECKED;

/* A record begins at the present line. */
void kg_chunk_begin(struct kg_chunk *chunk);

/* The record ended; one without fields is a blank line. */
void kg_chunk_record(struct kg_chunk *chunk);

/* Refuses the record at its line and present field. Only the first refusal counts. */
void kg_chunk_refuse(struct kg_chunk *chunk, const char *what);

void kg_chunk_free(struct kg_chunk *chunk);

/* A field of the record that is being split. */
static inline void kg_chunk_field(struct kg_chunk *chunk, size_t at, size_t length)
{
	const struct kg_csv_shape *shape = chunk->shape;

	if (!chunk->field)
		kg_chunk_begin(chunk);
	if (length > KG_CSV_FIELD_MOST)
		kg_chunk_refuse(chunk, "the cell is longer than 1 MiB; look for a quote that is not closed");
	if (chunk->field < shape->nfield)
		chunk->span[shape->slot[chunk->field] * chunk->room + chunk->nrow] =
		    (struct kg_span){ (uint32_t)at, (uint32_t)length };
	chunk->field++;
}

#endif
