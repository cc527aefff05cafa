#include "plots/places.h"

#include <math.h>
#include <string.h>

#define KEY_GAP 14

enum kg_status kg_places_read(const struct kg_picture *picture, struct kg_canvas *canvas, struct kg_places *places,
			      struct kg_error *error)
{
	const struct kg_series_plan plan = { .category_x = true };
	struct kg_picture asked = *picture;

	asked.low = asked.high = asked.group = NULL;
	*places = (struct kg_places){ .without = 0 };
	KG_TRY(kg_series_read(&asked, &plan, canvas->arena, &places->set, error));
	places->series = &places->set.series[0];
	for (size_t i = 1; i < places->series->n; i++)
		if (places->series->x[i] == places->series->x[i - 1])
			return kg_error_set(
			    error, KG_EDATA,
			    "'%s' has two rows; a map takes one value per place: choose rows with --where",
			    kg_axis_x_text(canvas, &places->set, places->series->x[i]));
	places->shown = kg_axis_look(picture, &places->set);
	return KG_OK;
}

double kg_places_value(const struct kg_places *places, const char *code, bool *known)
{
	for (size_t i = 0; i < places->series->n; i++) {
		if (strcmp(places->set.category[(size_t)places->series->x[i] - 1], code) != 0)
			continue;
		*known = true;
		return places->series->y[i];
	}
	*known = false;
	return NAN;
}

enum kg_status kg_places_classify(struct kg_canvas *canvas, struct kg_places *places, size_t without,
				  struct kg_error *error)
{
	kg_classes_make(places->series->y, places->series->n, canvas->arena, &places->classes);
	places->classes.missing += without;
	return kg_arena_failed(canvas->arena) ? kg_error_memory(error) : KG_OK;
}

void kg_places_panel(struct kg_canvas *canvas, struct kg_places *places, const struct kg_rectangle *extent)
{
	struct kg_caption caption = kg_caption_series(canvas, &places->set);
	const struct kg_axis x = { .from = extent->left, .to = extent->right };
	const struct kg_axis y = { .from = extent->bottom, .to = extent->top };
	double shape = (extent->top - extent->bottom) / (extent->right - extent->left), key, width, height;
	struct kg_rectangle plot;

	key = kg_classes_key(canvas, &places->classes, &places->shown, 0, 0) + KEY_GAP;
	width = canvas->width - 2 * KEY_GAP - key;
	kg_canvas_need(canvas, fmin(width * shape, canvas->width * 1.1));
	kg_canvas_frame(canvas, &caption);
	plot = canvas->room;
	height = plot.top - plot.bottom;
	width = fmin(plot.right - plot.left - key, height / shape);
	plot.right = plot.left + width;
	plot.bottom = plot.top - width * shape;
	kg_canvas_panel(canvas, &plot, &x, &y);
	kg_classes_key(canvas, &places->classes, &places->shown, plot.right + KEY_GAP, plot.top);
}
