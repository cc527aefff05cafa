#include "table/json.h"

#include <ctype.h>
#include <jansson.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/buffer.h"
#include "base/file.h"
#include "base/number.h"

static void release_json(void *value)
{
	json_decref(value);
}

enum kg_status kg_json_parse(struct kg_json *root, const char *text, size_t length)
{
	json_error_t fault;
	json_t *value;

	if (length >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0)
		text += 3, length -= 3;
	value = json_loadb(text, length, JSON_REJECT_DUPLICATES, &fault);
	if (!value && (json_error_code(&fault) == json_error_out_of_memory || !*fault.text))
		return kg_error_memory(root->error);
	if (!value)
		return kg_error_cell(root->error, KG_EDATA, root->file, fault.line > 0 ? (size_t)fault.line : 0, NULL,
				     "is not JSON: %s", fault.text);
	if (!kg_arena_defer(root->arena, release_json, value))
		return kg_error_memory(root->error);
	if (!json_is_object(value))
		return kg_error_cell(root->error, KG_EDATA, root->file, 1, NULL, "must hold a JSON object, '{ ... }'");
	root->value = value;
	return KG_OK;
}

enum kg_status kg_json_read(const char *path, struct kg_arena *arena, struct kg_json *root, struct kg_error *error)
{
	size_t length;
	char *text;

	*root = (struct kg_json){ .file = path, .arena = arena, .error = error };
	KG_TRY(kg_file_read(path, arena, &text, &length, error));
	return kg_json_parse(root, text, length);
}

enum kg_status kg_json_refuse(const struct kg_json *json, const char *format, ...)
{
	char what[640];
	va_list list;

	va_start(list, format);
	vsnprintf(what, sizeof what, format, list);
	va_end(list);
	return kg_error_cell(json->error, KG_EDATA, json->file, 0, NULL, "%s%s%s", json->what ? json->what : "",
			     json->what ? ": " : "", what);
}

static const char *name_type(const json_t *value)
{
	switch (json_typeof(value)) {
	case JSON_OBJECT:
		return "an object";
	case JSON_ARRAY:
		return "a list";
	case JSON_STRING:
		return "a text";
	case JSON_INTEGER:
	case JSON_REAL:
		return "a number";
	case JSON_TRUE:
	case JSON_FALSE:
		return "true or false";
	case JSON_NULL:
		break;
	}
	return "null";
}

/* NULL when absent or null. */
static const json_t *find_member(const struct kg_json *object, const char *key)
{
	const json_t *value = json_object_get(object->value, key);

	return json_is_null(value) ? NULL : value;
}

static enum kg_status refuse_type(const struct kg_json *object, const char *key, const json_t *value,
				  const char *wanted)
{
	return kg_json_refuse(object, "'%s' must be %s, not %s", key, wanted, name_type(value));
}

enum kg_status kg_json_text(const struct kg_json *object, const char *key, const char **text)
{
	const json_t *value = find_member(object, key);

	if (value && !json_is_string(value))
		return refuse_type(object, key, value, "a text");
	if (value)
		*text = json_string_value(value);
	return KG_OK;
}

enum kg_status kg_json_words(const struct kg_json *object, const char *key, struct kg_message *words)
{
	*words = (struct kg_message){ { NULL } };
	KG_TRY(kg_json_text(object, key, &words->in[KG_ENGLISH]));
	for (int i = 0; i < KG_LANGUAGES; i++) {
		const char *own = kg_arena_format(object->arena, "%s_%s", key, kg_language_code((enum kg_language)i));

		if (!own)
			return kg_error_memory(object->error);
		if (i == KG_ENGLISH)
			continue;
		words->in[i] = words->in[KG_ENGLISH];
		KG_TRY(kg_json_text(object, own, &words->in[i]));
		if (words->in[i] && strchr(words->in[i], '\x01')) /* parts the languages (base/message) */
			return kg_json_refuse(object, "'%s' holds a control character; take it out", key);
	}
	return KG_OK;
}

enum kg_status kg_json_flag(const struct kg_json *object, const char *key, bool *flag)
{
	const json_t *value = find_member(object, key);

