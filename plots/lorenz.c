/* lorenz: how unequally a total is shared (Lorenz 1905). */
#include <math.h>
#include <stdlib.h>

#include "plots/caption.h"
#include "plots/choose.h"
#include "plots/marks.h"
#include "plots/place.h"
#include "plots/say.h"

#define ROOM_LEAST 300
#define LABEL_SHARE 0.3

struct share {
	double value, weight; /* total of the row; people it belongs to */
};

static int compare_means(const void *a, const void *b)
{
	const struct share *one = a, *two = b;
	double left = one->value * two->weight, right = two->value * one->weight;

	return (left > right) - (left < right);
}

/* The series as its Lorenz curve, x and y from 0 to 1; its Gini index (Gini 1912) in `*gini`. */
static enum kg_status accumulate(struct kg_canvas *canvas, const struct kg_column *weight, struct kg_series *series,
				 double *gini, struct kg_error *error)
{
	struct share *share = KG_ARRAY(canvas->arena, struct share, series->n + 1);
	double total = 0, people = 0, x = 0, y = 0, area = 0;
	size_t n = 0;

	if (!share)
		return kg_error_memory(error);
	for (size_t i = 0; i < series->n; i++) {
		double w = weight ? kg_column_real(weight, series->row[i]) : 1;

		if (isnan(series->y[i]) || !(w > 0))
			continue;
		if (series->y[i] < 0)
			return kg_error_set(error, KG_EDATA, "a Lorenz curve needs values of zero and more");
		share[n++] = (struct share){ series->y[i], w };
		total += series->y[i];
		people += w;
	}
	if (!(total > 0))
		return kg_error_set(error, KG_EDATA, "the values add up to zero: there is nothing to share");
	qsort(share, n, sizeof *share, compare_means);
	series->x = KG_ARRAY(canvas->arena, double, n + 2);
	series->y = KG_ARRAY(canvas->arena, double, n + 2);
	series->joined = KG_ARRAY(canvas->arena, bool, n + 2);
	if (!series->x || !series->y || !series->joined)
		return kg_error_memory(error);
	for (size_t i = 0; i < n; i++) {
		double before = y;

		x += share[i].weight / people;
		y += share[i].value / total;
		area += share[i].weight / people * (before + y) / 2;
		series->x[i + 1] = x;
		series->y[i + 1] = y;
		series->joined[i + 1] = true;
	}
	series->n = n + 1;
	*gini = 1 - 2 * area;
	return KG_OK;
}

static struct kg_axis make_axis(struct kg_canvas *canvas)
{
	const struct kg_axis_plan plan = { .least = 0, .most = 1, .tight = true, .kind = KG_TICK_SHARE };
	struct kg_axis axis = kg_axis_value(canvas, &plan);

	return axis;
}

/* The point where a curve is farthest from equality: its label stands there. */
static struct kg_end_label label_curve(struct kg_canvas *canvas, const struct kg_series *series, double gini,
				       const struct kg_look *look)
{
	struct kg_buffer number = kg_buffer_new(canvas->arena);
	size_t middle = series->n * 3 / 4;

	kg_number_fixed(&number, gini, 3, canvas->language);
	return (struct kg_end_label){
		.x = series->x[middle],
		.y = series->y[middle],
		.text = series->name ? kg_say(canvas, "%s, Gini %s", series->name, number.text)
				     : kg_say(canvas, "Gini %s", number.text),
		.colour = look->colour,
		.face = &canvas->strong,
	};
}

static void open_panel(struct kg_canvas *canvas, const struct kg_series_set *set, const struct kg_column *weight,
		       double beside)
{
	struct kg_axis x = make_axis(canvas), y = make_axis(canvas);
	struct kg_rectangle plot;

	x.line = x.marks = y.hairlines = true;
	x.name = weight ? kg_say(canvas, "Cumulative share of %s", kg_say_column(canvas, weight))
			: kg_say(canvas, "Cumulative share of places");
	y.name = kg_say(canvas, "Cumulative share of %s", kg_say_column(canvas, set->y));
	plot = kg_canvas_inside(canvas, &canvas->room, &x, &y, beside);
	if (plot.right - plot.left > plot.top - plot.bottom) /* both axes have the same measure */
		plot.right = plot.left + fmin(plot.right - plot.left, 1.25 * (plot.top - plot.bottom));
	kg_canvas_panel(canvas, &plot, &x, &y);
	kg_canvas_line(canvas, &(struct kg_rectangle){ plot.left, plot.right, plot.bottom, plot.top }, KG_COLOUR_MARK,
		       "lw 1 dt (6,5) back");
}

static enum kg_status draw(const struct kg_picture *picture, struct kg_canvas *canvas, struct kg_error *error)
{
	const struct kg_series_plan plan = { .category_x = true };
	const struct kg_column *weight = NULL;
	struct kg_picture asked = *picture;
	struct kg_end_label *label;
	struct kg_series_set set;
	struct kg_caption caption;
	struct kg_look *look;

	asked.low = asked.high = NULL;
	asked.x = picture->y; /* x is the people that the values belong to, not a place along the axis */
	if (picture->x)
		KG_TRY(kg_table_number(picture->table, picture->x, &weight, error));
	KG_TRY(kg_series_read(&asked, &plan, canvas->arena, &set, error));
	look = kg_looks(canvas, &set, 0);
	label = KG_ARRAY(canvas->arena, struct kg_end_label, set.count);
	if (!look || !label)
		return kg_error_memory(error);
	caption = kg_caption_series(canvas, &set);
	for (size_t s = 0; s < set.count; s++) {
		double gini = NAN;

		KG_TRY(accumulate(canvas, weight, &set.series[s], &gini, error));
		label[s] = label_curve(canvas, &set.series[s], gini, &look[s]);
	}
	caption.title = kg_say_column(canvas, set.y);
	kg_canvas_need(canvas, ROOM_LEAST);
	kg_canvas_frame(canvas, &caption);
	open_panel(canvas, &set, weight, kg_place_width(canvas, label, set.count, canvas->width * LABEL_SHARE));
	for (size_t s = 0; s < set.count; s++)
		kg_marks_curve(canvas, &set.series[s], &look[s]);
	kg_place_write(canvas, label, set.count);
	return KG_OK;
}

const struct kg_chart kg_chart_lorenz = {
	.id = "lorenz",
	.title = "how unequally a total is shared between places or people",
	.detail =
	    "Takes a column of totals (--y) and, optionally, the people they belong to (--x); --group draws several "
	    "curves. The Gini index stands beside each curve, the dashed diagonal is equality.",
	.example = "plot lorenz communes.csv --x population --y units --output lorenz.svg",
	.draw = draw,
};
