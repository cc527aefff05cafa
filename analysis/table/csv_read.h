/* csv_read: drives the reading of a CSV file: fill a buffer, cut it into chunks of whole records, split and convert the
 * chunks in parallel, add them in file order, and so on round by round. What becomes of the rows is the sink's. The
 * result does not depend on the number of threads or the size of chunks. */
#ifndef KG_TABLE_CSV_READ_H
#define KG_TABLE_CSV_READ_H

#include "table/csv_chunk.h"
#include "table/csv_stream.h"
#include "table/source.h"

/* Longest record; a longer one is a quote that was not closed. */
#define KG_CSV_RECORD_MOST ((size_t)1 << 24)

struct kg_sink {
	void *self;
	/* Types the cells of a chunk; a refusal goes to chunk->error. `slot` below kg_pace.slots: chunks of a round
	 * have different ones. Called in parallel. */
	void (*convert)(void *self, struct kg_chunk *chunk, size_t slot);
	/* Adds the chunks of a round, in this order, to part `part` of `nparts`. Parts are filled in parallel. */
	enum kg_status (*add)(void *self, size_t part, const struct kg_chunk *chunk, size_t nchunk,
			      struct kg_error *error);
	size_t nparts;
};

struct kg_pace {
	size_t chunk;					  /* bytes of a chunk; 0 = what is fast */
	size_t threads, slots;				  /* at least 1; chunks of a round */
	void (*progress)(void *watcher, double fraction); /* NULL = nobody watches */
	void *watcher;
};

/* The pace for a request; `chunk` 0 = what is fast. */
struct kg_pace kg_pace_make(const struct kg_read *read, size_t chunk);

/* Reads all records; the first line is `line`. KG_EDATA: bad input, with line and column, or no rows at all. */
enum kg_status kg_csv_read(struct kg_stream *input, const struct kg_csv_shape *shape, const struct kg_sink *sink,
			   const struct kg_pace *pace, size_t line, struct kg_error *error) KG_CHECKED;

#endif
