#include "plots/marks.h"

#include <math.h>

#include "base/text.h"

/* With more points than this on a line, dashes tell series apart instead of shapes. */
#define POINTS_MOST 60
#define RIBBON_TINT 0.2
#define OPEN_LENGTH 22.0 /* of a whisker without end, in pixels */
#define BESIDE 5.0	 /* px from a whisker to the bound of the same value */
#define LINE_WIDTH 2.0
#define POINT_SIZE 0.45
#define BREAK_GAP 4
#define BREAK_LINES 3

static const int shapes[KG_CATEGORY_COLOURS] = { 7, 5, 9, 13, 11, 6 };

struct kg_look *kg_looks(struct kg_canvas *canvas, const struct kg_series_set *set, size_t highlight)
{
	struct kg_look *look = KG_ARRAY(canvas->arena, struct kg_look, set->count);
	bool many = set->count > KG_CATEGORY_COLOURS, dense = false;

	for (size_t s = 0; s < set->count; s++)
		dense |= set->series[s].n > POINTS_MOST;
	for (size_t s = 0; look && s < set->count; s++) {
		bool behind = many && s != highlight;
		size_t nth = many ? 0 : s;

		look[s] = (struct kg_look){ behind ? KG_COLOUR_OTHERS : (enum kg_colour)nth, shapes[nth],
					    dense && !behind ? (int)nth + 1 : 1, behind };
	}
	return look;
}

size_t kg_marks_last(const struct kg_series *series)
{
	size_t last = series->n;

	while (last && isnan(series->y[last - 1]))
		last--;
	return last;
}

size_t kg_marks_highlight(const struct kg_canvas *canvas, const struct kg_series_set *set)
{
	size_t best = 0;

	for (size_t s = 0; s < set->count; s++) {
		const struct kg_series *one = &set->series[s], *two = &set->series[best];
		size_t last = kg_marks_last(one), best_last = kg_marks_last(two);

		if (canvas->picture->highlight && kg_text_equal(one->name, canvas->picture->highlight))
			return s;
		if (last && (!best_last || one->y[last - 1] > two->y[best_last - 1]))
			best = s;
	}
	return best;
}

struct kg_axis kg_marks_value_axis(struct kg_canvas *canvas, const struct kg_series_set *set, bool from_zero)
{
	struct kg_axis_plan plan = { .least = set->y_least, .most = set->y_most, .from_zero = from_zero };

	plan.kind = kg_axis_kind(set->y, kg_series_unit(canvas->picture, set));
	return kg_axis_value(canvas, &plan);
}

static bool has_interval(const struct kg_series *series, size_t i)
{
	return isfinite(series->y[i]) && isfinite(series->low[i]) && isfinite(series->high[i]);
}

static bool stands_alone(const struct kg_series *series, size_t i)
{
	return !series->joined[i] && (i + 1 == series->n || !series->joined[i + 1]);
}

/* One end of a range: how far it reaches from the value. NaN = there is none. */
static double reach(double value, double bound, double open)
{
	if (isnan(bound) || bound == value)
		return NAN;
	return isinf(bound) ? open : bound - value;
}

/* A range of the value `y` as whiskers: those with an end, or as arrows those that are open. */
static void draw_range(struct kg_canvas *canvas, double x, double y, const double range[2], bool heads)
{
	double open = OPEN_LENGTH * kg_canvas_unit_y(canvas);

	if ((isinf(range[1]) != 0) == heads) /* isinf is -1 for the lower one */
		KG_ROW(canvas, x, y, 0, reach(y, range[1], open));
	if ((isinf(range[0]) != 0) == heads)
		KG_ROW(canvas, x, y, 0, reach(y, range[0], -open));
}

/* Intervals of which one end is open: a whisker to the other end, an arrow where there is none. */
static void draw_open(struct kg_canvas *canvas, const struct kg_series *series, const char *hex, double shift)
{
	for (int pass = 0; pass < 2; pass++) {
		kg_canvas_begin(canvas);
		for (size_t i = 0; i < series->n; i++)
			if (isinf(series->low[i]) || isinf(series->high[i]))
				draw_range(canvas, series->x[i] + shift, series->y[i],
					   (double[]){ series->low[i], series->high[i] }, pass == 0);
		kg_canvas_end(canvas, "using 1:2:3:4 with vectors %s lc rgb '%s' lw 1",
			      pass == 0 ? "head filled size screen 0.01,20,60 fixed" : "nohead", hex);
	}
}

/* Whether the ribbon runs on from the point before. */
static bool runs_on(const struct kg_series *series, size_t i)
{
	return i < series->n && series->joined[i] && has_interval(series, i - 1) && has_interval(series, i);
}

