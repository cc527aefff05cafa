#include "table/source_read.h"

#include <string.h>

#include "table/csv_header.h"
#include "table/csv_table.h"
#include "table/csv_fold.h"

#define HEADER_ROOM ((size_t)1 << 16)
#define BYTE_ORDER_MARK "\xEF\xBB\xBF"

/* An input that is being read: its first bytes, in which the header stands. */
struct opening {
	struct kg_stream *stream;
	char *bytes;
	size_t length, header; /* the header is the first `header` bytes */
	struct kg_names names;
};

const char *kg_source_label(const struct kg_source *source)
{
	return strcmp(source->path, "-") == 0 ? "standard input" : source->spec;
}

static enum kg_status open_input(struct kg_source *source, struct kg_arena *arena, struct kg_stream **input,
				 struct kg_error *error)
{
	if (!source->stream)
		return kg_stream_open(source->path, arena, input, error);
	if (source->spent)
		return kg_error_set(error, KG_EUSAGE, "can be read only once; save it to a file first");
	*input = source->stream;
	return KG_OK;
}

static enum kg_status fill(struct opening *opening, struct kg_arena *arena, struct kg_error *error)
{
	size_t room = HEADER_ROOM, got;
	bool end = false;

	opening->bytes = kg_arena_alloc(arena, room);
	while (opening->bytes && !end) {
		KG_TRY(kg_stream_next(opening->stream, opening->bytes + opening->length, room - opening->length, &got,
				      error));
		opening->length += got;
		end = opening->length < room;
		opening->header = kg_csv_header_length(opening->bytes, opening->length, end);
		if (opening->header)
			return KG_OK;
		if (room > KG_CSV_RECORD_MOST)
			return kg_error_cell(error, KG_EDATA, NULL, 1, NULL,
					     "the header has no end within 16 MiB; is this a CSV file?");
		if (!end)
			opening->bytes = kg_arena_grow(arena, opening->bytes, room, room * 2);
		room *= 2;
	}
	return opening->bytes ? KG_OK : kg_error_memory(error);
}

static enum kg_status begin(struct kg_source *source, const struct kg_dialect *dialect, struct kg_arena *arena,
			    struct opening *opening, struct kg_error *error)
{
	size_t mark = strlen(BYTE_ORDER_MARK);

	*opening = (struct opening){ 0 };
	KG_TRY(open_input(source, arena, &opening->stream, error));
	KG_TRY(fill(opening, arena, error));
	if (opening->length >= mark && memcmp(opening->bytes, BYTE_ORDER_MARK, mark) == 0) {
		opening->bytes += mark;
		opening->length -= mark;
		opening->header -= mark;
	}
	return kg_csv_header_read(opening->bytes, opening->header, kg_csv_delimiter(source, dialect), arena,
				  &opening->names, error);
}

enum kg_status kg_source_read_header(struct kg_source *source, const struct kg_dialect *dialect, struct kg_arena *arena,
				     const char *const **name, size_t *count, struct kg_error *error)
{
	struct opening opening;

	KG_TRY(begin(source, dialect, arena, &opening, error));
	*name = opening.names.name;
	*count = opening.names.count;
	if (source->stream)
		return kg_stream_keep(source->stream, opening.bytes, opening.length, error);
	kg_stream_close(opening.stream);
	return KG_OK;
}

static size_t count_lines(const char *bytes, size_t length)
{
	size_t lines = 0;

	for (size_t i = 0; i < length; i++)
		lines += bytes[i] == '\n';
	return lines;
}

static enum kg_status read_rows(const struct opening *opening, const struct kg_csv_plan *plan,
				const struct kg_sink *sink, const struct kg_pace *pace, struct kg_error *error)
{
	size_t line = 1 + count_lines(opening->bytes, opening->header);

	KG_TRY(kg_stream_keep(opening->stream, opening->bytes + opening->header, opening->length - opening->header,
			      error));
	KG_TRY(kg_csv_read(opening->stream, &plan->shape, sink, pace, line, error));
	kg_stream_close(opening->stream);
	return KG_OK;
}

enum kg_status kg_source_read_table(struct kg_source *source, const struct kg_read *read, size_t chunk,
				    struct kg_arena *arena, const struct kg_table **table, struct kg_error *error)
{
	struct kg_provenance *from = KG_NEW(arena, struct kg_provenance);
	struct kg_csv_plan *plan = KG_NEW(arena, struct kg_csv_plan);
	struct kg_table *made = KG_NEW(arena, struct kg_table);
	struct kg_pace pace = kg_pace_make(read, chunk);
	struct opening opening;
	struct kg_sink sink;
	bool folded;

	if (!from || !plan || !made)
		return kg_error_memory(error);
	KG_TRY(begin(source, read->dialect, arena, &opening, error));
	source->spent = true;
	KG_TRY(kg_csv_plan_make(source, read, &opening.names, arena, plan, error));
	folded = plan->how != KG_FOLD_NONE;
	KG_TRY((folded ? kg_fold_start : kg_table_sink_start)(plan, &pace, arena, &sink, error));
	KG_TRY(read_rows(&opening, plan, &sink, &pace, error));
	*from = source->schema ? source->schema->provenance : kg_provenance_none;
	from->file = kg_source_label(source);
	made->name = source->name;
	made->from = from;
	*table = made;
	if (folded)
		return kg_fold_finish(&sink, arena, made, from, error);
	kg_table_sink_ragged(&sink, from);
	return kg_table_sink_finish(&sink, arena, made, error);
}
