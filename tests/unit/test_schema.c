#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/file.h"
#include "base/message.h"
#include "table/schema.h"

struct folder {
	struct kg_arena *arena;
	struct kg_error error;
	char path[64], data[96], descriptor[96];
};

static int set_up(void **state)
{
	struct folder *folder = calloc(1, sizeof *folder);

	folder->arena = kg_arena_new(0);
	strcpy(folder->path, "/tmp/keng-schema-XXXXXX");
	assert_non_null(mkdtemp(folder->path));
	snprintf(folder->data, sizeof folder->data, "%s/communes.csv", folder->path);
	snprintf(folder->descriptor, sizeof folder->descriptor, "%s/datapackage.json", folder->path);
	*state = folder;
	return 0;
}

static int tear_down(void **state)
{
	struct folder *folder = *state;

	unlink(folder->descriptor);
	rmdir(folder->path);
	kg_arena_free(folder->arena);
	free(folder);
	return 0;
}

static void describe(struct folder *folder, const char *json)
{
	assert_int_equal(kg_file_write(folder->descriptor, json, strlen(json), &folder->error), KG_OK);
}

/* The resource whose JSON members are given. */
static void describe_resource(struct folder *folder, const char *members)
{
	char json[2048];

	snprintf(json, sizeof json, "{\"resources\": [{\"name\": \"communes\", \"path\": \"communes.csv\"%s}]}",
		 members);
	describe(folder, json);
}

static void assert_refused(struct folder *folder, const char *what)
{
	const struct kg_schema *schema;

	assert_int_equal(kg_schema_beside(folder->data, folder->arena, &schema, &folder->error), KG_EDATA);
	assert_string_equal(folder->error.what, what);
	assert_string_equal(folder->error.file, folder->descriptor);
}

static const struct kg_schema *read_beside(struct folder *folder)
{
	const struct kg_schema *schema;

	assert_int_equal(kg_schema_beside(folder->data, folder->arena, &schema, &folder->error), KG_OK);
	return schema;
}

static void no_descriptor_means_no_schema(void **state)
{
	assert_null(read_beside(*state));
}

static void assert_words(struct folder *folder, const char *words, const char *english, const char *vietnamese)
{
	assert_non_null(words);
	assert_string_equal(kg_message_text(words, KG_ENGLISH, folder->arena), english);
	assert_string_equal(kg_message_text(words, KG_VIETNAMESE, folder->arena), vietnamese);
}

static void words_come_in_each_language(void **state)
{
	struct folder *folder = *state;
	const struct kg_schema *schema;

	describe(folder,
		 "{\"resources\": [{\"name\": \"communes\", \"path\": \"communes.csv\", \"sources\": ["
		 "{\"title\": \"Census\", \"title_vi\": \"Điều tra\"}, {\"path\": \"x.pdf\"}, {\"title\": \"GSO\"}],"
		 "\"schema\": {\"fields\": ["
		 "{\"name\": \"a\", \"title\": \"Area\", \"title_vi\": \"Diện tích\", \"unit\": \"km2\", \"unit_vi\": "
		 "\"km²\"},"
		 "{\"name\": \"b\", \"title_vi\": \"Dân số\", \"unit\": \"persons\"},"
		 "{\"name\": \"c\", \"title\": \"Cases\"}, {\"name\": \"d\"}]}}]}");
	schema = read_beside(folder);
	assert_words(folder, schema->provenance.source, "Census; x.pdf; GSO", "Điều tra; x.pdf; GSO");
	assert_words(folder, schema->field[0].title, "Area", "Diện tích");
	assert_words(folder, schema->field[0].unit_words, "km2", "km²");
	assert_string_equal(schema->field[0].unit, "km2");
	assert_words(folder, schema->field[1].title, "", "Dân số"); /* in English its name */
	assert_string_equal(schema->field[2].title, "Cases");
	assert_null(schema->field[3].title);
	assert_int_equal(schema->provenance.nwording, 4); /* three titles, one unit */
}

