/* action: one thing that `keng notebook` does: its option rows, and the call that does it. */
#ifndef KG_NOTEBOOK_ACTION_H
#define KG_NOTEBOOK_ACTION_H

#include "base/buffer.h"
#include "command/option.h"

/* Options of all actions; each fills those of its rows. */
struct kg_action_options {
	struct kg_names param;
	bool force, all, rerun;
	long jobs;
	const char *to, *output, *over, *slug, *title;
};

struct kg_action {
	const char *name, *usage, *summary;
	const struct kg_option *option;
	size_t noption;
	/* `report` is printed to standard output whatever the status. */
	enum kg_status (*act)(const struct kg_action_options *options, const struct kg_names *file,
			      struct kg_arena *arena, struct kg_buffer *report, struct kg_error *error);
};

extern const struct kg_action kg_action_run, kg_action_check, kg_action_render, kg_action_batch, kg_action_new,
    kg_action_whence;

/* What --help says about the format. */
extern const char kg_action_format_help[];

#endif
