/* render: a notebook as one HTML page: figures and tables inside it, commands folded away. Runs nothing. */
#ifndef KG_NOTEBOOK_RENDER_H
#define KG_NOTEBOOK_RENDER_H

#include "notebook/book.h"
#include "notebook/index.h"
#include "notebook/page.h"

/* Reads a notebook and appends its page; fills what an index says of it but `file`. `paper`: to be printed or edited,
 * without commands and contents. KG_EDATA, KG_EIO. */
enum kg_status kg_render_page(const char *path, bool paper, struct kg_buffer *html, struct kg_card *card,
			      struct kg_error *error) KG_CHECKED;

/* The page of a notebook; texts live in the arena. KG_EIO: a figure it shows cannot be read. */
enum kg_status kg_render_book(const struct kg_book *book, bool paper, struct kg_arena *arena, struct kg_page *page,
			      struct kg_error *error) KG_CHECKED;

/* What "Figure 2" or "Table 3" of the page is: the figure's file ("figures/growth.svg"), the id of the table's block.
 * NULL: there is no such number. KG_EIO as above. */
enum kg_status kg_render_numbered(const struct kg_book *book, bool figure, size_t number, struct kg_arena *arena,
				  const char **what, struct kg_error *error) KG_CHECKED;

/* The first paragraph of prose, as plain text; NULL when there is none. */
const char *kg_render_summary(const struct kg_book *book, struct kg_arena *arena);

/* A title of the front matter without its value comments. */
const char *kg_render_title(const struct kg_book *book, struct kg_arena *arena);

/* To be called once before pages are made on several threads: the Markdown library's registration of its extensions is
 * not safe between them. */
void kg_render_prepare(void);

#endif
