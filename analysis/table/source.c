#include "table/source.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/text.h"
#include "table/csv_stream.h"
#include "table/gal.h"
#include "table/source_read.h"

#define STANDARD_INPUT "-"

/* Nearest name in the folder of a missing file; NULL when none is near. */
static const char *find_near(const char *spec, const char *folder, struct kg_arena *arena)
{
	const char *slash = strrchr(spec, '/'), *near = NULL, **name;
	struct dirent **entry = NULL;
	int count = scandir(folder, &entry, NULL, alphasort);
	size_t known = 0;

	name = KG_ARRAY(arena, const char *, count > 0 ? (size_t)count : 1);
	for (int i = 0; name && i < count; i++)
		if (entry[i]->d_name[0] != '.')
			name[known++] = entry[i]->d_name;
	if (name)
		near = kg_arena_text(arena, kg_text_nearest(slash ? slash + 1 : spec, name, known));
	for (int i = 0; i < count; i++)
		free(entry[i]);
	free(entry);
	return near;
}

static enum kg_status refuse_missing(const char *spec, struct kg_arena *arena, struct kg_error *error)
{
	const char *slash = strrchr(spec, '/'), *near;
	char *folder = kg_file_directory(spec, arena);
	struct stat about;

	if (!folder)
		return kg_error_memory(error);
	if (stat(folder, &about) != 0 || !S_ISDIR(about.st_mode))
		return kg_error_set(error, KG_EDATA, "no such file '%s': there is no folder '%s'; check the path", spec,
				    folder);
	near = find_near(spec, folder, arena);
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
	KG_TRY(kg_schema_resource(*directory ? directory : ".", hash + 1, arena, &source->schema, error));
	source->path = source->schema->path;
	source->name = source->schema->resource ? source->schema->resource : hash + 1;
	return KG_OK;
}

static enum kg_status open_standard(struct kg_arena *arena, struct kg_source *source, struct kg_error *error)
{
	source->name = "stdin";
	return kg_stream_open(STANDARD_INPUT, arena, &source->stream, error);
}

static enum kg_status open_file(struct kg_arena *arena, struct kg_source *source, struct kg_error *error)
{
	struct stat about;

	if (stat(source->path, &about) != 0) {
		if (errno == ENOENT || errno == ENOTDIR)
			return refuse_missing(source->path, arena, error);
		return kg_error_set(error, KG_EDATA, "'%s' cannot be read: %s", source->path, strerror(errno));
	}
	if (S_ISDIR(about.st_mode))
		return kg_error_set(error, KG_EDATA,
				    "'%s' is a folder; name a file in it, or '%s#NAME' for a resource of its "
				    "datapackage.json",
				    source->path, source->path);
	if (access(source->path, R_OK) != 0)
		return kg_error_set(error, KG_EDATA, "'%s' cannot be read: %s; check its permissions", source->path,
				    strerror(errno));
	return S_ISREG(about.st_mode) ? KG_OK : kg_stream_open(source->path, arena, &source->stream, error);
}

/* A data file goes by its schema's name, else by its own without the endings. */
static enum kg_status name_file(struct kg_arena *arena, struct kg_source *source, struct kg_error *error)
{
	KG_TRY(kg_schema_beside(source->path, arena, &source->schema, error));
	source->name = kg_file_stem(source->path, arena);
	if (source->name && strlen(source->name) > 4 && strcmp(source->name + strlen(source->name) - 4, ".csv") == 0)
		source->name = kg_arena_text_n(arena, source->name, strlen(source->name) - 4);
	return source->name ? KG_OK : kg_error_memory(error);
}

enum kg_status kg_source_open(const char *spec, struct kg_arena *arena, struct kg_source *source,
			      struct kg_error *error)
{
	*source = (struct kg_source){ .spec = spec, .path = spec };
	if (strcmp(spec, STANDARD_INPUT) == 0)
		return open_standard(arena, source, error);
	if (access(spec, F_OK) != 0 && strchr(spec, '#'))
		KG_TRY(open_resource(spec, arena, source, error));
	KG_TRY(open_file(arena, source, error));
	return source->name ? KG_OK : name_file(arena, source, error);
}

static enum kg_status name_error(const struct kg_source *source, enum kg_status status, struct kg_error *error)
{
	if (status != KG_OK)
		kg_error_name_file(error, kg_source_label(source));
	return status;
}

enum kg_status kg_source_header(struct kg_source *source, const struct kg_dialect *dialect, struct kg_arena *arena,
				const char *const **name, size_t *count, struct kg_error *error)
{
	if (kg_gal_is(source->path)) {
		*count = kg_gal_header(source, name);
		return KG_OK;
	}
	return name_error(source, kg_source_read_header(source, dialect, arena, name, count, error), error);
}

enum kg_status kg_source_read(struct kg_source *source, const struct kg_read *read, struct kg_arena *arena,
			      const struct kg_table **table, struct kg_error *error)
{
	if (kg_gal_is(source->path))
		return kg_gal_read(source, arena, table, error);
	return name_error(source, kg_source_read_table(source, read, 0, arena, table, error), error);
}
