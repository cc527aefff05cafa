/* template: `{{name}}` (a parameter) and `{{= address %format}}` (a value of a block above) in a command. */
#ifndef KG_NOTEBOOK_TEMPLATE_H
#define KG_NOTEBOOK_TEMPLATE_H

#include "command/command.h"

struct kg_template_slot {
	const char *parameter, *asked; /* one of the two */
};

/* What a slot gives: as readers see it, for titles and other texts, and as programs read it (1519.25). */
struct kg_template_fill {
	const char *shown, *machine;
};

/* The slots of a text in order. KG_EDATA: `{{` without `}}`. */
enum kg_status kg_template_slots(const char *text, struct kg_arena *arena, struct kg_template_slot **slot,
				 size_t *count, struct kg_error *error) KG_CHECKED;

/* The text with each slot replaced by `fill[i].shown`. NULL when memory is out. */
const char *kg_template_show(const char *text, const struct kg_template_fill *fill, struct kg_arena *arena);

/* The text split into words, then filled: what a slot gives never ends a word, opens a quote or changes what an
 * expression of SQL means (see template_sql.h). The array has room for four more words. KG_EDATA: a line end or another
 * control character in what is filled in, or what does not fit in SQL. */
enum kg_status kg_template_words(const char *text, const struct kg_template_fill *fill, struct kg_arena *arena,
				 struct kg_names *word, struct kg_error *error) KG_CHECKED;

#endif
