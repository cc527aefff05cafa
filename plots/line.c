/* line: values over time, one line per series, labelled at its end. */
#include <math.h>

#include "plots/caption.h"
#include "plots/marks.h"
#include "plots/notes.h"
#include "plots/place.h"

/* Share of the width that labels beside the plot may take. */

static size_t make_labels(struct kg_canvas *canvas, const struct kg_series_set *set, const struct kg_look *look,
			  struct kg_end_label *label)
{
	const struct kg_value_look shown = kg_axis_look(canvas->picture, set);
	size_t count = 0;

	for (size_t s = 0; s < set->count; s++) {
		const struct kg_series *series = &set->series[s];
		size_t last = kg_marks_last(series);
		const char *value = last ? kg_axis_y_text(canvas, &shown, series->y[last - 1]) : NULL;

		if (!last || (look[s].behind && set->count > KG_LABELS_MOST))
			continue;
		label[count++] = (struct kg_end_label){
			.x = series->x[last - 1],
			.y = series->y[last - 1],
			.text = kg_place_text(canvas, series->name, value),
			.colour = look[s].behind ? KG_COLOUR_SMALL : look[s].colour,
			.face = look[s].behind ? &canvas->body : &canvas->strong,
		};
	}
	return count;
}

static void draw_all(struct kg_canvas *canvas, const struct kg_series_set *set, const struct kg_look *look)
{
	for (size_t s = 0; s < set->count; s++)
		if (!look[s].behind)
			kg_marks_ribbon(canvas, &set->series[s], &look[s]);
	for (int pass = 0; pass < 2; pass++) /* what stands out is drawn last */
		for (size_t s = 0; s < set->count; s++)
			if (look[s].behind == (pass == 0)) {
				kg_marks_line(canvas, &set->series[s], &look[s]);
				kg_marks_bounds(canvas, &set->series[s], &look[s], false);
			}
}

static enum kg_status draw(const struct kg_picture *picture, struct kg_canvas *canvas, struct kg_error *error)
{
	const struct kg_series_plan plan = { .need_group = true };
	struct kg_series_set set;
	struct kg_caption caption;
	struct kg_end_label *label;
	struct kg_look *look;
	struct kg_axis x, y;
	struct kg_rectangle plot;
	double beside;
	size_t nlabel;

	KG_TRY(kg_series_read(picture, &plan, canvas->arena, &set, error));
	look = kg_looks(canvas, &set, kg_marks_highlight(canvas, &set));
	label = KG_ARRAY(canvas->arena, struct kg_end_label, set.count);
	if (!look || !label)
		return kg_error_memory(error);
	caption = kg_caption_series(canvas, &set);
	caption.marks = kg_notes_marks(canvas, &set, KG_BANDS);
	kg_canvas_frame(canvas, &caption);
	nlabel = make_labels(canvas, &set, look, label);
	beside = kg_place_width(canvas, label, nlabel, canvas->width * KG_LABEL_SHARE);
	y = kg_marks_value_axis(canvas, &set, false);
	x = kg_axis_series(canvas, &set, (canvas->room.right - canvas->room.left) - beside);
	x.line = x.marks = y.hairlines = true;
	plot = kg_canvas_inside(canvas, &canvas->room, &x, &y, beside);
	kg_canvas_panel(canvas, &plot, &x, &y);
	draw_all(canvas, &set, look);
	kg_marks_breaks(canvas, &set);
	kg_place_write(canvas, label, nlabel);
	return KG_OK;
}

const struct kg_chart kg_chart_line = {
	.id = "line",
	.title = "values over time, one line per series",
	.detail = "Takes a time column (--x) and a column of values (--y); --group names the column that tells series "
		  "apart. Intervals (--low, --high) are ribbons, bounds are open whiskers, series breaks and missing "
		  "periods cut the line. With more than six series the one named by --highlight stands out.",
	.example = "plot line population.csv --x year --y population --output population.svg",
	.draw = draw,
};
