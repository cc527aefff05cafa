#include "notebook/book.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/file.h"
#include "base/text.h"
#include "notebook/book_scan.h"

/* The one format of notebooks there is so far. */
#define FORMAT "1"

enum kg_status kg_book_refuse(const struct kg_book *book, size_t line, struct kg_error *error, const char *format, ...)
{
	char what[700];
	va_list list;

	va_start(list, format);
	vsnprintf(what, sizeof what, format, list);
	va_end(list);
	return kg_error_cell(error, KG_EDATA, book->path, line, NULL, "%s", what);
}

size_t kg_book_find(const struct kg_book *book, const char *id, size_t length)
{
	for (size_t i = 0; i < book->nblock; i++)
		if (strncmp(book->block[i].id, id, length) == 0 && !book->block[i].id[length])
			return i;
	return book->nblock;
}

/* The keys that keng reads, each at its own line. */
static enum kg_status check_keys(const struct kg_book *book, struct kg_error *error)
{
	const struct kg_front_entry *format = kg_front_find(&book->front, "", "keng");
	const struct kg_front_entry *language = kg_front_find(&book->front, "", "lang");
	const struct kg_front_entry *data = kg_front_find(&book->front, "", "data");
	const struct kg_front_entry *params = kg_front_find(&book->front, "", "params");

	if (format && strcmp(format->value, FORMAT) != 0)
		return kg_book_refuse(book, format->line, error,
				      "format '%s' is not known to this keng, which reads format " FORMAT
				      "; write 'keng: " FORMAT "', or use a newer keng",
				      format->value);
	if (language && strcmp(language->value, "en") != 0 && strcmp(language->value, "vi") != 0)
		return kg_book_refuse(book, language->line, error,
				      "'%s' is no language that keng writes; choose from: en, vi", language->value);
	if (data)
		return kg_book_refuse(book, data->line, error,
				      "'data' names no files; write 'data: {name: file.csv}', or one indented "
				      "'name: file.csv' a line");
	if (params)
		return kg_book_refuse(book, params->line, error,
				      "'params' names no values; write 'params: {name: \"value\"}', or one indented "
				      "'name: value' a line");
	return KG_OK;
}

enum kg_status kg_book_parse(const char *path, const char *text, struct kg_arena *arena, struct kg_book *book,
			     struct kg_error *error)
{
	const char *line = strchr(text, '\n');

	*book = (struct kg_book){ .path = path, .text = text, .length = strlen(text) };
	book->windows = line && line > text && line[-1] == '\r';
	book->folder = kg_file_directory(path, arena);
	if (!book->folder)
		return kg_error_memory(error);
	KG_TRY(kg_front_read(path, text, arena, &book->front, error));
	KG_TRY(check_keys(book, error));
	return kg_book_scan(book, arena, error);
}

static bool is_control(char byte)
{
	return (unsigned char)byte < ' ' && !strchr("\t\n\r\f", byte);
}

enum kg_status kg_book_read(const char *path, struct kg_arena *arena, struct kg_book *book, struct kg_error *error)
{
	size_t length, valid, plain = 0, line = 1;
	char *text;

	KG_TRY(kg_file_read(path, arena, &text, &length, error));
	valid = kg_text_invalid_at(text, length);
	while (plain < valid && !is_control(text[plain]))
		line += text[plain++] == '\n';
	if (plain < valid)
		return kg_error_cell(error, KG_EDATA, path, line, NULL,
				     "a control character (byte %d) that is no text; delete it", text[plain]);
	if (valid < length)
		return kg_error_cell(error, KG_EDATA, path, line, NULL,
				     "a byte that is no UTF-8 text; save the notebook as UTF-8");
	return kg_book_parse(path, text, arena, book, error);
}
