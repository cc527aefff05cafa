#include <string.h>

#include "command/common.h"
#include "command/plot.h"
#include "plots/chart.h"
#include "stats/stat.h"

/* Width of running text. */
#define LINE_MOST 96

static void list_aligned(struct kg_buffer *out, const char *name, const char *text)
{
	size_t used = strlen(name);

	kg_buffer_printf(out, "  %s", name);
	kg_buffer_repeat(out, " ", used < 24 ? 24 - used : 1);
	kg_buffer_printf(out, "%s\n", text);
}

static void list_stats(struct kg_buffer *out, const struct kg_program *program, const char *family)
{
	const char *id[64];
	size_t count = kg_stat_ids(family, id, sizeof id / sizeof id[0]);

	if (!count)
		return;
	if (strcmp(family, program->name) == 0)
		kg_buffer_add(out, "\nMethods ('keng explain METHOD' gives formula, source and assumptions):\n");
	else
		kg_buffer_printf(out, "\nFurther methods (%s):\n", family);
	for (size_t i = 0; i < count && i < sizeof id / sizeof id[0]; i++)
		list_aligned(out, id[i], kg_stat_find(family, id[i])->title);
}

/* Appends a paragraph in lines of at most LINE_MOST characters; line ends in the text are kept. */
static void add_wrapped(struct kg_buffer *out, const char *text)
{
	size_t column = 0;

	while (*text) {
		size_t word = strcspn(text, " \n");

		if (column && column + 1 + word > LINE_MOST) {
			kg_buffer_add(out, "\n");
			column = 0;
		} else if (column) {
			kg_buffer_add(out, " ");
			column++;
		}
		kg_buffer_add_n(out, text, word);
		column += word;
		text += word;
		if (*text == '\n') {
			kg_buffer_add(out, "\n");
			column = 0;
		}
		text += *text != '\0';
	}
	kg_buffer_add(out, "\n");
}

static void list_usage(struct kg_buffer *out, const struct kg_program *program)
{
	kg_buffer_printf(out, "Usage: keng %s INPUT%s", program->name, program->inputs_most > 1 ? " ..." : "");
	for (size_t i = 0; i < program->noption; i++)
		if (program->option[i].required)
			kg_buffer_printf(out, " --%s %s", program->option[i].name, program->option[i].argument);
	kg_buffer_add(out, " [OPTIONS]\n");
}

static void list_common(struct kg_buffer *out, const struct kg_option_set *own)
{
	struct kg_common common;
	struct kg_option_set set = kg_common_options(&common, own->program);

	kg_buffer_add(out, "\nOptions of every program:\n");
	kg_options_help(&set, own, out);
	kg_buffer_add(out, "\nINPUT is a CSV file, file.csv.gz, - (standard input), or DIR#resource of "
			   "DIR/datapackage.json.\n"
			   "Exit code: 0 ok, 1 data, 2 usage, 3 input/output or memory, 70 a bug of keng.\n");
}

enum kg_status kg_help_program(const struct kg_program *program, struct kg_buffer *out)
{
	struct kg_option_set set = { program->name, program->option, program->noption, NULL };

	kg_buffer_printf(out, "keng %s: %s\n\n", program->name, program->summary);
	list_usage(out, program);
	kg_buffer_add(out, "\n");
	add_wrapped(out, program->detail);
	if (program->noption) {
		kg_buffer_add(out, "\nOptions:\n");
		kg_options_help(&set, NULL, out);
	}
	list_stats(out, program, program->name);
	for (size_t i = 0; i < program->noption; i++) {
		const char *families = program->option[i].methods_of;
		char family[KG_FAMILY_MOST];

		while (families && kg_family_next(&families, family))
			if (strcmp(family, program->name) != 0)
				list_stats(out, program, family);
	}
	kg_buffer_add(out, program->nexample ? "\nExamples:\n" : "");
	for (size_t i = 0; i < program->nexample; i++)
		kg_buffer_printf(out, "  %s\n    keng %s\n", program->example[i].title, program->example[i].command);
	list_common(out, &set);
	return kg_buffer_check(out, NULL);
}

void kg_help_plot(struct kg_buffer *out)
{
	struct kg_plot_options values;
	struct kg_option_set set = kg_plot_option_set(&values);
	size_t count;
	const struct kg_chart *const *chart = kg_chart_all(&count);

	kg_buffer_add(out, "keng plot: a chart of any table, in the house style\n\n"
			   "Usage: keng plot KIND INPUT --output FILE [OPTIONS]\n\n"
			   "The ending of FILE picks the format: .svg .pdf .png .eps .tex .txt (.txt is drawn with "
			   "characters, for a terminal).\n\nKinds:\n");
	for (size_t i = 0; i < count; i++)
		list_aligned(out, chart[i]->id, chart[i]->title);
	kg_buffer_add(out, "\nOptions:\n");
	kg_options_help(&set, NULL, out);
	kg_buffer_add(out, "\nWhat each kind takes:\n");
	for (size_t i = 0; i < count; i++)
		kg_buffer_printf(out, "  %s: %s\n    keng %s\n", chart[i]->id, chart[i]->detail, chart[i]->example);
	list_common(out, &set);
}

void kg_help_all(struct kg_buffer *out)
{
	size_t count;
	const struct kg_program *const *program = kg_program_all(&count);

	kg_buffer_add(out,
		      "keng: growth rates, per-capita participation, associations and charts for places and years\n\n"
		      "Usage: keng PROGRAM [INPUT ...] [OPTIONS]\n"
		      "       keng PROGRAM --help | explain METHOD | --help | --version\n\nPrograms:\n");
	for (size_t i = 0; i < count; i++)
		list_aligned(out, program[i]->name, program[i]->summary);
	list_aligned(out, "plot", "a chart of any table, in the house style");
	list_aligned(out, "notebook", "executable Markdown: run, check, render");
	list_aligned(out, "whence", "which commands, rows and data made a figure or a number of a notebook");
	list_aligned(out, "explain", "formula, source, assumptions, unit of a method");
	kg_buffer_add(out, "\nFirst steps:\n"
			   "  keng describe FILE.csv                                 what is in it\n"
			   "  keng growth FILE.csv --time YEAR --value COUNT --by PLACE   growth of each place\n");
}
