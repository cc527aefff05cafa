/* forest: estimates with intervals, one per row, sorted, with a reference line; the numbers at the right. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "plots/caption.h"
#include "plots/row_names.h"
#include "plots/marks.h"
#include "plots/notes.h"
#include "plots/say.h"

#define ROW_HEIGHT 18.0
#define NAMES_SHARE 0.4
#define NUMBERS_GAP 12
/* Pixels that a tick's label needs, and the share of the width that the plot has at least. */
#define LABEL_ROOM 24
#define PLOT_SHARE 0.3
#define TICKS_MOST 6
#define NAMES_LEAST 0.15
/* Nearer than this to a whole number is whole: rounding of the scaling. */
#define NEAR_WHOLE 1e-9
/* The range that bounds leave stands below the interval, by this share of a row; an open end is so many pixels long. */
#define BOUND_SHIFT 0.22
#define OPEN_LENGTH 22.0

struct forest {
	struct kg_series_set set;
	const struct kg_series *series;
	struct kg_value_look shown;
	size_t *order, count; /* rows from top to bottom */
	const char **name;    /* of each point */
	bool ratio;	      /* around 1, on a logarithmic axis */
};

static bool says_ratio(const char *text)
{
	return text && strcasestr(text, "ratio") != NULL;
}

/* The least of what is drawn but for bounds: 0 as a lower bound of a ratio is an open end. */
static double find_least(const struct forest *forest)
{
	const struct kg_series *series = forest->series;
	double least = INFINITY;

	for (size_t i = 0; i < series->n; i++) {
		least = fmin(least, series->y[i]);
		least = isinf(series->low[i]) ? least : fmin(least, series->low[i]);
	}
	return least;
}

/* Ratios are compared with 1, on a logarithmic axis: by the name of the column, of its one term, or by the unit. */
static bool is_ratio(const struct kg_canvas *canvas, const struct forest *forest)
{
	const struct kg_column *term = forest->set.tidy ? kg_table_find(canvas->picture->table, "term") : NULL;
	bool one = term && term->type == KG_TEXT && term->nlevel == 1 && strcmp(forest->set.y->name, "estimate") == 0;

	return find_least(forest) > 0 &&
	       (says_ratio(forest->set.y->name) || says_ratio(kg_series_unit(canvas->picture, &forest->set)) ||
		(one && says_ratio(term->level[0])));
}

static double place(const struct forest *forest, double value)
{
	return forest->ratio ? log10(value) : value;
}

/* Rows without an estimate are shown as such; in a result, only those whose note says that there should be one. */
static bool is_shown(const struct kg_canvas *canvas, const struct forest *forest, size_t i)
{
	const struct kg_column *note = forest->set.tidy ? kg_table_find(canvas->picture->table, "note") : NULL;

	return isfinite(forest->series->y[i]) || !note || !kg_column_missing(note, forest->series->row[i]);
}

static enum kg_status sort_rows(const struct kg_canvas *canvas, struct forest *forest, struct kg_error *error)
{
	const struct kg_series *series = forest->series;

	forest->order = KG_ARRAY(canvas->arena, size_t, series->n + 1);
	if (!forest->order)
		return kg_error_memory(error);
	for (size_t i = 0; i < series->n; i++) {
		size_t at = forest->count;

		if (!is_shown(canvas, forest, i))
			continue;
		for (; at && !isnan(series->y[i]) && !(series->y[forest->order[at - 1]] >= series->y[i]); at--)
			forest->order[at] = forest->order[at - 1];
		forest->order[at] = i;
		forest->count++;
	}
	return KG_OK;
}

/* A column that tells rows of the same name apart: by group, by method; not the numbers that are drawn. */
static bool tells_apart(const struct forest *forest, const struct kg_column *column)
{
	static const char *const other[] = { "unit", "note", "n", "n_missing" };

	for (size_t i = 0; i < sizeof other / sizeof other[0]; i++)
		if (strcmp(column->name, other[i]) == 0)
			return false;
	return column->type != KG_REAL && column != forest->set.x;
}

static bool is_repeated(const struct forest *forest)
{
	for (size_t r = 0; r < forest->count; r++)
		for (size_t q = 0; q < r; q++)
			if (strcmp(forest->name[forest->order[q]], forest->name[forest->order[r]]) == 0)
				return true;
	return false;
}

