#include "plots/draw.h"

#include <inttypes.h>
#include <string.h>

#include "base/file.h"
#include "base/parallel.h"
#include "base/text.h"
#include "base/version.h"
#include "plots/canvas.h"
#include "plots/svg_post.h"
#include "report/write.h"

#define IDS_MOST 64

static enum kg_status find_chart(const char *kind, const struct kg_chart **chart, struct kg_error *error)
{
	const char *id[IDS_MOST], *nearest;
	size_t count;
	const struct kg_chart *const *all = kg_chart_all(&count);

	*chart = kind ? kg_chart_find(kind) : NULL;
	if (*chart)
		return KG_OK;
	for (size_t i = 0; i < count && i < IDS_MOST; i++)
		id[i] = all[i]->id;
	nearest = kg_text_nearest(kind ? kind : "", id, count < IDS_MOST ? count : IDS_MOST);
	if (nearest)
		return kg_error_set(error, KG_EUSAGE, "'%s' is not a chart; did you mean '%s'?", kind ? kind : "",
				    nearest);
	return kg_error_set(error, KG_EUSAGE, "'%s' is not a chart; `keng plot --help` lists them", kind ? kind : "");
}

static enum kg_status make_canvas(const struct kg_picture *picture, const char *path, struct kg_arena *arena,
				  struct kg_canvas **canvas, struct kg_error *error)
{
	const struct kg_medium *medium;
	const struct kg_chart *chart;

	KG_TRY(find_chart(picture->kind, &chart, error));
	KG_TRY(kg_medium_find(path, &medium, error));
	KG_TRY(kg_canvas_new(picture, medium, arena, canvas, error));
	return chart->draw(picture, *canvas, error);
}

enum kg_status kg_picture_script(const struct kg_picture *picture, const char *path, struct kg_arena *arena,
				 struct kg_buffer *script, struct kg_error *error)
{
	struct kg_canvas *canvas;

	KG_TRY(make_canvas(picture, path, arena, &canvas, error));
	return kg_canvas_finish(canvas, script, error);
}

/* Content of a table as one number, to tell whether a figure still shows the data. */
static uint64_t hash_table(const struct kg_table *table)
{
	uint64_t hash = KG_HASH_START;

	for (size_t c = 0; c < table->ncol; c++) {
		const struct kg_column *column = &table->column[c];

		hash = kg_hash(column->name, strlen(column->name) + 1, hash);
		for (size_t row = 0; row < table->nrow; row++) {
			double value = column->type == KG_TEXT ? 0 : kg_column_real(column, row);
			const char *text = column->type == KG_TEXT ? kg_column_text(column, row) : NULL;

			hash = text ? kg_hash(text, strlen(text) + 1, hash) : kg_hash(&value, sizeof value, hash);
		}
	}
	return hash;
}

static enum kg_status complete_svg(const struct kg_canvas *canvas, char **bytes, size_t *length, struct kg_error *error)
{
	const struct kg_picture *picture = canvas->picture;
	struct kg_buffer out = kg_buffer_new(canvas->arena);
	struct kg_svg_facts facts = { canvas->heading, canvas->sentence, NULL };

	facts.metadata =
	    kg_arena_format(canvas->arena, "keng " KG_VERSION "; command: %s; data: %016" PRIx64,
			    picture->command ? picture->command : picture->kind, hash_table(picture->table));
	kg_svg_complete(*bytes, *length, &facts, &out);
	KG_TRY(kg_buffer_check(&out, error));
	*bytes = out.text;
	*length = out.length;
	return KG_OK;
}

/* The only part of a PDF that differs from run to run: 14 digits after /CreationDate (D: */
static void fix_date(char *bytes, size_t length)
{
	static const char mark[] = "/CreationDate (D:", date[] = "20000101000000";
	char *found = memmem(bytes, length, mark, sizeof mark - 1);

	if (found && (size_t)(bytes + length - found) > sizeof mark + sizeof date)
		memcpy(found + sizeof mark - 1, date, sizeof date - 1);
}

/* EPS says when it was made in a comment line. */
static void fix_comment(char *bytes, size_t length)
{
	static const char mark[] = "%%CreationDate: ";
	char *found = memmem(bytes, length, mark, sizeof mark - 1);

	for (char *at = found ? found + sizeof mark - 1 : NULL; at && at < bytes + length && *at != '\n'; at++)
		*at = '-';
}

/* The path with another ending. */
static char *replace_ending(const char *path, const char *ending, struct kg_arena *arena)
{
	return kg_arena_format(arena, "%.*s%s", (int)(strrchr(path, '.') - path), path, ending);
}

/* The lines of `x.tex` are in `x-lines.pdf` beside it: `x.pdf` may be a figure of its own. */
#define LINES "-lines"
/* A document that has loaded the encoding of Vietnamese sets the figure in it. */
#define VIETNAMESE_LETTERS "  \\@ifundefined{T@T5}{}{\\fontencoding{T5}\\selectfont}%\n"

