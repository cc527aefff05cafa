#include "table/csv_header.h"

#include <string.h>

#include "base/text.h"
#include "table/csv.h"

size_t kg_csv_header_length(const char *bytes, size_t length, bool end)
{
	bool quoted = false;

	for (size_t i = 0; i < length; i++) {
		if (bytes[i] == '"')
			quoted = !quoted;
		else if (bytes[i] == '\n' && !quoted)
			return i + 1;
	}
	return end ? length : 0;
}

static enum kg_status check_names(const char *const *name, size_t count, struct kg_error *error)
{
	for (size_t i = 0; i < count; i++) {
		if (!*name[i])
			return kg_error_cell(error, KG_EDATA, NULL, 1, NULL,
					     "column %zu has no name; the first line must name each column", i + 1);
		for (size_t j = 0; j < i; j++)
			if (strcmp(name[i], name[j]) == 0)
				return kg_error_cell(error, KG_EDATA, NULL, 1, name[i],
						     "columns %zu and %zu have the same name; rename one", j + 1,
						     i + 1);
	}
	return KG_OK;
}

static enum kg_status split_names(struct kg_chunk *chunk, struct kg_arena *arena, struct kg_names *names,
				  struct kg_error *error)
{
	const char **name;

	KG_TRY(kg_chunk_prepare(chunk, 1, error));
	kg_csv_split(chunk, 0, chunk->length, true);
	if (chunk->error.status != KG_OK) {
		*error = chunk->error;
		return error->status;
	}
	if (!chunk->nrow)
		return kg_error_cell(error, KG_EDATA, NULL, 1, NULL,
				     "the header is blank; the first line must name the columns");
	name = KG_ARRAY(arena, const char *, chunk->field);
	for (size_t i = 0; name && i < chunk->field; i++) {
		struct kg_span span = chunk->span[i * chunk->room];

		name[i] = kg_arena_text_n(arena, chunk->bytes + span.at, span.length);
	}
	if (kg_arena_failed(arena))
		return kg_error_memory(error);
	*names = (struct kg_names){ name, chunk->field };
	return check_names(name, chunk->field, error);
}

/* What is no text at all, and what to do about it. */
static enum kg_status check_bytes(const char *bytes, size_t length, struct kg_error *error)
{
	size_t bad = kg_text_invalid_at(bytes, length);
	const char *what = "the header is not UTF-8; save the file as UTF-8";
	bool zipped = length > 4 && memcmp(bytes, "PK\3\4", 4) == 0;

	if (!length)
		return kg_error_set(error, KG_EDATA, "the file is empty; it needs a header and rows");
	if (bad == length && !zipped)
		return KG_OK;
	if (zipped)
		what = "this is a spreadsheet or zip file, not CSV; export the table as CSV";
	else if (!bytes[bad] || (unsigned char)bytes[0] >= 0xFE)
		what = "the header holds NUL bytes or is UTF-16; save the file as UTF-8";
	return kg_error_cell(error, KG_EDATA, NULL, 1, NULL, "%s", what);
}

/* A header that cannot be split and has no delimiter may have another one. */
static void hint_delimiter(const char *bytes, size_t length, char delimiter, struct kg_error *error)
{
	static const char *const other[] = { ";", "\t", "|", "," };

	for (size_t i = 0; i < sizeof other / sizeof other[0]; i++) {
		if (!memchr(bytes, *other[i], length))
			continue;
		kg_error_cell(error, KG_EDATA, NULL, 1, NULL, "the header has no '%c'; try --delimiter '%s'", delimiter,
			      *other[i] == '\t' ? "\\t" : other[i]);
		return;
	}
}

enum kg_status kg_csv_header_read(const char *bytes, size_t length, char delimiter, struct kg_arena *arena,
				  struct kg_names *names, struct kg_error *error)
{
	struct kg_csv_shape shape = { .delimiter = delimiter, .nfield = 1 };
	struct kg_chunk chunk = { .shape = &shape, .length = length };
	uint32_t *slot;
	enum kg_status status;

	KG_TRY(check_bytes(bytes, length, error));
	for (size_t i = 0; i < length; i++)
		shape.nfield += bytes[i] == delimiter;
	slot = KG_ARRAY(arena, uint32_t, shape.nfield);
	chunk.bytes = kg_arena_text_n(arena, bytes, length);
	if (!slot || !chunk.bytes)
		return kg_error_memory(error);
	for (size_t i = 0; i < shape.nfield; i++)
		slot[i] = (uint32_t)i;
	shape.slot = slot;
	shape.nwanted = shape.nfield;
	status = split_names(&chunk, arena, names, error);
	if (status == KG_EDATA && shape.nfield == 1)
		hint_delimiter(bytes, length, delimiter, error);
	kg_chunk_free(&chunk);
	return status;
}