/* True when rows that share a name differ in the column. */
static bool separates(const struct kg_canvas *canvas, const struct forest *forest, const struct kg_column *column)
{
	const uint32_t *row = forest->series->row;

	for (size_t r = 0; r < forest->count; r++)
		for (size_t q = 0; q < r; q++) {
			size_t one = forest->order[q], two = forest->order[r];
			const char *cell[] = { kg_column_cell(column, row[one], canvas->arena),
					       kg_column_cell(column, row[two], canvas->arena) };

			if (cell[0] && cell[1] && strcmp(forest->name[one], forest->name[two]) == 0 &&
			    strcmp(cell[0], cell[1]) != 0)
				return true;
		}
	return false;
}

/* Names of the rows: the x, and where rows share it, the other columns that tell them apart. */
static enum kg_status find_names(struct kg_canvas *canvas, struct forest *forest, struct kg_error *error)
{
	const struct kg_table *table = canvas->picture->table;

	forest->name = KG_ARRAY(canvas->arena, const char *, forest->series->n + 1);
	if (!forest->name)
		return kg_error_memory(error);
	for (size_t i = 0; i < forest->series->n; i++)
		forest->name[i] = kg_axis_x_text(canvas, &forest->set, forest->series->x[i]);
	for (size_t c = 0; c < table->ncol && is_repeated(forest); c++) {
		if (!tells_apart(forest, &table->column[c]) || !separates(canvas, forest, &table->column[c]))
			continue;
		for (size_t i = 0; i < forest->series->n; i++) {
			const char *cell = kg_say_cell(canvas->picture, &table->column[c], forest->series->row[i],
						       canvas->arena);

			if (cell && *cell)
				forest->name[i] = kg_arena_format(canvas->arena, "%s, %s", forest->name[i], cell);
			if (!forest->name[i])
				return kg_error_memory(error);
		}
	}
	return KG_OK;
}

/* The names from top to bottom, `numbers` pixels of numbers being at the other side. */
static struct kg_row_names order_names(struct kg_canvas *canvas, const struct forest *forest, double numbers)
{
	double share = 1 - PLOT_SHARE - numbers / canvas->width;
	const char **name = KG_ARRAY(canvas->arena, const char *, forest->count + 1);

	for (size_t r = 0; name && r < forest->count; r++)
		name[r] = forest->name[forest->order[r]];
	return (struct kg_row_names){ name, forest->count, fmin(NAMES_SHARE, fmax(NAMES_LEAST, share)) };
}

/* Decimals that a ratio of two significant digits needs. */
static int count_decimals(double ratio)
{
	int decimals = 0;

	while (decimals < 3 && fabs(ratio - round(ratio)) > NEAR_WHOLE) {
		ratio *= 10;
		decimals++;
	}
	return decimals;
}

/* Ticks of a logarithmic axis: 1 and round ratios on both sides as far apart as labels need. */
static struct kg_axis mark_ratios(struct kg_canvas *canvas, const struct forest *forest)
{
	static const double coarse[] = { 0.001, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100, 1000 };
	static const double fine[] = { 0.6, 0.7, 0.8, 0.9, 0.95, 1, 1.05, 1.1, 1.2, 1.4, 1.6 };
	double least = fmin(forest->set.y_least, 0.98), most = fmax(forest->set.y_most, 1.02);
	bool near = least > 0.55 && most < 1.8;
	const double *ratio = near ? fine : coarse;
	size_t count = near ? sizeof fine / sizeof fine[0] : sizeof coarse / sizeof coarse[0];
	struct kg_tick *tick = KG_ARRAY(canvas->arena, struct kg_tick, KG_TICK_MOST);
	double from = log10(least), to = log10(most), apart;
	struct kg_axis axis = { .from = from - 0.05 * (to - from), .to = to + 0.05 * (to - from), .tick = tick };

	apart = (axis.to - axis.from) * LABEL_ROOM / (canvas->width * PLOT_SHARE);
	for (size_t i = 0; tick && i < count; i++) {
		double at = log10(ratio[i]);

		if (at < axis.from || at > axis.to || (at > 0 && at < apart) || (at < 0 && at > -apart) ||
		    (axis.ntick && at - tick[axis.ntick - 1].at < apart))
			continue;
		tick[axis.ntick++] =
		    (struct kg_tick){ at, kg_tick_text(ratio[i], count_decimals(ratio[i]), KG_TICK_NUMBER,
						       canvas->language, canvas->arena) };
	}
	return axis;
}

static bool is_open_low(const struct forest *forest, size_t i)
{
	double low = forest->series->bound_low[i];

	return low < 0 ? isinf(low) : forest->ratio && low == 0;
}

