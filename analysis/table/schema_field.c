#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "base/text.h"
#include "table/period.h"
#include "table/schema_read.h"

/* Types of the Data Package standard, and how their cells are kept. Types without a counterpart stay text. */
static const struct {
	const char *name;
	enum kg_type type;
} types[] = { { "string", KG_TEXT }, { "number", KG_REAL },   { "integer", KG_INTEGER }, { "boolean", KG_BOOLEAN },
	      { "date", KG_DATE },   { "year", KG_INTEGER },  { "yearmonth", KG_TEXT },	 { "datetime", KG_TEXT },
	      { "time", KG_TEXT },   { "duration", KG_TEXT }, { "geopoint", KG_TEXT },	 { "geojson", KG_TEXT },
	      { "object", KG_TEXT }, { "array", KG_TEXT },    { "list", KG_TEXT } };
#define NTYPE (sizeof types / sizeof types[0])

static enum kg_status read_type(const struct kg_json *json, struct kg_field *field)
{
	const char *known[NTYPE], *name = "any", *nearest;

	KG_TRY(kg_json_text(json, "type", &name));
	field->type = KG_TEXT;
	if (strcmp(name, "any") == 0)
		return KG_OK;
	for (size_t i = 0; i < NTYPE; i++) {
		known[i] = types[i].name;
		if (strcmp(types[i].name, name) != 0)
			continue;
		field->type = types[i].type;
		field->typed = true;
		return KG_OK;
	}
	nearest = kg_text_nearest(name, known, NTYPE);
	return kg_json_refuse(json, "'%s' is not a type; did you mean '%s'?", name, nearest ? nearest : "string");
}

/* A limit of a number or date. */
static enum kg_status read_limit(const struct kg_json *constraints, const char *key, enum kg_type type, double *limit)
{
	enum kg_period_kind kind;
	const char *text = NULL;
	double year;
	long index;

	*limit = NAN;
	KG_TRY(kg_json_scalar(constraints, key, &text));
	if (!text || type == KG_TEXT)
		return KG_OK;
	if (type == KG_DATE) {
		if (!kg_period_parse(text, &kind, &index, &year) || kind != KG_PERIOD_DAY)
			return kg_json_refuse(constraints, "'%s' must be a date such as '2020-05-17', not '%s'", key,
					      text);
		*limit = (double)index;
	} else if (kg_number_parse(text, strlen(text), '.', 0, limit) != KG_PARSED) {
		return kg_json_refuse(constraints, "'%s' must be a number, not '%s'", key, text);
	}
	return KG_OK;
}

static enum kg_status read_constraints(const struct kg_json *json, struct kg_field *field)
{
	struct kg_json constraints;

	field->minimum = field->maximum = NAN;
	KG_TRY(kg_json_object(json, "constraints", &constraints));
	if (!constraints.value)
		return KG_OK;
	KG_TRY(kg_json_flag(&constraints, "required", &field->required));
	KG_TRY(kg_json_flag(&constraints, "unique", &field->unique));
	KG_TRY(read_limit(&constraints, "minimum", field->type, &field->minimum));
	KG_TRY(read_limit(&constraints, "maximum", field->type, &field->maximum));
	KG_TRY(kg_json_text(&constraints, "pattern", &field->pattern));
	return kg_json_scalars(&constraints, "enum", &field->allowed, &field->nallowed);
}

static enum kg_status read_words(const struct kg_json *json, const char *key, const char **text)
{
	struct kg_message words;

	KG_TRY(kg_json_words(json, key, &words));
	*text = kg_message_pack(json->arena, &words);
	return kg_arena_failed(json->arena) ? kg_error_memory(json->error) : KG_OK;
}

enum kg_status kg_schema_read_field(const struct kg_json *json, struct kg_field *field)
{
	KG_TRY(read_type(json, field));
	KG_TRY(read_words(json, "title", &field->title));
	KG_TRY(read_words(json, "unit", &field->unit_words));
	KG_TRY(kg_json_text(json, "description", &field->description));
	KG_TRY(kg_json_text(json, "unit", &field->unit));
	KG_TRY(kg_json_text(json, "format", &field->format));
	KG_TRY(kg_json_text(json, "qualifier", &field->qualifier));
	KG_TRY(kg_json_sign(json, "decimalChar", &field->decimal));
	KG_TRY(kg_json_sign(json, "groupChar", &field->group));
	if (field->group && field->group == (field->decimal ? field->decimal : '.'))
		return kg_json_refuse(json, "'%c' cannot be both the decimal and the group character", field->group);
	KG_TRY(kg_schema_read_missing(json, &field->missing));
	return read_constraints(json, field);
}
