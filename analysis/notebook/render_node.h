/* render_node: nodes of a parsed notebook become what a page shows: results, values, figures, commands. With render.c
 * the only file that knows cmark. */
#ifndef KG_NOTEBOOK_RENDER_NODE_H
#define KG_NOTEBOOK_RENDER_NODE_H

#include <cmark-gfm.h>

#include "notebook/book.h"
#include "notebook/page.h"

struct kg_rendered_table {
	const char *region; /* id of the block whose result it is in; NULL = prose */
	size_t number;	    /* "Table 3"; 0 = none, in prose */
	double width;	    /* on paper without breaks in cells, in sizes of its font (em) */
};

/* A notebook that becomes a page. */
struct kg_rendering {
	const struct kg_book *book;
	bool paper; /* without commands */
	struct kg_arena *arena;
	struct kg_error *error;
	cmark_node *root;
	struct kg_page_heading *heading;
	size_t nheading, nfigure;
	const char **figure; /* "](figures/x.svg)" of each figure */
	struct kg_rendered_table *table;
	size_t ntable, nnumbered;
	const char *region; /* id of the block whose result is being changed; NULL = prose */
};

/* Changes the tree below the root, and gathers its headings. KG_EIO: a figure cannot be read. */
enum kg_status kg_render_nodes(struct kg_rendering *rendering) KG_CHECKED;

/* Text of a node and all below it, without markup. NULL when memory is out. */
char *kg_node_text(cmark_node *node, struct kg_arena *arena);

#endif
