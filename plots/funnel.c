/* funnel: places by size, with the limits that chance alone sets (Spiegelhalter 2005). */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "plots/beside.h"
#include "plots/caption.h"
#include "plots/choose.h"
#include "plots/notes.h"
#include "plots/scatter.h"
#include "plots/say.h"

#define ROOM_LEAST 260
#define LIMITS 4
#define LINE_POINTS 8 /* between two places, where labels look for the lines */

/* Limits of each row, and the size of its place. */
struct funnel {
	struct kg_series_set set;
	const struct kg_column *limit[LIMITS]; /* 95% low and high, 99.8% low and high */
	const struct kg_column *name;
	double target; /* NaN = not known */
};

static const char *const limit_name[LIMITS] = { "limit_95_low", "limit_95_high", "limit_998_low", "limit_998_high" };

/* The result has no column of sizes when its input had it: the rows of both are then matched by the groups' names. */
static double find_size(const struct kg_picture *picture, const struct kg_column *size, const struct kg_column *result,
			const struct kg_column *data, size_t row)
{
	double sum = 0;
	const char *name = kg_column_text(result, row);

	for (size_t i = 0; i < picture->data->nrow; i++)
		if (strcmp(kg_column_text(data, i), name) == 0 && isfinite(kg_column_real(size, i)))
			sum += kg_column_real(size, i);
	return sum;
}

/* Sizes from the data behind the table: by the groups' names, or row by row where the rows are the places. */
static bool fill_sizes(const struct kg_picture *picture, const struct kg_column *size, double *value)
{
	const struct kg_table *table = picture->table;
	const struct kg_column *name = NULL, *data_name;

	for (size_t i = 0; i < table->ncol && !name; i++)
		if (table->column[i].type == KG_TEXT && kg_table_find(picture->data, table->column[i].name))
			name = &table->column[i];
	data_name = name ? kg_table_find(picture->data, name->name) : NULL;
	if (!data_name && table->nrow != picture->data->nrow)
		return false;
	if (data_name && data_name->type != KG_TEXT)
		return false;
	for (size_t row = 0; row < table->nrow; row++)
		value[row] = data_name ? find_size(picture, size, name, data_name, row) : kg_column_real(size, row);
	return true;
}

/* The table with its sizes taken from the data behind it: a column of the result may be called the same ("n"). */
static enum kg_status find_sizes(const struct kg_picture *picture, struct kg_arena *arena, struct kg_picture *asked,
				 struct kg_error *error)
{
	struct kg_table *table = KG_NEW(arena, struct kg_table);
	struct kg_column *column = KG_ARRAY(arena, struct kg_column, picture->table->ncol + 1);
	double *value = KG_ARRAY(arena, double, picture->table->nrow + 1);
	const struct kg_column *size;
	size_t at = 0;

	*asked = *picture;
	if (!picture->data)
		return KG_OK;
	KG_TRY(kg_table_number(picture->data, picture->x, &size, error));
	if (!table || !column || !value)
		return kg_error_memory(error);
	if (!fill_sizes(picture, size, value))
		return kg_error_set(error, KG_EUSAGE,
				    "a funnel needs the size of each place: name its column with --x");
	*table = *picture->table;
	memcpy(column, table->column, table->ncol * sizeof *column);
	while (at < table->ncol && strcmp(column[at].name, size->name) != 0)
		at++;
	column[at] = (struct kg_column){
		.name = size->name, .title = size->title, .unit = size->unit, .type = KG_REAL, .real = value
	};
	table->column = column;
	table->ncol += at == table->ncol;
	asked->table = table;
	return KG_OK;
}

/* The column target of the table, the same in every row, else what the program says. */
static double find_target(const struct kg_picture *picture)
{
	const struct kg_column *column = kg_table_find(picture->table, "target");
	double target = NAN;

	for (size_t row = 0; column && column->type != KG_TEXT && isnan(target) && row < picture->table->nrow; row++)
		target = kg_column_real(column, row);
	return isnan(target) && picture->reference > 0 ? picture->reference : target;
}

