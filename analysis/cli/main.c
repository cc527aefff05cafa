/* keng: the command line. The only file that ends the process. */
#include <locale.h>
#include <malloc.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <gsl/gsl_errno.h>

#include "base/file.h"
#include "base/version.h"
#include "cli/output.h"
#include "command/command.h"
#include "notebook/notebook.h"

/* Free memory at the end of a heap that is kept, and what a heap grows by at least. */
#define KEPT_BYTES (64 << 20)
#define GROWTH_BYTES (1 << 20)
#define LARGE_BYTES (4 << 20)

static enum kg_status print(struct kg_buffer *out, struct kg_error *error)
{
	KG_TRY(kg_buffer_check(out, error));
	return kg_file_put(STDOUT_FILENO, out->text, out->length, error);
}

static bool asks_help(const struct kg_names *word)
{
	for (size_t i = 0; i < word->count && strcmp(word->name[i], "--") != 0; i++)
		if (strcmp(word->name[i], "--help") == 0 || strcmp(word->name[i], "-h") == 0)
			return true;
	return false;
}

static enum kg_status explain(const struct kg_names *word, struct kg_buffer *out, struct kg_error *error)
{
	const char *nearest;

	if (word->count != 1)
		return kg_error_set(error, KG_EUSAGE, "explain takes one method, such as 'keng explain wilson'");
	if (kg_explain(word->name[0], out, &nearest))
		return print(out, error);
	if (nearest)
		return kg_error_set(error, KG_EUSAGE, "'%s' is not a method; did you mean '%s'?", word->name[0],
				    nearest);
	return kg_error_set(error, KG_EUSAGE, "'%s' is not a method; 'keng PROGRAM --help' lists them", word->name[0]);
}

static enum kg_status help(const struct kg_names *word, struct kg_buffer *out, struct kg_error *error)
{
	const struct kg_program *program = word->count ? kg_program_find(word->name[0]) : NULL;

	if (program)
		KG_TRY(kg_help_program(program, out));
	else if (word->count && strcmp(word->name[0], "plot") == 0)
		kg_help_plot(out);
	else if (word->count && strcmp(word->name[0], "notebook") == 0)
		kg_notebook_help(out);
	else if (word->count && strcmp(word->name[0], "whence") == 0)
		kg_whence_help(out);
	else
		kg_help_all(out);
	return print(out, error);
}

static enum kg_status run_program(const struct kg_names *word, struct kg_arena *arena, bool *problems,
				  struct kg_error *error)
{
	struct kg_command command;
	struct kg_result *result;
	struct kg_watch watch;

	KG_TRY(kg_command_parse(word, arena, &command, error));
	KG_TRY(kg_output_check(&command, error));
	watch = kg_watch_start(&command);
	KG_TRY(kg_command_run(&command, &(struct kg_session){ NULL, kg_watch_report, &watch }, arena, &result, error));
	kg_watch_end(&watch);
	*problems = result->problems;
	return kg_output_result(&command, word, result, arena, error);
}

static enum kg_status dispatch(const struct kg_names *word, struct kg_arena *arena, bool *problems,
			       struct kg_error *error)
{
	struct kg_names rest = { word->name + 1, word->count ? word->count - 1 : 0 };
	struct kg_buffer out = kg_buffer_new(arena);

	if (!word->count || asks_help(word))
		return help(word, &out, error);
	if (strcmp(word->name[0], "--version") == 0) {
		kg_buffer_add(&out, "keng " KG_VERSION "\n");
		return print(&out, error);
	}
	if (strcmp(word->name[0], "--manual") == 0) {
		kg_help_manual(&out);
		return print(&out, error);
	}
	if (strcmp(word->name[0], "help") == 0)
		return help(&rest, &out, error);
	if (strcmp(word->name[0], "explain") == 0)
		return explain(&rest, &out, error);
	if (strcmp(word->name[0], "notebook") == 0)
		return kg_notebook_main(&rest, arena, error);
	if (strcmp(word->name[0], "whence") == 0)
		return kg_notebook_main(word, arena, error);
	return run_program(word, arena, problems, error);
}

/* Memory that blocks of rows give back is kept for the next ones: on large results, returning pages to the system and
 * faulting them in again costs as much as the computing. */
static void keep_memory(void)
{
	mallopt(M_TRIM_THRESHOLD, KEPT_BYTES);
	mallopt(M_TOP_PAD, GROWTH_BYTES);
	mallopt(M_MMAP_THRESHOLD, LARGE_BYTES);
}

int main(int argc, char **argv)
{
	struct kg_arena *arena = kg_arena_new(0);
	struct kg_names word = { (const char *const *)argv + 1, argc > 0 ? (size_t)argc - 1 : 0 };
	struct kg_error error = { .status = KG_OK };
	enum kg_status status;
	bool problems = false;
	char text[2048];

	keep_memory();
	setlocale(LC_CTYPE, "C.UTF-8");
	signal(SIGPIPE, SIG_IGN);
	gsl_set_error_handler_off();
	if (!arena)
		return kg_status_exit(KG_ENOMEM);
	status = dispatch(&word, arena, &problems, &error);
	if (status != KG_OK) {
		kg_error_text(&error, text, sizeof text);
		fprintf(stderr, "keng: %s\n", text);
	}
	kg_arena_free(arena);
	return status == KG_OK && problems ? kg_status_exit(KG_EDATA) : kg_status_exit(status);
}
