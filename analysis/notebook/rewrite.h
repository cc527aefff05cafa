/* rewrite: a notebook's text with pieces replaced. */
#ifndef KG_NOTEBOOK_REWRITE_H
#define KG_NOTEBOOK_REWRITE_H

#include "base/text.h"
#include "notebook/engine.h"

/* The region of a block that has run, with its markers. */
enum kg_status kg_rewrite_region(const struct kg_engine *engine, size_t block, struct kg_buffer *out,
				 struct kg_error *error) KG_CHECKED;

/* Appends the whole text, with the regions of blocks that have run with their files, and the values that ask any block
 * that has run, replaced. KG_EDATA: a value that has no text. */
enum kg_status kg_rewrite_book(const struct kg_engine *engine, struct kg_buffer *out,
			       struct kg_error *error) KG_CHECKED;

/* The text as Markdown that shows it as it is, and that cannot end the comment it stands between; in the front matter
 * (not `prose`), what could end a scalar as a character reference, which kg_render_title reads. NULL: out of memory. */
const char *kg_rewrite_quote(const char *text, bool prose, struct kg_arena *arena);

/* The text of a value: new when its block has run, else as it stands. */
enum kg_status kg_rewrite_value(const struct kg_engine *engine, const struct kg_book_value *value, const char **text,
				struct kg_error *error) KG_CHECKED;

/* Appends the text with parameters set in the front matter. KG_EUSAGE: not `name=value`, no such parameter. */
enum kg_status kg_rewrite_params(const struct kg_book *book, const struct kg_names *param, struct kg_buffer *out,
				 struct kg_error *error) KG_CHECKED;

/* Appends the text with entries of the front matter set, each `map.name=value`, those that exist. */
enum kg_status kg_rewrite_front(const struct kg_book *book, const struct kg_names *setting, struct kg_buffer *out,
				struct kg_error *error) KG_CHECKED;

/* Appends the text without results: no regions, values empty. */
enum kg_status kg_rewrite_bare(const struct kg_book *book, struct kg_buffer *out, struct kg_error *error) KG_CHECKED;

#endif
