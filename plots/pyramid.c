/* pyramid: two groups back to back over ordered classes, such as ages of women and men. */
#include <math.h>

#include "plots/caption.h"
#include "plots/row_names.h"
#include "plots/marks.h"
#include "plots/notes.h"

#define ROW_HEIGHT 17.0
#define HALF_BAR 0.42
#define NAMES_SHARE 0.25
/* Pixels from the middle to the names of the sides, and of an arrow for an open bound. */
#define NAME_GAP 10
#define OPEN_LENGTH 16

/* The same measure to both sides; labels have no sign. */
static struct kg_axis mark_values(struct kg_canvas *canvas, const struct kg_series_set *set)
{
	enum kg_tick_kind kind = kg_axis_kind(set->y, kg_series_unit(canvas->picture, set));
	struct kg_ticks *ticks = KG_NEW(canvas->arena, struct kg_ticks);
	double most = fmax(set->y_most, 0), least = 0;
	struct kg_ticks unsigned_ticks;
	struct kg_axis axis = { 0 };

	if (!ticks)
		return axis;
	kg_ticks_widen(&least, &most, 5, kind);
	kg_ticks_make(-most, most, 7, kind, ticks);
	axis = (struct kg_axis){ .from = -most, .to = most, .tick = ticks->tick, .ntick = ticks->count };
	unsigned_ticks = *ticks;
	for (size_t i = 0; i < ticks->count; i++)
		unsigned_ticks.tick[i].at = fabs(ticks->tick[i].at);
	kg_ticks_label(&unsigned_ticks, kind, canvas->language, canvas->arena);
	for (size_t i = 0; i < ticks->count; i++)
		ticks->tick[i].label = unsigned_ticks.tick[i].label;
	return axis;
}

/* Bounds: a line to a finite end, an arrow head where the end is open. */
static void draw_bounds(struct kg_canvas *canvas, const struct kg_series *series, double sign)
{
	double open = OPEN_LENGTH * kg_canvas_unit_x(canvas);

	for (int heads = 0; heads < 2; heads++) {
		kg_canvas_begin(canvas);
		for (size_t i = 0; i < series->n; i++) {
			const double end[] = { series->bound_low[i], series->bound_high[i] };

			for (int side = 0; side < 2; side++)
				if (!isnan(end[side]) && !isnan(series->y[i]) && (isinf(end[side]) != 0) == heads)
					KG_ROW(canvas, sign * series->y[i], series->x[i],
					       sign * (heads ? (side ? open : -open) : end[side] - series->y[i]), 0);
		}
		kg_canvas_end(canvas, "using 1:2:3:4 with vectors %s lc rgb '%s' lw 1.2",
			      heads ? "head filled size screen 0.01,20,60 fixed" : "nohead",
			      kg_colour_hex(KG_COLOUR_INK));
	}
}

static void draw_side(struct kg_canvas *canvas, const struct kg_series *series, double sign, enum kg_colour colour)
{
	const struct kg_text_style style = { &canvas->strong, colour, sign < 0 ? KG_RIGHT : KG_LEFT, 0 };
	double middle = kg_canvas_px_x(canvas, 0);
	double room = (sign < 0 ? middle - canvas->room.left : canvas->room.right - middle) - NAME_GAP;

	kg_canvas_begin(canvas);
	for (size_t i = 0; i < series->n; i++)
		KG_ROW(canvas, sign * series->y[i], series->x[i], fmin(0, sign * series->y[i]),
		       fmax(0, sign * series->y[i]), series->x[i] - HALF_BAR, series->x[i] + HALF_BAR);
	kg_canvas_end(canvas, "using 1:2:3:4:5:6 with boxxyerror fc rgb '%s' fs solid 1 noborder",
		      kg_colour_hex(colour));
	kg_canvas_begin(canvas);
	for (size_t i = 0; i < series->n; i++)
		KG_ROW(canvas, sign * series->low[i], series->x[i], sign * (series->high[i] - series->low[i]), 0);
	kg_canvas_end(canvas, "using 1:2:3:4 with vectors nohead lc rgb '%s' lw 1.2", kg_colour_hex(KG_COLOUR_INK));
	draw_bounds(canvas, series, sign);
	kg_canvas_text(canvas, middle + sign * NAME_GAP, canvas->plot.top + canvas->body.size * 0.8,
		       kg_typeface_cut(&canvas->strong, series->name, room, canvas->arena), &style);
}

static enum kg_status draw(const struct kg_picture *picture, struct kg_canvas *canvas, struct kg_error *error)
{
	const struct kg_series_plan plan = { .category_x = true, .need_group = true };
	struct kg_series_set set;
	struct kg_row_names names;
	struct kg_caption caption;
	struct kg_rectangle plot;
	struct kg_axis x, y;

	KG_TRY(kg_series_read(picture, &plan, canvas->arena, &set, error));
	if (set.count != 2)
		return kg_error_set(
		    error, KG_EUSAGE,
		    "a pyramid has two sides; the groups here are %zu: name a column with two with --group", set.count);
	if (set.y_least < 0)
		return kg_error_set(error, KG_EDATA, "a pyramid needs values of zero and more in '%s'", set.y->name);
	caption = kg_caption_series(canvas, &set);
	caption.marks = kg_notes_marks(canvas, &set, KG_WHISKERS);
	names = (struct kg_row_names){ set.category, set.ncategory, NAMES_SHARE };
	kg_canvas_need(canvas, kg_row_names_height(canvas, &names, ROW_HEIGHT) + 60);
	kg_canvas_frame(canvas, &caption);
	y = kg_row_names_axis(canvas, &names, true);
	x = mark_values(canvas, &set);
	x.hairlines = true;
	plot = kg_canvas_inside(canvas, &canvas->room, &x, &y, 0);
	plot.top -= canvas->body.size;
	kg_canvas_panel(canvas, &plot, &x, &y);
	draw_side(canvas, &set.series[0], -1, KG_COLOUR_BLUE);
	draw_side(canvas, &set.series[1], 1, KG_COLOUR_VERMILION);
	return KG_OK;
}

const struct kg_chart kg_chart_pyramid = {
	.id = "pyramid",
	.title = "two groups back to back over ordered classes",
	.detail = "Takes a column of classes (--x), values (--y) and a column with two groups (--group). The first "
		  "row's class "
		  "is at the foot.",
	.example = "plot pyramid ages.csv --x age --y persons --group sex --output pyramid.svg",
	.draw = draw,
};
