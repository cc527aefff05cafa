/* heatmap: a table of two categories, coloured by value. */
#include <math.h>

#include "plots/caption.h"
#include "plots/row_names.h"
#include "plots/choose.h"
#include "plots/classes.h"
#include "plots/marks.h"

#define ROW_HEIGHT 24.0
#define NAMES_SHARE 0.3
#define KEY_GAP 14
#define VALUE_ROOM 6 /* pixels that a printed value leaves free in its cell */

struct heat {
	struct kg_series_set set; /* one series per row of the map */
	struct kg_classes classes;
	struct kg_value_look shown;
};

static enum kg_status classify(struct kg_canvas *canvas, struct heat *heat, struct kg_error *error)
{
	double *value = KG_ARRAY(canvas->arena, double, heat->set.npoint + 1);
	size_t n = 0;

	if (!value)
		return kg_error_memory(error);
	for (size_t s = 0; s < heat->set.count; s++)
		for (size_t i = 0; i < heat->set.series[s].n; i++)
			if (isfinite(heat->set.series[s].y[i]))
				value[n++] = heat->set.series[s].y[i];
	kg_classes_make(value, n, canvas->arena, &heat->classes);
	return KG_OK;
}

/* One layer per class. */
static void draw_cells(struct kg_canvas *canvas, const struct heat *heat)
{
	for (size_t c = 0; c < heat->classes.count; c++) {
		kg_canvas_begin(canvas);
		for (size_t s = 0; s < heat->set.count; s++) {
			const struct kg_series *series = &heat->set.series[s];
			double row = (double)s + 1;

			for (size_t i = 0; i < series->n; i++)
				if (kg_classes_find(&heat->classes, series->y[i]) == c)
					KG_ROW(canvas, series->x[i], row, series->x[i] - 0.5, series->x[i] + 0.5,
					       row - 0.5, row + 0.5);
		}
		kg_canvas_end(canvas, "using 1:2:3:4:5:6 with boxxyerror fc rgb '%s' fs solid 1 border rgb '#ffffff'",
			      kg_classes_hex(&heat->classes, c));
	}
}

/* Values are written in all cells or in none. */
static bool fits_values(const struct kg_canvas *canvas, const struct heat *heat)
{
	double room = 1 / kg_canvas_unit_x(canvas) - VALUE_ROOM, widest = 0;

	for (size_t s = 0; s < heat->set.count; s++)
		for (size_t i = 0; i < heat->set.series[s].n; i++)
			widest =
			    fmax(widest, kg_typeface_width(&canvas->body, kg_axis_y_text(canvas, &heat->shown,
											 heat->set.series[s].y[i])));
	return widest <= room && fabs(1 / kg_canvas_unit_y(canvas)) >= canvas->body.size + 2;
}

static void write_values(struct kg_canvas *canvas, const struct heat *heat)
{
	bool fits = fits_values(canvas, heat), letters = canvas->medium->id == KG_TXT;

	if (!fits && !letters)
		return;
	for (size_t s = 0; s < heat->set.count; s++) {
		const struct kg_series *series = &heat->set.series[s];

		for (size_t i = 0; i < series->n; i++) {
			const char *text = fits ? kg_axis_y_text(canvas, &heat->shown, series->y[i])
						: kg_classes_letter(kg_classes_find(&heat->classes, series->y[i]));
			bool dark = kg_classes_dark(&heat->classes, kg_classes_find(&heat->classes, series->y[i]));
			const struct kg_text_style style = { &canvas->body, dark ? KG_COLOUR_WHITE : KG_COLOUR_INK,
							     KG_CENTRE, 0 };

			kg_canvas_text(canvas, kg_canvas_px_x(canvas, series->x[i]),
				       kg_canvas_px_y(canvas, (double)s + 1), text, &style);
		}
	}
}

static enum kg_status draw(const struct kg_picture *picture, struct kg_canvas *canvas, struct kg_error *error)
{
	const struct kg_series_plan plan = { .category_x = true, .need_group = true };
	struct kg_picture asked = *picture;
	struct kg_row_names names = { .share = NAMES_SHARE };
	struct kg_caption caption;
	struct kg_rectangle plot;
	struct kg_axis x, y;
	struct heat heat;
	double key;

	asked.low = asked.high = NULL;
	if (!picture->group) { /* x and y name the two categories, the label the value */
		asked.group = picture->y;
		asked.y = picture->label;
	}
	if (!asked.group)
		return kg_error_set(
		    error, KG_EUSAGE,
		    "name the categories down the side with --y COLUMN and the values with --label COLUMN");
	KG_TRY(kg_series_read(&asked, &plan, canvas->arena, &heat.set, error));
	KG_TRY(classify(canvas, &heat, error));
	heat.shown = kg_axis_look(picture, &heat.set);
	caption = kg_caption_series(canvas, &heat.set);
	names.name = kg_row_names_series(&heat.set, canvas->arena);
	names.count = heat.set.count;
	kg_canvas_need(canvas, kg_row_names_height(canvas, &names, ROW_HEIGHT) + 40);
	kg_canvas_frame(canvas, &caption);
	key = kg_classes_key(canvas, &heat.classes, &heat.shown, 0, 0) + KEY_GAP;
	y = kg_row_names_axis(canvas, &names, false);
	plot = kg_canvas_inside(canvas, &canvas->room, &(struct kg_axis){ 0 }, &y, key);
	x = kg_axis_series(canvas, &heat.set, plot.right - plot.left);
	plot = kg_canvas_inside(canvas, &canvas->room, &x, &y, key);
	kg_canvas_panel(canvas, &plot, &x, &y);
	draw_cells(canvas, &heat);
	write_values(canvas, &heat);
	kg_classes_key(canvas, &heat.classes, &heat.shown, plot.right + KEY_GAP, plot.top);
	return KG_OK;
}

const struct kg_chart kg_chart_heatmap = {
	.id = "heatmap",
	.title = "a table of two categories, coloured by value",
	.detail =
	    "Takes two columns of categories (--x across, --y down the side) and a column of values (--label). Five "
	    "classes with round limits; around zero when values have both signs.",
	.example = "plot heatmap pairs.csv --x x --y y --label estimate --output pairs.svg",
	.draw = draw,
};
