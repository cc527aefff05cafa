#include "table/period.h"
#include "table/schema_read.h"

#include <string.h>
#include <strings.h>

#include "base/buffer.h"
#include "base/file.h"
#include "base/text.h"

const char *kg_schema_path(const struct kg_json *resource)
{
	struct kg_json silent = *resource;
	const char *const *path = NULL;
	size_t count = 0;

	silent.error = NULL;
	if (kg_json_scalars(&silent, "path", &path, &count) != KG_OK || count != 1)
		return NULL;
	return path[0];
}

/* True for a path that cannot lead out of its folder. */
static bool stays_inside(const char *path)
{
	if (path[0] == '/' || strstr(path, "://"))
		return false;
	for (const char *part = path; part; part = strchr(part, '/')) {
		part += *part == '/';
		if (strncmp(part, "..", 2) == 0 && (part[2] == '/' || part[2] == '\0'))
			return false;
	}
	return true;
}

static enum kg_status read_path(const struct kg_json *resource, const char *directory, struct kg_schema *schema)
{
	const char *path = kg_schema_path(resource);

	if (!path || !path[0])
		return kg_json_refuse(resource, "needs one 'path', the name of its data file");
	if (!stays_inside(path))
		return kg_json_refuse(resource, "the path '%s' leads out of the folder; name a file inside it", path);
	schema->path = kg_file_join(directory, path, resource->arena);
	if (!schema->resource)
		schema->resource = kg_file_stem(path, resource->arena);
	return schema->path && schema->resource ? KG_OK : kg_error_memory(resource->error);
}

static enum kg_status read_dialect(const struct kg_json *resource, struct kg_schema *schema)
{
	const char *encoding = "utf-8";
	struct kg_json dialect;
	const char *quote = "\"";
	bool header = true;

	KG_TRY(kg_json_text(resource, "encoding", &encoding));
	if (strcasecmp(encoding, "utf-8") != 0 && strcasecmp(encoding, "utf8") != 0)
		return kg_json_refuse(resource, "the encoding '%s' is not read; convert the file to UTF-8", encoding);
	KG_TRY(kg_json_object(resource, "dialect", &dialect));
	if (!dialect.value)
		return KG_OK;
	KG_TRY(kg_json_flag(&dialect, "header", &header));
	if (!header)
		return kg_json_refuse(resource, "files without a header are not read; give the columns names");
	KG_TRY(kg_json_text(&dialect, "quoteChar", &quote));
	if (strcmp(quote, "\"") != 0)
		return kg_json_refuse(resource, "the quote character must be '\"', not '%s'", quote);
	return kg_json_sign(&dialect, "delimiter", &schema->delimiter);
}

/* "field 'population' of resource 'communes'" for messages. */
static enum kg_status name_field(struct kg_json *json, const struct kg_schema *schema, size_t index,
				 struct kg_field *field)
{
	KG_TRY(kg_json_text(json, "name", &field->name));
	if (!field->name || !field->name[0])
		return kg_json_refuse(json, "field %zu has no 'name'", index + 1);
	if (kg_schema_field(schema, field->name))
		return kg_json_refuse(json, "the field '%s' is listed twice", field->name);
	json->what = kg_arena_format(json->arena, "field '%s' of resource '%s'", field->name, schema->resource);
	return json->what ? KG_OK : kg_error_memory(json->error);
}

static enum kg_status read_fields(const struct kg_json *table, struct kg_schema *schema)
{
	struct kg_json list;
	size_t count;

	KG_TRY(kg_json_list(table, "fields", &list, &count));
	schema->field = KG_ARRAY(table->arena, struct kg_field, count + 1);
	if (!schema->field)
		return kg_error_memory(table->error);
	for (size_t i = 0; i < count; i++) {
		struct kg_json item = kg_json_at(&list, i);
		struct kg_field field = { 0 };

		KG_TRY(name_field(&item, schema, i, &field));
		KG_TRY(kg_schema_read_field(&item, &field));
		schema->field[schema->nfield++] = field;
	}
	return KG_OK;
}

/* Every column that the schema refers to must be one of its fields. */
static enum kg_status check_names(const struct kg_json *table, const struct kg_schema *schema)
{
	const struct kg_provenance *from = &schema->provenance;

	for (size_t i = 0; i < from->nkey; i++)
		if (!kg_schema_field(schema, from->primary_key[i]))
			return kg_json_refuse(table, "the primary key '%s' is not a field", from->primary_key[i]);
	for (size_t i = 0; i < schema->nfield; i++) {
		const char *qualifier = schema->field[i].qualifier;

		if (qualifier && !kg_schema_field(schema, qualifier))
			return kg_json_refuse(table, "the qualifier '%s' of field '%s' is not a field", qualifier,
					      schema->field[i].name);
	}
	return KG_OK;
}

static enum kg_status read_table_schema(const struct kg_json *resource, struct kg_schema *schema)
{
	struct kg_json table;

