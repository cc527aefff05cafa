#include "table/schema.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/text.h"
#include "table/schema_read.h"

#define DESCRIPTOR "datapackage.json"

/* Resources of an opened descriptor. */
struct package {
	struct kg_json root, resources;
	size_t count;
};

static enum kg_status open_package(const char *descriptor, struct kg_arena *arena, struct package *package,
				   struct kg_error *error)
{
	KG_TRY(kg_json_read(descriptor, arena, &package->root, error));
	KG_TRY(kg_json_list(&package->root, "resources", &package->resources, &package->count));
	if (!package->resources.value)
		return kg_json_refuse(&package->root, "has no 'resources'; list the data files there");
	return KG_OK;
}

/* "./a.csv" is the file "a.csv". */
static const char *skip_here(const char *path)
{
	while (path[0] == '.' && path[1] == '/')
		path += 2;
	return path;
}

enum kg_status kg_schema_beside(const char *data_path, struct kg_arena *arena, const struct kg_schema **schema,
				struct kg_error *error)
{
	const char *slash = strrchr(data_path, '/');
	char *directory = kg_file_directory(data_path, arena);
	char *descriptor = directory ? kg_file_join(directory, DESCRIPTOR, arena) : NULL;
	struct package package;

	*schema = NULL;
	if (!descriptor)
		return kg_error_memory(error);
	if (access(descriptor, F_OK) != 0)
		return KG_OK;
	KG_TRY(open_package(descriptor, arena, &package, error));
	for (size_t i = 0; i < package.count; i++) {
		struct kg_json resource = kg_json_at(&package.resources, i);
		const char *path = kg_schema_path(&resource);

		if (path && strcmp(skip_here(path), slash ? slash + 1 : data_path) == 0)
			return kg_schema_read(&package.root, &resource, directory, schema);
	}
	return KG_OK;
}

static enum kg_status refuse_resource(const struct package *package, const char *name)
{
	const char **known = KG_ARRAY(package->root.arena, const char *, package->count + 1);
	const char *nearest;
	size_t count = 0;

	if (!known)
		return kg_error_memory(package->root.error);
	for (size_t i = 0; i < package->count; i++) {
		struct kg_json resource = kg_json_at(&package->resources, i);

		known[count] = NULL;
		KG_TRY(kg_json_text(&resource, "name", &known[count]));
		count += known[count] != NULL;
	}
	nearest = kg_text_nearest(name, known, count);
	if (nearest)
		return kg_error_cell(package->root.error, KG_EUSAGE, package->root.file, 0, NULL,
				     "'%s' is not a resource; did you mean '%s'?", name, nearest);
	return kg_error_cell(package->root.error, KG_EUSAGE, package->root.file, 0, NULL,
			     "'%s' is not a resource; look under 'resources' for the names", name);
}

enum kg_status kg_schema_resource(const char *directory, const char *resource, struct kg_arena *arena,
				  const struct kg_schema **schema, struct kg_error *error)
{
	char *descriptor = kg_file_join(directory, DESCRIPTOR, arena);
	struct package package;

	*schema = NULL;
	if (!descriptor)
		return kg_error_memory(error);
	KG_TRY(open_package(descriptor, arena, &package, error));
	for (size_t i = 0; i < package.count; i++) {
		struct kg_json found = kg_json_at(&package.resources, i);
		const char *name = NULL;

		KG_TRY(kg_json_text(&found, "name", &name));
		if (name && strcmp(name, resource) == 0)
			return kg_schema_read(&package.root, &found, directory, schema);
	}
	return refuse_resource(&package, resource);
}

const struct kg_field *kg_schema_field(const struct kg_schema *schema, const char *name)
{
	for (size_t i = 0; schema && i < schema->nfield; i++)
		if (strcmp(schema->field[i].name, name) == 0)
			return &schema->field[i];
	return NULL;
}