/* Room on a logarithmic axis: from the least to the most of what is positive, and for open ends. */
static void measure_ratios(const struct kg_canvas *canvas, struct forest *forest)
{
	const struct kg_series *series = forest->series;
	double least = find_least(forest), most = least, open = 0;

	for (size_t i = 0; i < series->n; i++) {
		const double end[] = { series->y[i], series->high[i], series->bound_low[i], series->bound_high[i] };

		for (size_t k = 0; k < sizeof end / sizeof end[0]; k++) {
			least = end[k] > 0 ? fmin(least, end[k]) : least;
			most = isfinite(end[k]) ? fmax(most, end[k]) : most;
		}
		if (is_open_low(forest, i) || isinf(series->bound_high[i]) || isinf(series->low[i]) ||
		    isinf(series->high[i]))
			open = OPEN_LENGTH / (canvas->width * PLOT_SHARE);
	}
	open = pow(fmax(most, 1) / fmin(least, 1), open);
	forest->set.y_least = least / open;
	forest->set.y_most = most * open;
}

/* `width`: about what the plot has. */
static struct kg_axis make_axis(struct kg_canvas *canvas, struct forest *forest, double width)
{
	struct kg_axis_plan plan = { .kind = forest->shown.kind };
	double label;

	if (forest->ratio) {
		measure_ratios(canvas, forest);
		return mark_ratios(canvas, forest);
	}
	kg_series_include(&forest->set, 0, 0);
	plan.least = forest->set.y_least;
	plan.most = forest->set.y_most;
	label = fmax(kg_typeface_width(&canvas->body, kg_axis_y_text(canvas, &forest->shown, plan.least)),
		     kg_typeface_width(&canvas->body, kg_axis_y_text(canvas, &forest->shown, plan.most)));
	plan.want = (size_t)fmax(2, fmin(TICKS_MOST, width / (label + LABEL_ROOM)));
	return kg_axis_value(canvas, &plan);
}

static const char *say_row(struct kg_canvas *canvas, const struct forest *forest, size_t i)
{
	const struct kg_series *series = forest->series;
	const char *middle = kg_axis_y_text(canvas, &forest->shown, series->y[i]);

	if (isinf(series->bound_high[i]) && series->bound_low[i] == series->y[i])
		middle = kg_arena_format(canvas->arena, "≥ %s", middle);
	else if (is_open_low(forest, i) && series->bound_high[i] == series->y[i])
		middle = kg_arena_format(canvas->arena, "≤ %s", middle);
	if (isnan(series->y[i]))
		return kg_say(canvas, "no estimate");
	if (isinf(series->low[i]))
		return kg_arena_format(canvas->arena, "%s (≤ %s)", middle,
				       kg_axis_y_text(canvas, &forest->shown, series->high[i]));
	if (isinf(series->high[i]))
		return kg_arena_format(canvas->arena, "%s (≥ %s)", middle,
				       kg_axis_y_text(canvas, &forest->shown, series->low[i]));
	if (!isfinite(series->low[i]) || !isfinite(series->high[i]))
		return middle;
	if (series->low[i] < 0)
		return kg_say(canvas, "%s (%s to %s)", middle, kg_axis_y_text(canvas, &forest->shown, series->low[i]),
			      kg_axis_y_text(canvas, &forest->shown, series->high[i]));
	return kg_arena_format(canvas->arena, "%s (%s–%s)", middle,
			       kg_axis_y_text(canvas, &forest->shown, series->low[i]),
			       kg_axis_y_text(canvas, &forest->shown, series->high[i]));
}

static void draw_rows(struct kg_canvas *canvas, const struct forest *forest)
{
	const struct kg_text_style numbers = { &canvas->body, KG_COLOUR_TEXT, KG_LEFT, 0 };
	const struct kg_series *series = forest->series;

	kg_canvas_begin(canvas);
	for (size_t r = 0; r < forest->count; r++) {
		double low = place(forest, series->low[forest->order[r]]),
		       high = place(forest, series->high[forest->order[r]]);

		KG_ROW(canvas, low, (double)r + 1, high - low, 0);
	}
	kg_canvas_end(canvas, "using 1:2:3:4 with vectors nohead lc rgb '%s' lw 1.5", kg_colour_hex(KG_COLOUR_BLUE));
	kg_canvas_begin(canvas);
	for (size_t r = 0; r < forest->count; r++)
		KG_ROW(canvas, place(forest, series->y[forest->order[r]]), (double)r + 1);
	kg_canvas_end(canvas, "using 1:2 with points pt 5 ps 0.6 lc rgb '%s'", kg_colour_hex(KG_COLOUR_BLUE));
	for (size_t r = 0; r < forest->count; r++)
		kg_canvas_text(canvas, canvas->plot.right + NUMBERS_GAP, kg_canvas_px_y(canvas, (double)r + 1),
			       say_row(canvas, forest, forest->order[r]), &numbers);
}

