/* named: the options of a command that name a file: further tables, and files that are read as they are. */
#ifndef KG_COMMAND_NAMED_H
#define KG_COMMAND_NAMED_H

#include "command/command.h"

/* What the next such option from row *at on was given, to be read or replaced; NULL when there is no more. `*at` moves
 * behind it; `*table`: it is read as a table. */
const char **kg_named_next(const struct kg_command *command, size_t *at, bool *table);

/* Puts paths in the place of names of the session's space for files that are read as they are. KG_EUSAGE: a name that a
 * closed space does not know; KG_EDATA: it stands for a table. */
enum kg_status kg_named_resolve(const struct kg_command *command, const struct kg_session *session,
				struct kg_error *error) KG_CHECKED;

#endif
