/* index: a page that leads to other pages, one card each. Texts live in the arena of who made them. */
#ifndef KG_NOTEBOOK_INDEX_H
#define KG_NOTEBOOK_INDEX_H

#include <stdbool.h>

#include "base/number.h"

struct kg_card {
	const char *file;	     /* where the link leads, seen from the index */
	const char *title, *summary; /* plain text; summary NULL = none */
	enum kg_language language;
	bool synthetic;
};

/* Writes folder/index.html, titled `title` (NULL = "Notebooks"), in the language of the last card. */
enum kg_status kg_index_write(const char *folder, const char *title, const struct kg_card *card, size_t count,
			      struct kg_arena *arena, struct kg_error *error) KG_CHECKED;

/* The card of a page that is there already. KG_EIO: it cannot be read. */
enum kg_status kg_index_card(const char *path, struct kg_arena *arena, struct kg_card *card,
			     struct kg_error *error) KG_CHECKED;

#endif
