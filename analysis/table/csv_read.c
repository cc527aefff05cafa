#include "table/csv_read.h"

#include <stdlib.h>
#include <string.h>

#include "base/parallel.h"
#include "table/csv.h"
#include "table/csv_split.h"

/* A chunk and what is made of it fit into a processor's own cache. There are more chunks in a round than threads, to
 * even out the work; their number does not depend on the threads, for the longest possible record does on it. */
#define CHUNK_BYTES ((size_t)1 << 18)
#define CHUNKS 64

struct round {
	struct kg_stream *input;
	const struct kg_csv_shape *shape;
	const struct kg_sink *sink;
	const struct kg_pace *pace;
	char *buffer;
	size_t room, held; /* bytes in the buffer, which begin a record */
	size_t chunk_size; /* grows when a record is longer than the buffer */
	size_t row, line;  /* at the buffer's start */
	size_t ragged;	   /* rows set aside */
	size_t blank;	   /* line of a blank row after which nothing came yet */
	size_t nchunk, *cut;
	struct kg_chunk *chunk;
	bool end;
};

struct kg_pace kg_pace_make(const struct kg_read *read, size_t chunk)
{
	struct kg_pace pace = { .chunk = chunk ? chunk : CHUNK_BYTES, .progress = read->progress };

	pace.watcher = read->watcher;
	pace.threads = kg_parallel_threads(read->threads, SIZE_MAX);
	pace.slots = CHUNKS;
	return pace;
}

static enum kg_status fill(struct round *round, struct kg_error *error)
{
	size_t got, want = round->room - round->held;

	kg_stream_share(round->input, round->chunk_size, round->pace->threads);
	KG_TRY(kg_stream_next(round->input, round->buffer + round->held, want, &got, error));
	round->held += got;
	round->end = got < want;
	return KG_OK;
}

/* A record without an end: libcsv says what is wrong with it, if anything is. */
static enum kg_status refuse_endless(struct round *round, struct kg_error *error)
{
	struct kg_chunk *chunk = &round->chunk[0];

	chunk->bytes = round->buffer;
	chunk->length = round->held;
	KG_TRY(kg_chunk_prepare(chunk, 2, error));
	kg_csv_split(chunk, 0, chunk->length, false);
	kg_chunk_refuse(chunk, KG_CSV_UNCLOSED);
	*error = chunk->error;
	error->row += round->line - 1;
	return error->status;
}

/* Cuts the buffer; when not even one record is whole, reads on. */
static enum kg_status enlarge(struct round *round, struct kg_error *error)
{
	char *larger = realloc(round->buffer, round->room * 2);

	if (!larger)
		return kg_error_memory(error);
	round->buffer = larger;
	round->room *= 2;
	round->chunk_size *= 2;
	return fill(round, error);
}

/* Cuts the buffer; when not even one record is whole, reads on. */
static enum kg_status cut(struct round *round, struct kg_error *error)
{
	for (;;) {
		struct kg_cutting cutting = { round->buffer, round->held, round->chunk_size, round->pace->threads,
					      round->end };

		round->nchunk = kg_split_pieces(&cutting);
		KG_TRY(kg_split_cut(&cutting, round->cut, error));
		if (round->end || round->cut[round->nchunk])
			return KG_OK;
		if (round->room > KG_CSV_RECORD_MOST)
			return refuse_endless(round, error);
		KG_TRY(enlarge(round, error));
	}
}

static enum kg_status split_chunk(void *context, size_t index, struct kg_arena *scratch, struct kg_error *error)
{
	struct round *round = context;
	struct kg_chunk *chunk = &round->chunk[index];

	(void)scratch;
	chunk->bytes = round->buffer + round->cut[index];
	chunk->length = round->cut[index + 1] - round->cut[index];
	chunk->last = round->end && index + 1 == round->nchunk;
	KG_TRY(kg_chunk_prepare(chunk, chunk->length / chunk->shape->nfield + 2, error));
	kg_split_fields(chunk);
	round->sink->convert(round->sink->self, chunk, index);
	return KG_OK;
}

/* Numbers lines and rows through, and finds the first refusal. */
static enum kg_status follow(struct round *round, struct kg_error *error)
{
	for (size_t i = 0; i < round->nchunk; i++) {
		struct kg_chunk *chunk = &round->chunk[i];

		if (round->blank && (chunk->nrow || chunk->nragged || chunk->error.status != KG_OK))
			return kg_error_cell(error, KG_EDATA, NULL, round->blank, NULL, KG_CSV_BLANK);
		if (chunk->error.status != KG_OK) {
			*error = chunk->error;
			error->row += error->row ? round->line - 1 : 0;
			return error->status;
		}
		chunk->first_row = round->row;
		chunk->first_line = round->line;
		if (chunk->blank && !round->blank)
			round->blank = round->line + chunk->blank - 1;
		round->row += chunk->nrow;
		round->ragged += chunk->nragged;
		round->line += chunk->nline;
	}
	return KG_OK;
}

static enum kg_status add_part(void *context, size_t part, struct kg_arena *scratch, struct kg_error *error)
{
	const struct round *round = context;

	(void)scratch;
	return round->sink->add(round->sink->self, part, round->chunk, round->nchunk, error);
}

static enum kg_status run(struct round *round, struct kg_error *error)
{
	while (!round->end) {
		size_t threads = round->pace->threads, done;

		KG_TRY(fill(round, error));
		KG_TRY(cut(round, error));
		KG_TRY(kg_parallel_each(round->nchunk, threads, split_chunk, round, error));
		KG_TRY(follow(round, error));
		threads = threads < round->nchunk ? threads : round->nchunk; /* a small file is not worth threads */
		KG_TRY(kg_parallel_each(round->sink->nparts, threads, add_part, round, error));
		done = round->cut[round->nchunk];
		round->held -= done;
		memmove(round->buffer, round->buffer + done, round->held);
		if (round->pace->progress)
			round->pace->progress(round->pace->watcher, kg_stream_fraction(round->input));
	}
	if (!round->row && !round->ragged)
		return kg_error_set(error, KG_EDATA, "there are no rows below the header; add data");
	return KG_OK;
}

enum kg_status kg_csv_read(struct kg_stream *input, const struct kg_csv_shape *shape, const struct kg_sink *sink,
			   const struct kg_pace *pace, size_t line, struct kg_error *error)
{
	struct round round = { input, shape, sink, pace, .chunk_size = pace->chunk, .line = line };
	enum kg_status status;

	round.room = pace->chunk * pace->slots;
	round.buffer = malloc(round.room);
	round.cut = malloc((pace->slots + 1) * sizeof *round.cut);
	round.chunk = calloc(pace->slots, sizeof *round.chunk);
	for (size_t i = 0; round.chunk && i < pace->slots; i++)
		round.chunk[i].shape = shape;
	status = round.buffer && round.cut && round.chunk ? run(&round, error) : kg_error_memory(error);
	for (size_t i = 0; round.chunk && i < pace->slots; i++)
		kg_chunk_free(&round.chunk[i]);
	free(round.buffer);
	free(round.cut);
	free(round.chunk);
	return status;
}
