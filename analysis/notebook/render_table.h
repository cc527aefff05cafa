/* render_table: tables on a page: numbers below each other, and a number for those of results. */
#ifndef KG_NOTEBOOK_RENDER_TABLE_H
#define KG_NOTEBOOK_RENDER_TABLE_H

#include "notebook/render_node.h"

/* Aligns numbers on their decimal characters, measures the table; in a result, gives it its number. KG_ENOMEM only. */
enum kg_status kg_render_table(struct kg_rendering *rendering, cmark_node *table) KG_CHECKED;

/* Number of the first table in the result of a block; 0 = none. */
size_t kg_render_table_find(const struct kg_rendering *rendering, const char *id);

#endif
