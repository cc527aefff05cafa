/* disclosure_count: the counts that are hidden or rounded. */
#ifndef KG_COMMAND_DISCLOSURE_COUNT_H
#define KG_COMMAND_DISCLOSURE_COUNT_H

#include "command/option.h"
#include "command/command.h"

/* The program's own option of that name, NULL when it has none. */
const struct kg_option *kg_disclosure_option(const struct kg_command *command, const char *name);

/* The column of --count. KG_EUSAGE: the program has no such option, or it was not given. */
enum kg_status kg_disclosure_count(const struct kg_command *command, const struct kg_table *table,
				   const struct kg_column **count, struct kg_error *error) KG_CHECKED;

#endif
