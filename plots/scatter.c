/* scatter: one point per row, two numbers against each other. */
#include <math.h>
#include <stdlib.h>

#include "plots/beside.h"
#include "plots/caption.h"
#include "plots/fitted.h"
#include "plots/key.h"
#include "plots/notes.h"
#include "plots/scatter.h"
#include "plots/say.h"

/* Above this many points they are see-through, so that density shows. */
#define OPAQUE_MOST 150
#define ROOM_LEAST 250
#define LABEL_GAP 30
#define WHISKER_POINTS 12 /* along a whisker, where labels look for it */
#define EDGE_SHARE 0.02 /* of the values' span, free at each side */
#define TICKS_MOST 7
#define TICKS_LEAST 3
/* gnuplot's colour prefix of that transparency. */
#define SEE_THROUGH "#70"

const char *kg_scatter_axis_name(struct kg_canvas *canvas, const struct kg_column *column, const char *title)
{
	const char *name = title ? title : kg_say_column(canvas, column);
	const char *unit = kg_say_unit(canvas, column->unit, name);

	return unit ? kg_arena_format(canvas->arena, "%s, %s", name, unit) : name;
}

const char *kg_scatter_value_name(struct kg_canvas *canvas, const struct kg_series_set *set)
{
	struct kg_column named = { .unit = kg_series_unit(canvas->picture, set) };

	return kg_scatter_axis_name(canvas, &named, kg_caption_y_title(canvas, set));
}

/* A little more than the values take, so that no point lies on the edge; not below zero for that. */
static void leave_room(double *least, double *most)
{
	double room = (*most - *least) * EDGE_SHARE;

	*least = *least >= 0 ? fmax(0, *least - room) : *least - room;
	*most += room;
}

struct kg_axis kg_scatter_y_axis(struct kg_canvas *canvas, const struct kg_series_set *set)
{
	struct kg_series_set padded = *set;

	leave_room(&padded.y_least, &padded.y_most);
	return kg_marks_value_axis(canvas, &padded, false);
}

struct kg_axis kg_scatter_x_axis(struct kg_canvas *canvas, const struct kg_series_set *set, double width)
{
	struct kg_axis_plan plan = { .least = set->x_least,
				     .most = set->x_most,
				     .kind = kg_axis_kind(set->x, set->x->unit) };
	const char *text;
	double fit;

	if (set->horizontal == KG_X_TIME)
		return kg_axis_series(canvas, set, width);
	leave_room(&plan.least, &plan.most);
	text = kg_tick_text(set->x_most, 0, plan.kind, canvas->language, canvas->arena);
	fit = width / (kg_typeface_width(&canvas->body, text ? text : "") + LABEL_GAP);
	plan.want = (size_t)fmax(TICKS_LEAST, fmin(TICKS_MOST, fit));
	return kg_axis_value(canvas, &plan);
}

void kg_scatter_points(struct kg_canvas *canvas, const struct kg_series_set *set, const struct kg_look *look)
{
	bool dense = set->npoint > OPAQUE_MOST;

	for (size_t s = 0; s < set->count; s++) {
		const struct kg_series *series = &set->series[s];
		const char *hex = kg_colour_hex(look[s].colour);

		kg_marks_whiskers(canvas, series, KG_COLOUR_OTHERS, 0);
		kg_canvas_begin(canvas);
		for (size_t i = 0; i < series->n; i++)
			KG_ROW(canvas, series->x[i], series->y[i]);
		kg_canvas_end(canvas, "using 1:2 with points pt %d ps %g lc rgb '%s%s'", look[s].point,
			      dense ? 0.4 : 0.5, dense ? SEE_THROUGH : "#", hex + 1);
		kg_marks_bounds(canvas, series, &look[s], true);
	}
}

/* Names the points, those farthest from the middle of the cloud first. */
struct ranked {
	struct kg_point_label label;
	double distance;
};

static int compare_ranked(const void *a, const void *b)
{
	const struct ranked *one = a, *two = b;

	return (one->distance < two->distance) - (one->distance > two->distance);
}

