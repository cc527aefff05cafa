/* lines: the lines of a file that a remark names, the first ones only. */
#ifndef KG_TABLE_LINES_H
#define KG_TABLE_LINES_H

#include "base/buffer.h"
#include "table/table.h"

/* `text.text` reads "3, 7, 12"; past ten lines it ends in "..." and `count` says how many they are. */
struct kg_lines {
	struct kg_buffer text; /* fails when memory is out */
	size_t count;
};

/* An empty list. */
struct kg_lines kg_lines_new(struct kg_arena *arena);

/* Adds the line of the file on which a row of the table stands. */
void kg_lines_add(struct kg_lines *lines, const struct kg_table *table, size_t row);

#endif
