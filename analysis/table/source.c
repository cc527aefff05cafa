#include "table/source.h"

#include <dirent.h>
#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#include "base/file.h"
#include "base/text.h"
#include "table/csv.h"
#include "table/csv_header.h"
#include "table/csv_read.h"

#define STANDARD_INPUT "-"
#define MARK "\xEF\xBB\xBF"

/* Files of the folder whose name is near. */
static enum kg_status refuse_missing(const char *spec, struct kg_arena *arena, struct kg_error *error)
{
	const char *slash = strrchr(spec, '/'), *wanted = slash ? slash + 1 : spec, *near = NULL, *found;
	char *folder = kg_file_directory(spec, arena);
	DIR *directory = folder ? opendir(folder) : NULL;

	if (!directory)
		return kg_error_set(error, KG_EDATA, "no such file '%s'; check the path", spec);
	for (struct dirent *entry; (entry = readdir(directory));) {
		const char *name = entry->d_name;

		found = *name == '.' ? NULL : kg_text_nearest(wanted, &name, 1);
		if (found && (!near || strcmp(found, near) < 0))
			near = kg_arena_text(arena, found);
	}
	closedir(directory);
	if (near)
		return kg_error_set(error, KG_EDATA, "no such file '%s'; did you mean '%.*s%s'?", spec,
				    slash ? (int)(slash + 1 - spec) : 0, spec, near);
	return kg_error_set(error, KG_EDATA, "no such file '%s'; check the path", spec);
}

static enum kg_status open_resource(const char *spec, struct kg_arena *arena, struct kg_source *source,
				    struct kg_error *error)
{
	const char *hash = strrchr(spec, '#');
	char *directory = kg_arena_text_n(arena, spec, (size_t)(hash - spec));

	if (!directory)
		return kg_error_memory(error);
	KG_TRY(kg_schema_resource(directory, hash + 1, arena, &source->schema, error));
	source->path = source->schema->path;
	source->name = source->schema->resource ? source->schema->resource : hash + 1;
	return KG_OK;
}

static bool is_there(const char *path)
{
	struct stat about;

	return stat(path, &about) == 0;
}

enum kg_status kg_source_open(const char *spec, struct kg_arena *arena, struct kg_source *source,
			      struct kg_error *error)
{
	struct stat about;

	*source = (struct kg_source){ .spec = spec, .path = spec };
	if (strcmp(spec, STANDARD_INPUT) == 0) {
		source->name = "stdin";
		return KG_OK;
	}
	if (!is_there(spec) && strchr(spec, '#'))
		KG_TRY(open_resource(spec, arena, source, error));
	if (stat(source->path, &about) != 0 && errno == ENOENT)
		return refuse_missing(source->path, arena, error);
	if (access(source->path, R_OK) != 0)
		return kg_error_set(error, KG_EDATA, "'%s' cannot be read: %s", spec, strerror(errno));
	if (S_ISDIR(about.st_mode))
		return kg_error_set(error, KG_EDATA,
				    "'%s' is a folder; name a file in it, or '%s#resource' for a resource of its "
				    "datapackage.json",
				    spec, spec);
	if (source->schema)
		return KG_OK;
	source->name = kg_file_stem(spec, arena);
	if (!source->name)
		return kg_error_memory(error);
	return kg_schema_beside(spec, arena, &source->schema, error);
}

static char delimiter_of(const struct kg_source *source, const struct kg_dialect *dialect)
{
	if (dialect && dialect->delimiter)
		return dialect->delimiter;
	return source->schema && source->schema->delimiter ? source->schema->delimiter : ',';
}

static enum kg_status load(struct kg_source *source, struct kg_arena *arena, char **text, size_t *length,
			   struct kg_error *error)
{
	gzFile file = strcmp(source->path, "-") == 0 ? gzdopen(dup(0), "rb") : gzopen(source->path, "rb");
	size_t room = 1 << 16;
	int got;

