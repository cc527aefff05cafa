#include "notebook/engine_show.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "plots/draw.h"

#define FIGURES "figures/"
#define TABLES "tables/"
/* Longer tables are shown up to here; the rest is said. */
#define ROWS_SHOWN 60

/* The file's name inside its folder; NULL when it would leave it. */
static const char *strip_folder(const char *path, const char *folder)
{
	if (strncmp(path, folder, strlen(folder)) == 0)
		path += strlen(folder);
	for (const char *at = path; *at; at++)
		if (!isalnum((unsigned char)*at) && !strchr("-_.", *at))
			return NULL;
	return *path && *path != '.' ? path : NULL;
}

static enum kg_status refuse_path(const char *option, const char *path, const char *folder, struct kg_error *error)
{
	return kg_error_set(error, KG_EDATA,
			    "'--%s %s' leaves the folder %s beside the notebook, the only place for such files; give a "
			    "plain name of letters, digits, '-', '_' and '.'",
			    option, path, folder);
}

enum kg_status kg_show_check(const struct kg_command *command, struct kg_error *error)
{
	const struct kg_common *common = &command->common;
	const char *folder = command->program ? TABLES : FIGURES;

	if (common->output && !strip_folder(common->output, folder))
		return refuse_path("output", common->output, folder, error);
	if (common->plot && !strip_folder(common->plot, FIGURES))
		return refuse_path("plot", common->plot, FIGURES, error);
	return KG_OK;
}

static enum kg_status add_file(struct kg_showing *showing, struct kg_stamp_file file, struct kg_error *error)
{
	struct kg_outcome *outcome = showing->outcome;

	for (size_t i = 0; i < outcome->nfile; i++)
		if (strcmp(outcome->file[i].name, file.name) == 0)
			return kg_error_set(error, KG_EDATA,
					    "'%s' is written twice in this block; give one another name with --output",
					    file.name);
	outcome->file = kg_arena_grow(showing->engine->arena, outcome->file, outcome->nfile * sizeof file,
				      (outcome->nfile + 1) * sizeof file);
	if (!outcome->file)
		return kg_error_memory(error);
	outcome->file[outcome->nfile++] = file;
	return KG_OK;
}

/* Takes a file that was drawn into the private folder. `must`: an error when it is not there. */
static enum kg_status take_file(struct kg_showing *showing, const char *name, bool must, struct kg_error *error)
{
	struct kg_arena *arena = showing->engine->arena;
	char *path = kg_arena_format(arena, "%s/%s", showing->engine->files.folder, name), *bytes;
	struct kg_stamp_file file;
	size_t length;

	if (!path)
		return kg_error_memory(error);
	if (!must && access(path, R_OK) != 0)
		return KG_OK;
	KG_TRY(kg_file_read(path, arena, &bytes, &length, error));
	unlink(path);
	file = (struct kg_stamp_file){ kg_arena_format(arena, FIGURES "%s", name), bytes, length };
	return file.name ? add_file(showing, file, error) : kg_error_memory(error);
}

/* The description of a picture inside ![...]. */
static void add_alt(struct kg_buffer *out, const char *text)
{
	for (; *text; text++) {
		if (strchr("[]\\*_`<>!&~|$", *text))
			kg_buffer_add_char(out, '\\');
		kg_buffer_add_char(out, *text == '\n' ? ' ' : *text);
	}
}

static enum kg_status draw(struct kg_showing *showing, const struct kg_picture *picture, const char *name,
			   const char **sentence, struct kg_error *error)
{
	struct kg_engine *engine = showing->engine;
	struct kg_arena *arena = engine->arena;
	const char *dot = strrchr(name, '.');
	char *path;

	KG_TRY(kg_scratch_make(&engine->files, error));
	path = kg_arena_format(arena, "%s/%s", engine->files.folder, name);
	if (!engine->gnuplot)
		engine->gnuplot = kg_gnuplot_new(arena);
	if (!path || !engine->gnuplot)
		return kg_error_memory(error);
	KG_TRY(kg_picture_draw_with(engine->gnuplot, picture, path, arena, sentence, error));
	KG_TRY(take_file(showing, name, true, error));
	for (size_t k = 0; picture->with_script && dot && k < 2; k++) {
		const char *beside = kg_arena_format(arena, "%.*s.%s", (int)(dot - name), name, k ? "csv" : "gp");

		if (!beside)
			return kg_error_memory(error);
		KG_TRY(take_file(showing, beside, false, error));
	}
	return KG_OK;
}

static enum kg_status add_figure(struct kg_showing *showing, struct kg_picture *picture, const char *asked,
				 struct kg_error *error)
{
	const char *id = showing->engine->book->block[showing->block].id, *sentence = NULL, *name, *title;

