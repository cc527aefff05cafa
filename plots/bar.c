/* bar: one bar per category, from zero; lying bars where the names need the room. */
#include <math.h>

#include "plots/caption.h"
#include "plots/row_names.h"
#include "plots/notes.h"
#include "plots/say.h"
#include "plots/key.h"

/* Share of a category's room that its bars fill. */
#define FILLED 0.72
/* Standing bars with more categories than this become lying ones. */
#define STANDING_MOST 16
/* Bars with more than this are not labelled with their values. */
#define VALUES_MOST 40
#define NAMES_SHARE 0.4
#define VALUE_GAP 5
#define VALUE_ROOM 0.15 /* below negative bars, as a share of the span */
#define BAR_LEAST 13.0	/* pixels of height per lying bar */
#define BARS_GAP 5.0	/* and between the categories */
#define OPEN_LENGTH 22.0
#define BESIDE 0.2 /* of a bar, from the whisker of its interval to its bound */

struct bars {
	struct kg_series_set set;
	struct kg_look *look;
	struct kg_value_look shown;
	struct kg_row_names names;
	bool lying, labelled;
};

/* Middle of a bar along the axis of categories. */
static double find_middle(const struct bars *bars, size_t s, size_t i)
{
	double width = FILLED / (double)bars->set.count;

	return bars->set.series[s].x[i] - FILLED / 2 + width * ((double)s + 0.5);
}

static void draw_bars(struct kg_canvas *canvas, const struct bars *bars, size_t s)
{
	const struct kg_series *series = &bars->set.series[s];
	double half = FILLED / (double)bars->set.count / 2 * (bars->set.count > 1 ? 0.94 : 1);

	kg_canvas_begin(canvas);
	for (size_t i = 0; i < series->n; i++) {
		double at = find_middle(bars, s, i), y = series->y[i];

		if (bars->lying)
			KG_ROW(canvas, y, at, fmin(0, y), fmax(0, y), at - half, at + half);
		else
			KG_ROW(canvas, at, y, at - half, at + half, fmin(0, y), fmax(0, y));
	}
	kg_canvas_end(canvas, "using 1:2:3:4:5:6 with boxxyerror fc rgb '%s' fs solid 1 noborder",
		      kg_colour_hex(bars->look[s].colour));
}

/* One whisker from `from` over `length` along the values. */
static void add_whisker(struct kg_canvas *canvas, const struct bars *bars, double at, double from, double length)
{
	if (bars->lying)
		KG_ROW(canvas, from, at, length, 0);
	else
		KG_ROW(canvas, at, from, 0, length);
}

/* Where the bound of a bar stands: in its middle, or beside the whisker of its interval. */
static double find_bound(const struct bars *bars, size_t s, size_t i)
{
	const struct kg_series *series = &bars->set.series[s];
	bool whisker = !isnan(series->low[i]) && !isnan(series->high[i]);

	return find_middle(bars, s, i) + (whisker ? BESIDE * FILLED / (double)bars->set.count : 0);
}

static void draw_whiskers(struct kg_canvas *canvas, const struct bars *bars, size_t s)
{
	const struct kg_series *series = &bars->set.series[s];

	kg_canvas_begin(canvas);
	for (size_t i = 0; i < series->n; i++) {
		double at = find_bound(bars, s, i), middle = find_middle(bars, s, i);
		double low = series->low[i], high = series->high[i];

		if (isinf(low) || isinf(high)) /* one end is open: from the bar to the other */
			add_whisker(canvas, bars, middle, series->y[i], (isinf(low) ? high : low) - series->y[i]);
		add_whisker(canvas, bars, middle, low, high - low);
		if (isfinite(series->bound_high[i]) && series->bound_high[i] > series->y[i])
			add_whisker(canvas, bars, at, series->y[i], series->bound_high[i] - series->y[i]);
		if (isfinite(series->bound_low[i]) && series->bound_low[i] < series->y[i])
			add_whisker(canvas, bars, at, series->y[i], series->bound_low[i] - series->y[i]);
	}
	kg_canvas_end(canvas, "using 1:2:3:4 with vectors nohead lc rgb '%s' lw 1.2", kg_colour_hex(KG_COLOUR_INK));
}

