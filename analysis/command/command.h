/* command: a keng command line, from words to a result: options are read from option rows, inputs are opened, read,
 * filtered and folded, the program runs. The command line and notebooks both come through here, in-process. */
#ifndef KG_COMMAND_COMMAND_H
#define KG_COMMAND_COMMAND_H

#include "program.h"
#include "report/write.h"
#include "table/source.h"

/* Options that every program has (rows in common.c). */
struct kg_common {
	struct kg_names by;
	const char *where, *sql, *aggregate;
	struct kg_names let;
	const char *delimiter, *decimal, *group, *missing;
	double conf_level;
	long seed, replicates, threads;
	const char *format, *lang, *output, *plot;
	const char *sort;
	long digits, suppress, round, small_from;
	bool quiet, no_progress, with_script;
};

/* A command line taken apart. */
struct kg_command {
	const struct kg_program *program; /* NULL for `plot` */
	const struct kg_chart *chart;	  /* for `plot KIND` */
	struct kg_common common;
	void *options; /* the program's own options struct, or struct kg_plot_options */
	const char *const *input;
	size_t ninput;
};

/* Tables that go by a name instead of a file: the `data:` of a notebook, the previous result.
 * Returns KG_OK with `*table` or `*path` set (path: a file to read), or both NULL when the name is not known here. */
struct kg_names_space {
	enum kg_status (*find)(void *context, const char *name, const struct kg_table **table, const char **path,
			       struct kg_error *error);
	void *context;
	bool closed; /* names that `find` does not know are an error (notebooks), not files */
};

/* Reads the words "growth" "festivals.csv" ...; KG_EUSAGE: unknown program, option or value (nearest name said),
 * missing option. */
enum kg_status kg_command_parse(const struct kg_names *word, struct kg_arena *arena, struct kg_command *command,
				struct kg_error *error) KG_CHECKED;

/* Where a command runs: what names stand for (NULL = files only), who watches progress (NULL = nobody). */
struct kg_session {
	const struct kg_names_space *space;
	void (*progress)(void *watcher, double fraction);
	void *watcher;
};

/* Splits a line of a notebook into words: quotes "..." and '...' group, backslash escapes inside "..."; nothing else
 * is special. KG_EUSAGE: unclosed quote. */
enum kg_status kg_command_words(const char *line, struct kg_arena *arena, struct kg_names *word,
				struct kg_error *error) KG_CHECKED;

/* Runs it. For `plot` the result's table is the drawn one and its picture is filled; the caller draws. */
enum kg_status kg_command_run(const struct kg_command *command, const struct kg_session *session,
			      struct kg_arena *arena, struct kg_result **result, struct kg_error *error) KG_CHECKED;

/* Help texts made from the same rows. */
enum kg_status kg_help_program(const struct kg_program *program, struct kg_buffer *out);
void kg_help_plot(struct kg_buffer *out);
void kg_help_all(struct kg_buffer *out);
void kg_help_manual(struct kg_buffer *out);

/* Documentation of a method: every statistic of that id. False: there is none (`nearest` is then set or NULL). */
bool kg_explain(const char *method, struct kg_buffer *out, const char **nearest);

#endif
