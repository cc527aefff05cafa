/* histogram: how one number is distributed. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "plots/caption.h"
#include "plots/values.h"
#include "plots/scatter.h"
#include "plots/say.h"

#define BINS_LEAST 5
#define BINS_MOST 40

struct bins {
	double from, width;
	size_t count;
	double *n;
	double most;
};

/* All values are the same: the middle one of a few bins. */
static bool centre_bins(struct kg_canvas *canvas, double value, size_t n, struct bins *bins)
{
	double width = value == 0 ? 1 : fabs(value) / 10;

	*bins = (struct bins){ .from = value - width * BINS_LEAST / 2,
			       .width = width,
			       .count = BINS_LEAST,
			       .n = KG_ARRAY(canvas->arena, double, BINS_LEAST),
			       .most = (double)n };
	if (bins->n)
		bins->n[BINS_LEAST / 2] = (double)n;
	return bins->n;
}

/* Width by Freedman and Diaconis (1981), 2 IQR / n^(1/3), made round. */
static enum kg_status sort_into_bins(struct kg_canvas *canvas, const double *value, size_t n, struct bins *bins,
				     struct kg_error *error)
{
	double spread = kg_values_quantile(value, n, 0.75) - kg_values_quantile(value, n, 0.25), from = value[0],
	       to = value[n - 1];
	double width = 2 * spread / cbrt((double)n), wanted = width > 0 ? (to - from) / width : BINS_LEAST;
	struct kg_ticks ticks;

	if (!(to > from))
		return centre_bins(canvas, from, n, bins) ? KG_OK : kg_error_memory(error);
	wanted = fmax(BINS_LEAST, fmin(BINS_MOST, wanted));
	kg_ticks_widen(&from, &to, (size_t)wanted + 1, KG_TICK_NUMBER);
	kg_ticks_make(from, to, (size_t)wanted + 1, KG_TICK_NUMBER, &ticks);
	bins->from = from;
	bins->width = ticks.step;
	bins->count = (size_t)lround((to - from) / ticks.step);
	bins->n = KG_ARRAY(canvas->arena, double, bins->count + 1);
	bins->most = 0;
	if (!bins->n)
		return kg_error_memory(error);
	for (size_t i = 0; i < n; i++) {
		size_t at = (size_t)fmin((double)bins->count - 1, floor((value[i] - from) / bins->width));

		bins->most = fmax(bins->most, ++bins->n[at]);
	}
	return KG_OK;
}

static void draw_bins(struct kg_canvas *canvas, const struct bins *bins)
{
	kg_canvas_begin(canvas);
	for (size_t b = 0; b < bins->count; b++) {
		double left = bins->from + (double)b * bins->width;

		if (bins->n[b] > 0)
			KG_ROW(canvas, left, bins->n[b], left, left + bins->width, 0, bins->n[b]);
	}
	kg_canvas_end(canvas, "using 1:2:3:4:5:6 with boxxyerror fc rgb '%s' fs solid 1 border rgb '#ffffff'",
		      kg_colour_hex(KG_COLOUR_BLUE));
}

static void mark_median(struct kg_canvas *canvas, double median, const struct kg_value_look *shown)
{
	const struct kg_text_style style = { &canvas->body, KG_COLOUR_INK, KG_LEFT, 0 };
	double x = kg_canvas_px_x(canvas, median);

	kg_canvas_line(canvas, &(struct kg_rectangle){ x, x, canvas->plot.bottom, canvas->plot.top + 14 },
		       KG_COLOUR_INK, "lw 1 dt (6,5) front");
	kg_canvas_text(canvas, x + kg_typeface_width(&canvas->body, "n"), canvas->plot.top + 10,
		       kg_say(canvas, "median %s", kg_axis_y_text(canvas, shown, median)), &style);
}

static enum kg_status draw(const struct kg_picture *picture, struct kg_canvas *canvas, struct kg_error *error)
{
	struct kg_picture asked = *picture;
	struct kg_value_look shown;
	struct kg_series_set set;
	struct kg_caption caption;
	struct kg_rectangle plot;
	struct kg_axis x, y;
	struct bins bins;
	double *value;
	size_t n;

	asked.y = picture->y ? picture->y : picture->x;
	asked.x = asked.low = asked.high = NULL;
	KG_TRY(kg_values_read(&asked, canvas->arena, &set, &value, &n, error));
	KG_TRY(sort_into_bins(canvas, value, n, &bins, error));
	shown = kg_axis_look(picture, &set);
	caption = kg_caption_series(canvas, &set);
	caption.title = kg_caption_y_title(canvas, &set);
	kg_canvas_frame(canvas, &caption);
	x = kg_axis_value(canvas, &(struct kg_axis_plan){ .least = bins.from,
							  .most = bins.from + bins.width * (double)bins.count,
							  .tight = true,
							  .kind = shown.kind });
	y = kg_axis_value(canvas,
			  &(struct kg_axis_plan){ .most = bins.most, .from_zero = true, .kind = KG_TICK_WHOLE });
	x.line = x.marks = y.hairlines = true;
	x.name = kg_scatter_axis_name(canvas, set.y, NULL);
	y.name = kg_say(canvas, "Rows");
	plot = kg_canvas_inside(canvas, &canvas->room, &x, &y, 0);
	plot.top -= 16;
	kg_canvas_panel(canvas, &plot, &x, &y);
	draw_bins(canvas, &bins);
	mark_median(canvas, kg_values_quantile(value, n, 0.5), &shown);
	return KG_OK;
}

const struct kg_chart kg_chart_histogram = {
	.id = "histogram",
	.title = "how one number is distributed",
	.detail = "Takes one column of numbers (--x). Bins are as wide as Freedman and Diaconis's rule says, rounded; "
		  "a dashed "
		  "line marks the median.",
	.example = "plot histogram communes.csv --x population --output population.svg",
	.draw = draw,
};
