#include "cli/output.h"

#include <math.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "base/file.h"
#include "plots/chart.h"
#include "plots/medium.h"

/* A terminal that does not tell its width. */
#define WIDTH_UNKNOWN 80
/* Work shorter than this shows no progress bar. */
#define PATIENCE_SECONDS 1.0
#define BAR_CELLS 30

static size_t measure_width(void)
{
	struct winsize size;

	return ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col ? size.ws_col : WIDTH_UNKNOWN;
}

enum kg_status kg_output_check(const struct kg_command *command, struct kg_error *error)
{
	const struct kg_medium *medium;

	if (!command->program && !command->common.output)
		return kg_error_set(error, KG_EUSAGE,
				    "plot needs '--output FILE'; its ending picks the format: .svg .pdf "
				    ".png .eps .tex .txt");
	if (command->common.plot || !command->program)
		return kg_medium_find(command->program ? command->common.plot : command->common.output, &medium, error);
	return KG_OK;
}

/* Options that leave no trace in a figure: where it goes, who watches. `*pair`: a value follows as its own word. */
static bool leaves_no_trace(const char *word, bool *pair)
{
	static const char *const valued[] = { "--output", "--plot", "--threads" };

	*pair = false;
	if (strcmp(word, "--quiet") == 0 || strcmp(word, "--no-progress") == 0)
		return true;
	for (size_t i = 0; i < sizeof valued / sizeof valued[0]; i++) {
		size_t length = strlen(valued[i]);

		*pair = strcmp(word, valued[i]) == 0;
		if (*pair || (strncmp(word, valued[i], length) == 0 && word[length] == '='))
			return true;
	}
	return false;
}

/* A file by its own name: where it lies on somebody's machine is not for print. */
static const char *name_file(const char *word)
{
	const char *slash = strrchr(word, '/');

	return *word == '/' && slash[1] ? slash + 1 : word;
}

/* A word as a shell reads it back: in single quotes where it needs them; one inside ends them, stands alone, and opens
 * them again. */
static void add_word(struct kg_buffer *text, const char *word)
{
	bool plain = *word && !word[strcspn(word, " \t\n'\"\\$`*?;&|<>()[]{}!#~")];

	kg_buffer_add(text, plain ? " " : " '");
	for (; *word; word++)
		if (*word == '\'')
			kg_buffer_add(text, "'\\''");
		else
			kg_buffer_add_char(text, *word);
	kg_buffer_add(text, plain ? "" : "'");
}

/* The command as typed, without what does not change the figure. */
static const char *join_words(const struct kg_names *word, struct kg_arena *arena)
{
	struct kg_buffer text = kg_buffer_new(arena);

	kg_buffer_add(&text, "keng");
	for (size_t i = 0; i < word->count; i++) {
		bool pair;

		if (leaves_no_trace(word->name[i], &pair))
			i += pair;
		else
			add_word(&text, name_file(word->name[i]));
	}
	return text.failed ? NULL : text.text;
}

/* A cell of CSV has room for one end of a range, the other being 0 or none: says which columns have two. */
static void remark_two_ends(struct kg_result *result, struct kg_arena *arena)
{
	for (size_t j = 0; j < result->table->ncol; j++) {
		const struct kg_column *column = &result->table->column[j];
		size_t count = 0;

		for (size_t i = 0; column->low && i < result->table->nrow; i++)
			count += !kg_column_missing(column, i) && column->low[i] < column->high[i] &&
				 isfinite(column->low[i]) && isfinite(column->high[i]) && column->low[i] != 0;
		if (count)
			kg_result_remark(result, arena,
					 "CSV shows '%s' without the two ends of its bounds (rows: %zu); JSON has both",
					 column->name, count);
	}
}

static void say_remarks(const struct kg_command *command, const struct kg_result *result)
{
	if (command->common.quiet)
		return;
	if (result->table->from->synthetic)
		fprintf(stderr, "keng: note: %s\n",
			kg_translate(kg_language_find(command->common.lang), "synthetic data"));
	for (size_t i = 0; i < result->nremark; i++)
		fprintf(stderr, "keng: note: %s\n", result->remark[i].in[kg_language_find(command->common.lang)]);
}