	showing->nfigure++;
	if (asked)
		name = strip_folder(asked, FIGURES);
	else
		name = kg_arena_format(showing->engine->arena, showing->nfigure > 1 ? "%s-%zu.svg" : "%s.svg", id,
				       showing->nfigure);
	if (!name)
		return kg_error_memory(error);
	picture->command = showing->text;
	if (showing->draw)
		KG_TRY(draw(showing, picture, name, &sentence, error));
	kg_buffer_add(&showing->content, "\n![");
	title = picture->title ? kg_message_text(picture->title, picture->language, showing->engine->arena) : id;
	add_alt(&showing->content, sentence ? sentence : title);
	kg_buffer_printf(&showing->content, "](" FIGURES "%s)\n", name);
	return KG_OK;
}

static struct kg_style choose_style(const struct kg_command *command)
{
	return (struct kg_style){ .digits = (int)command->common.digits,
				  .language = kg_language_find(command->common.lang) };
}

static enum kg_status add_table(struct kg_showing *showing, const struct kg_command *command,
				const struct kg_result *result, struct kg_error *error)
{
	struct kg_style style = choose_style(command);
	struct kg_arena *arena = showing->engine->arena;
	struct kg_result shown = *result;
	struct kg_table *cut;

	kg_buffer_add(&showing->content, "\n");
	if (result->table->nrow > ROWS_SHOWN) {
		cut = KG_NEW(arena, struct kg_table);
		if (!cut)
			return kg_error_memory(error);
		*cut = *result->table;
		cut->nrow = ROWS_SHOWN;
		shown.table = cut;
		kg_result_remark(&shown, arena, "The first %'d of %'zu rows are shown; '--output NAME.csv' keeps all.",
				 ROWS_SHOWN, result->table->nrow);
	}
	return kg_format_find("markdown")->write(&shown, &style, arena, &showing->content, error);
}

/* The format that the ending of a file asks for. */
static const struct kg_format *choose_format(const struct kg_command *command, const char *name)
{
	static const char *const ending[][2] = { { ".md", "markdown" },
						 { ".tex", "latex" },
						 { ".html", "html" },
						 { ".json", "json" },
						 { ".txt", "table" } };
	const char *dot = strrchr(name, '.');

	if (command->common.format)
		return kg_format_find(command->common.format);
	for (size_t i = 0; dot && i < sizeof ending / sizeof ending[0]; i++)
		if (strcmp(dot, ending[i][0]) == 0)
			return kg_format_find(ending[i][1]);
	return kg_format_find("csv");
}

static enum kg_status add_output(struct kg_showing *showing, const struct kg_command *command,
				 const struct kg_result *result, struct kg_error *error)
{
	struct kg_arena *arena = showing->engine->arena;
	struct kg_style style = choose_style(command);
	struct kg_buffer out = kg_buffer_new(arena);
	const char *name = kg_arena_format(arena, TABLES "%s", strip_folder(command->common.output, TABLES));

	if (!name)
		return kg_error_memory(error);
	KG_TRY(choose_format(command, name)->write(result, &style, arena, &out, error));
	KG_TRY(kg_buffer_check(&out, error));
	kg_buffer_printf(&showing->content, "\n[%s](%s)\n", name, name);
	return showing->draw ? add_file(showing, (struct kg_stamp_file){ name, out.text, out.length }, error) : KG_OK;
}

/* The block's table, which goes by the block's id. */
static enum kg_status keep_table(const struct kg_showing *showing, const struct kg_table *table, struct kg_error *error)
{
	struct kg_table *named = KG_NEW(showing->engine->arena, struct kg_table);

	if (!named)
		return kg_error_memory(error);
	*named = *table;
	named->name = showing->engine->book->block[showing->block].id;
	showing->outcome->table = named;
	showing->outcome->synthetic |= table->from->synthetic;
	return KG_OK;
}

enum kg_status kg_show_result(struct kg_showing *showing, const struct kg_command *command, struct kg_result *result,
			      struct kg_error *error)
{
	KG_TRY(keep_table(showing, result->table, error));
	if (!command->common.quiet)
		KG_TRY(add_table(showing, command, result, error));
	if (command->common.output)
		KG_TRY(add_output(showing, command, result, error));
	if (!command->common.plot)
		return KG_OK;
	if (!result->picture.kind)
		return kg_error_set(error, KG_EDATA, "%s has no chart of its own; use 'plot KIND' below it",
				    command->program->name);
	return add_figure(showing, &result->picture, command->common.plot, error);
}

enum kg_status kg_show_plot(struct kg_showing *showing, const struct kg_command *command, struct kg_result *result,
			    struct kg_error *error)
{
	if (!showing->outcome->table)
		KG_TRY(keep_table(showing, result->table, error));
	showing->outcome->synthetic |= result->table->from->synthetic;
	return add_figure(showing, &result->picture, command->common.output, error);
}