/* Bounds and intervals without an end: "more than" points on, "less than" points back. */
static void draw_open_ends(struct kg_canvas *canvas, const struct bars *bars, size_t s)
{
	const struct kg_series *series = &bars->set.series[s];
	double open = OPEN_LENGTH * fabs(bars->lying ? kg_canvas_unit_x(canvas) : kg_canvas_unit_y(canvas));

	kg_canvas_begin(canvas);
	for (size_t i = 0; i < series->n; i++) {
		double at = find_bound(bars, s, i), middle = find_middle(bars, s, i);

		if (isinf(series->high[i]))
			add_whisker(canvas, bars, middle, series->y[i], open);
		if (isinf(series->low[i]))
			add_whisker(canvas, bars, middle, series->y[i], -open);
		if (isinf(series->bound_high[i]))
			add_whisker(canvas, bars, at, series->y[i], open);
		if (isinf(series->bound_low[i]))
			add_whisker(canvas, bars, at, series->y[i], -open);
	}
	kg_canvas_end(canvas, "using 1:2:3:4 with vectors head filled size screen 0.011,22,60 fixed lc rgb '%s' lw 1.2",
		      kg_colour_hex(KG_COLOUR_INK));
}

static double find_end(const struct kg_series *series, size_t i)
{
	double end = series->y[i];

	if (isnan(end))
		return 0;
	if (series->y[i] < 0)
		return fmin(end, isfinite(series->low[i]) ? series->low[i] : end);
	end = fmax(end, isfinite(series->high[i]) ? series->high[i] : end);
	return fmax(end, isfinite(series->bound_high[i]) ? series->bound_high[i] : end);
}

/* The same on the canvas, in px, with the arrow of a bound or interval without an end. */
static double find_reach(const struct kg_canvas *canvas, const struct bars *bars, const struct kg_series *series,
			 size_t i)
{
	double end = find_end(series, i), value = series->y[i];
	double reach = bars->lying ? kg_canvas_px_x(canvas, end) : kg_canvas_px_y(canvas, end);

	if (value < 0 || !(isinf(series->bound_high[i]) || isinf(series->high[i])))
		return reach;
	return fmax(reach, OPEN_LENGTH + (bars->lying ? kg_canvas_px_x(canvas, value) : kg_canvas_px_y(canvas, value)));
}

static const char *say_value(const struct kg_canvas *canvas, const struct bars *bars, const struct kg_series *series,
			     size_t i)
{
	const char *text = kg_axis_y_text(canvas, &bars->shown, series->y[i]);

	if (isnan(series->y[i]))
		return kg_say(canvas, "no data");
	if (series->bound_high[i] > series->y[i] && !(series->bound_low[i] < series->y[i]))
		return kg_arena_format(canvas->arena, "> %s", text);
	if (series->bound_low[i] < series->y[i] &&
	    !(series->bound_high[i] > series->y[i])) /* "<5" of whole numbers is 0 to 4 */
		return kg_arena_format(canvas->arena, isinf(series->bound_low[i]) ? "< %s" : "≤ %s", text);
	return text;
}

static void write_values(struct kg_canvas *canvas, const struct bars *bars, size_t s)
{
	const struct kg_series *series = &bars->set.series[s];

	for (size_t i = 0; i < series->n; i++) {
		struct kg_text_style style = { &canvas->body, KG_COLOUR_INK, KG_CENTRE, 0 };
		double at = find_middle(bars, s, i), end = find_reach(canvas, bars, series, i), gap = VALUE_GAP;

		if (isnan(series->y[i]))
			style.colour = KG_COLOUR_SMALL;
		if (bars->lying) {
			style.align = series->y[i] < 0 ? KG_RIGHT : KG_LEFT;
			kg_canvas_text(canvas, end + (series->y[i] < 0 ? -gap : gap), kg_canvas_px_y(canvas, at),
				       say_value(canvas, bars, series, i), &style);
		} else {
			gap += canvas->body.size / 2;
			kg_canvas_text(canvas, kg_canvas_px_x(canvas, at), end + (series->y[i] < 0 ? -gap : gap),
				       say_value(canvas, bars, series, i), &style);
		}
	}
}

static double measure_widest(const struct kg_canvas *canvas, const struct bars *bars, bool values)
{
	double widest = 0;

	for (size_t i = 0; !values && i < bars->set.ncategory; i++)
		widest = fmax(widest, kg_typeface_width(&canvas->body, bars->set.category[i]));
	for (size_t s = 0; values && s < bars->set.count; s++)
		for (size_t i = 0; i < bars->set.series[s].n; i++)
			widest = fmax(
			    widest, kg_typeface_width(&canvas->body, say_value(canvas, bars, &bars->set.series[s], i)));
	return widest;
}

