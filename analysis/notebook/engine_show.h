/* engine_show: what a command leaves in its block: a table as Markdown, figures, files. */
#ifndef KG_NOTEBOOK_ENGINE_SHOW_H
#define KG_NOTEBOOK_ENGINE_SHOW_H

#include "command/command.h"
#include "notebook/engine.h"

/* A block while it runs. */
struct kg_showing {
	struct kg_engine *engine;
	size_t block;
	bool draw;
	struct kg_buffer content;
	struct kg_outcome *outcome;
	size_t nfigure;
	const char *text; /* the command as written, filled */
};

/* Adds a program's table, file and own chart. */
enum kg_status kg_show_result(struct kg_showing *showing, const struct kg_command *command, struct kg_result *result,
			      struct kg_error *error) KG_CHECKED;

/* Adds a chart. */
enum kg_status kg_show_plot(struct kg_showing *showing, const struct kg_command *command, struct kg_result *result,
			    struct kg_error *error) KG_CHECKED;

/* KG_EDATA: --output or --plot would write somewhere else than figures/ and tables/. */
enum kg_status kg_show_check(const struct kg_command *command, struct kg_error *error) KG_CHECKED;

#endif
