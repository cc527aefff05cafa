/* moran: values against the mean of their neighbours (Anselin 1996, "The Moran scatterplot"). */
#include <math.h>

#include "plots/caption.h"
#include "plots/curve_marks.h"
#include "plots/notes.h"
#include "plots/scatter.h"
#include "plots/say.h"
#include "plots/sentence.h"

#define ROOM_LEAST 260
#define SLOPE_DIGITS 3

static double find_mean(const double *value, size_t n)
{
	double sum = 0;
	size_t count = 0;

	for (size_t i = 0; i < n; i++)
		if (isfinite(value[i]))
			sum += value[i], count++;
	return sum / (double)count;
}

/* The lines at both means, and the letters of the quadrants. */
static void draw_quadrants(struct kg_canvas *canvas, const struct kg_series *series)
{
	static const char *const name[2][2] = { { "LL", "LH" }, { "HL", "HH" } };
	const struct kg_text_style style = { &canvas->strong, KG_COLOUR_MARK, KG_CENTRE, 0 };
	const struct kg_rectangle *plot = &canvas->plot;
	double x = kg_canvas_px_x(canvas, find_mean(series->x, series->n));
	double y = kg_canvas_px_y(canvas, find_mean(series->y, series->n));

	kg_canvas_line(canvas, &(struct kg_rectangle){ x, x, plot->bottom, plot->top }, KG_COLOUR_MARK,
		       "lw 1 dt (6,5) back");
	kg_canvas_line(canvas, &(struct kg_rectangle){ plot->left, plot->right, y, y }, KG_COLOUR_MARK,
		       "lw 1 dt (6,5) back");
	for (int right = 0; right < 2; right++)
		for (int up = 0; up < 2; up++)
			kg_canvas_text(canvas, right ? plot->right - 12 : plot->left + 12,
				       up ? plot->top - 8 : plot->bottom + 10, name[right][up], &style);
}

/* The slope, and how many places lie in each quadrant. */
static const char *tell(struct kg_canvas *canvas, const struct kg_series_set *set, const struct kg_curve *line,
			const char *subject)
{
	const struct kg_series *series = &set->series[0];
	double x = find_mean(series->x, series->n), y = find_mean(series->y, series->n);
	struct kg_buffer text = kg_buffer_new(canvas->arena), slope = kg_buffer_new(canvas->arena);
	size_t count[2][2] = { { 0 } };

	for (size_t i = 0; i < series->n; i++)
		if (isfinite(series->x[i]) && isfinite(series->y[i]))
			count[series->x[i] > x][series->y[i] > y]++;
	kg_buffer_printf(&text, "%s. ", subject);
	if (line) {
		kg_number_display(&slope, line->b1, SLOPE_DIGITS, canvas->language);
		kg_buffer_printf(&text, "%s ", kg_say(canvas, "Slope: %s.", slope.text ? slope.text : ""));
	}
	kg_buffer_add(&text, kg_say(canvas,
				    "High among high: %zu, low among low: %zu, high among low: %zu, low among "
				    "high: %zu.",
				    count[1][1], count[0][0], count[1][0], count[0][1]));
	return kg_sentence_end(canvas, set, &text);
}

static void include_band(struct kg_series_set *set, const struct kg_curve *curve)
{
	double y, low, high;

	kg_curve_at(curve, set->x_least, &y, &low, &high);
	kg_series_include(set, low, high);
	kg_curve_at(curve, set->x_most, &y, &low, &high);
	kg_series_include(set, low, high);
}

static enum kg_status draw(const struct kg_picture *picture, struct kg_canvas *canvas, struct kg_error *error)
{
	const struct kg_series_plan plan = { .number_x = true };
	const struct kg_look look = { KG_COLOUR_BLUE, 7, 1, false };
	struct kg_picture asked = *picture;
	struct kg_series_set set;
	struct kg_column lag;
	struct kg_caption caption;
	struct kg_rectangle plot;
	struct kg_curve curve;
	struct kg_axis x, y;
	bool sloped;

	asked.group = NULL;
	KG_TRY(kg_series_read(&asked, &plan, canvas->arena, &set, error));
	sloped = kg_curve_line(set.series[0].x, set.series[0].y, set.series[0].n, canvas->level, &curve);
	if (sloped)
		include_band(&set, &curve);
	lag = *set.y; /* whatever the column is called */
	lag.name = kg_say(canvas, "Mean of the neighbours");
	set.y = &lag;
	caption = kg_caption_pairs(canvas, &set);
	caption.sentence = tell(canvas, &set, sloped ? &curve : NULL, caption.title);
	caption.marks = kg_notes_marks(canvas, &set, KG_WHISKERS);
	caption.method =
	    sloped ? kg_say(canvas, "Line: slope (Moran's I for standardised values) with its %g%% band; dashed: means",
			    canvas->level * 100)
		   : kg_say(canvas, "Dashed: means");
	kg_canvas_need(canvas, ROOM_LEAST);
	kg_canvas_frame(canvas, &caption);
	y = kg_scatter_y_axis(canvas, &set);
	x = kg_scatter_x_axis(canvas, &set, canvas->width);
	x.line = x.marks = y.hairlines = true;
	x.name = kg_scatter_axis_name(canvas, set.x, NULL);
	y.name = lag.name;
	plot = kg_canvas_inside(canvas, &canvas->room, &x, &y, 0);
	kg_canvas_panel(canvas, &plot, &x, &y);
	draw_quadrants(canvas, &set.series[0]);
	kg_scatter_points(canvas, &set, &look);
	if (sloped)
		kg_curve_draw(canvas, &curve, set.x_least, set.x_most,
			      &(struct kg_look){ .colour = KG_COLOUR_VERMILION });
	if (set.label)
		kg_scatter_labels(canvas, &set);
	return KG_OK;
}

const struct kg_chart kg_chart_moran = {
	.id = "moran",
	.title = "values against the mean of their neighbours",
	.detail =
	    "Takes a column of values (--x) and one with the mean of each place's neighbours (--y); --label names the "
	    "places. The slope of the line is Moran's I when weights are row-standardised.",
	.example = "plot moran local.csv --x value --y lag --label place --output moran.svg",
	.draw = draw,
};
