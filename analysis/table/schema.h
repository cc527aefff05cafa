/* schema: a Frictionless Data Package (v2) descriptor, as far as keng uses it. All texts live in the arena. */
#ifndef KG_TABLE_SCHEMA_H
#define KG_TABLE_SCHEMA_H

#include "table/missing.h"

struct kg_field {
	const char *name, *description, *unit, *format;
	const char *title, *unit_words; /* a text or one for each language (base/message), NULL = none */
	enum kg_type type;
	bool typed;		    /* type was stated (else: guessed from the cells) */
	char decimal, group;	    /* 0 = the reader's */
	bool required, unique;	    /* constraints */
	double minimum, maximum;    /* NaN = none; KG_DATE: days since 1970-01-01 */
	const char *pattern;	    /* POSIX extended regular expression, NULL = none */
	const char *const *allowed; /* enum, NULL = any */
	size_t nallowed;
	const struct kg_missing *missing; /* texts that mean missing; NULL = the schema's */
	const char *qualifier; /* column that says `exact`, `more_than`, `at_least`, `less_than`, `at_most`,
				* `nearly`, `about`, `rounded_1000`, ... of each value: the value is then a bound; NULL
				* = none */
};

struct kg_schema {
	const char *package, *resource; /* names; the resource's is the table's name */
	const char *path;		/* of the data file, as it can be opened */
	struct kg_field *field;
	size_t nfield;
	const struct kg_missing *missing; /* NULL = the default */
	char delimiter;			 /* 0 = not stated */
	struct kg_provenance provenance; /* file is filled by the reader */
};

/* The descriptor that describes `data_path`: the resource of `datapackage.json` beside it whose path is that file.
 * `*schema` NULL when there is no descriptor or it does not list the file.
 * KG_EDATA: the descriptor is broken; names line, or resource and field. */
enum kg_status kg_schema_beside(const char *data_path, struct kg_arena *arena, const struct kg_schema **schema,
				struct kg_error *error) KG_CHECKED;

/* `DIR#resource`. KG_EUSAGE: no such resource (nearest name said); KG_EIO: no descriptor. */
enum kg_status kg_schema_resource(const char *directory, const char *resource, struct kg_arena *arena,
				  const struct kg_schema **schema, struct kg_error *error) KG_CHECKED;

/* NULL when the schema has no such field. */
const struct kg_field *kg_schema_field(const struct kg_schema *schema, const char *name);

#endif
