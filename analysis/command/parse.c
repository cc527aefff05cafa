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

static enum kg_status choose_chart(struct kg_command *command, const char **input, size_t *ninput,
				   struct kg_arena *arena, struct kg_error *error)
{
	size_t count;
	const struct kg_chart *const *chart = kg_chart_all(&count);
	const char **known = KG_ARRAY(arena, const char *, count), *near;

	if (!known)
		return kg_error_memory(error);
	for (size_t i = 0; i < count; i++)
		known[i] = chart[i]->id;
	if (!*ninput)
		return kg_error_set(error, KG_EUSAGE, "plot needs a kind of chart first; 'keng plot --help' lists them");
	command->chart = kg_chart_find(input[0]);
	near = kg_text_nearest(input[0], known, count);
	if (!command->chart && near)
		return kg_error_set(error, KG_EUSAGE, "'%s' is not a kind of chart; did you mean '%s'?", input[0], near);
	if (!command->chart)
		return kg_error_set(error, KG_EUSAGE, "'%s' is not a kind of chart; 'keng plot --help' lists them",
				    input[0]);
	(*ninput)--;
	memmove(input, input + 1, *ninput * sizeof *input);
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
	KG_TRY(check_character("group", common->group, error));
	for (size_t i = 0; i < common->let.count; i++) {
		const char *equals = strchr(common->let.name[i], '=');

		if (!equals || equals == common->let.name[i] || !equals[1])
			return kg_error_set(error, KG_EUSAGE, "'%s' is no value for '--let'; write NAME=EXPR, such as "
							      "--let 'rate=1000.0*events/population'",
					    common->let.name[i]);
	}
	return KG_OK;
}

enum kg_status kg_command_parse(const char *const *word, size_t nword, struct kg_arena *arena,
				struct kg_command *command, struct kg_error *error)
{
	struct kg_option_set set[2];
	const char **input = KG_ARRAY(arena, const char *, nword + 1);
	bool plot;

	memset(command, 0, sizeof *command);
	if (!input)
		return kg_error_memory(error);
	if (!nword)
		return kg_error_set(error, KG_EUSAGE, "no program is named; 'keng --help' lists them");
	plot = strcmp(word[0], "plot") == 0;
	command->program = plot ? NULL : kg_program_find(word[0]);
	if (!plot && !command->program)
		return say_unknown_program(word[0], arena, error);
	command->options = kg_arena_alloc(arena, plot ? sizeof(struct kg_plot_options)
						      : command->program->options_size + 1);
	if (!command->options)
		return kg_error_memory(error);
	if (plot)
		set[0] = kg_plot_option_set(command->options);
	else
		set[0] = (struct kg_option_set){ command->program->name, command->program->option,
						 command->program->noption, command->options };
	set[1] = kg_common_options(&command->common, set[0].program);
	for (size_t s = 0; s < 2; s++)
		KG_TRY(kg_options_default(&set[s], arena, error));
	KG_TRY(kg_options_parse(set, 2, word + 1, nword - 1, input, &command->ninput, arena, error));
	KG_TRY(check_common(&command->common, error));
	if (plot)
		KG_TRY(choose_chart(command, input, &command->ninput, arena, error));
	command->input = input;
	return kg_options_require(&set[0], error);
}
