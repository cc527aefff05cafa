/* Any bytes as a descriptor: read whole or refused with a message, and cells judged by what was read. */
#include <stdlib.h>

#include "table/schema_judge.h"
#include "table/schema_read.h"

static void judge_cells(const struct kg_schema *schema, struct kg_arena *arena, struct kg_error *error)
{
	static const char *const cells[] = { "", "0", "-1.5", ">30.000", "05248", "2020-02-29", "true", "Mường" };
	struct kg_judge *judge;

	for (size_t i = 0; i < schema->nfield; i++) {
		if (kg_judge_make(&schema->field[i], schema, arena, &judge, error) != KG_OK)
			continue;
		for (size_t k = 0; k < sizeof cells / sizeof cells[0]; k++)
			(void)kg_judge_text(judge, cells[k], arena);
	}
}

static void read_resources(const struct kg_json *root, struct kg_arena *arena)
{
	const struct kg_schema *schema;
	struct kg_json list;
	size_t count;

	if (kg_json_list(root, "resources", &list, &count) != KG_OK)
		return;
	for (size_t i = 0; i < count; i++) {
		struct kg_json resource = kg_json_at(&list, i);

		if (kg_schema_read(root, &resource, ".", &schema) == KG_OK)
			judge_cells(schema, arena, root->error);
		else if (!root->error->what[0])
			abort();
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct kg_arena *arena = kg_arena_new(0);
	struct kg_error error = { 0 };
	struct kg_json root = { .file = "datapackage.json", .arena = arena, .error = &error };

	if (kg_json_parse(&root, (const char *)data, size) == KG_OK)
		read_resources(&root, arena);
	else if (!error.what[0])
		abort();
	kg_arena_free(arena);
	return 0;
}
