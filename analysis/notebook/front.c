#include "notebook/front.h"

#include <ctype.h>
#include <string.h>

#include "base/buffer.h"

#define BYTE_ORDER_MARK "\xEF\xBB\xBF"

struct reading {
	const char *path, *text;
	struct kg_arena *arena;
	struct kg_error *error;
	struct kg_front_entry *entry;
	size_t count, room, line;
	const char *map; /* key whose map or list goes on in indented lines; NULL = none */
};

static enum kg_status refuse(const struct reading *reading, const char *what, const char *subject)
{
	return kg_error_cell(reading->error, KG_EDATA, reading->path, reading->line, NULL, what, subject);
}

static const char *skip_blanks(const char *at)
{
	while (*at == ' ' || *at == '\t')
		at++;
	return at;
}

static bool ends_line(const char *at)
{
	return *at == '\n' || *at == '\0' || (*at == '\r' && at[1] == '\n');
}

static bool is_comment(const char *at)
{
	return *at == '#' && (at[-1] == ' ' || at[-1] == '\t' || at[-1] == '\n');
}

/* "..." with \" and \\, or '...' with ''. Returns the byte after the closing quote, NULL when there is none. */
static const char *read_quoted(const char *at, struct kg_buffer *value)
{
	char quote = *at++;

	for (; !ends_line(at); at++) {
		if (quote == '"' && *at == '\\' && (at[1] == '"' || at[1] == '\\'))
			at++;
		else if (quote == '\'' && *at == quote && at[1] == quote)
			at++;
		else if (*at == quote)
			return at + 1;
		kg_buffer_add_char(value, *at);
	}
	return NULL;
}

static const char *read_plain(const char *at, bool flow, struct kg_buffer *value)
{
	const char *start = at, *stop;

	while (!ends_line(at) && !is_comment(at) && !(flow && strchr(",}]", *at)))
		at++;
	stop = at;
	while (stop > start && isspace((unsigned char)stop[-1]))
		stop--;
	kg_buffer_add_n(value, start, (size_t)(stop - start));
	return stop;
}

static enum kg_status add_entry(struct reading *reading, struct kg_front_entry entry)
{
	for (size_t i = 0; i < reading->count; i++)
		if (strcmp(reading->entry[i].map, entry.map) == 0 && strcmp(reading->entry[i].name, entry.name) == 0)
			return refuse(reading, "'%s' is given twice; keep one", entry.name);
	if (reading->count == reading->room) {
		size_t room = reading->room ? reading->room * 2 : 16;

		reading->entry =
		    kg_arena_grow(reading->arena, reading->entry, reading->count * sizeof entry, room * sizeof entry);
		if (!reading->entry)
			return kg_error_memory(reading->error);
		reading->room = room;
	}
	reading->entry[reading->count++] = entry;
	return KG_OK;
}

/* A scalar at *at becomes an entry; *at moves behind it. */
static enum kg_status read_scalar(struct reading *reading, const char **at, const char *map, const char *name,
				  bool flow)
{
	struct kg_buffer value = kg_buffer_new(reading->arena);
	struct kg_front_entry entry = { map, name, NULL, reading->line, (size_t)(*at - reading->text), 0 };
	const char *start = *at;

	if (strchr("&*!|>%@`", *start) && *start)
		return refuse(reading,
			      "the value of '%s' uses a part of YAML that is not understood here; put it in "
			      "double quotes",
			      name);
	*at = *start == '"' || *start == '\'' ? read_quoted(start, &value) : read_plain(start, flow, &value);
	if (!*at)
		return refuse(reading, "the quote in the value of '%s' is not closed on its line; close it", name);
	KG_TRY(kg_buffer_check(&value, reading->error));
	entry.value = value.text;
	entry.end = (size_t)(*at - reading->text);
	return add_entry(reading, entry);
}

/* `name:` at *at, then blanks. */
static enum kg_status read_name(struct reading *reading, const char **at, const char **name)
{
	const char *start = *at, *stop = start;

	while (isalnum((unsigned char)*stop) || *stop == '_' || *stop == '-' || (unsigned char)*stop >= 0x80)
		stop++;
	if (stop == start || *stop != ':' || !(stop[1] == ' ' || ends_line(stop + 1)))
		return refuse(reading, "the front matter is not understood here; write 'name: value'%s", "");
	*name = kg_arena_text_n(reading->arena, start, (size_t)(stop - start));
	*at = skip_blanks(stop + 1);
	return *name ? KG_OK : kg_error_memory(reading->error);
}

