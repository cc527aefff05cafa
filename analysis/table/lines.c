#include "table/lines.h"

#define LISTED_MOST 10 /* before lines are only counted */

struct kg_lines kg_lines_new(struct kg_arena *arena)
{
	return (struct kg_lines){ kg_buffer_new(arena), 0 };
}

void kg_lines_add(struct kg_lines *lines, const struct kg_table *table, size_t row)
{
	if (lines->count++ < LISTED_MOST)
		kg_buffer_printf(&lines->text, "%s%zu", lines->count > 1 ? ", " : "", kg_table_line(table, row));
	else if (lines->count == LISTED_MOST + 1)
		kg_buffer_add(&lines->text, ", ...");
}
