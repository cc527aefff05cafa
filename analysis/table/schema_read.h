/* schema_read: one resource of a descriptor, from JSON to struct kg_schema. */
#ifndef KG_TABLE_SCHEMA_READ_H
#define KG_TABLE_SCHEMA_READ_H

#include "table/json.h"
#include "table/schema.h"

/* Path of a resource's one data file as written; NULL when it has none, several, or it is no text. */
const char *kg_schema_path(const struct kg_json *resource);

/* `root`: the descriptor; `directory`: where it stands. KG_EDATA: names resource and field. */
enum kg_status kg_schema_read(const struct kg_json *root, const struct kg_json *resource, const char *directory,
			      const struct kg_schema **schema) KG_CHECKED;

/* One entry of schema.fields. `field` comes zeroed. */
enum kg_status kg_schema_read_field(const struct kg_json *json, struct kg_field *field) KG_CHECKED;

/* The list `missingValues` of a schema or field: texts, and objects with `value`, `label` and `label_vi`, mixed.
 * `*missing` stays as it was when there is none. KG_EDATA: an object without `value`, a token with two labels. */
enum kg_status kg_schema_read_missing(const struct kg_json *json, const struct kg_missing **missing) KG_CHECKED;

#endif