	*length = 0;
	*text = kg_arena_alloc(arena, room);
	if (!file || !*text)
		return kg_error_memory(error);
	while ((got = gzread(file, *text + *length, (unsigned)(room - *length - 1))) > 0) {
		*length += (size_t)got;
		if (room - *length < 1 << 15) {
			*text = kg_arena_grow(arena, *text, room, room * 2);
			room *= 2;
		}
		if (!*text)
			return kg_error_memory(error);
	}
	gzclose(file);
	if (got < 0)
		return kg_error_set(error, KG_EDATA, "'%s' cannot be read", source->spec);
	if (*length >= 3 && memcmp(*text, MARK, 3) == 0) {
		*text += 3;
		*length -= 3;
	}
	return KG_OK;
}

enum kg_status kg_source_header(struct kg_source *source, const struct kg_dialect *dialect, struct kg_arena *arena,
				const char *const **name, size_t *count, struct kg_error *error)
{
	size_t length;
	char *text;

	KG_TRY(load(source, arena, &text, &length, error));
	return kg_csv_header_read(text, kg_csv_header_length(text, length, true), delimiter_of(source, dialect), arena,
				  name, count, error);
}

static enum kg_status read_rows(struct kg_source *source, const struct kg_csv_plan *plan, struct kg_chunk *chunk,
				struct kg_arena *arena, struct kg_table *made, struct kg_error *error)
{
	struct kg_column *column = KG_ARRAY(arena, struct kg_column, plan->nshown + 1);
	struct kg_provenance *from = KG_NEW(arena, struct kg_provenance);
	uint32_t *line;
	size_t rows = 1;

	for (size_t i = 0; i < chunk->length; i++)
		rows += chunk->bytes[i] == '\n';
	KG_TRY(kg_chunk_prepare(chunk, rows, error));
	kg_csv_split(chunk, 0, chunk->length, true);
	if (chunk->error.status != KG_OK) {
		*error = chunk->error;
		error->row++;
		return error->status;
	}
	if (!chunk->nrow)
		return kg_error_set(error, KG_EDATA, "there are no rows below the header");
	line = KG_ARRAY(arena, uint32_t, chunk->nrow);
	if (!column || !from || !line)
		return kg_error_memory(error);
	for (size_t i = 0; i < chunk->nrow; i++)
		line[i] = chunk->line[i] + 2;
	KG_TRY(kg_csv_columns(plan, chunk, arena, column, error));
	*from = source->schema ? source->schema->provenance : kg_provenance_none;
	from->file = strcmp(source->path, "-") == 0 ? "standard input" : source->spec;
	*made = (struct kg_table){ source->name, chunk->nrow, plan->nshown, column, from, line };
	return KG_OK;
}

static enum kg_status read_all(struct kg_source *source, const struct kg_read *read, struct kg_arena *arena,
			       const struct kg_table **table, struct kg_error *error)
{
	struct kg_csv_plan plan;
	struct kg_chunk chunk = { .shape = &plan.shape };
	struct kg_table *made = KG_NEW(arena, struct kg_table);
	const char *const *name;
	size_t length, header, count;
	enum kg_status status;
	char *text;

	KG_TRY(load(source, arena, &text, &length, error));
	header = kg_csv_header_length(text, length, true);
	KG_TRY(kg_csv_header_read(text, header, delimiter_of(source, read->dialect), arena, &name, &count, error));
	KG_TRY(kg_csv_plan_make(source, read, name, count, arena, &plan, error));
	plan.shape.delimiter = delimiter_of(source, read->dialect);
	chunk.bytes = text + header;
	chunk.length = length - header;
	if (!made)
		return kg_error_memory(error);
	status = read_rows(source, &plan, &chunk, arena, made, error);
	kg_chunk_free(&chunk);
	*table = made;
	return status;
}

enum kg_status kg_source_read(struct kg_source *source, const struct kg_read *read, struct kg_arena *arena,
			      const struct kg_table **table, struct kg_error *error)
{
	enum kg_status status = read_all(source, read, arena, table, error);

	if (status != KG_OK)
		kg_error_name_file(error, source->spec);
	return status;
}
