/* book_value: finds the values in a line of prose. */
#ifndef KG_NOTEBOOK_BOOK_VALUE_H
#define KG_NOTEBOOK_BOOK_VALUE_H

#include "notebook/book.h"

struct kg_book_line {
	struct kg_book *book;
	const char *text; /* `length` bytes of the book's text */
	size_t length, number;
	bool prose; /* false: front matter, where a line may start with a value */
};

/* Adds the line's values to the book. KG_EDATA: not closed on its line, empty, nested, at the start of a line (Markdown
 * would not show the line as prose). Code between backticks is left alone. */
enum kg_status kg_book_values(const struct kg_book_line *line, size_t *room, struct kg_arena *arena,
			      struct kg_error *error) KG_CHECKED;

#endif