	if (value && !json_is_boolean(value))
		return refuse_type(object, key, value, "true or false");
	if (value)
		*flag = json_is_true(value);
	return KG_OK;
}

enum kg_status kg_json_sign(const struct kg_json *object, const char *key, char *sign)
{
	const char *text = NULL;

	KG_TRY(kg_json_text(object, key, &text));
	if (!text)
		return KG_OK;
	if (strlen(text) != 1 || (unsigned char)text[0] > 126 || isalnum((unsigned char)text[0]) || text[0] == '"')
		return kg_json_refuse(object, "'%s' must be one ASCII sign such as ',', not '%s'", key, text);
	*sign = text[0];
	return KG_OK;
}

/* A text for a scalar; NULL for objects, lists and null, or when memory is out. */
static const char *write_scalar(struct kg_arena *arena, const json_t *value)
{
	struct kg_buffer buffer = kg_buffer_new(arena);

	if (json_is_string(value))
		return json_string_value(value);
	if (json_is_boolean(value))
		return json_is_true(value) ? "true" : "false";
	if (json_is_integer(value))
		return kg_arena_format(arena, "%" JSON_INTEGER_FORMAT, json_integer_value(value));
	if (!json_is_real(value))
		return NULL;
	kg_number_exact(&buffer, json_real_value(value));
	return buffer.failed ? NULL : buffer.text;
}

static enum kg_status read_scalar(const struct kg_json *object, const char *key, const json_t *value, const char **text)
{
	*text = write_scalar(object->arena, value);
	if (*text)
		return KG_OK;
	if (kg_arena_failed(object->arena))
		return kg_error_memory(object->error);
	return refuse_type(object, key, value, "a text or a number");
}

enum kg_status kg_json_scalar(const struct kg_json *object, const char *key, const char **text)
{
	const json_t *value = find_member(object, key);

	return value ? read_scalar(object, key, value, text) : KG_OK;
}

enum kg_status kg_json_scalars(const struct kg_json *object, const char *key, const char *const **text,
			       size_t *count)
{
	const json_t *value = find_member(object, key);
	size_t items = json_is_array(value) ? json_array_size(value) : 1;
	const char **all;

	if (!value)
		return KG_OK;
	all = KG_ARRAY(object->arena, const char *, items + 1);
	if (!all)
		return kg_error_memory(object->error);
	for (size_t i = 0; i < items; i++) {
		const json_t *item = json_is_array(value) ? json_array_get(value, i) : value;

		KG_TRY(read_scalar(object, key, item, &all[i]));
	}
	*text = all;
	*count = items;
	return KG_OK;
}

enum kg_status kg_json_object(const struct kg_json *object, const char *key, struct kg_json *member)
{
	const json_t *value = find_member(object, key);

	if (value && !json_is_object(value))
		return refuse_type(object, key, value, "an object");
	*member = *object;
	member->value = value;
	return KG_OK;
}

enum kg_status kg_json_list(const struct kg_json *object, const char *key, struct kg_json *list, size_t *count)
{
	const json_t *value = find_member(object, key);

	*list = *object;
	list->value = value;
	*count = 0;
	if (!value)
		return KG_OK;
	if (!json_is_array(value))
		return refuse_type(object, key, value, "a list");
	for (size_t i = 0; i < json_array_size(value); i++)
		if (!json_is_object(json_array_get(value, i)))
			return refuse_type(object, key, json_array_get(value, i), "a list of objects");
	*count = json_array_size(value);
	return KG_OK;
}

struct kg_json kg_json_at(const struct kg_json *list, size_t index)
{
	const json_t *value = list->value;
	struct kg_json item = *list;

	item.value = json_is_array(value) ? json_array_get(value, index) : value;
	return item;
}

bool kg_json_items(const struct kg_json *object, const char *key, struct kg_json *list, size_t *count)
{
	const json_t *value = find_member(object, key);

	*list = *object;
	list->value = value;
	*count = json_is_array(value) ? json_array_size(value) : 1;
	return value != NULL;
}

bool kg_json_is_object(const struct kg_json *item)
{
	const json_t *value = item->value;

	return json_is_object(value);
}

enum kg_status kg_json_own(const struct kg_json *item, const char *key, const char **text)
{
	return read_scalar(item, key, item->value, text);
}
