/* output: where a result goes: standard output or a file, remarks to standard error, the program's chart to a figure.
 */
#ifndef KG_CLI_OUTPUT_H
#define KG_CLI_OUTPUT_H

#include <time.h>

#include "command/command.h"

/* Checks what can be known before any work: `plot` has an --output, files have endings that can be drawn. KG_EUSAGE. */
enum kg_status kg_output_check(const struct kg_command *command, struct kg_error *error) KG_CHECKED;

/* Writes the result; nothing is written when any part of it fails before. `word`: the command line, for the figure's
 * metadata. */
enum kg_status kg_output_result(const struct kg_command *command, const struct kg_names *word, struct kg_result *result,
				struct kg_arena *arena, struct kg_error *error) KG_CHECKED;

/* A progress bar on standard error: only on a terminal, only for work that lasts. */
struct kg_watch {
	bool shown, wanted;
	int percent;
	struct timespec start;
};

struct kg_watch kg_watch_start(const struct kg_command *command);
void kg_watch_report(void *watch, double fraction);
void kg_watch_end(struct kg_watch *watch);

#endif