static enum kg_status read_flow_map(struct reading *reading, const char **at, const char *map)
{
	const char *name;

	*at = skip_blanks(*at + 1);
	while (**at != '}') {
		KG_TRY(read_name(reading, at, &name));
		KG_TRY(read_scalar(reading, at, map, name, true));
		*at = skip_blanks(*at);
		if (**at == ',')
			*at = skip_blanks(*at + 1);
		else if (**at != '}')
			return refuse(reading,
				      "'%s' is not closed by '}' on its line; close it, or write one indented "
				      "'name: value' a line",
				      map);
	}
	++*at;
	return KG_OK;
}

/* A flow list is kept as text: no key that keng reads is a list. */
static enum kg_status read_value(struct reading *reading, const char **at, const char *name)
{
	if (**at == '{')
		return read_flow_map(reading, at, name);
	if (**at != '[')
		return read_scalar(reading, at, "", name, false);
	if (strcmp(name, "data") == 0 || strcmp(name, "params") == 0)
		return refuse(reading, "'%s' is a list; give each entry a name: {name: value}", name);
	*at += strcspn(*at, "]\n");
	if (**at != ']')
		return refuse(reading, "the list of '%s' is not closed by ']' on its line; close it", name);
	++*at;
	return KG_OK;
}

static enum kg_status read_line(struct reading *reading, const char *at)
{
	const char *inner = skip_blanks(at), *name;
	bool indented = inner > at;

	if (ends_line(inner) || *inner == '#')
		return KG_OK;
	if (memchr(at, '\t', (size_t)(inner - at)))
		return refuse(reading, "indented with a tab; use blanks%s", "");
	if (indented && !reading->map)
		return refuse(reading, "an indented line belongs to no key; move it to the start of the line%s", "");
	if (*inner == '-' && (inner[1] == ' ') && reading->map)
		return KG_OK;
	KG_TRY(read_name(reading, &inner, &name));
	if (indented) {
		KG_TRY(read_scalar(reading, &inner, reading->map, name, false));
	} else {
		reading->map = ends_line(inner) || is_comment(inner) ? name : NULL;
		if (!reading->map)
			KG_TRY(read_value(reading, &inner, name));
	}
	inner = skip_blanks(inner);
	if (ends_line(inner) || is_comment(inner))
		return KG_OK;
	return refuse(reading, "there is more after the value of '%s'; put the whole value in double quotes", name);
}

static bool is_fence(const char *at)
{
	return strncmp(at, "---", 3) == 0 && ends_line(skip_blanks(at + 3));
}

enum kg_status kg_front_read(const char *path, const char *text, struct kg_arena *arena, struct kg_front *front,
			     struct kg_error *error)
{
	struct reading reading = { .path = path, .text = text, .arena = arena, .error = error, .line = 1 };
	const char *at =
	    strncmp(text, BYTE_ORDER_MARK, strlen(BYTE_ORDER_MARK)) == 0 ? text + strlen(BYTE_ORDER_MARK) : text;

	memset(front, 0, sizeof *front);
	if (!is_fence(at))
		return KG_OK;
	for (;;) {
		at = strchr(at, '\n');
		if (!at || !at[1]) {
			reading.line = 1;
			return refuse(&reading, "the front matter is not closed; end it with a line '---'%s", "");
		}
		at++;
		reading.line++;
		if (is_fence(at))
			break;
		KG_TRY(read_line(&reading, at));
	}
	at += strcspn(at, "\n");
	front->length = (size_t)(at - text) + (*at == '\n');
	front->lines = reading.line;
	front->entry = reading.entry;
	front->count = reading.count;
	return KG_OK;
}

const struct kg_front_entry *kg_front_find(const struct kg_front *front, const char *map, const char *name)
{
	for (size_t i = 0; i < front->count; i++)
		if (strcmp(front->entry[i].map, map) == 0 && strcmp(front->entry[i].name, name) == 0)
			return &front->entry[i];
	return NULL;
}

const char *kg_front_text(const struct kg_front *front, const char *name, const char *otherwise)
{
	const struct kg_front_entry *entry = kg_front_find(front, "", name);

	return entry ? entry->value : otherwise;
}
