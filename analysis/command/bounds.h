/* bounds: says where a result takes bounds such as ">30000" at their stated figures, whichever program made it. */
#ifndef KG_COMMAND_BOUNDS_H
#define KG_COMMAND_BOUNDS_H

#include "command/command.h"

/* Adds remarks to the result: what SQL left behind on the way to the inputs; and, where no row has a range, the columns
 * that have bounds and were used all the same. KG_ENOMEM. */
enum kg_status kg_bounds_remark(const struct kg_command *command, const struct kg_table *const *table, size_t count,
				struct kg_result *result, struct kg_arena *arena, struct kg_error *error) KG_CHECKED;

#endif