void kg_marks_ribbon(struct kg_canvas *canvas, const struct kg_series *series, const struct kg_look *look)
{
	const char *hex = kg_colour_hex(look->colour);

	kg_canvas_begin(canvas);
	for (size_t i = 0; i < series->n; i++) {
		if (!runs_on(series, i))
			kg_canvas_gap(canvas);
		if (runs_on(series, i) || runs_on(series, i + 1))
			KG_ROW(canvas, series->x[i], series->low[i], series->high[i]);
	}
	kg_canvas_end(canvas, "using 1:2:3 with filledcurves fc rgb '%s' fs transparent solid %g noborder", hex,
		      RIBBON_TINT);
	kg_canvas_begin(canvas);
	for (size_t i = 0; i < series->n; i++)
		if (has_interval(series, i) && !runs_on(series, i) && !runs_on(series, i + 1))
			KG_ROW(canvas, series->x[i], series->low[i], 0, series->high[i] - series->low[i]);
	kg_canvas_end(canvas, "using 1:2:3:4 with vectors nohead lc rgb '%s' lw 1.2", hex);
	draw_open(canvas, series, hex, 0);
}

void kg_marks_points(struct kg_canvas *canvas, const struct kg_series *series, const struct kg_look *look)
{
	kg_canvas_begin(canvas);
	for (size_t i = 0; i < series->n; i++)
		KG_ROW(canvas, series->x[i], series->y[i]);
	kg_canvas_end(canvas, "using 1:2 with points pt %d ps %g lc rgb '%s'", look->point,
		      look->behind ? POINT_SIZE * 0.6 : POINT_SIZE, kg_colour_hex(look->colour));
}

void kg_marks_curve(struct kg_canvas *canvas, const struct kg_series *series, const struct kg_look *look)
{
	kg_canvas_begin(canvas);
	for (size_t i = 0; i < series->n; i++) {
		if (!series->joined[i])
			kg_canvas_gap(canvas);
		KG_ROW(canvas, series->x[i], series->y[i]);
	}
	kg_canvas_end(canvas, "using 1:2 with lines lc rgb '%s' lw %g dt %d", kg_colour_hex(look->colour),
		      look->behind ? LINE_WIDTH / 2 : LINE_WIDTH, look->dash);
}

void kg_marks_lonely(struct kg_canvas *canvas, const struct kg_series *series, const struct kg_look *look)
{
	kg_canvas_begin(canvas);
	for (size_t i = 0; i < series->n; i++)
		if (stands_alone(series, i))
			KG_ROW(canvas, series->x[i], series->y[i]);
	kg_canvas_end(canvas, "using 1:2 with points pt %d ps %g lc rgb '%s'", look->point, POINT_SIZE * 0.8,
		      kg_colour_hex(look->colour));
}

void kg_marks_line(struct kg_canvas *canvas, const struct kg_series *series, const struct kg_look *look)
{
	kg_marks_curve(canvas, series, look);
	if (series->n <= POINTS_MOST)
		kg_marks_points(canvas, series, look);
	else
		kg_marks_lonely(canvas, series, look);
}

void kg_marks_whiskers(struct kg_canvas *canvas, const struct kg_series *series, enum kg_colour colour, double shift)
{
	kg_canvas_begin(canvas);
	for (size_t i = 0; i < series->n; i++)
		if (has_interval(series, i))
			KG_ROW(canvas, series->x[i] + shift, series->low[i], 0, series->high[i] - series->low[i]);
	kg_canvas_end(canvas, "using 1:2:3:4 with vectors nohead lc rgb '%s' lw 1", kg_colour_hex(colour));
	draw_open(canvas, series, kg_colour_hex(colour), shift);
}

/* Where the bound of a value stands: on it, or beside the whisker of its interval, on that side that is in the plot. */
static double find_beside(const struct kg_canvas *canvas, const struct kg_series *series, size_t i, bool beside)
{
	double x = series->x[i], apart = BESIDE * kg_canvas_unit_x(canvas);

	if (!beside || !has_interval(series, i))
		return x;
	return kg_canvas_px_x(canvas, x) + BESIDE > canvas->plot.right ? x - apart : x + apart;
}

void kg_marks_bounds(struct kg_canvas *canvas, const struct kg_series *series, const struct kg_look *look, bool beside)
{
	for (int pass = 0; pass < 2; pass++) {
		kg_canvas_begin(canvas);
		for (size_t i = 0; i < series->n; i++)
			draw_range(canvas, find_beside(canvas, series, i, beside), series->y[i],
				   (double[]){ series->bound_low[i], series->bound_high[i] }, pass == 0);
		kg_canvas_end(canvas, "using 1:2:3:4 with vectors %s lc rgb '%s' lw 1.2",
			      pass == 0 ? "head filled size screen 0.01,20,60 fixed" : "nohead",
			      kg_colour_hex(look->behind ? look->colour : KG_COLOUR_TEXT));
	}
}

/* Where the mark of a break stands: midway between the last point before it and the first one from it on. */
static double find_break(const struct kg_series_set *set, double year)
{
	double before = -INFINITY, after = INFINITY;

	for (size_t s = 0; s < set->count; s++) {
		for (size_t i = 0; i < set->series[s].n; i++) {
			double x = set->series[s].x[i];

			if (x < year)
				before = fmax(before, x);
			else
				after = fmin(after, x);
		}
	}
	return isfinite(before) && isfinite(after) ? (before + after) / 2 : NAN;
}