/* "figure.vi.svg" for "figure.svg". */
static const char *name_language(const char *path, enum kg_language language, struct kg_arena *arena)
{
	const char *slash = strrchr(path, '/'), *dot = strrchr(path, '.');
	size_t stem = dot && (!slash || dot > slash) ? (size_t)(dot - path) : strlen(path);

	return kg_arena_format(arena, "%.*s.%s%s", (int)stem, path, kg_language_code(language), path + stem);
}

/* The figure; with --lang en,vi a second one in Vietnamese, FILE.vi.ENDING. */
static enum kg_status draw(const struct kg_command *command, const struct kg_picture *picture, const char *path,
			   struct kg_arena *arena, struct kg_error *error)
{
	struct kg_picture second = *picture;

	KG_TRY(kg_picture_draw(picture, path, arena, NULL, error));
	if (!strchr(command->common.lang, ','))
		return KG_OK;
	second.language = KG_VIETNAMESE;
	path = name_language(path, second.language, arena);
	return path ? kg_picture_draw(&second, path, arena, NULL, error) : kg_error_memory(error);
}

static enum kg_status write_table(const struct kg_command *command, const struct kg_result *result,
				  struct kg_arena *arena, struct kg_error *error)
{
	const struct kg_common *common = &command->common;
	bool terminal = !common->output && isatty(STDOUT_FILENO);
	const struct kg_format *format = kg_format_find(common->format ? common->format : terminal ? "table" : "csv");
	struct kg_style style = { .digits = (int)common->digits,
				  .threads = (size_t)common->threads,
				  .language = kg_language_find(common->lang),
				  .width = terminal ? measure_width() : 0,
				  .colour = terminal };
	struct kg_buffer out = kg_buffer_new(arena);

	KG_TRY(format->write(result, &style, arena, &out, error));
	KG_TRY(kg_buffer_check(&out, error));
	if (common->output)
		return kg_file_write(common->output, out.text, out.length, error);
	return kg_file_put(STDOUT_FILENO, out.text, out.length, error);
}

/* Formats that say remarks and the synthetic mark in the document itself. */
static bool speaks_itself(const struct kg_command *command)
{
	const char *format = command->common.format;

	if (!format)
		return !command->common.output && isatty(STDOUT_FILENO);
	return strcmp(format, "csv") != 0;
}

enum kg_status kg_output_result(const struct kg_command *command, const struct kg_names *word, struct kg_result *result,
				struct kg_arena *arena, struct kg_error *error)
{
	struct kg_picture *picture = &result->picture;

	picture->command = join_words(word, arena);
	if (!command->program) {
		KG_TRY(draw(command, picture, command->common.output, arena, error));
		say_remarks(command, result);
		return KG_OK;
	}
	KG_TRY(write_table(command, result, arena, error)); /* first: it is there even if the chart cannot be drawn */
	if (!speaks_itself(command)) {
		remark_two_ends(result, arena);
		say_remarks(command, result);
	}
	if (command->common.plot && !picture->kind)
		return kg_error_set(error, KG_EUSAGE,
				    "%s has no chart of its own for this result; save the table with --output and use "
				    "'keng plot KIND'",
				    command->program->name);
	return command->common.plot ? draw(command, picture, command->common.plot, arena, error) : KG_OK;
}

struct kg_watch kg_watch_start(const struct kg_command *command)
{
	struct kg_watch watch = { .wanted =
				      isatty(STDERR_FILENO) && !command->common.quiet && !command->common.no_progress,
				  .percent = -1 };

	clock_gettime(CLOCK_MONOTONIC, &watch.start);
	return watch;
}

void kg_watch_report(void *watcher, double fraction)
{
	struct kg_watch *watch = watcher;
	int percent = (int)(fraction * 100), filled = percent * BAR_CELLS / 100;
	struct timespec now;

	if (!watch->wanted || percent == watch->percent || fraction < 0 || fraction > 1)
		return;
	clock_gettime(CLOCK_MONOTONIC, &now);
	if ((double)(now.tv_sec - watch->start.tv_sec) + (double)(now.tv_nsec - watch->start.tv_nsec) / 1e9 <
	    PATIENCE_SECONDS)
		return;
	watch->percent = percent;
	watch->shown = true;
	fprintf(stderr, "\r[%.*s%*s] %3d %%", filled, "##############################", BAR_CELLS - filled, "",
		percent);
}

void kg_watch_end(struct kg_watch *watch)
{
	if (watch->shown)
		fprintf(stderr, "\r%*s\r", BAR_CELLS + 10, "");
	watch->shown = false;
}
