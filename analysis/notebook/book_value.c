#include "notebook/book_value.h"

#include <ctype.h>
#include <stdbool.h>
#include <string.h>

#define OPEN "<!-- keng:="
#define REFERENCE "[](#"
#define CLOSE "<!-- keng:. -->"

static enum kg_status add_value(const struct kg_book_line *line, struct kg_book_value value, size_t *room,
				struct kg_arena *arena, struct kg_error *error)
{
	struct kg_book *book = line->book;

	if (book->nvalue == *room) {
		size_t more = *room ? *room * 2 : 32;

		book->value = kg_arena_grow(arena, book->value, book->nvalue * sizeof value, more * sizeof value);
		if (!book->value)
			return kg_error_memory(error);
		*room = more;
	}
	book->value[book->nvalue++] = value;
	return KG_OK;
}

/* Byte after a code span that starts at `at`, or after its backticks when nothing closes them. */
static const char *skip_code(const char *at, const char *end)
{
	size_t ticks = 0;
	const char *inner;

	while (at + ticks < end && at[ticks] == '`')
		ticks++;
	for (inner = at + ticks; inner < end;) {
		size_t run = 0;

		while (inner + run < end && inner[run] == '`')
			run++;
		if (run == ticks)
			return inner + run;
		inner += run ? run : 1;
	}
	return at + ticks;
}

/* True when only marks of lists and quotes stand before: Markdown takes a comment there for raw HTML. */
static bool starts_line(const char *at, const char *value)
{
	while (at < value && (isspace((unsigned char)*at) || strchr("->*+", *at)))
		at++;
	while (at < value && isdigit((unsigned char)*at))
		at++;
	while (at < value && (isspace((unsigned char)*at) || strchr(".)", *at)))
		at++;
	return at == value;
}

static const char *find(const char *at, const char *end, const char *what)
{
	return memmem(at, (size_t)(end - at), what, strlen(what));
}

/* One value at `at`; returns the byte after it through `*next`. */
static enum kg_status read_value(const struct kg_book_line *line, const char *at, const char **next,
				 struct kg_book_value *value, struct kg_arena *arena, struct kg_error *error)
{
	const char *end = line->text + line->length, *asked = at + strlen(OPEN), *stop = find(asked, end, "-->"), *text;
	const char *close = stop ? find(stop, end, CLOSE) : NULL, *inner = stop ? find(stop, end, OPEN) : NULL;

	if (!close || (inner && inner < close))
		return kg_book_refuse(
		    line->book, line->number, error,
		    "a value is not closed on its line; write '<!-- keng:= path %%.1f -->0<!-- keng:. -->'");
	if (line->prose && starts_line(line->text, at))
		return kg_book_refuse(
		    line->book, line->number, error,
		    "a value stands at the start of a line, where Markdown takes it for raw HTML; put a "
		    "word before it");
	text = stop + strlen("-->");
	while (asked < stop && isspace((unsigned char)*asked))
		asked++;
	while (stop > asked && isspace((unsigned char)stop[-1]))
		stop--;
	value->asked = kg_arena_text_n(arena, asked, (size_t)(stop - asked));
	value->line = line->number;
	value->start = (size_t)(text - line->book->text);
	value->end = (size_t)(close - line->book->text);
	*next = close + strlen(CLOSE);
	return value->asked ? KG_OK : kg_error_memory(error);
}

static enum kg_status add_reference(const struct kg_book_line *line, const char *at, struct kg_arena *arena,
				    struct kg_error *error)
{
	struct kg_book *book = line->book;
	const char *id = at + strlen(REFERENCE), *end = line->text + line->length;
	size_t length = 0, size = sizeof *book->reference;

	while (id + length < end && id[length] != ')')
		length++;
	book->reference = kg_arena_grow(arena, book->reference, book->nreference * size, (book->nreference + 1) * size);
	if (!book->reference)
		return kg_error_memory(error);
	book->reference[book->nreference++] =
	    (struct kg_book_reference){ kg_arena_text_n(arena, id, length), line->number };
	return KG_OK;
}

/* A comment that says keng and is no marker: a slip of the pen, which would be overlooked. */
static enum kg_status check_comment(const struct kg_book_line *line, const char *at, struct kg_error *error)
{
	static const char *const marker[] = { "<!-- keng:out ", "<!-- keng:end ", "<!-- keng:from" };
	const char *end = line->text + line->length, *word = at + 4;
	size_t blanks = strspn(word, " ");

	for (size_t i = 0; i < sizeof marker / sizeof marker[0]; i++)
		if ((size_t)(end - at) >= strlen(marker[i]) && strncmp(at, marker[i], strlen(marker[i])) == 0)
			return KG_OK;
	word += blanks;
	if (strncmp(word, "keng:", 5) != 0)
		return KG_OK;
	if (word[5] == '.' && blanks == 1)
		return kg_book_refuse(line->book, line->number, error,
				      "'<!-- keng:. -->' ends a value that does not begin; write "
				      "'<!-- keng:= path %%.1f -->0<!-- keng:. -->'");
	return kg_book_refuse(
	    line->book, line->number, error,
	    "'%.*s' is no marker of keng; write a value as '<!-- keng:= path %%.1f -->0<!-- keng:. -->'",
	    (int)(4 + blanks + strcspn(word, " >\n")), at);
}

static bool opens(const char *at, const char *end, const char *with)
{
	return (size_t)(end - at) >= strlen(with) && strncmp(at, with, strlen(with)) == 0;
}

enum kg_status kg_book_values(const struct kg_book_line *line, size_t *room, struct kg_arena *arena,
			      struct kg_error *error)
{
	const char *at = line->text, *end = at + line->length;

	while (at < end) {
		struct kg_book_value value = { 0 };

		if (*at == '`') {
			at = skip_code(at, end);
		} else if (opens(at, end, REFERENCE)) {
			KG_TRY(add_reference(line, at, arena, error));
			at += strlen(REFERENCE);
		} else if (opens(at, end, OPEN)) {
			KG_TRY(read_value(line, at, &at, &value, arena, error));
			KG_TRY(add_value(line, value, room, arena, error));
		} else if (opens(at, end, "<!--")) {
			KG_TRY(check_comment(line, at, error));
			at += strlen("<!--");
		} else {
			at++;
		}
	}
	return KG_OK;
}
