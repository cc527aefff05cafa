/* json: values of a JSON file, asked for by key, with messages that name file and place. Texts are borrowed from the
 * file's values, which live as long as the arena. A key that is absent or null leaves the output as it was. */
#ifndef KG_TABLE_JSON_H
#define KG_TABLE_JSON_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/message.h"

/* One value and what it is called in messages ("field 'population' of resource 'communes'"). */
struct kg_json {
	const char *file, *what; /* what: NULL = the whole file */
	struct kg_arena *arena;
	struct kg_error *error; /* receives what is wrong with the file */
	const void *value;	/* NULL = absent */
};

/* Reads a file whose outermost value is an object. KG_EIO: cannot be read. KG_EDATA: no JSON, a key that stands twice
 * in an object, or not an object; names the line. */
enum kg_status kg_json_read(const char *path, struct kg_arena *arena, struct kg_json *root,
			    struct kg_error *error) KG_CHECKED;

/* The same for text at hand; `root` comes with all but its value. */
enum kg_status kg_json_parse(struct kg_json *root, const char *text, size_t length) KG_CHECKED;

/* Sets the error "<what>: <message>" with the file's name; returns KG_EDATA. */
enum kg_status kg_json_refuse(const struct kg_json *json, const char *format, ...) KG_PRINTF(2, 3);

/* Members of an object. KG_EDATA: another type; the message names key, place and both types. */
enum kg_status kg_json_text(const struct kg_json *object, const char *key, const char **text) KG_CHECKED;

/* A text for readers in each language: the member `key` in English, `key_vi` in Vietnamese, which falls back on the
 * English one; all NULL when neither is there. Without an English text its place alone is NULL. */
enum kg_status kg_json_words(const struct kg_json *object, const char *key, struct kg_message *words) KG_CHECKED;
enum kg_status kg_json_flag(const struct kg_json *object, const char *key, bool *flag) KG_CHECKED;

/* One ASCII character that is no letter, digit or quote. */
enum kg_status kg_json_sign(const struct kg_json *object, const char *key, char *sign) KG_CHECKED;

/* A text, number or boolean as text ("2008", "true"). */
enum kg_status kg_json_scalar(const struct kg_json *object, const char *key, const char **text) KG_CHECKED;

/* One scalar or a list of scalars, as texts; an absent key leaves `*text` NULL. */
enum kg_status kg_json_scalars(const struct kg_json *object, const char *key, const char *const **text,
			       size_t *count) KG_CHECKED;

/* Member that is an object; `value` NULL when absent. It keeps the name of `object` until given its own. */
enum kg_status kg_json_object(const struct kg_json *object, const char *key, struct kg_json *member) KG_CHECKED;

/* Member that is a list of objects; `*count` 0 when absent. */
enum kg_status kg_json_list(const struct kg_json *object, const char *key, struct kg_json *list,
			    size_t *count) KG_CHECKED;

/* Member that is a list of whatever, or one such thing: what kg_json_at gives may be an object or a scalar. False when
 * absent. */
bool kg_json_items(const struct kg_json *object, const char *key, struct kg_json *list, size_t *count);
struct kg_json kg_json_at(const struct kg_json *list, size_t index);
bool kg_json_is_object(const struct kg_json *item);

/* A text, number or boolean of the list `key` as text. */
enum kg_status kg_json_own(const struct kg_json *item, const char *key, const char **text) KG_CHECKED;

#endif
