/* spelling: says where groups of --by are one name in several spellings; they stay groups of their own. */
#ifndef KG_COMMAND_SPELLING_H
#define KG_COMMAND_SPELLING_H

#include "command/command.h"

/* Adds a remark for each such name of a text column of --by, the first few. */
void kg_spelling_remark(const struct kg_command *command, const struct kg_table *table, struct kg_result *result,
			struct kg_arena *arena);

#endif