static enum kg_status read_funnel(const struct kg_picture *picture, struct funnel *funnel, struct kg_error *error)
{
	for (int k = 0; k < LIMITS; k++)
		KG_TRY(kg_table_number(picture->table, limit_name[k], &funnel->limit[k], error));
	for (size_t row = 0; row < picture->table->nrow; row++)
		for (int k = 0; k < LIMITS; k += 2) {
			double low = kg_column_real(funnel->limit[k], row),
			       high = kg_column_real(funnel->limit[k + 1], row);

			if (isfinite(low) && isfinite(high) && k == 0)
				kg_series_include(&funnel->set, low, high);
		}
	funnel->target = find_target(picture);
	kg_series_include(&funnel->set, funnel->target, funnel->target);
	funnel->name = funnel->set.label;
	for (size_t i = 0; !funnel->name && i < picture->table->ncol; i++)
		if (picture->table->column[i].type == KG_TEXT)
			funnel->name = &picture->table->column[i];
	return KG_OK;
}

/* Limits along the places in order of size; what lies beyond the axis is cut off. */
static void draw_limit(struct kg_canvas *canvas, const struct funnel *funnel, int k)
{
	const struct kg_series *series = &funnel->set.series[0];

	kg_canvas_begin(canvas);
	for (size_t i = 0; i < series->n; i++) {
		double value = kg_column_real(funnel->limit[k], series->row[i]);

		KG_ROW(canvas, series->x[i], value);
	}
	kg_canvas_end(canvas, "using 1:2 with lines lc rgb '%s' lw 1.2 dt %s", kg_colour_hex(KG_COLOUR_AXIS),
		      k < 2 ? "(6,4)" : "1");
}

/* How far out a place is: 2 beyond the outer limits, 1 beyond the inner ones. */
static int find_level(const struct funnel *funnel, size_t i)
{
	const struct kg_series *series = &funnel->set.series[0];
	double y = series->y[i];

	for (int k = LIMITS - 2; k >= 0; k -= 2) {
		double low = kg_column_real(funnel->limit[k], series->row[i]);
		double high = kg_column_real(funnel->limit[k + 1], series->row[i]);

		if (y < low || y > high)
			return k ? 2 : 1;
	}
	return 0;
}

static void draw_places(struct kg_canvas *canvas, const struct funnel *funnel)
{
	static const enum kg_colour colour[] = { KG_COLOUR_BLUE, KG_COLOUR_ORANGE, KG_COLOUR_VERMILION };
	static const int point[] = { 7, 5, 13 };
	const struct kg_series *series = &funnel->set.series[0];

	for (int level = 0; level <= 2; level++) {
		kg_canvas_begin(canvas);
		for (size_t i = 0; i < series->n; i++)
			if (find_level(funnel, i) == level)
				KG_ROW(canvas, series->x[i], series->y[i]);
		kg_canvas_end(canvas, "using 1:2 with points pt %d ps %g lc rgb '%s'", point[level],
			      level == 2 ? 0.55 : 0.45, kg_colour_hex(colour[level]));
	}
}

/* Points along the limits: between the sizes of two places on straight lines, as they are drawn. */
static void add_limits(const struct funnel *funnel, struct kg_cloud *cloud, double *line)
{
	const struct kg_series *series = &funnel->set.series[0];

	cloud->line = line;
	for (size_t at = 0; at + 1 < LIMITS * series->n; at++) {
		size_t i = at % series->n;
		const struct kg_column *limit = funnel->limit[at / series->n];
		double from, to;

		if (i + 1 == series->n)
			continue;
		from = kg_column_real(limit, series->row[i]);
		to = kg_column_real(limit, series->row[i + 1]);
		for (int k = 0; k < LINE_POINTS && isfinite(from) && isfinite(to); k++) {
			double share = (double)k / LINE_POINTS;

			line[2 * cloud->nline] = series->x[i] + share * (series->x[i + 1] - series->x[i]);
			line[2 * cloud->nline++ + 1] = from + share * (to - from);
		}
	}
}

