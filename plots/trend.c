/* trend: observations over time and the model fitted to them, with its band and joinpoints. */
#include <math.h>

#include "plots/caption.h"
#include "plots/notes.h"
#include "plots/choose.h"
#include "plots/curve_marks.h"
#include "plots/fitted.h"
#include "plots/place.h"
#include "plots/segments.h"
#include "plots/say.h"


/* End of the stretch of a series that starts at `start`: the next series break, or the end. */
static size_t find_stretch_end(const struct kg_canvas *canvas, const struct kg_series_set *set,
			       const struct kg_series *series, size_t start)
{
	size_t end = start + 1;

	while (end < series->n && !(set->horizontal == KG_X_TIME &&
				    kg_series_breaks(canvas->picture->table->from, series->x[end - 1], series->x[end])))
		end++;
	return end;
}

/* A least-squares line for each stretch between series breaks. */
static void draw_lines(struct kg_canvas *canvas, const struct kg_series_set *set, const struct kg_series *series,
		       const struct kg_look *look)
{
	for (size_t start = 0, end; start < series->n; start = end) {
		struct kg_curve curve;

		end = find_stretch_end(canvas, set, series, start);
		if (kg_curve_line(series->x + start, series->y + start, end - start, canvas->level, &curve))
			kg_curve_draw(canvas, &curve, series->x[start], series->x[end - 1], look);
	}
}

/* The axis shows the bands of those lines whole. Returns how many lines there are. */
static size_t include_bands(const struct kg_canvas *canvas, struct kg_series_set *set)
{
	size_t count = 0;

	for (size_t s = 0; s < set->count; s++) {
		const struct kg_series *series = &set->series[s];

		for (size_t start = 0, end; start < series->n; start = end) {
			struct kg_curve curve;
			double y, low, high;

			end = find_stretch_end(canvas, set, series, start);
			if (!kg_curve_line(series->x + start, series->y + start, end - start, canvas->level, &curve))
				continue;
			count++;
			kg_curve_at(&curve, series->x[start], &y, &low, &high);
			kg_series_include(set, low, high);
			kg_curve_at(&curve, series->x[end - 1], &y, &low, &high);
			kg_series_include(set, low, high);
		}
	}
	return count;
}

static const char *say_method(const struct kg_canvas *canvas, bool model, size_t lines)
{
	if (model)
		return kg_fitted_words(canvas);
	if (!lines)
		return kg_say(canvas, "No line: it takes three values or more");
	return kg_say(canvas, "Least-squares line with its %g%% band", canvas->level * 100);
}

static void draw_observations(struct kg_canvas *canvas, const struct kg_series *series, const struct kg_look *look)
{
	if (!look->behind)
		kg_marks_whiskers(canvas, series, look->colour, 0);
	kg_marks_points(canvas, series, look);
	kg_marks_bounds(canvas, series, look, false);
}

static void draw_series(struct kg_canvas *canvas, const struct kg_series_set *set, const struct kg_series *series,
			const struct kg_look *look)
{
	if (kg_fitted_find(canvas->picture->table).fitted)
		kg_fitted_draw(canvas, series, look, true);
	else
		draw_lines(canvas, set, series, look);
	draw_observations(canvas, series, look);
}

static size_t make_labels(struct kg_canvas *canvas, const struct kg_series_set *set, const struct kg_look *look,
			  struct kg_end_label *label)
{
	size_t count = 0;

	for (size_t s = 0; s < set->count; s++) {
		const struct kg_series *series = &set->series[s];
		size_t last = kg_marks_last(series);

		if (last && series->name && !(look[s].behind && set->count > KG_LABELS_MOST))
			label[count++] =
			    (struct kg_end_label){ .x = series->x[last - 1],
						   .y = series->y[last - 1],
						   .text = series->name,
						   .colour = look[s].behind ? KG_COLOUR_SMALL : look[s].colour,
						   .face = &canvas->strong };
	}
	return count;
}

static void open_panel(struct kg_canvas *canvas, const struct kg_series_set *set, double beside)
{
	struct kg_axis y = kg_marks_value_axis(canvas, set, false);
	struct kg_axis x = kg_axis_series(canvas, set, canvas->room.right - canvas->room.left - beside);
	struct kg_rectangle plot;

	x.line = x.marks = y.hairlines = true;
	plot = kg_canvas_inside(canvas, &canvas->room, &x, &y, beside);
	kg_canvas_panel(canvas, &plot, &x, &y);
}

static enum kg_status draw(const struct kg_picture *picture, struct kg_canvas *canvas, struct kg_error *error)
{
	const struct kg_series_plan plan = { .need_group = true };
	struct kg_fitted_columns model = kg_fitted_find(picture->table);
	struct kg_series_set set;
	struct kg_caption caption;
	struct kg_end_label *label;
	struct kg_look *look;
	size_t nlabel, nline = 0;

	KG_TRY(kg_series_read(picture, &plan, canvas->arena, &set, error));
	if (model.fitted)
		kg_fitted_include(picture->table, &set);
	else
		nline = include_bands(canvas, &set);
	look = kg_looks(canvas, &set, kg_marks_highlight(canvas, &set));
	label = KG_ARRAY(canvas->arena, struct kg_end_label, set.count);
	if (!look || !label)
		return kg_error_memory(error);
	caption = kg_caption_series(canvas, &set);
	caption.marks = kg_notes_marks(canvas, &set, KG_WHISKERS);
	caption.method = say_method(canvas, model.fitted, nline);
	kg_canvas_frame(canvas, &caption);
	nlabel = make_labels(canvas, &set, look, label);
	open_panel(canvas, &set, kg_place_width(canvas, label, nlabel, canvas->width * KG_LABEL_SHARE));
	for (int pass = 0; pass < 2; pass++) /* what stands out is drawn last */
		for (size_t s = 0; s < set.count; s++)
			if (look[s].behind == (pass == 0))
				draw_series(canvas, &set, &set.series[s], &look[s]);
	kg_segments_write(canvas, &set);
	kg_marks_breaks(canvas, &set);
	kg_place_write(canvas, label, nlabel);
	return KG_OK;
}

const struct kg_chart kg_chart_trend = {
	.id = "trend",
	.title = "observations over time and the model fitted to them",
	.detail =
	    "Takes a time column (--x), values (--y) and --group for several series. A table with the columns fitted, "
	    "fitted_low, fitted_high and joinpoint (0/1) shows that model, log-linear ones with the annual percent "
	    "change of each segment; without them a least-squares line with "
	    "its 95% band is drawn for each stretch between series breaks.",
	.example = "plot trend population.csv --x year --y population --output trend.svg",
	.draw = draw,
};