/* Room around the plot for the values and arrow heads beyond the longest bars. */
static double measure_beyond(struct kg_canvas *canvas, const struct bars *bars)
{
	double beyond = 0;

	if (bars->labelled)
		beyond += (bars->lying ? measure_widest(canvas, bars, true) : canvas->body.size) + VALUE_GAP;
	return beyond;
}

static void open_panel(struct kg_canvas *canvas, const struct bars *bars)
{
	struct kg_axis value = kg_marks_value_axis(canvas, &bars->set, true);
	struct kg_axis names = bars->lying
				   ? kg_row_names_axis(canvas, &bars->names, false)
				   : kg_axis_series(canvas, &bars->set, canvas->width - 2 * canvas->room.left - 50);
	double beyond = measure_beyond(canvas, bars);
	struct kg_rectangle plot;

	value.hairlines = true;
	if (bars->lying) {
		plot = kg_canvas_inside(canvas, &canvas->room, &value, &names, beyond);
		kg_canvas_panel(canvas, &plot, &value, &names);
	} else {
		names.line = bars->set.y_least >= 0;
		plot = kg_canvas_inside(canvas, &canvas->room, &names, &value, 0);
		plot.top -= beyond;
		kg_canvas_panel(canvas, &plot, &names, &value);
	}
	if (bars->lying || bars->set.y_least < 0) {
		double x = kg_canvas_px_x(canvas, 0), y = kg_canvas_px_y(canvas, 0);

		if (bars->lying)
			kg_canvas_line(canvas, &(struct kg_rectangle){ x, x, plot.bottom, plot.top }, KG_COLOUR_AXIS,
				       "lw 1 front");
		else
			kg_canvas_line(canvas, &(struct kg_rectangle){ plot.left, plot.right, y, y }, KG_COLOUR_AXIS,
				       "lw 1 front");
	}
}

/* Standing bars when each name fits under its bar in a few lines and each value above it. */
static void choose_layout(struct kg_canvas *canvas, struct bars *bars)
{
	double slot = (canvas->width - 70) / (double)bars->set.ncategory;
	double value = measure_widest(canvas, bars, true), name = measure_widest(canvas, bars, false);
	size_t nbar = bars->set.ncategory * bars->set.count;

	bars->lying = bars->set.ncategory > STANDING_MOST || name > slot * 1.6;
	bars->labelled = nbar <= VALUES_MOST && (bars->lying || value + VALUE_GAP < slot / (double)bars->set.count);
	if (bars->labelled && bars->set.y_least < 0)
		bars->set.y_least -= (bars->set.y_most - bars->set.y_least) * VALUE_ROOM;
	if (bars->lying)
		kg_canvas_need(
		    canvas,
		    kg_row_names_height(canvas, &bars->names, (double)bars->set.count * BAR_LEAST + BARS_GAP) + 40);
}

static enum kg_status draw(const struct kg_picture *picture, struct kg_canvas *canvas, struct kg_error *error)
{
	const struct kg_series_plan plan = { .category_x = true, .need_group = true };
	struct kg_caption caption;
	struct bars bars;

	KG_TRY(kg_series_read(picture, &plan, canvas->arena, &bars.set, error));
	bars.shown = kg_axis_look(picture, &bars.set);
	bars.names = (struct kg_row_names){ bars.set.category, bars.set.ncategory, NAMES_SHARE };
	bars.look = kg_looks(canvas, &bars.set, 0);
	if (!bars.look)
		return kg_error_memory(error);
	for (size_t s = 0; s < bars.set.count; s++)
		bars.look[s].point = 5;
	caption = kg_caption_series(canvas, &bars.set);
	caption.marks = kg_notes_marks(canvas, &bars.set, KG_WHISKERS);
	choose_layout(canvas, &bars);
	kg_canvas_frame(canvas, &caption);
	kg_key_write(canvas, &bars.set, bars.look);
	open_panel(canvas, &bars);
	for (size_t s = 0; s < bars.set.count; s++) {
		draw_bars(canvas, &bars, s);
		draw_whiskers(canvas, &bars, s);
		draw_open_ends(canvas, &bars, s);
		if (bars.labelled)
			write_values(canvas, &bars, s);
	}
	return KG_OK;
}

const struct kg_chart kg_chart_bar = {
	.id = "bar",
	.title = "one bar per category, from zero, with whiskers",
	.detail = "Takes a column of categories (--x) and a column of values (--y); --group puts bars side by side. "
		  "Intervals are thin whiskers, bounds such as '>30000' open ones with an arrow head. Bars keep the "
		  "order of the rows and lie down where their names need the room.",
	.example = "plot bar festivals.csv --x level --y events --output festivals.svg",
	.draw = draw,
};
