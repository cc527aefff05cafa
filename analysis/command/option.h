/* option: words of a command line into a struct, by option rows. The rows are the only description of an option:
 * parsing, help, manual and completion read them. */
#ifndef KG_COMMAND_OPTION_H
#define KG_COMMAND_OPTION_H

#include "base/buffer.h"
#include "program.h"

/* Rows and the struct they fill. */
struct kg_option_set {
	const char *program; /* whose methods KG_OPTION_METHODS lists; also named in messages */
	const struct kg_option *option;
	size_t count;
	void *values;
};

/* Fills all fields with the rows' defaults. KG_EBUG: a default that its own row refuses. */
enum kg_status kg_options_default(const struct kg_option_set *set, struct kg_arena *arena,
				  struct kg_error *error) KG_CHECKED;

/* Reads words against sets of rows, the last of which has option NULL and of which the first that knows a name has it; what is no option goes to `input`. `--name
 * value`, `--name=value`; flags take no value; `--` ends the options. KG_EUSAGE: unknown option (nearest said), missing
 * or bad value, given twice. */
enum kg_status kg_options_parse(const struct kg_option_set *set, const struct kg_names *word, struct kg_names *input,
				struct kg_arena *arena, struct kg_error *error) KG_CHECKED;

/* KG_EUSAGE: a required option has no value. */
enum kg_status kg_options_require(const struct kg_option_set *set, struct kg_error *error) KG_CHECKED;

/* Appends an aligned list of the options for people, but not those that `own` (NULL = none) has by the same name. */
void kg_options_help(const struct kg_option_set *set, const struct kg_option_set *own, struct kg_buffer *out);

/* Takes the next name off a comma-separated list of method families; false when there is none. */
#define KG_FAMILY_MOST 64
bool kg_family_next(const char **families, char family[KG_FAMILY_MOST]);

/* The value of a field, by its row. */
const struct kg_names *kg_option_names(const struct kg_option *option, const void *values);
const char *kg_option_text(const struct kg_option *option, const void *values);

#endif