/* Names of the places beyond the outer limits, then of those beyond the inner ones. */
static void name_outliers(struct kg_canvas *canvas, const struct funnel *funnel)
{
	const struct kg_series *series = &funnel->set.series[0];
	struct kg_point_label *label = KG_ARRAY(canvas->arena, struct kg_point_label, series->n + 1);
	double *point = KG_ARRAY(canvas->arena, double, 2 * series->n + 2);
	double *line = KG_ARRAY(canvas->arena, double, 2 * LIMITS * LINE_POINTS * series->n + 2);
	struct kg_cloud cloud = { .point = point };
	size_t count = 0;

	if (!label || !point || !line)
		return;
	for (size_t i = 0; i < series->n; i++) {
		if (isnan(series->y[i]))
			continue;
		point[2 * cloud.npoint] = series->x[i];
		point[2 * cloud.npoint++ + 1] = series->y[i];
	}
	add_limits(funnel, &cloud, line);
	for (int level = 2; level >= 1; level--)
		for (size_t i = 0; i < series->n; i++)
			if (isfinite(series->y[i]) && find_level(funnel, i) == level)
				label[count++] =
				    (struct kg_point_label){ .x = series->x[i],
							     .y = series->y[i],
							     .text = kg_column_cell(funnel->name, series->row[i],
										    canvas->arena) };
	if (funnel->name)
		kg_beside_write(canvas, label, count, &cloud);
}

static const char *say_limits(const struct kg_canvas *canvas, const struct funnel *funnel)
{
	if (isnan(funnel->target))
		return kg_say(canvas, "Limits: 95%% (dashed) and 99.8%% of places would lie inside by chance alone");
	return kg_say(canvas,
		      "Limits: 95%% (dashed) and 99.8%% of places would lie inside by chance alone; dotted: the "
		      "target");
}

static enum kg_status draw(const struct kg_picture *picture, struct kg_canvas *canvas, struct kg_error *error)
{
	const struct kg_series_plan plan = { .number_x = true };
	const struct kg_look look = { .behind = false };
	struct funnel funnel = { .name = NULL };
	struct kg_picture asked;
	struct kg_caption caption;
	struct kg_rectangle plot;
	struct kg_axis x, y;

	if (!picture->x)
		return kg_error_set(error, KG_EUSAGE,
				    "a funnel needs the size of each place: name its column with --x; a saved result "
				    "has it when --by names it too: keng funnel ... --by PLACE,SIZE");
	KG_TRY(find_sizes(picture, canvas->arena, &asked, error));
	asked.group = asked.low = asked.high = NULL;
	KG_TRY(kg_series_read(&asked, &plan, canvas->arena, &funnel.set, error));
	KG_TRY(read_funnel(&asked, &funnel, error));
	caption = kg_caption_pairs(canvas, &funnel.set);
	caption.method = say_limits(canvas, &funnel);
	caption.marks = kg_notes_marks(canvas, &funnel.set, KG_WHISKERS);
	kg_canvas_need(canvas, ROOM_LEAST);
	kg_canvas_frame(canvas, &caption);
	y = kg_scatter_y_axis(canvas, &funnel.set);
	x = kg_scatter_x_axis(canvas, &funnel.set, canvas->width);
	x.line = x.marks = y.hairlines = true;
	x.name = kg_scatter_axis_name(canvas, funnel.set.x, NULL);
	y.name = kg_scatter_value_name(canvas, &funnel.set);
	plot = kg_canvas_inside(canvas, &canvas->room, &x, &y, 0);
	kg_canvas_panel(canvas, &plot, &x, &y);
	kg_marks_level(canvas, funnel.target);
	for (int k = 0; k < LIMITS; k++)
		draw_limit(canvas, &funnel, k);
	kg_marks_bounds(canvas, &funnel.set.series[0], &look, false);
	draw_places(canvas, &funnel);
	name_outliers(canvas, &funnel);
	return KG_OK;
}

const struct kg_chart kg_chart_funnel = {
	.id = "funnel",
	.title = "places by size, with the limits that chance alone sets",
	.detail =
	    "Takes a result of the program funnel (columns limit_95_low ... limit_998_high) with the size of the "
	    "places (--x) and their values (--y). A column target draws the line between the limits. Places beyond "
	    "the limits are named; bounds of values are open whiskers.",
	.example = "plot funnel result.csv --x population --output funnel.svg",
	.draw = draw,
};
