/* The manual page in roff, from the same rows as the help texts. */
#include <string.h>

#include "command/common.h"
#include "command/plot.h"
#include "plots/chart.h"

/* Roff takes a leading dot or apostrophe for a request, a backslash for an escape, a hyphen for a dash. */
static void add_escaped(struct kg_buffer *out, const char *text)
{
	if (*text == '.' || *text == '\'')
		kg_buffer_add(out, "\\&");
	for (; *text; text++) {
		if (*text == '\\')
			kg_buffer_add(out, "\\e");
		else if (*text == '-')
			kg_buffer_add(out, "\\-");
		else
			kg_buffer_add_char(out, *text);
	}
	kg_buffer_add(out, "\n");
}

static void add_options(struct kg_buffer *out, const struct kg_option_set *set)
{
	for (size_t i = 0; i < set->count; i++) {
		const struct kg_option *option = &set->option[i];

		kg_buffer_printf(out, ".TP\n.B \\-\\-%s", option->name);
		if (option->argument)
			kg_buffer_printf(out, " \\fI%s\\fR", option->argument);
		kg_buffer_add(out, "\n");
		add_escaped(out, option->help);
		if (option->fallback)
			kg_buffer_printf(out, "Default: %s.\n", option->fallback);
	}
}

static void add_program(struct kg_buffer *out, const struct kg_program *program)
{
	struct kg_option_set set = { program->name, program->option, program->noption, NULL };

	kg_buffer_printf(out, ".SS keng %s \\(en ", program->name);
	add_escaped(out, program->summary);
	add_escaped(out, program->detail);
	add_options(out, &set);
	for (size_t i = 0; i < program->nexample; i++) {
		kg_buffer_add(out, ".PP\n");
		add_escaped(out, program->example[i].title);
		kg_buffer_add(out, ".br\n.B keng ");
		add_escaped(out, program->example[i].command);
	}
}

static void add_charts(struct kg_buffer *out)
{
	struct kg_plot_options values;
	struct kg_option_set set = kg_plot_option_set(&values);
	size_t count;
	const struct kg_chart *const *chart = kg_chart_all(&count);

	kg_buffer_add(out, ".SS keng plot KIND \\(en a chart of any table\n");
	for (size_t i = 0; i < count; i++) {
		kg_buffer_printf(out, ".TP\n.B %s\n", chart[i]->id);
		add_escaped(out, chart[i]->detail);
	}
	add_options(out, &set);
}

void kg_help_manual(struct kg_buffer *out)
{
	struct kg_common common;
	struct kg_option_set set = kg_common_options(&common, "keng");
	size_t count;
	const struct kg_program *const *program = kg_program_all(&count);

	kg_buffer_add(out, ".TH KENG 1\n.SH NAME\nkeng \\- growth, participation, association and charts for places and "
			   "years\n.SH SYNOPSIS\n.B keng\n\\fIPROGRAM\\fR [\\fIINPUT\\fR ...] [\\fIOPTIONS\\fR]\n"
			   ".SH PROGRAMS\n");
	for (size_t i = 0; i < count; i++)
		add_program(out, program[i]);
	add_charts(out);
	kg_buffer_add(out, ".SH OPTIONS OF EVERY PROGRAM\n");
	add_options(out, &set);
	kg_buffer_add(out, ".SH EXIT STATUS\n0 ok, 1 data, 2 usage, 3 input, output or memory, 70 a bug of keng.\n");
}
