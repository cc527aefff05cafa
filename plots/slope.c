/* slope: two moments side by side, one line per place. */
#include <math.h>

#include "plots/caption.h"
#include "plots/marks.h"
#include "plots/notes.h"
#include "plots/place.h"

#define LABEL_HEIGHT 15.0
#define CUT_SHARE 0.04	/* half of what is cut out of a line at a break, as a share of its length */
#define BREAK_LINES 1.3 /* room above the values for the words of one break, in lines */
#define LABELS_MOST 60	/* with more places only the one that stands out is named */

/* The point of a series at an x that has a value; `series->n` when there is none. */
static size_t find_point(const struct kg_series *series, double x)
{
	for (size_t i = 0; i < series->n; i++)
		if (series->x[i] == x && isfinite(series->y[i]))
			return i;
	return series->n;
}

static void move_point(struct kg_series *series, size_t from, size_t to)
{
	series->x[to] = series->x[from];
	series->y[to] = series->y[from];
	series->low[to] = series->low[from];
	series->high[to] = series->high[from];
	series->bound_low[to] = series->bound_low[from];
	series->bound_high[to] = series->bound_high[from];
	series->row[to] = series->row[from];
}

/* Leaves the first and last moment only. */
static void keep_ends(struct kg_series_set *set)
{
	double first = set->horizontal == KG_X_CATEGORY ? 1 : set->x_least;
	double last = set->horizontal == KG_X_CATEGORY ? (double)set->ncategory : set->x_most;

	set->x_least = first;
	set->x_most = last;
	set->y_least = INFINITY;
	set->y_most = -INFINITY;
	set->npoint = set->nempty = 0;
	for (size_t s = 0; s < set->count; s++) {
		struct kg_series *series = &set->series[s];
		size_t from = find_point(series, first), to = find_point(series, last);
		bool whole = from < series->n && to < series->n;

		set->nempty += !whole;
		if (whole) {
			move_point(series, from, 0); /* points are in order: from < to */
			move_point(series, to, 1);
			series->joined[1] = true;
		}
		series->n = whole ? 2 : 0;
		series->joined[0] = false;
		for (size_t i = 0; i < series->n; i++) {
			kg_series_include(set, series->y[i], series->y[i]);
			kg_series_include(set, series->low[i], series->high[i]);
		}
		set->npoint += series->n;
	}
}

static size_t make_labels(struct kg_canvas *canvas, const struct kg_series_set *set, const struct kg_look *look,
			  bool left, struct kg_end_label *label)
{
	const struct kg_value_look shown = kg_axis_look(canvas->picture, set);
	size_t count = 0;

	for (size_t s = 0; s < set->count; s++) {
		const struct kg_series *series = &set->series[s];
		const char *value = series->n ? kg_axis_y_text(canvas, &shown, series->y[left ? 0 : 1]) : NULL;

		if (!value || (look[s].behind && set->count > LABELS_MOST))
			continue;
		label[count++] = (struct kg_end_label){
			.x = series->x[left ? 0 : 1],
			.y = series->y[left ? 0 : 1],
			.text = left || !series->name ? value
						      : kg_arena_format(canvas->arena, "%s %s", value, series->name),
			.colour = look[s].behind ? KG_COLOUR_SMALL : look[s].colour,
			.face = look[s].behind ? &canvas->body : &canvas->strong,
			.left = left,
		};
	}
	return count;
}

/* The series that changes most stands out. */
static size_t choose_highlight(const struct kg_series_set *set)
{
	double most = -1;
	size_t best = 0;

	for (size_t s = 0; s < set->count; s++) {
		const struct kg_series *series = &set->series[s];

		if (series->n && fabs(series->y[1] - series->y[0]) > most) {
			most = fabs(series->y[1] - series->y[0]);
			best = s;
		}
	}
	return best;
}

static struct kg_axis mark_ends(struct kg_canvas *canvas, const struct kg_series_set *set)
{
	struct kg_tick *tick = KG_ARRAY(canvas->arena, struct kg_tick, 2);
	struct kg_axis axis = { .from = set->x_least, .to = set->x_most, .tick = tick, .ntick = tick ? 2 : 0 };

	if (tick) {
		tick[0] = (struct kg_tick){ set->x_least, kg_axis_x_text(canvas, set, set->x_least) };
		tick[1] = (struct kg_tick){ set->x_most, kg_axis_x_text(canvas, set, set->x_most) };
	}
	return axis;
}

static void draw_sides(struct kg_canvas *canvas, const struct kg_rectangle *plot)
{
	kg_canvas_line(canvas, &(struct kg_rectangle){ plot->left, plot->left, plot->bottom, plot->top },
		       KG_COLOUR_HAIRLINE, "lw 1 back");
	kg_canvas_line(canvas, &(struct kg_rectangle){ plot->right, plot->right, plot->bottom, plot->top },
		       KG_COLOUR_HAIRLINE, "lw 1 back");
}

