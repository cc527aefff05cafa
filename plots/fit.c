/* fit: outcomes 0 and 1 against a number, with the logistic curve. */
#include <math.h>
#include <stdlib.h>

#include "base/random.h"
#include "plots/caption.h"
#include "plots/curve_marks.h"
#include "plots/scatter.h"
#include "plots/student.h"
#include "plots/say.h"

#define JITTER 0.03 /* half height of the cloud of a 0 or 1 */
#define MARGIN 0.06 /* of the axis beyond 0 and 1, for that cloud */
#define BIN_POINTS 12
#define BINS_LEAST 4
#define BINS_MOST 10
#define ROOM_LEAST 250

struct outcomes {
	size_t n;
	double *x, *y; /* complete pairs in x order */
};

/* Complete pairs of the one series there is, in x order. `shares`: outcomes may be shares of trials. */
static enum kg_status read_outcomes(const struct kg_series_set *set, bool shares, struct kg_arena *arena,
				    struct outcomes *outcomes, struct kg_error *error)
{
	const struct kg_series *series = &set->series[0];

	*outcomes =
	    (struct outcomes){ 0, KG_ARRAY(arena, double, series->n + 1), KG_ARRAY(arena, double, series->n + 1) };
	if (!outcomes->x || !outcomes->y)
		return kg_error_memory(error);
	for (size_t i = 0; i < series->n; i++) {
		if (isnan(series->y[i]))
			continue;
		if (shares ? !(series->y[i] >= 0 && series->y[i] <= 1) : series->y[i] != 0 && series->y[i] != 1)
			return kg_error_set(error, KG_EDATA,
					    "'%s' holds %g; 'fit' draws outcomes of 0 and 1 (try scatter or trend)",
					    set->y->name, series->y[i]);
		outcomes->x[outcomes->n] = series->x[i];
		outcomes->y[outcomes->n++] = series->y[i];
	}
	return KG_OK;
}

static void draw_outcomes(struct kg_canvas *canvas, const struct outcomes *outcomes)
{
	struct kg_random random = kg_random_stream(1, 0, 0);

	kg_canvas_begin(canvas);
	for (size_t i = 0; i < outcomes->n; i++)
		KG_ROW(canvas, outcomes->x[i], outcomes->y[i] + (2 * kg_random_uniform(&random) - 1) * JITTER);
	kg_canvas_end(canvas, "using 1:2 with points pt 7 ps 0.3 lc rgb '#90%s'", kg_colour_hex(KG_COLOUR_TEXT) + 1);
}

/* Wilson's score interval (1927) of `k` of `n`, `z` standard errors to each side. */
static void find_interval(double k, double n, double z, double *low, double *high)
{
	double p = k / n, middle = (p + z * z / (2 * n)) / (1 + z * z / n);
	double half = z / (1 + z * z / n) * sqrt(p * (1 - p) / n + z * z / (4 * n * n));

	*low = fmax(0, middle - half);
	*high = fmin(1, middle + half);
}

/* Where the group that starts at `from` ends, `end` or later: outcomes at one x stay together. */
static size_t end_group(const struct outcomes *outcomes, size_t from, size_t end)
{
	while (end > from && end < outcomes->n && outcomes->x[end] == outcomes->x[end - 1])
		end++;
	return end > from ? end : from;
}

/* Means of groups of about equal size in x order, with whiskers. */
static void draw_means(struct kg_canvas *canvas, const struct outcomes *outcomes)
{
	size_t fit = outcomes->n / BIN_POINTS;
	double z = kg_normal_half_width(canvas->level);
	size_t nbin = fit < BINS_LEAST ? BINS_LEAST : fit > BINS_MOST ? BINS_MOST : fit;

	for (int pass = 0; pass < 2 && outcomes->n >= nbin; pass++) {
		kg_canvas_begin(canvas);
		for (size_t b = 0, from = 0, to; b < nbin; b++, from = to) {
			double x = 0, k = 0, n, low, high;

			to = end_group(outcomes, from, (b + 1) * outcomes->n / nbin);
			n = (double)(to - from);
			if (to == from)
				continue;
			for (size_t i = from; i < to; i++)
				x += outcomes->x[i], k += outcomes->y[i];
			find_interval(k, n, z, &low, &high);
			if (pass == 0)
				KG_ROW(canvas, x / n, low, 0, high - low);
			else
				KG_ROW(canvas, x / n, k / n);
		}
		if (pass == 0)
			kg_canvas_end(canvas, "using 1:2:3:4 with vectors nohead lc rgb '%s' lw 1",
				      kg_colour_hex(KG_COLOUR_VERMILION));
		else
			kg_canvas_end(canvas, "using 1:2 with points pt 7 ps 0.7 lc rgb '%s'",
				      kg_colour_hex(KG_COLOUR_VERMILION));
	}
}