/* Where the mark of a break stands; NaN = not among the points. */
static double place_break(const struct kg_series_set *set, const struct kg_break *at)
{
	enum kg_period_kind kind;
	double year;
	long index;

	if (set->horizontal != KG_X_TIME || !kg_period_parse(at->period, &kind, &index, &year))
		return NAN;
	return find_break(set, year);
}

/* The labels of breaks: the line below the one that was written last, and where that ends. */
struct break_labels {
	int row, lines;
	double end;
};

/* The word beside the mark at `x`, on the side where it fits; below the one before where it would run into it. */
static void label_break(struct kg_canvas *canvas, const char *text, double x, struct break_labels *labels)
{
	struct kg_text_style style = { &canvas->body, KG_COLOUR_SMALL, KG_LEFT, 0 };
	double right = canvas->plot.right - x - BREAK_GAP, left = x - BREAK_GAP - canvas->plot.left;
	double width = kg_typeface_width(&canvas->body, text), leading = kg_canvas_leading(&canvas->body), from, top;
	const char *label = kg_axis_category(canvas, text, fmax(right, left), BREAK_LINES);

	if (width > right && left > right)
		style.align = KG_RIGHT;
	from = style.align == KG_RIGHT ? x - BREAK_GAP - fmin(width, left) : x;
	labels->row = from < labels->end ? labels->row + labels->lines : 0;
	labels->lines = 1;
	top = canvas->plot.top - leading * (labels->row + 0.3);
	for (const char *at = label; *at; at++) {
		top -= *at == '\n' ? leading / 2 : 0;
		labels->lines += *at == '\n';
	}
	kg_canvas_text(canvas, style.align == KG_RIGHT ? x - BREAK_GAP : x + BREAK_GAP, top, label, &style);
	labels->end = fmax(labels->end, style.align == KG_RIGHT ? x : x + BREAK_GAP + fmin(width, right));
}

size_t kg_marks_find_breaks(const struct kg_canvas *canvas, const struct kg_series_set *set, double *x)
{
	const struct kg_provenance *from = canvas->picture->table->from;
	size_t count = 0;

	for (size_t i = 0; i < from->nbreak; i++) {
		x[count] = place_break(set, &from->breaks[i]);
		count += !isnan(x[count]);
	}
	return count;
}

static const char *name_break(const struct kg_canvas *canvas, const struct kg_break *at)
{
	if (canvas->picture->language == KG_VIETNAMESE && at->label_vi)
		return at->label_vi;
	return at->label ? at->label : at->period;
}

/* Draws the mark of a break; returns its position, NaN = none. */
static double draw_break(struct kg_canvas *canvas, const struct kg_series_set *set, const struct kg_break *at)
{
	double x = kg_canvas_px_x(canvas, place_break(set, at));

	if (!isnan(x))
		kg_canvas_line(canvas, &(struct kg_rectangle){ x, x, canvas->plot.bottom, canvas->plot.top },
			       KG_COLOUR_MARK, "lw 1 dt (6,5)");
	return x;
}

void kg_marks_breaks(struct kg_canvas *canvas, const struct kg_series_set *set)
{
	const struct kg_provenance *from = canvas->picture->table->from;
	struct break_labels labels = { .end = canvas->plot.left };

	for (size_t i = 0; i < from->nbreak; i++) {
		double x = draw_break(canvas, set, &from->breaks[i]);

		if (isnan(x))
			continue;
		label_break(canvas, name_break(canvas, &from->breaks[i]), x, &labels);
	}
}

void kg_marks_break_lines(struct kg_canvas *canvas, const struct kg_series_set *set)
{
	const struct kg_provenance *from = canvas->picture->table->from;

	for (size_t i = 0; i < from->nbreak; i++)
		(void)draw_break(canvas, set, &from->breaks[i]);
}

const char *kg_marks_break_words(const struct kg_canvas *canvas, const struct kg_series_set *set)
{
	const struct kg_provenance *from = canvas->picture->table->from;
	struct kg_buffer words = kg_buffer_new(canvas->arena);

	for (size_t i = 0; i < from->nbreak; i++)
		if (!isnan(place_break(set, &from->breaks[i])))
			kg_buffer_printf(&words, "%s%s", words.length ? ", " : "",
					 name_break(canvas, &from->breaks[i]));
	return words.length ? words.text : NULL;
}

void kg_marks_level(struct kg_canvas *canvas, double y)
{
	const struct kg_rectangle *plot = &canvas->plot;
	double height = kg_canvas_px_y(canvas, y);

	if (!isnan(y))
		kg_canvas_line(canvas, &(struct kg_rectangle){ plot->left, plot->right, height, height },
			       KG_COLOUR_SMALL, "lw 1 dt (2,4)");
}
