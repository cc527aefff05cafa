/* blame: names the cells of the input that left a row of the result without an estimate. */
#ifndef KG_COMMAND_BLAME_H
#define KG_COMMAND_BLAME_H

#include "command/command.h"

/* Adds a remark with file, line and column for each negative count, denominator that is not above 0 and count above its
 * denominator, where the result has a note about such; the first few of each. Nothing where rows are no longer those of
 * the file (--sql, --aggregate) or must not be told (--suppress). */
void kg_blame_remark(const struct kg_command *command, const struct kg_table *table, struct kg_result *result,
		     struct kg_arena *arena);

#endif
