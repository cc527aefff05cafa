/* `keng notebook ACTION FILE...`: the actions and their options. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "notebook/action.h"
#include "notebook/notebook.h"

static const struct kg_action *const actions[] = { &kg_action_run,   &kg_action_check, &kg_action_render,
						   &kg_action_batch, &kg_action_new,   &kg_action_whence };
#define ACTIONS (sizeof actions / sizeof actions[0])

void kg_notebook_help(struct kg_buffer *out)
{
	kg_buffer_add(out, "keng notebook: Markdown that runs keng and keeps the results in place\n\n"
			   "Usage: keng notebook ACTION FILE.md ... [OPTIONS]\n");
	for (size_t i = 0; i < ACTIONS; i++) {
		char values[sizeof(struct kg_action_options)];
		struct kg_option_set set = { "notebook", actions[i]->option, actions[i]->noption, values };

		kg_buffer_printf(out, "\nkeng notebook %s %s\n  %s\n", actions[i]->name, actions[i]->usage,
				 actions[i]->summary);
		kg_options_help(&set, NULL, out);
	}
	kg_buffer_add(out, kg_action_format_help);
}

void kg_whence_help(struct kg_buffer *out)
{
	kg_buffer_printf(out, "keng whence: %s\n\nUsage: keng whence %s\n\n", kg_action_whence.summary,
			 kg_action_whence.usage);
	kg_buffer_add(out, "Without FILE.md it asks the notebooks beside figures/, or those of this folder. Write a "
			   "number as it is printed;\nthe rows are those that its commands read and used. "
			   "'keng notebook whence' is the same.\n");
}

static enum kg_status say_unknown(const char *name, struct kg_error *error)
{
	const char *known[ACTIONS], *near;

	for (size_t i = 0; i < ACTIONS; i++)
		known[i] = actions[i]->name;
	near = kg_text_nearest(name, known, ACTIONS);
	if (near)
		return kg_error_set(error, KG_EUSAGE, "'%s' is nothing that notebook can do; did you mean '%s'?", name,
				    near);
	return kg_error_set(error, KG_EUSAGE, "'%s' is nothing that notebook can do; see 'keng notebook --help'", name);
}

/* `-j N` is `--jobs N`. */
static enum kg_status spell_out(const struct kg_names *word, struct kg_arena *arena, struct kg_names *spelt,
				struct kg_error *error)
{
	const char **name = KG_ARRAY(arena, const char *, word->count + 1);

	if (!name)
		return kg_error_memory(error);
	for (size_t i = 1; i < word->count; i++)
		name[i - 1] = strcmp(word->name[i], "-j") == 0 ? "--jobs" : word->name[i];
	*spelt = (struct kg_names){ name, word->count - 1 };
	return KG_OK;
}

static enum kg_status act(const struct kg_action *action, const struct kg_names *word, struct kg_arena *arena,
			  struct kg_error *error)
{
	struct kg_action_options options = { 0 };
	struct kg_option_set set[] = { { "notebook", action->option, action->noption, &options }, { 0 } };
	struct kg_buffer report = kg_buffer_new(arena);
	struct kg_names spelt, file;
	enum kg_status status;

	KG_TRY(spell_out(word, arena, &spelt, error));
	KG_TRY(kg_options_default(set, arena, error));
	KG_TRY(kg_options_parse(set, &spelt, &file, arena, error));
	KG_TRY(kg_options_require(set, error));
	if (!file.count)
		return kg_error_set(error, KG_EUSAGE, "notebook %s needs a file; write 'keng notebook %s %s'",
				    action->name, action->name, action->usage);
	status = action->act(&options, &file, arena, &report, error);
	if (report.failed)
		return kg_error_memory(error);
	if (report.length && kg_file_put(STDOUT_FILENO, report.text, report.length, error) != KG_OK)
		return KG_EIO;
	return status;
}

enum kg_status kg_notebook_main(const struct kg_names *word, struct kg_arena *arena, struct kg_error *error)
{
	struct kg_buffer help = kg_buffer_new(arena);

	if (!word->count) {
		kg_notebook_help(&help);
		KG_TRY(kg_buffer_check(&help, error));
		return kg_file_put(STDOUT_FILENO, help.text, help.length, error);
	}
	for (size_t i = 0; i < ACTIONS; i++)
		if (strcmp(actions[i]->name, word->name[0]) == 0)
			return act(actions[i], word, arena, error);
	return say_unknown(word->name[0], error);
}
