#include "table/csv.h"

#include <csv.h>
#include <string.h>

/* libcsv's buffer for a field grows by this; its default of 128 bytes makes many small steps. */
#define BUFFER_STEP 4096

struct splitter {
	struct kg_chunk *chunk;
	size_t written; /* up to here fields were written back into the chunk */
	bool carriage;	/* the last byte was a carriage return outside quotes */
};

/* It ended a record, so no column is to blame. */
static void refuse_carriage(struct kg_chunk *chunk)
{
	chunk->start = chunk->nline;
	chunk->field = chunk->shape->nfield;
	kg_chunk_refuse(chunk, "a carriage return without a line feed; save the file with LF or CR LF line ends");
}

/* A field without its quotes is never longer than with them, and libcsv has read past it: it can be written back over
 * the bytes it came from. */
static void take_field(void *text, size_t length, void *context)
{
	struct splitter *splitter = context;
	struct kg_chunk *chunk = splitter->chunk;

	if (chunk->error.status != KG_OK)
		return;
	if (splitter->carriage) {
		refuse_carriage(chunk);
		return;
	}
	kg_chunk_field(chunk, splitter->written, length);
	memcpy(chunk->bytes + splitter->written, text, length);
	splitter->written += length;
	for (const char *at = text; (at = memchr(at, '\n', length - (size_t)(at - (const char *)text))); at++)
		chunk->nline++;
}

static void take_end(int ending, void *context)
{
	struct splitter *splitter = context;
	struct kg_chunk *chunk = splitter->chunk;

	if (splitter->carriage && ending == '\r')
		refuse_carriage(chunk);
	if (!splitter->carriage)
		kg_chunk_record(chunk);
	splitter->carriage = ending == '\r';
	chunk->nline += ending == '\n';
}

static void refuse_quote(struct kg_chunk *chunk, int code, bool unclosed)
{
	if (code == CSV_ENOMEM || code == CSV_ETOOBIG) {
		if (chunk->error.status == KG_OK)
			kg_error_memory(&chunk->error);
		return;
	}
	if (!chunk->field)
		chunk->start = chunk->nline;
	kg_chunk_refuse(chunk, unclosed
				   ? KG_CSV_UNCLOSED
				   : "a stray quote; put the whole cell in quotes and double each quote inside it");
}

void kg_csv_split(struct kg_chunk *chunk, size_t from, size_t to, bool end)
{
	struct splitter splitter = { .chunk = chunk, .written = from };
	struct csv_parser parser;

	if (csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI | CSV_REPALL_NL) != 0) {
		kg_error_memory(&chunk->error);
		return;
	}
	csv_set_blk_size(&parser, BUFFER_STEP);
	csv_set_delim(&parser, (unsigned char)chunk->shape->delimiter);
	if (csv_parse(&parser, chunk->bytes + from, to - from, take_field, take_end, &splitter) != to - from)
		refuse_quote(chunk, csv_error(&parser), false);
	else if (end && csv_fini(&parser, take_field, take_end, &splitter) != 0)
		refuse_quote(chunk, csv_error(&parser), true);
	if (splitter.carriage && end)
		refuse_carriage(chunk);
	csv_free(&parser);
}

#define TEXT(number) #number
#define DOTTED(major, minor, release) TEXT(major) "." TEXT(minor) "." TEXT(release)

const char *kg_csv_library(void)
{
	return DOTTED(CSV_MAJOR, CSV_MINOR, CSV_RELEASE);
}
