/* histogram: how one number is distributed. */
#include <math.h>
#include <stdlib.h>

#include "plots/caption.h"
#include "plots/notes.h"
#include "plots/say.h"
#include "plots/scatter.h"
#include "plots/sentence.h"
#include "plots/values.h"

#define BINS_LEAST 5
#define BINS_MOST 40

struct bins {
	double from, width;
	size_t count;
	double *n;
	double most;
	bool whole; /* all values are whole numbers */
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

static bool are_whole(const double *value, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (value[i] != floor(value[i]))
			return false;
	return true;
}

/* Bins of whole numbers: around each number, or each from its lower limit up to, but without, the next one's. */
static void part_whole(double most, double step, double *from, double *to)
{
	if (step == 1) {
		*from -= 0.5;
		*to += 0.5;
	} else if (most == *to) {
		*to += step;
	}
}

/* Width by Freedman and Diaconis (1981), 2 IQR / n^(1/3), made round. */
static enum kg_status sort_into_bins(struct kg_canvas *canvas, const double *value, size_t n, struct bins *bins,
				     struct kg_error *error)
{
	double spread = kg_values_quantile(value, n, 0.75) - kg_values_quantile(value, n, 0.25), from = value[0],
	       to = value[n - 1];
	double width = 2 * spread / cbrt((double)n), wanted = width > 0 ? (to - from) / width : BINS_LEAST;
	const bool whole = are_whole(value, n);
	const enum kg_tick_kind kind = whole ? KG_TICK_WHOLE : KG_TICK_NUMBER;
	struct kg_ticks ticks;

	if (!(to > from))
		return centre_bins(canvas, from, n, bins) ? KG_OK : kg_error_memory(error);
	wanted = fmax(BINS_LEAST, fmin(BINS_MOST, wanted));
	kg_ticks_widen(&from, &to, (size_t)wanted + 1, kind);
	kg_ticks_make(from, to, (size_t)wanted + 1, kind, &ticks);
	if (whole)
		part_whole(value[n - 1], ticks.step, &from, &to);
	bins->whole = whole;
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

/* The median may lie between two values: with the decimal that it then needs. */
static const char *write_median(struct kg_canvas *canvas, double median, struct kg_value_look shown)
{
	double scaled = median * pow(10, shown.decimals + (shown.kind == KG_TICK_SHARE ? 2 : 0));

	shown.decimals += fabs(scaled - round(scaled)) > 1e-9 * fabs(scaled);
	return kg_axis_y_text(canvas, &shown, median);
}

/* The line, and its words on the side where they find room, clear of the axis's name. */
static void mark_median(struct kg_canvas *canvas, double median, const char *words)
{
	struct kg_text_style style = { &canvas->body, KG_COLOUR_INK, KG_LEFT, 0 };
	double x = kg_canvas_px_x(canvas, median), gap = kg_typeface_width(&canvas->body, "n"), at = x + gap;
	double clear = canvas->room.left + kg_typeface_width(&canvas->body, canvas->y.name) + 2 * gap;
	double top = canvas->plot.top + (x < clear ? 0 : 14);

	if (at + kg_typeface_width(&canvas->body, words) > canvas->room.right) {
		style.align = KG_RIGHT;
		at = x - gap;
	}
	kg_canvas_line(canvas, &(struct kg_rectangle){ x, x, canvas->plot.bottom, top }, KG_COLOUR_INK,
		       "lw 1 dt (6,5) front");
	kg_canvas_text(canvas, fmax(at, clear), canvas->plot.top + 10, words, &style);
}

static const char *tell(struct kg_canvas *canvas, const struct kg_series_set *set, const double *ascending, size_t n,
			const char *median)
{
	const struct kg_value_look shown = kg_axis_look(canvas->picture, set);
	struct kg_buffer text = kg_buffer_new(canvas->arena);

	kg_buffer_printf(&text, "%s. ", kg_caption_y_title(canvas, set));
	kg_buffer_add(&text, kg_say(canvas, "From %s to %s, median %s.", kg_axis_y_text(canvas, &shown, ascending[0]),
				    kg_axis_y_text(canvas, &shown, ascending[n - 1]), median));
	return kg_sentence_end(canvas, set, &text);
}

static struct kg_axis mark_bins(struct kg_canvas *canvas, const struct bins *bins, enum kg_tick_kind kind)
{
	return kg_axis_value(canvas, &(struct kg_axis_plan){
					 .least = bins->from,
					 .most = bins->from + bins->width * (double)bins->count,
					 .tight = true,
					 .kind = bins->whole && kind == KG_TICK_NUMBER ? KG_TICK_WHOLE : kind,
				     });
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
	const char *median;
	double *value;
	size_t n;

	asked.y = picture->y ? picture->y : picture->x;
	asked.x = asked.low = asked.high = NULL;
	KG_TRY(kg_values_read(&asked, canvas->arena, &set, &value, &n, error));
	KG_TRY(sort_into_bins(canvas, value, n, &bins, error));
	shown = kg_axis_look(picture, &set);
	median = write_median(canvas, kg_values_quantile(value, n, 0.5), shown);
	caption = kg_caption_series(canvas, &set);
	caption.title = kg_caption_y_title(canvas, &set);
	caption.marks = kg_notes_stated(canvas, &set);
	caption.sentence = tell(canvas, &set, value, n, median);
	kg_canvas_frame(canvas, &caption);
	x = mark_bins(canvas, &bins, shown.kind);
	y = kg_axis_value(canvas,
			  &(struct kg_axis_plan){ .most = bins.most, .from_zero = true, .kind = KG_TICK_WHOLE });
	x.line = x.marks = y.hairlines = true;
	x.name = kg_scatter_axis_name(canvas, set.y, NULL);
	y.name = kg_say(canvas, "Rows");
	plot = kg_canvas_inside(canvas, &canvas->room, &x, &y, 0);
	plot.top -= 16;
	kg_canvas_panel(canvas, &plot, &x, &y);
	draw_bins(canvas, &bins);
	mark_median(canvas, kg_values_quantile(value, n, 0.5), kg_say(canvas, "median %s", median));
	return KG_OK;
}

const struct kg_chart kg_chart_histogram = {
	.id = "histogram",
	.title = "how one number is distributed",
	.detail = "Takes one column of numbers (--x). Bins are as wide as Freedman and Diaconis's rule says, rounded; "
		  "whole numbers that differ little have a bin each. A dashed line marks the median.",
	.example = "plot histogram communes.csv --x population --output population.svg",
	.draw = draw,
};