static void unlisted_file_has_no_schema(void **state)
{
	describe(*state, "{\"resources\": [{\"name\": \"other\", \"path\": \"other.csv\"}, {\"data\": []}]}");
	assert_null(read_beside(*state));
}

static void reads_every_property(void **state)
{
	struct folder *folder = *state;
	const struct kg_schema *schema;

	describe(folder, "{\"name\": \"hoa-binh\", \"synthetic\": true, \"sources\": [{\"title\": \"GSO\"}],"
			 "\"licenses\": [{\"name\": \"CC0\"}], \"resources\": [{\"name\": \"communes\","
			 "\"path\": \"./communes.csv\", \"title\": \"Communes\","
			 "\"dialect\": {\"delimiter\": \";\"}, \"breaks\": [{\"period\": 2008, \"label\": \"moved\"}],"
			 "\"sources\": [{\"title\": \"Census 2019\"}, {\"path\": \"x.pdf\"}],"
			 "\"schema\": {\"primaryKey\": \"code\", \"missingValues\": [\"\", \"-\", {\"value\": \"*\", "
			 "\"label\": \"suppressed\", \"label_vi\": \"bị che\"}, {\"value\": \"-\", \"label\": \"nil\"}], \"fields\": ["
			 "{\"name\": \"code\", \"type\": \"string\", \"constraints\": {\"required\": true,"
			 " \"unique\": true, \"pattern\": \"[0-9]{5}\"}},"
			 "{\"name\": \"said\"}, {\"name\": \"n\", \"type\": \"number\", \"unit\": \"people\","
			 " \"decimalChar\": \",\", \"groupChar\": \".\", \"qualifier\": \"said\","
			 " \"missingValues\": [{\"value\": \"n/a\", \"label\": \"none\"}],"
			 " \"constraints\": {\"minimum\": 0, \"maximum\": 2.5e6, \"enum\": [1, 2.5, \"x\"]}}]}}]}");
	schema = read_beside(folder);
	assert_non_null(schema);
	assert_string_equal(schema->package, "hoa-binh");
	assert_string_equal(schema->resource, "communes");
	assert_int_equal(schema->delimiter, ';');
	assert_int_equal(access(folder->descriptor, F_OK), 0);
	assert_int_equal(schema->missing->count, 3);
	assert_string_equal(schema->missing->token[1].text, "-");
	assert_string_equal(schema->missing->token[1].label, "nil");
	assert_string_equal(schema->missing->token[2].label_vi, "bị che");
	assert_int_equal(schema->missing->empty, 0);
	assert_true(schema->provenance.synthetic);
	assert_string_equal(schema->provenance.title, "Communes");
	assert_string_equal(schema->provenance.source, "Census 2019; x.pdf");
	assert_int_equal(schema->provenance.nkey, 1);
	assert_string_equal(schema->provenance.primary_key[0], "code");
	assert_string_equal(schema->provenance.breaks[0].period, "2008");
	assert_string_equal(schema->provenance.breaks[0].label, "moved");
}

static void reads_fields(void **state)
{
	struct folder *folder = *state;
	const struct kg_field *field;
	const struct kg_schema *schema;

	reads_every_property(state);
	schema = read_beside(folder);
	field = kg_schema_field(schema, "code");
	assert_true(field->required && field->unique && field->typed);
	assert_string_equal(field->pattern, "[0-9]{5}");
	assert_false(kg_schema_field(schema, "said")->typed);
	assert_null(kg_schema_field(schema, "absent"));
	field = kg_schema_field(schema, "n");
	assert_int_equal(field->type, KG_REAL);
	assert_string_equal(field->unit, "people");
	assert_string_equal(field->qualifier, "said");
	assert_int_equal(field->decimal, ',');
	assert_int_equal(field->group, '.');
	assert_string_equal(field->missing->token[0].text, "n/a");
	assert_string_equal(field->missing->token[0].label, "none");
	assert_true(field->minimum == 0 && field->maximum == 2.5e6);
	assert_int_equal(field->nallowed, 3);
	assert_string_equal(field->allowed[0], "1");
	assert_string_equal(field->allowed[1], "2.5");
}