	KG_TRY(kg_json_object(resource, "schema", &table));
	if (!table.value)
		return KG_OK;
	KG_TRY(read_fields(&table, schema));
	KG_TRY(kg_schema_read_missing(&table, &schema->missing));
	KG_TRY(kg_json_scalars(&table, "primaryKey", &schema->provenance.primary_key, &schema->provenance.nkey));
	return check_names(&table, schema);
}

/* Titles of the sources on one line, in each language. */
static enum kg_status read_sources(const struct kg_json *object, const char **line)
{
	struct kg_message words, lines = { { NULL } };
	struct kg_json list;
	size_t count;

	KG_TRY(kg_json_list(object, "sources", &list, &count));
	for (size_t i = 0; i < count; i++) {
		struct kg_json source = kg_json_at(&list, i);
		const char *path = NULL;

		KG_TRY(kg_json_text(&source, "path", &path));
		KG_TRY(kg_json_words(&source, "title", &words));
		for (int k = 0; k < KG_LANGUAGES; k++) {
			const char *title = words.in[k] ? words.in[k] : path;

			if (title && lines.in[k])
				title = kg_arena_format(object->arena, "%s; %s", lines.in[k], title);
			lines.in[k] = title ? title : lines.in[k];
		}
	}
	if (lines.in[KG_ENGLISH] || lines.in[KG_VIETNAMESE])
		*line = kg_message_pack(object->arena, &lines);
	return kg_arena_failed(object->arena) ? kg_error_memory(object->error) : KG_OK;
}

static enum kg_status read_breaks(const struct kg_json *resource, struct kg_provenance *from)
{
	struct kg_break *breaks;
	enum kg_period_kind kind;
	struct kg_json list;
	double year;
	size_t count;
	long index;

	KG_TRY(kg_json_list(resource, "breaks", &list, &count));
	breaks = KG_ARRAY(resource->arena, struct kg_break, count + 1);
	if (!breaks)
		return kg_error_memory(resource->error);
	for (size_t i = 0; i < count; i++) {
		struct kg_json item = kg_json_at(&list, i);

		breaks[i].label = "";
		KG_TRY(kg_json_scalar(&item, "period", &breaks[i].period));
		KG_TRY(kg_json_text(&item, "label", &breaks[i].label));
		KG_TRY(kg_json_text(&item, "label_vi", &breaks[i].label_vi));
		if (!breaks[i].period)
			return kg_json_refuse(resource, "a break needs a 'period'");
		if (!kg_period_parse(breaks[i].period, &kind, &index, &year))
			return kg_json_refuse(resource,
					      "'%s' in breaks is no period; write 2020, 2020-05, 2020-Q1 or 2020-05-17",
					      breaks[i].period);
	}
	from->breaks = breaks;
	from->nbreak = count;
	return KG_OK;
}

static enum kg_status list_wordings(const struct kg_json *resource, struct kg_schema *schema)
{
	struct kg_wording *wording = KG_ARRAY(resource->arena, struct kg_wording, 2 * schema->nfield + 1);
	size_t count = 0;

	if (!wording)
		return kg_error_memory(resource->error);
	for (size_t i = 0; i < schema->nfield; i++) {
		const struct kg_field *field = &schema->field[i];

		if (field->unit && field->unit_words != field->unit)
			wording[count++] = (struct kg_wording){ field->unit, field->unit_words, false };
		if (field->title)
			wording[count++] = (struct kg_wording){ field->name, field->title, true };
	}
	schema->provenance.wording = wording;
	schema->provenance.nwording = count;
	return KG_OK;
}

/* What holds for the package holds for a resource unless it says otherwise; synthetic data stay synthetic. */
static enum kg_status read_provenance(const struct kg_json *root, const struct kg_json *resource,
				      struct kg_provenance *from)
{
	bool synthetic = false;

	KG_TRY(kg_json_text(resource, "title", &from->title));
	KG_TRY(read_sources(root, &from->source));
	KG_TRY(read_sources(resource, &from->source));
	KG_TRY(kg_json_flag(root, "synthetic", &synthetic));
	KG_TRY(kg_json_flag(resource, "synthetic", &from->synthetic));
	from->synthetic = from->synthetic || synthetic;
	return read_breaks(resource, from);
}

enum kg_status kg_schema_read(const struct kg_json *root, const struct kg_json *resource, const char *directory,
			      const struct kg_schema **schema)
{
	struct kg_schema *made = KG_NEW(root->arena, struct kg_schema);
	struct kg_json named = *resource;

	if (!made)
		return kg_error_memory(root->error);
	KG_TRY(kg_json_text(root, "name", &made->package));
	KG_TRY(kg_json_text(resource, "name", &made->resource));
	named.what = kg_arena_format(root->arena, "resource '%s'", made->resource ? made->resource : "(no name)");
	if (!named.what)
		return kg_error_memory(root->error);
	KG_TRY(read_path(&named, directory, made));
	KG_TRY(read_dialect(&named, made));
	KG_TRY(read_table_schema(&named, made));
	KG_TRY(read_provenance(root, &named, &made->provenance));
	KG_TRY(list_wordings(&named, made));
	made->provenance.schema = made;
	*schema = made;
	return KG_OK;
}
