/* template: `{{name}}` (a parameter) and `{{= address %format}}` (a value of a block above) in a command. */
#ifndef KG_NOTEBOOK_TEMPLATE_H
#define KG_NOTEBOOK_TEMPLATE_H

#include "command/command.h"

struct kg_template_slot {
	const char *parameter, *asked; /* one of the two */
};

/* The slots of a text in order. KG_EDATA: `{{` without `}}`. */
enum kg_status kg_template_slots(const char *text, struct kg_arena *arena, struct kg_template_slot **slot,
				 size_t *count, struct kg_error *error) KG_CHECKED;

/* The text with each slot replaced by `fill[i]`. NULL when memory is out. */
const char *kg_template_fill(const char *text, const char *const *fill, struct kg_arena *arena);

/* The text split into words, then filled: what a slot gives never ends a word or opens a quote. The array has room for
 * four more words. */
enum kg_status kg_template_words(const char *text, const char *const *fill, size_t count, struct kg_arena *arena,
				 struct kg_names *word, struct kg_error *error) KG_CHECKED;

#endif