/* The definition changed between the two moments: the line is cut where the mark stands. */
static void draw_cut_line(struct kg_canvas *canvas, const struct kg_series *series, const struct kg_look *look)
{
	double dx = series->x[1] - series->x[0], dy = series->y[1] - series->y[0];
	const double at[] = { 0, 0.5 - CUT_SHARE, 0.5 + CUT_SHARE, 1 };

	kg_canvas_begin(canvas);
	for (size_t k = 0; k < sizeof at / sizeof at[0] && series->n; k++) {
		if (k == 2)
			kg_canvas_gap(canvas);
		KG_ROW(canvas, series->x[0] + at[k] * dx, series->y[0] + at[k] * dy);
	}
	kg_canvas_end(canvas, "using 1:2 with lines lc rgb '%s' lw %d", kg_colour_hex(look->colour),
		      look->behind ? 1 : 2);
	kg_marks_points(canvas, series, look);
}

static void draw_series(struct kg_canvas *canvas, const struct kg_series_set *set, size_t s, const struct kg_look *look)
{
	const struct kg_series *series = &set->series[s];

	kg_marks_whiskers(canvas, series, look->colour, 0);
	if (set->horizontal == KG_X_TIME && kg_series_breaks(canvas->picture->table->from, set->x_least, set->x_most))
		draw_cut_line(canvas, series, look);
	else
		kg_marks_line(canvas, series, look);
	kg_marks_bounds(canvas, series, look, true);
}

/* Room above the values for the words of breaks. */
static double measure_breaks(const struct kg_canvas *canvas, const struct kg_series_set *set)
{
	const struct kg_provenance *from = canvas->picture->table->from;
	double *x = KG_ARRAY(canvas->arena, double, from->nbreak + 1);
	double rows = x ? (double)kg_marks_find_breaks(canvas, set, x) : 0;

	return rows * BREAK_LINES * kg_canvas_leading(&canvas->body) / (canvas->room.top - canvas->room.bottom);
}

static enum kg_status draw(const struct kg_picture *picture, struct kg_canvas *canvas, struct kg_error *error)
{
	const struct kg_series_plan plan = { .need_group = true };
	struct kg_end_label *left, *right;
	struct kg_series_set set;
	struct kg_caption caption;
	struct kg_rectangle plot;
	struct kg_look *look;
	struct kg_axis x, y = { 0 };
	size_t nleft, nright;

	KG_TRY(kg_series_read(picture, &plan, canvas->arena, &set, error));
	keep_ends(&set);
	if (!set.npoint || set.x_least == set.x_most)
		return kg_error_set(error, KG_EDATA, "no series has values at two different '%s'", set.x->name);
	look = kg_looks(canvas, &set, choose_highlight(&set));
	left = KG_ARRAY(canvas->arena, struct kg_end_label, set.count);
	right = KG_ARRAY(canvas->arena, struct kg_end_label, set.count);
	if (!look || !left || !right)
		return kg_error_memory(error);
	caption = kg_caption_series(canvas, &set);
	caption.marks = kg_notes_marks(canvas, &set, KG_WHISKERS);
	kg_canvas_need(canvas, set.count > LABELS_MOST ? 0 : (double)set.count * LABEL_HEIGHT + 30);
	kg_canvas_frame(canvas, &caption);
	nleft = make_labels(canvas, &set, look, true, left);
	nright = make_labels(canvas, &set, look, false, right);
	y.from = set.y_most > set.y_least ? set.y_least : set.y_least - 1;
	y.to = set.y_most > set.y_least ? set.y_most : set.y_least + 1;
	y.to += (y.to - y.from) * measure_breaks(canvas, &set);
	x = mark_ends(canvas, &set);
	plot = kg_canvas_inside(canvas, &canvas->room, &x, &y,
				kg_place_width(canvas, right, nright, canvas->width * KG_LABEL_SHARE));
	plot.left += kg_place_width(canvas, left, nleft, canvas->width * KG_LABEL_SHARE);
	plot.top -= canvas->body.size / 2;
	kg_canvas_panel(canvas, &plot, &x, &y);
	draw_sides(canvas, &plot);
	for (int pass = 0; pass < 2; pass++)
		for (size_t s = 0; s < set.count; s++)
			if (look[s].behind == (pass == 0))
				draw_series(canvas, &set, s, &look[s]);
	kg_marks_breaks(canvas, &set);
	kg_place_write(canvas, left, nleft);
	kg_place_write(canvas, right, nright);
	return KG_OK;
}

const struct kg_chart kg_chart_slope = {
	.id = "slope",
	.title = "two moments side by side, one line per place",
	.detail =
	    "Takes a time or category column (--x), values (--y) and the column that names the places (--group); draws "
	    "the first and the last moment. With more than six places the one that changes most stands out.",
	.example = "plot slope population.csv --x year --y population --group district --output slope.svg",
	.draw = draw,
};
