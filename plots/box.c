/* box: distributions side by side: median, quartiles, whiskers, outliers. */
#include <math.h>
#include <stdint.h>
#include <string.h>

#include "plots/caption.h"
#include "plots/marks.h"
#include "plots/notes.h"
#include "plots/row_names.h"
#include "plots/say.h"
#include "plots/sentence.h"
#include "plots/values.h"

#define ROW_HEIGHT 26.0
#define HALF_BOX 0.3
#define WHISKER 1.5 /* interquartile ranges (Tukey 1977) */
#define NAMES_SHARE 0.35
/* Decimals that may be added to tell two medians apart. */
#define DECIMALS_MORE 3

struct box {
	double low, q1, median, q3, high; /* whiskers end at values */
	size_t n;
	double *value; /* ascending */
};

static struct box measure(struct kg_canvas *canvas, const struct kg_series *series)
{
	struct box box = { .value = KG_ARRAY(canvas->arena, double, series->n + 1) };

	if (!box.value)
		return box;
	for (size_t i = 0; i < series->n; i++)
		box.value[i] = series->y[i];
	box.n = kg_values_sort(box.value, series->n);
	box.q1 = kg_values_quantile(box.value, box.n, 0.25);
	box.median = kg_values_quantile(box.value, box.n, 0.5);
	box.q3 = kg_values_quantile(box.value, box.n, 0.75);
	box.low = box.q1;
	box.high = box.q3;
	for (size_t i = 0; i < box.n; i++) {
		double value = box.value[i];

		if (value >= box.q1 - WHISKER * (box.q3 - box.q1))
			box.low = fmin(box.low, value);
		if (value <= box.q3 + WHISKER * (box.q3 - box.q1))
			box.high = fmax(box.high, value);
	}
	return box;
}

static void draw_box(struct kg_canvas *canvas, const struct box *box, double at)
{
	const char *blue = kg_colour_hex(KG_COLOUR_BLUE);

	kg_canvas_begin(canvas);
	KG_ROW(canvas, box->low, at, box->q1 - box->low, 0);
	KG_ROW(canvas, box->q3, at, box->high - box->q3, 0);
	kg_canvas_end(canvas, "using 1:2:3:4 with vectors nohead lc rgb '%s' lw 1.2", blue);
	kg_canvas_begin(canvas);
	KG_ROW(canvas, box->median, at, box->q1, box->q3, at - HALF_BOX, at + HALF_BOX);
	kg_canvas_end(canvas,
		      "using 1:2:3:4:5:6 with boxxyerror fc rgb '%s' fs transparent solid 0.25 border rgb '%s' lw 1",
		      blue, blue);
	kg_canvas_begin(canvas);
	KG_ROW(canvas, box->median, at - HALF_BOX, 0, 2 * HALF_BOX);
	kg_canvas_end(canvas, "using 1:2:3:4 with vectors nohead lc rgb '%s' lw 2.5", blue);
	kg_canvas_begin(canvas);
	for (size_t i = 0; i < box->n; i++)
		if (box->value[i] < box->low || box->value[i] > box->high)
			KG_ROW(canvas, box->value[i], at);
	kg_canvas_end(canvas, "using 1:2 with points pt 7 ps 0.3 lc rgb '%s'", blue);
}

/* Where the highest and the lowest median stand. */
static const char *tell(struct kg_canvas *canvas, const struct kg_series_set *set, const struct box *box,
			const char *subject)
{
	struct kg_value_look shown = kg_axis_look(canvas->picture, set);
	struct kg_buffer text = kg_buffer_new(canvas->arena);
	size_t least = SIZE_MAX, most = SIZE_MAX;

	for (size_t s = 0; s < set->count; s++) {
		if (box[s].n && (least == SIZE_MAX || box[s].median < box[least].median))
			least = s;
		if (box[s].n && (most == SIZE_MAX || box[s].median > box[most].median))
			most = s;
	}
	for (int more = 0; least != most && more < DECIMALS_MORE &&
			   strcmp(kg_axis_y_text(canvas, &shown, box[least].median),
				  kg_axis_y_text(canvas, &shown, box[most].median)) == 0;
	     more++)
		shown.decimals++;
	kg_buffer_printf(&text, "%s. ", subject);
	if (least != most)
		kg_buffer_add(&text,
			      kg_say(canvas, "Highest median: %s (%s). Lowest median: %s (%s).", set->series[most].name,
				     kg_axis_y_text(canvas, &shown, box[most].median), set->series[least].name,
				     kg_axis_y_text(canvas, &shown, box[least].median)));
	else if (most != SIZE_MAX)
		kg_buffer_add(&text, kg_say(canvas, "Median: %s.", kg_axis_y_text(canvas, &shown, box[most].median)));
	return kg_sentence_end(canvas, set, &text);
}

static enum kg_status draw(const struct kg_picture *picture, struct kg_canvas *canvas, struct kg_error *error)
{
	const struct kg_series_plan plan = { .category_x = true };
	struct kg_picture asked = *picture;
	struct kg_series_set set;
	struct kg_row_names names = { .share = NAMES_SHARE };
	struct kg_caption caption;
	struct kg_rectangle plot;
	struct kg_axis x, y;
	struct box *box;

	asked.low = asked.high = NULL;
	asked.group = picture->group ? picture->group : picture->x; /* each category is a series of values */
	KG_TRY(kg_series_read(&asked, &plan, canvas->arena, &set, error));
	box = KG_ARRAY(canvas->arena, struct box, set.count + 1);
	if (!box)
		return kg_error_memory(error);
	for (size_t s = 0; s < set.count; s++)
		box[s] = measure(canvas, &set.series[s]);
	caption = kg_caption_series(canvas, &set);
	caption.sentence = tell(canvas, &set, box, caption.subtitle);
	caption.marks = kg_notes_stated(canvas, &set);
	caption.method = kg_say(canvas, "Box: quartiles; whiskers: 1.5 interquartile ranges");
	names.name = kg_row_names_series(&set, canvas->arena);
	names.count = set.count;
	kg_canvas_need(canvas, kg_row_names_height(canvas, &names, ROW_HEIGHT) + 40);
	kg_canvas_frame(canvas, &caption);
	y = kg_row_names_axis(canvas, &names, false);
	x = kg_marks_value_axis(canvas, &set, false);
	x.hairlines = x.line = true;
	plot = kg_canvas_inside(canvas, &canvas->room, &x, &y, 0);
	kg_canvas_panel(canvas, &plot, &x, &y);
	for (size_t s = 0; s < set.count; s++)
		if (box[s].n)
			draw_box(canvas, &box[s], (double)s + 1);
	return KG_OK;
}

const struct kg_chart kg_chart_box = {
	.id = "box",
	.title = "distributions side by side: median, quartiles, outliers",
	.detail =
	    "Takes a column of categories (--x) and a column of numbers (--y), many rows per category. Boxes hold the "
	    "quartiles, whiskers end at the last value within 1.5 interquartile ranges.",
	.example = "plot box communes.csv --x district --y population --output box.svg",
	.draw = draw,
};
