#include "plots/places.h"

#include <math.h>

#include "plots/category.h"

#define KEY_GAP 14
/* Share of the width that a key beside the map may take. */
#define BESIDE_SHARE 0.38
#define KEY_HEIGHT 120
/* Tallest map, as a share of the figure's width. */
#define HEIGHT_MOST 1.1

/* Numbers the names of the categories and gives each its value. */
static enum kg_status number_places(struct kg_places *places, struct kg_arena *arena, struct kg_error *error)
{
	double *value = KG_ARRAY(arena, double, places->set.ncategory + 1);

	places->names = kg_name_set_new(arena);
	places->value = value;
	if (!value || !places->names)
		return kg_error_memory(error);
	for (size_t c = 0; c < places->set.ncategory; c++) {
		value[c] = NAN;
		if (kg_name_set_add(places->names, places->set.category[c]) != c)
			return kg_arena_failed(arena) ? kg_error_memory(error)
						      : kg_error_set(error, KG_EDATA,
								     "'%s' has two rows under two spellings; a map "
								     "takes one value per place",
								     places->set.category[c]);
	}
	for (size_t i = 0; i < places->series->n; i++)
		value[(size_t)places->series->x[i] - 1] = places->series->y[i];
	return KG_OK;
}

enum kg_status kg_places_read(const struct kg_picture *picture, struct kg_canvas *canvas, struct kg_places *places,
			      struct kg_error *error)
{
	const struct kg_series_plan plan = { .category_x = true };
	struct kg_picture asked = *picture;

	asked.low = asked.high = asked.group = NULL;
	*places = (struct kg_places){ .remark = NULL };
	KG_TRY(kg_category_read(&asked, canvas, &places->classes, error));
	KG_TRY(kg_series_read(&asked, &plan, canvas->arena, &places->set, error));
	places->series = &places->set.series[0];
	for (size_t i = 1; i < places->series->n; i++)
		if (places->series->x[i] == places->series->x[i - 1])
			return kg_error_set(
			    error, KG_EDATA,
			    "'%s' has two rows; a map takes one value per place: choose rows with --where",
			    kg_axis_x_text(canvas, &places->set, places->series->x[i]));
	places->shown = kg_axis_look(picture, &places->set);
	return number_places(places, canvas->arena, error);
}

size_t kg_places_find(const struct kg_places *places, const char *code)
{
	return kg_name_set_find(places->names, code);
}

enum kg_status kg_places_classify(struct kg_canvas *canvas, struct kg_places *places, size_t without,
				  struct kg_error *error)
{
	if (places->classes.name[0])
		kg_category_count(&places->classes, places->series->y, places->series->n);
	else
		kg_classes_make(places->series->y, places->series->n, canvas->arena, &places->classes);
	places->classes.missing += without;
	return kg_arena_failed(canvas->arena) ? kg_error_memory(error) : KG_OK;
}

/* Beside the map, or below it when it would take too much of a narrow figure. */
static void place_key(struct kg_canvas *canvas, struct kg_places *places, double key, double shape,
		      struct kg_rectangle *plot)
{
	double lines = (double)places->classes.count + (places->classes.missing > 0);
	bool below = key > canvas->width * BESIDE_SHARE;
	double foot = below ? lines * kg_canvas_leading(&canvas->body) * 1.15 + KEY_GAP : 0;
	double width = fmin(plot->right - plot->left - (below ? 0 : key), (plot->top - plot->bottom - foot) / shape);

	plot->right = plot->left + width;
	plot->bottom = plot->top - width * shape;
}

void kg_places_panel(struct kg_canvas *canvas, struct kg_places *places, const struct kg_rectangle *extent)
{
	struct kg_caption caption = kg_caption_series(canvas, &places->set);
	const struct kg_axis x = { .from = extent->left, .to = extent->right };
	const struct kg_axis y = { .from = extent->bottom, .to = extent->top };
	double shape = (extent->top - extent->bottom) / (extent->right - extent->left), key, width;
	struct kg_rectangle plot;
	bool below;

	caption.method = places->remark;
	caption.missing = NULL; /* the key counts them */
	caption.title = kg_caption_y_title(canvas, &places->set);
	if (places->classes.name[0]) {
		caption.title = caption.subtitle;
		caption.subtitle = NULL;
		caption.sentence = kg_category_tell(&places->classes, canvas->arena);
	}
	key = kg_classes_key(canvas, &places->classes, &places->shown, 0, 0) + KEY_GAP;
	below = key > canvas->width * BESIDE_SHARE;
	width = canvas->width - 2 * KEY_GAP - (below ? 0 : key);
	kg_canvas_need(canvas, fmin(width * shape, canvas->width * HEIGHT_MOST) + (below ? KEY_HEIGHT : 0));
	kg_canvas_frame(canvas, &caption);
	plot = canvas->room;
	place_key(canvas, places, key, shape, &plot);
	kg_canvas_panel(canvas, &plot, &x, &y);
	if (below)
		kg_classes_key(canvas, &places->classes, &places->shown, plot.left, plot.bottom - KEY_GAP / 2.0);
	else
		kg_classes_key(canvas, &places->classes, &places->shown, plot.right + KEY_GAP, plot.top);
}
