#include <string.h>

#include "base/text.h"
#include "command/common.h"
#include "command/plot.h"
#include "plots/chart.h"

/* Names of all programs and `plot`, for "did you mean". */
static enum kg_status say_unknown_program(const char *name, struct kg_arena *arena, struct kg_error *error)
{
	size_t count;
	const struct kg_program *const *program = kg_program_all(&count);
	const char **known = KG_ARRAY(arena, const char *, count + 1), *near;

	if (!known)
		return kg_error_memory(error);
	for (size_t i = 0; i < count; i++)
		known[i] = program[i]->name;
	known[count] = "plot";
	near = kg_text_nearest(name, known, count + 1);
	if (near)
		return kg_error_set(error, KG_EUSAGE, "'%s' is not a program of keng; did you mean '%s'?", name, near);
	return kg_error_set(error, KG_EUSAGE, "'%s' is not a program of keng; 'keng --help' lists them", name);
}

/* The first input word is the kind of chart; the others are inputs. */
static enum kg_status choose_chart(struct kg_command *command, struct kg_names *input, struct kg_arena *arena,
				   struct kg_error *error)
{
	size_t count;
	const struct kg_chart *const *chart = kg_chart_all(&count);
	const char **known = KG_ARRAY(arena, const char *, count), *near;

	if (!known)
		return kg_error_memory(error);
	for (size_t i = 0; i < count; i++)
		known[i] = chart[i]->id;
	if (!input->count)
		return kg_error_set(error, KG_EUSAGE,
				    "plot needs a kind of chart first; 'keng plot --help' lists them");
	command->chart = kg_chart_find(input->name[0]);
	near = kg_text_nearest(input->name[0], known, count);
	if (!command->chart && near)
		return kg_error_set(error, KG_EUSAGE, "'%s' is not a kind of chart; did you mean '%s'?", input->name[0],
				    near);
	if (!command->chart)
		return kg_error_set(error, KG_EUSAGE, "'%s' is not a kind of chart; 'keng plot --help' lists them",
				    input->name[0]);
	input->name++;
	input->count--;
	return KG_OK;
}

static enum kg_status check_character(const char *name, const char *value, struct kg_error *error)
{
	if (!value || strlen(value) == 1 || strcmp(value, "\\t") == 0)
		return KG_OK;
	return kg_error_set(error, KG_EUSAGE, "'%s' is no value for '--%s'; give one character%s", value, name,
			    strcmp(name, "delimiter") == 0 ? ", \\t for a tab" : "");
}

static enum kg_status check_common(const struct kg_common *common, struct kg_error *error)
{
	KG_TRY(check_character("delimiter", common->delimiter, error));
	KG_TRY(check_character("decimal", common->decimal, error));
	KG_TRY(check_character("digit-group", common->group, error));
	for (size_t i = 0; i < common->let.count; i++) {
		const char *equals = strchr(common->let.name[i], '=');

		if (!equals || equals == common->let.name[i] || !equals[1])
			return kg_error_set(error, KG_EUSAGE,
					    "'%s' is no value for '--let'; write NAME=EXPR, such as "
					    "--let 'rate=1000.0*events/population'",
					    common->let.name[i]);
	}
	return KG_OK;
}

/* Room for the options, and the sets of rows that fill it and the common ones. */
static enum kg_status make_sets(struct kg_command *command, struct kg_arena *arena, struct kg_option_set *set,
				struct kg_error *error)
{
	const struct kg_program *program = command->program;

	command->options = kg_arena_alloc(arena, program ? program->options_size + 1 : sizeof(struct kg_plot_options));
	if (!command->options)
		return kg_error_memory(error);
	set[0] = program ? (struct kg_option_set){ program->name, program->option, program->noption, command->options }
			 : kg_plot_option_set(command->options);
	set[1] = kg_common_options(&command->common, set[0].program);
	if (!set[0].option)
		set[0] = set[1], set[1].option = NULL;
	for (size_t s = 0; set[s].option; s++)
		KG_TRY(kg_options_default(&set[s], arena, error));
	return KG_OK;
}

enum kg_status kg_command_parse(const struct kg_names *word, struct kg_arena *arena, struct kg_command *command,
				struct kg_error *error)
{
	struct kg_names rest = { word->name + 1, word->count - 1 }, input;
	struct kg_option_set set[3] = { { .option = NULL } };
	bool plot;

	memset(command, 0, sizeof *command);
	if (!word->count)
		return kg_error_set(error, KG_EUSAGE, "no program is named; 'keng --help' lists them");
	plot = strcmp(word->name[0], "plot") == 0;
	command->program = plot ? NULL : kg_program_find(word->name[0]);
	if (!plot && !command->program)
		return say_unknown_program(word->name[0], arena, error);
	KG_TRY(make_sets(command, arena, set, error));
	KG_TRY(kg_options_parse(set, &rest, &input, arena, error));
	KG_TRY(check_common(&command->common, error));
	if (plot)
		KG_TRY(choose_chart(command, &input, arena, error));
	command->input = input.name;
	command->ninput = input.count;
	if (command->program && command->program->needs_sql && !command->common.sql)
		return kg_error_set(error, KG_EUSAGE,
				    "%s needs '--sql QUERY': SQL over the inputs, which go by their files' names",
				    command->program->name);
	return kg_options_require(&set[0], error);
}