static void broken_json_names_the_line(void **state)
{
	struct folder *folder = *state;

	describe(folder, "{\n  \"resources\": [,]\n}");
	assert_refused(folder, "is not JSON: unexpected token near ','");
	assert_int_equal(folder->error.row, 2);
	describe(folder, "{\"name\": 1, \"name\": 2}");
	assert_refused(folder, "is not JSON: duplicate object key near '\"name\"'");
	describe(folder, "[]");
	assert_refused(folder, "must hold a JSON object, '{ ... }'");
}

static void wrong_descriptors_are_refused(void **state)
{
	static const struct {
		const char *members, *what;
	} cases[] = {
		{ ", \"title\": 3", "resource 'communes': 'title' must be a text, not a number" },
		{ ", \"synthetic\": \"yes\"", "resource 'communes': 'synthetic' must be true or false, not a text" },
		{ ", \"encoding\": \"latin1\"",
		  "resource 'communes': the encoding 'latin1' is not read; convert the file to UTF-8" },
		{ ", \"dialect\": {\"header\": false}",
		  "resource 'communes': files without a header are not read; give the columns names" },
		{ ", \"dialect\": {\"delimiter\": \"::\"}",
		  "resource 'communes': 'delimiter' must be one ASCII sign such as ',', not '::'" },
		{ ", \"schema\": \"schema.json\"", "resource 'communes': 'schema' must be an object, not a text" },
		{ ", \"schema\": {\"fields\": {}}", "resource 'communes': 'fields' must be a list, not an object" },
		{ ", \"schema\": {\"fields\": [{}]}", "resource 'communes': field 1 has no 'name'" },
		{ ", \"schema\": {\"fields\": [{\"name\": \"a\"}, {\"name\": \"a\"}]}",
		  "resource 'communes': the field 'a' is listed twice" },
		{ ", \"schema\": {\"fields\": [{\"name\": \"a\"}], \"primaryKey\": [\"b\"]}",
		  "resource 'communes': the primary key 'b' is not a field" },
		{ ", \"schema\": {\"fields\": [{\"name\": \"a\", \"qualifier\": \"b\"}]}",
		  "resource 'communes': the qualifier 'b' of field 'a' is not a field" },
		{ ", \"schema\": {\"fields\": [{\"name\": \"a\", \"type\": \"nubmer\"}]}",
		  "field 'a' of resource 'communes': 'nubmer' is not a type; did you mean 'number'?" },
		{ ", \"schema\": {\"fields\": [{\"name\": \"a\", \"type\": \"number\", \"groupChar\": \".\"}]}",
		  "field 'a' of resource 'communes': '.' cannot be both the decimal and the group character" },
		{ ", \"schema\": {\"fields\": [{\"name\": \"a\", \"type\": \"number\", \"constraints\": "
		  "{\"minimum\": \"few\"}}]}",
		  "field 'a' of resource 'communes': 'minimum' must be a number, not 'few'" },
		{ ", \"schema\": {\"fields\": [{\"name\": \"a\", \"constraints\": {\"enum\": [[1]]}}]}",
		  "field 'a' of resource 'communes': 'enum' must be a text or a number, not a list" },
		{ ", \"schema\": {\"fields\": [], \"missingValues\": [{\"label\": \"suppressed\"}]}",
		  "resource 'communes': an object in 'missingValues' needs a 'value'; write {\"value\": \"..\", \"label\": "
		  "\"not reported\"}" },
		{ ", \"schema\": {\"fields\": [], \"missingValues\": [{\"value\": \"*\", \"label\": \"a\"}, \"*\", "
		  "{\"value\": \"*\", \"label\": \"b\"}]}",
		  "resource 'communes': '*' in 'missingValues' has two labels, 'a' and 'b'; keep one" },
		{ ", \"schema\": {\"fields\": [{\"name\": \"a\", \"missingValues\": [{\"value\": \"*\", \"label\": 3}]}]}",
		  "field 'a' of resource 'communes': 'label' must be a text, not a number" },
		{ ", \"schema\": {\"fields\": [], \"missingValues\": [{\"value\": \"*\", \"label_vi\": \"a\"}]}",
		  "resource 'communes': '*' in 'missingValues' has a 'label_vi' and no 'label'; give it one" },
		{ ", \"schema\": {\"fields\": [], \"missingValues\": [[\"*\"]]}",
		  "resource 'communes': 'missingValues' must be a text or a number, not a list" },
		{ ", \"schema\": {\"fields\": [{\"name\": \"a\", \"title_vi\": 1}]}",
		  "field 'a' of resource 'communes': 'title_vi' must be a text, not a number" },
		{ ", \"schema\": {\"fields\": [{\"name\": \"a\", \"title\": \"b\\u0001\"}]}",
		  "field 'a' of resource 'communes': 'title' holds a control character; take it out" },
		{ ", \"breaks\": [{\"label\": \"moved\"}]", "resource 'communes': a break needs a 'period'" },
	};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		describe_resource(*state, cases[i].members);
		assert_refused(*state, cases[i].what);
	}
}

