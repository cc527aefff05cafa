/* take: some rows of a table as a table of their own. */
#ifndef KG_TABLE_TAKE_H
#define KG_TABLE_TAKE_H

#include "table/table.h"

/* Rows row[0] .. row[count - 1] in that order; columns keep type, unit and bounds, texts are coded anew in order of
 * first appearance, `line` still names lines of the file. KG_ENOMEM. */
enum kg_status kg_table_take(const struct kg_table *table, const uint32_t *row, size_t count, struct kg_arena *arena,
			     struct kg_table **out, struct kg_error *error) KG_CHECKED;

#endif