/* Points along the whiskers, for labels to keep off. */
static size_t trace_whiskers(const struct kg_series_set *set, double *line)
{
	size_t count = 0;

	for (size_t s = 0; s < set->count; s++)
		for (size_t i = 0; i < set->series[s].n; i++) {
			const struct kg_series *series = &set->series[s];

			if (isnan(series->y[i]) || !isfinite(series->low[i]) || !isfinite(series->high[i]))
				continue;
			for (int k = 0; k <= WHISKER_POINTS; k++) {
				line[2 * count] = series->x[i];
				line[2 * count++ + 1] =
				    series->low[i] + (series->high[i] - series->low[i]) * k / WHISKER_POINTS;
			}
		}
	return count;
}

void kg_scatter_labels(struct kg_canvas *canvas, const struct kg_series_set *set)
{
	struct ranked *ranked = KG_ARRAY(canvas->arena, struct ranked, set->npoint + 1);
	struct kg_point_label *label = KG_ARRAY(canvas->arena, struct kg_point_label, set->npoint + 1);
	double *point = KG_ARRAY(canvas->arena, double, 2 * set->npoint + 2);
	double *line = KG_ARRAY(canvas->arena, double, 2 * (WHISKER_POINTS + 1) * set->npoint + 2);
	double x = (canvas->plot.left + canvas->plot.right) / 2, y = (canvas->plot.bottom + canvas->plot.top) / 2;
	size_t count = 0;

	if (!ranked || !label || !point || !line)
		return;
	for (size_t s = 0; s < set->count; s++) {
		const struct kg_series *series = &set->series[s];

		for (size_t i = 0; i < series->n; i++) {
			if (isnan(series->y[i]))
				continue;
			ranked[count] =
			    (struct ranked){ { .x = series->x[i],
					       .y = series->y[i],
					       .text = kg_column_cell(set->label, series->row[i], canvas->arena) },
					     hypot(kg_canvas_px_x(canvas, series->x[i]) - x,
						   kg_canvas_px_y(canvas, series->y[i]) - y) };
			point[2 * count] = series->x[i];
			point[2 * count + 1] = series->y[i];
			count++;
		}
	}
	qsort(ranked, count, sizeof *ranked, compare_ranked);
	for (size_t i = 0; i < count; i++)
		label[i] = ranked[i].label;
	kg_beside_write(canvas, label, count,
			&(struct kg_cloud){ .point = point,
					    .npoint = count,
					    .line = line,
					    .nline = set->has_interval ? trace_whiskers(set, line) : 0 });
}

static enum kg_status draw(const struct kg_picture *picture, struct kg_canvas *canvas, struct kg_error *error)
{
	const struct kg_series_plan plan = { .number_x = true };
	struct kg_series_set set;
	struct kg_caption caption;
	struct kg_rectangle plot;
	struct kg_look *look;
	struct kg_axis x, y;

	KG_TRY(kg_series_read(picture, &plan, canvas->arena, &set, error));
	kg_fitted_include(picture->table, &set);
	look = kg_looks(canvas, &set, 0);
	if (!look)
		return kg_error_memory(error);
	caption = kg_caption_pairs(canvas, &set);
	caption.marks = kg_notes_marks(canvas, &set, KG_WHISKERS);
	caption.method = kg_fitted_words(canvas);
	kg_canvas_need(canvas, ROOM_LEAST);
	kg_canvas_frame(canvas, &caption);
	kg_key_write(canvas, &set, look);
	y = kg_scatter_y_axis(canvas, &set);
	x = kg_scatter_x_axis(canvas, &set, canvas->width);
	x.line = x.marks = y.hairlines = true;
	x.name = kg_scatter_axis_name(canvas, set.x, NULL);
	y.name = kg_scatter_value_name(canvas, &set);
	plot = kg_canvas_inside(canvas, &canvas->room, &x, &y, 0);
	kg_canvas_panel(canvas, &plot, &x, &y);
	for (size_t s = 0; s < set.count; s++)
		kg_fitted_draw(canvas, &set.series[s], &look[s], false);
	kg_scatter_points(canvas, &set, look);
	if (set.label)
		kg_scatter_labels(canvas, &set);
	return KG_OK;
}

const struct kg_chart kg_chart_scatter = {
	.id = "scatter",
	.title = "one point per row, two numbers against each other",
	.detail =
	    "Takes two columns of numbers (--x, --y); --group colours the points, --label names a column whose texts "
	    "stand beside them as far as they find room, the outermost first. Intervals and bounds of y are "
	    "whiskers. A table with the columns fitted, fitted_low and fitted_high shows that model too.",
	.example = "plot scatter communes.csv --x density --y rate --label name --output density.svg",
	.draw = draw,
};