static bool is_constant(const struct outcomes *outcomes)
{
	for (size_t i = 1; i < outcomes->n; i++)
		if (outcomes->y[i] != outcomes->y[0])
			return false;
	return true;
}

static const char *say_method(const struct kg_canvas *canvas, const struct kg_series_set *set,
			      const struct outcomes *outcomes, bool found)
{
	if (found)
		return kg_say(canvas, "Logistic curve with its %g%% band; large points: means of groups of equal size",
			      canvas->level * 100);
	if (is_constant(outcomes))
		return kg_say(canvas, "No curve: all outcomes are the same");
	if (!(set->x_least < set->x_most))
		return kg_say(canvas, "No curve: all values are the same");
	return kg_say(canvas, "No curve: the values separate the outcomes");
}

static struct kg_axis make_share_axis(struct kg_canvas *canvas)
{
	const struct kg_axis_plan plan = { .least = 0, .most = 1, .tight = true, .kind = KG_TICK_SHARE };
	struct kg_axis axis = kg_axis_value(canvas, &plan);

	axis.from = -MARGIN;
	axis.to = 1 + MARGIN;
	axis.hairlines = true;
	return axis;
}

/* The curve: one that a program fitted and hands over as a table beside the data, else the chart's own. */
struct fitted {
	bool found;
	struct kg_curve own;
	struct kg_series_set given;
};

static enum kg_status find_curve(const struct kg_canvas *canvas, const struct outcomes *outcomes, struct fitted *fitted,
				 struct kg_error *error)
{
	const struct kg_picture *picture = canvas->picture;
	const struct kg_series_plan plan = { .number_x = true };

	fitted->given.count = 0;
	if (picture->data) {
		fitted->found = true;
		return kg_series_read(picture, &plan, canvas->arena, &fitted->given, error);
	}
	fitted->found = kg_curve_logistic(outcomes->x, outcomes->y, outcomes->n, canvas->level, &fitted->own);
	return KG_OK;
}

static void draw_curve(struct kg_canvas *canvas, const struct kg_series_set *set, struct fitted *fitted)
{
	const struct kg_look look = { KG_COLOUR_BLUE, 7, 1, false };

	if (fitted->found && !fitted->given.count)
		kg_curve_draw(canvas, &fitted->own, set->x_least, set->x_most, &look);
	for (size_t s = 0; s < fitted->given.count; s++) {
		kg_marks_ribbon(canvas, &fitted->given.series[s], &look);
		kg_marks_curve(canvas, &fitted->given.series[s], &look);
	}
}

static void open_panel(struct kg_canvas *canvas, const struct kg_series_set *set, const char *y_name)
{
	struct kg_axis y = make_share_axis(canvas), x = kg_scatter_x_axis(canvas, set, canvas->width);
	struct kg_rectangle plot;

	x.line = x.marks = true;
	x.name = kg_scatter_axis_name(canvas, set->x, NULL);
	y.name = y_name;
	plot = kg_canvas_inside(canvas, &canvas->room, &x, &y, 0);
	kg_canvas_panel(canvas, &plot, &x, &y);
}

static enum kg_status draw(const struct kg_picture *picture, struct kg_canvas *canvas, struct kg_error *error)
{
	const struct kg_series_plan plan = { .number_x = true };
	const char *y_name = picture->data ? kg_say(canvas, "Probability") : NULL;
	struct kg_picture raw = *picture;
	struct outcomes outcomes;
	struct kg_series_set set;
	struct kg_caption caption;
	struct fitted fitted;

	raw.table = picture->data ? picture->data : picture->table;
	raw.low = raw.high = raw.group = NULL;
	KG_TRY(kg_series_read(&raw, &plan, canvas->arena, &set, error));
	KG_TRY(read_outcomes(&set, picture->data != NULL, canvas->arena, &outcomes, error));
	KG_TRY(find_curve(canvas, &outcomes, &fitted, error));
	caption = kg_caption_pairs(canvas, &set);
	caption.method = say_method(canvas, &set, &outcomes, fitted.found);
	kg_canvas_need(canvas, ROOM_LEAST);
	kg_canvas_frame(canvas, &caption);
	open_panel(canvas, &set, y_name ? y_name : kg_say_column(canvas, set.y));
	draw_outcomes(canvas, &outcomes);
	draw_curve(canvas, &set, &fitted);
	draw_means(canvas, &outcomes);
	return KG_OK;
}

const struct kg_chart kg_chart_fit = {
	.id = "fit",
	.title = "outcomes of 0 and 1 against a number, with the logistic curve",
	.detail =
	    "Takes a column of numbers (--x) and one of outcomes (--y) that are 0 or 1. Draws the outcomes, a little "
	    "scattered so that each is seen, the logistic curve with its 95% band, and the means of groups of "
	    "equal size with Wilson intervals.",
	.example = "plot fit communes.csv --x density --y attained --output attained.svg",
	.draw = draw,
};
