/* disclosure: small counts are hidden and counts rounded, for whichever program has a --count. */
#ifndef KG_COMMAND_DISCLOSURE_H
#define KG_COMMAND_DISCLOSURE_H

#include "command/command.h"

/* --round: a copy of the input whose counts are rounded to the base, each a bound that says how far it was moved; the
 * input itself without --round. KG_EUSAGE: the program has no --count. */
enum kg_status kg_disclosure_round(const struct kg_command *command, struct kg_arena *arena,
				   const struct kg_table **table, struct kg_error *error) KG_CHECKED;

/* --suppress, and the notes of --round: empties the rows of the result, and of its picture, whose count in `table` (the
 * input as it was read) is hidden. KG_EUSAGE: no --count, more than two columns that cross. */
enum kg_status kg_disclosure_hide(const struct kg_command *command, const struct kg_table *table,
				  struct kg_result *result, struct kg_arena *arena, struct kg_error *error) KG_CHECKED;

#endif
