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

static enum kg_status check_format(const struct kg_book *book, struct kg_error *error)
{
	const struct kg_front_entry *entry = kg_front_find(&book->front, "", "keng");

	if (!entry || strcmp(entry->value, FORMAT) == 0)
		return KG_OK;
	return kg_book_refuse(book, entry->line, error,
			      "format '%s' is not known to this keng, which reads format " FORMAT
			      "; write 'keng: " FORMAT "', or use a newer keng",
			      entry->value);
}

enum kg_status kg_book_parse(const char *path, const char *text, struct kg_arena *arena, struct kg_book *book,
			     struct kg_error *error)
{
	*book = (struct kg_book){ .path = path, .text = text, .length = strlen(text) };
	book->folder = kg_file_directory(path, arena);
	if (!book->folder)
		return kg_error_memory(error);
	KG_TRY(kg_front_read(path, text, arena, &book->front, error));
	KG_TRY(check_format(book, error));
	return kg_book_scan(book, arena, error);
}

enum kg_status kg_book_read(const char *path, struct kg_arena *arena, struct kg_book *book, struct kg_error *error)
{
	size_t length, bad;
	char *text;

	KG_TRY(kg_file_read(path, arena, &text, &length, error));
	bad = kg_text_invalid_at(text, length);
	if (bad < length) {
		size_t line = 1;

		for (size_t i = 0; i < bad; i++)
			line += text[i] == '\n';
		return kg_error_cell(error, KG_EDATA, path, line, NULL,
				     "a byte that is no UTF-8 text; save the notebook as UTF-8");
	}
	return kg_book_parse(path, text, arena, book, error);
}
