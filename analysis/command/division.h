/* division: SQL divides whole numbers without decimals; who does not know it gets zeros. */
#ifndef KG_COMMAND_DIVISION_H
#define KG_COMMAND_DIVISION_H

#include "command/command.h"

/* Adds a remark for each column of --let that is a quotient and holds whole numbers only. */
void kg_division_remark(const struct kg_command *command, const struct kg_table *table, struct kg_result *result,
			struct kg_arena *arena);

#endif
