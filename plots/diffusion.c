/* diffusion: how something spreads: cumulative counts, and the S-curve fitted to them. */
#include <math.h>

#include "plots/caption.h"
#include "plots/notes.h"
#include "plots/fitted.h"
#include "plots/place.h"
#include "plots/say.h"


static size_t make_labels(struct kg_canvas *canvas, const struct kg_series_set *set, const struct kg_look *look,
			  struct kg_end_label *label)
{
	const struct kg_value_look shown = kg_axis_look(canvas->picture, set);
	size_t count = 0;

	for (size_t s = 0; s < set->count; s++) {
		const struct kg_series *series = &set->series[s];
		size_t last = kg_marks_last(series);
		const char *value;

		if (!last || (look[s].behind && set->count > KG_LABELS_MOST))
			continue;
		value = kg_axis_y_text(canvas, &shown, series->y[last - 1]);
		label[count++] = (struct kg_end_label){
			.x = series->x[last - 1],
			.y = series->y[last - 1],
			.text = kg_place_text(canvas, series->name, value),
			.colour = look[s].behind ? KG_COLOUR_SMALL : look[s].colour,
			.face = &canvas->strong,
		};
	}
	return count;
}

static void draw_series(struct kg_canvas *canvas, const struct kg_series *series, const struct kg_look *look,
			bool fitted)
{
	kg_fitted_draw(canvas, series, look, false);
	if (fitted)
		kg_marks_points(canvas, series, look);
	else
		kg_marks_line(canvas, series, look);
	if (!look->behind)
		kg_marks_whiskers(canvas, series, look->colour, 0);
	kg_marks_bounds(canvas, series, look, false);
}

/* True when the model marks a point, the year in which most is added. */
static bool has_peak(const struct kg_table *table)
{
	const struct kg_column *peak = kg_fitted_find(table).joinpoint;

	for (size_t row = 0; peak && row < table->nrow; row++)
		if (kg_column_real(peak, row) == 1)
			return true;
	return false;
}

/* The model and what the marks on it are. */
static const char *say_method(struct kg_canvas *canvas, const char *model, double ceiling)
{
	struct kg_buffer text = kg_buffer_new(canvas->arena);

	if (!model)
		return NULL;
	kg_buffer_add(&text, model);
	if (has_peak(canvas->picture->table))
		kg_buffer_printf(&text, ". %s", kg_say(canvas, "Square: where growth is fastest"));
	if (!isnan(ceiling))
		kg_buffer_printf(&text, ". %s", kg_say(canvas, "Dotted line: the ceiling"));
	return text.text;
}

static enum kg_status draw(const struct kg_picture *picture, struct kg_canvas *canvas, struct kg_error *error)
{
	const struct kg_series_plan plan = { .need_group = true };
	const char *model = kg_fitted_words(canvas); /* NULL: none was found */
	const double ceiling = picture->reference > 0 ? picture->reference : NAN;
	struct kg_end_label *label;
	struct kg_series_set set;
	struct kg_caption caption;
	struct kg_rectangle plot;
	struct kg_look *look;
	struct kg_axis x, y;
	double beside;
	size_t nlabel;

	KG_TRY(kg_series_read(picture, &plan, canvas->arena, &set, error));
	kg_fitted_include(picture->table, &set);
	kg_series_include(&set, ceiling, ceiling);
	look = kg_looks(canvas, &set, kg_marks_highlight(canvas, &set));
	label = KG_ARRAY(canvas->arena, struct kg_end_label, set.count);
	if (!look || !label)
		return kg_error_memory(error);
	caption = kg_caption_series(canvas, &set);
	caption.marks = kg_notes_marks(canvas, &set, KG_WHISKERS);
	caption.method = say_method(canvas, model, ceiling);
	kg_canvas_frame(canvas, &caption);
	nlabel = make_labels(canvas, &set, look, label);
	beside = kg_place_width(canvas, label, nlabel, canvas->width * KG_LABEL_SHARE);
	y = kg_marks_value_axis(canvas, &set, true);
	x = kg_axis_series(canvas, &set, canvas->room.right - canvas->room.left - beside);
	x.line = x.marks = y.hairlines = true;
	plot = kg_canvas_inside(canvas, &canvas->room, &x, &y, beside);
	kg_canvas_panel(canvas, &plot, &x, &y);
	kg_marks_level(canvas, ceiling);
	for (int pass = 0; pass < 2; pass++) /* what stands out is drawn last */
		for (size_t s = 0; s < set.count; s++)
			if (look[s].behind == (pass == 0))
				draw_series(canvas, &set.series[s], &look[s], model);
	kg_marks_breaks(canvas, &set);
	kg_place_write(canvas, label, nlabel);
	return KG_OK;
}

const struct kg_chart kg_chart_diffusion = {
	.id = "diffusion",
	.title = "how something spreads: cumulative counts and their S-curve",
	.detail =
	    "Takes a time column (--x) and cumulative counts (--y), --group for several. The column fitted of a result "
	    "is drawn as the curve.",
	.example = "plot diffusion models.csv --x year --y units --output spread.svg",
	.draw = draw,
};