/* Ranges with an open end, as lines to the ends that there are or as arrows where there is none: the one that bounds
 * leave, apart from the interval, or the interval itself. */
static void draw_ranges(struct kg_canvas *canvas, const struct forest *forest, bool bounds, bool open)
{
	const struct kg_series *series = forest->series;
	double length = OPEN_LENGTH * fabs(kg_canvas_unit_x(canvas));

	kg_canvas_begin(canvas);
	for (size_t r = 0; r < forest->count; r++) {
		size_t i = forest->order[r];
		double at = (double)r + 1 + (bounds ? BOUND_SHIFT : 0), y = place(forest, series->y[i]);
		double low = bounds ? series->bound_low[i] : series->low[i];
		double high = bounds ? series->bound_high[i] : series->high[i];
		bool below = bounds ? is_open_low(forest, i) : isinf(low) != 0, above = isinf(high) != 0;

		if (!bounds && !below && !above)
			continue;
		if (below == open && !isnan(low))
			KG_ROW(canvas, y, at, below ? -length : place(forest, low) - y, 0);
		if (above == open && !isnan(high))
			KG_ROW(canvas, y, at, above ? length : place(forest, high) - y, 0);
	}
	kg_canvas_end(canvas, "using 1:2:3:4 with vectors %s lc rgb '%s' lw 1.%d",
		      open ? "head filled size screen 0.011,22,60 fixed" : "nohead",
		      kg_colour_hex(bounds ? KG_COLOUR_INK : KG_COLOUR_BLUE), bounds ? 2 : 5);
}

static double measure_numbers(struct kg_canvas *canvas, const struct forest *forest)
{
	double widest = 0;

	for (size_t r = 0; r < forest->count; r++)
		widest = fmax(widest, kg_typeface_width(&canvas->body, say_row(canvas, forest, forest->order[r])));
	return widest + NUMBERS_GAP;
}

static enum kg_status draw(const struct kg_picture *picture, struct kg_canvas *canvas, struct kg_error *error)
{
	const struct kg_series_plan plan = { .category_x = true };
	struct forest forest = { .count = 0 };
	struct kg_row_names names;
	struct kg_caption caption;
	struct kg_rectangle plot;
	struct kg_axis x, y;
	double reference, numbers;

	KG_TRY(kg_series_read(picture, &plan, canvas->arena, &forest.set, error));
	forest.series = &forest.set.series[0];
	forest.shown = kg_axis_look(picture, &forest.set);
	forest.ratio = is_ratio(canvas, &forest);
	KG_TRY(sort_rows(canvas, &forest, error));
	KG_TRY(find_names(canvas, &forest, error));
	caption = kg_caption_series(canvas, &forest.set);
	caption.missing = NULL; /* each has its row */
	caption.marks = kg_notes_marks(canvas, &forest.set, KG_WHISKERS);
	numbers = measure_numbers(canvas, &forest);
	names = order_names(canvas, &forest, numbers);
	kg_canvas_need(canvas, kg_row_names_height(canvas, &names, ROW_HEIGHT) + 40);
	kg_canvas_frame(canvas, &caption);
	y = kg_row_names_axis(canvas, &names, false);
	plot = kg_canvas_inside(canvas, &canvas->room, &(struct kg_axis){ 0 }, &y, numbers);
	x = make_axis(canvas, &forest, plot.right - plot.left);
	x.line = x.marks = true;
	plot = kg_canvas_inside(canvas, &canvas->room, &x, &y, numbers);
	kg_canvas_panel(canvas, &plot, &x, &y);
	reference = kg_canvas_px_x(canvas, 0);
	if (reference >= plot.left && reference <= plot.right)
		kg_canvas_line(canvas, &(struct kg_rectangle){ reference, reference, plot.bottom, plot.top },
			       KG_COLOUR_MARK, "lw 1 dt (6,5) back");
	draw_rows(canvas, &forest);
	for (int pass = 0; pass < 4; pass++)
		draw_ranges(canvas, &forest, pass >= 2, pass % 2 == 1);
	return KG_OK;
}

const struct kg_chart kg_chart_forest = {
	.id = "forest",
	.title = "estimates with intervals, sorted, with a reference line",
	.detail =
	    "Takes a column that names the rows (--x) and, unless the table is a result, the estimate and its interval "
	    "(--y, --low, --high). Ratios stand on a logarithmic axis around 1, other estimates around 0; the numbers "
	    "are printed at the right.",
	.example = "plot forest ratios.csv --x district --y ratio --low conf_low --high conf_high --output forest.svg",
	.draw = draw,
};
