/* missing: says how many cells have no value for which reason, whichever program made a result. */
#ifndef KG_COMMAND_MISSING_H
#define KG_COMMAND_MISSING_H

#include "command/input.h"

/* A remark for each column that the command uses in which cells without a value have a label or are of several kinds:
 * of the rows that --where keeps; with --sql, and where rows are folded while reading (there of the folded columns alone),
 * of all rows read. Tables that options name besides the inputs are not told of. KG_ENOMEM. */
enum kg_status kg_missing_remark(const struct kg_command *command, const struct kg_inputs *inputs,
				 struct kg_result *result, struct kg_arena *arena, struct kg_error *error) KG_CHECKED;

#endif