static void descriptor_needs_resources(void **state)
{
	describe(*state, "{\"name\": \"empty\"}");
	assert_refused(*state, "has no 'resources'; list the data files there");
}

static void resource_is_found_by_name(void **state)
{
	struct folder *folder = *state;
	const struct kg_schema *schema;

	describe_resource(folder, "");
	assert_int_equal(kg_schema_resource(folder->path, "communes", folder->arena, &schema, &folder->error), KG_OK);
	assert_string_equal(schema->path, folder->data);
	assert_int_equal(kg_schema_resource(folder->path, "comunes", folder->arena, &schema, &folder->error),
			 KG_EUSAGE);
	assert_string_equal(folder->error.what, "'comunes' is not a resource; did you mean 'communes'?");
	assert_int_equal(kg_schema_resource("/nonexistent", "a", folder->arena, &schema, &folder->error), KG_EIO);
}

static void path_stays_in_the_folder(void **state)
{
	static const char *const paths[] = { "/etc/passwd", "../a.csv", "a/../../b.csv", "https://example.org/a.csv",
					     ".." };
	struct folder *folder = *state;
	const struct kg_schema *schema;
	char json[256], what[256];

	for (size_t i = 0; i < sizeof paths / sizeof paths[0]; i++) {
		snprintf(json, sizeof json, "{\"resources\": [{\"name\": \"a\", \"path\": \"%s\"}]}", paths[i]);
		snprintf(what, sizeof what,
			 "resource 'a': the path '%s' leads out of the folder; name a file inside it", paths[i]);
		describe(folder, json);
		assert_int_equal(kg_schema_resource(folder->path, "a", folder->arena, &schema, &folder->error),
				 KG_EDATA);
		assert_string_equal(folder->error.what, what);
	}
	describe(folder, "{\"resources\": [{\"name\": \"a\", \"path\": \"a..b/c.csv\"}]}");
	assert_int_equal(kg_schema_resource(folder->path, "a", folder->arena, &schema, &folder->error), KG_OK);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(no_descriptor_means_no_schema), TEST(unlisted_file_has_no_schema),
		TEST(reads_every_property),	     TEST(reads_fields),
		TEST(broken_json_names_the_line),    TEST(wrong_descriptors_are_refused),
		TEST(descriptor_needs_resources),    TEST(resource_is_found_by_name),
		TEST(path_stays_in_the_folder),	     TEST(words_come_in_each_language),
	};

	return cmocka_run_group_tests_name("schema", tests, NULL, NULL);
}