static enum kg_status write_tex(struct kg_gnuplot *gnuplot, const struct kg_canvas *canvas, const char *path,
				char **bytes, size_t *length, struct kg_error *error)
{
	struct kg_buffer out = kg_buffer_new(canvas->arena);
	char *pdf_path = replace_ending(path, LINES ".pdf", canvas->arena), *stem = kg_file_stem(path, canvas->arena);
	char *found = memmem(*bytes, *length, "{./figure}", 10), *pdf;
	char *start = memmem(*bytes, *length, "\\makeatletter\n", 14);
	size_t pdf_length;

	if (!pdf_path || !stem)
		return kg_error_memory(error);
	if (!found || !start || start > found)
		return kg_error_set(error, KG_EIO, "gnuplot wrote no figure for LaTeX");
	start += 14;
	kg_buffer_add_n(&out, *bytes, (size_t)(start - *bytes));
	kg_buffer_add(&out, VIETNAMESE_LETTERS);
	kg_buffer_add_n(&out, start, (size_t)(found - start));
	kg_buffer_printf(&out, "{%s" LINES "}", stem);
	kg_buffer_add_n(&out, found + 10, *length - (size_t)(found + 10 - *bytes));
	KG_TRY(kg_buffer_check(&out, error));
	KG_TRY(kg_gnuplot_file(gnuplot, "figure.pdf", canvas->arena, &pdf, &pdf_length, error));
	fix_date(pdf, pdf_length);
	*bytes = out.text;
	*length = out.length;
	return kg_file_write(pdf_path, pdf, pdf_length, error);
}

static enum kg_status complete(struct kg_gnuplot *gnuplot, const struct kg_canvas *canvas, const char *path,
			       char **bytes, size_t *length, struct kg_error *error)
{
	switch (canvas->medium->id) {
	case KG_SVG:
		return complete_svg(canvas, bytes, length, error);
	case KG_PDF:
		fix_date(*bytes, *length);
		return KG_OK;
	case KG_EPS:
		fix_comment(*bytes, *length);
		return KG_OK;
	case KG_TEX:
		return write_tex(gnuplot, canvas, path, bytes, length, error);
	case KG_PNG:
	case KG_TXT:
		break;
	}
	return KG_OK;
}

/* The table as CSV, and the script that draws the figure, beside it: anyone can redraw it. */
static enum kg_status leave_script(const struct kg_canvas *canvas, const char *path, const struct kg_buffer *script,
				   struct kg_error *error)
{
	struct kg_arena *arena = canvas->arena;
	const struct kg_result result = { .table = canvas->picture->table };
	const struct kg_style style = { 0 };
	struct kg_buffer csv = kg_buffer_new(arena);
	char *csv_path = replace_ending(path, ".csv", arena), *script_path = replace_ending(path, ".gp", arena);

	if (!csv_path || !script_path)
		return kg_error_memory(error);
	KG_TRY(kg_format_find("csv")->write(&result, &style, arena, &csv, error));
	KG_TRY(kg_buffer_check(&csv, error));
	KG_TRY(kg_file_write(csv_path, csv.text, csv.length, error));
	return kg_file_write(script_path, script->text, script->length, error);
}

enum kg_status kg_picture_draw_with(struct kg_gnuplot *gnuplot, const struct kg_picture *picture, const char *path,
				    struct kg_arena *arena, const char **sentence, struct kg_error *error)
{
	struct kg_buffer script = kg_buffer_new(arena);
	struct kg_plot_job job = { 0 };
	struct kg_canvas *canvas;
	size_t length;
	char *bytes;

	KG_TRY(make_canvas(picture, path, arena, &canvas, error));
	KG_TRY(kg_canvas_finish(canvas, &script, error));
	job = (struct kg_plot_job){ .script = script.text,
				    .length = script.length,
				    .points = canvas->points,
				    .ending = canvas->medium->ending,
				    .end_mark = canvas->medium->end_mark,
				    .scratch = canvas->medium->id == KG_EPS };
	KG_TRY(kg_gnuplot_run(gnuplot, &job, arena, &bytes, &length, error));
	KG_TRY(complete(gnuplot, canvas, path, &bytes, &length, error));
	KG_TRY(kg_file_write(path, bytes, length, error));
	if (picture->with_script)
		KG_TRY(leave_script(canvas, path, &script, error));
	if (sentence)
		*sentence = canvas->sentence;
	return KG_OK;
}

enum kg_status kg_picture_draw(const struct kg_picture *picture, const char *path, struct kg_arena *arena,
			       const char **sentence, struct kg_error *error)
{
	struct kg_gnuplot *gnuplot = kg_gnuplot_new(arena);

	if (!gnuplot)
		return kg_error_memory(error);
	KG_TRY(kg_picture_draw_with(gnuplot, picture, path, arena, sentence, error));
	return kg_gnuplot_close(gnuplot, error);
}

struct batch {
	struct kg_drawing *drawing;
	size_t count, workers;
};

/* One worker: every `workers`-th drawing, so that the division does not depend on speed. */
static enum kg_status draw_share(void *context, size_t worker, struct kg_arena *scratch, struct kg_error *error)
{
	const struct batch *batch = context;
	struct kg_gnuplot *gnuplot = kg_gnuplot_new(scratch);

	if (!gnuplot)
		return kg_error_memory(error);
	for (size_t i = worker; i < batch->count; i += batch->workers) {
		struct kg_drawing *one = &batch->drawing[i];
		struct kg_arena_mark mark = kg_arena_mark(scratch);

		one->error.status = kg_picture_draw_with(gnuplot, &one->picture, one->path, scratch, NULL, &one->error);
		kg_arena_rewind(scratch, mark);
	}
	return kg_gnuplot_close(gnuplot, error);
}

enum kg_status kg_drawings_draw(struct kg_drawing *drawing, size_t count, size_t threads, struct kg_error *error)
{
	struct batch batch = { drawing, count, kg_parallel_threads(threads, count) };

	if (!count)
		return KG_OK;
	KG_TRY(kg_parallel_each(batch.workers, batch.workers, draw_share, &batch, error));
	for (size_t i = 0; i < count; i++) {
		if (drawing[i].error.status != KG_OK) {
			if (error)
				*error = drawing[i].error;
			return drawing[i].error.status;
		}
	}
	return KG_OK;
}
