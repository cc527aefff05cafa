/* input: the tables of a command: opened, read with only the needed columns, filtered, folded. */
#ifndef KG_COMMAND_INPUT_H
#define KG_COMMAND_INPUT_H

#include "command/command.h"

struct kg_inputs {
	const struct kg_table *const *table; /* what the program gets: after --sql, --where and folding */
	size_t count;
	const struct kg_table *const *source; /* each input of the command, as it was read */
	const size_t *rows; /* read of each input of the command */
};

/* Reads the command's inputs; fills the option fields of kind KG_OPTION_TABLE. */
enum kg_status kg_input_read(const struct kg_command *command, const struct kg_session *session, struct kg_arena *arena,
			     struct kg_inputs *inputs, struct kg_error *error) KG_CHECKED;

/* The columns that a command's options and --by name, some perhaps twice. KG_ENOMEM. */
enum kg_status kg_input_columns(const struct kg_command *command, struct kg_arena *arena, struct kg_names *column,
				struct kg_error *error) KG_CHECKED;

#endif
