#include "plots/places.h"

#include <math.h>
#include <string.h>

#include "plots/category.h"
#include "plots/notes.h"
#include "plots/say.h"

#define LISTED_MOST 5
#define KEY_GAP 14
/* The key goes below a map that becomes so many times larger by it. */
#define LARGER_LEAST 1.4
/* What title and footer leave of a figure whose height is fixed. */
#define PLOT_SHARE 0.75
#define KEY_HEIGHT 120
/* Tallest map, as a share of the figure's width. */
#define HEIGHT_MOST 1.1

static bool is_digits(const char *text)
{
	return *text && text[strspn(text, "0123456789")] == '\0';
}

/* "7" of "007": what becomes of a code in programs that take it for a number. */
static const char *without_zeros(const char *digits)
{
	digits += strspn(digits, "0");
	return *digits ? digits : "0";
}

/* Numbers the names of the categories. */
static enum kg_status number_names(struct kg_places *places, struct kg_arena *arena, struct kg_error *error)
{
	places->names = kg_name_set_new(arena);
	places->plain = kg_name_set_new(arena);
	places->plain_of = KG_ARRAY(arena, size_t, places->set.ncategory + 1);
	if (!places->names || !places->plain || !places->plain_of)
		return kg_error_memory(error);
	for (size_t c = 0; c < places->set.ncategory; c++) {
		const char *code = places->set.category[c];
		size_t nplain = kg_name_set_count(places->plain), plain;

		if (kg_name_set_add(places->names, code) != c)
			return kg_arena_failed(arena)
				   ? kg_error_memory(error)
				   : kg_error_set(
					 error, KG_EDATA,
					 "'%s' has two rows under two spellings; a map takes one value per place",
					 code);
		if (!is_digits(code))
			continue;
		plain = kg_name_set_add(places->plain, without_zeros(code));
		if (plain == KG_NO_NAME)
			return kg_error_memory(error);
		places->plain_of[plain] = plain == nplain ? c : KG_NO_NAME;
	}
	return KG_OK;
}

/* Gives each category its value and its name for readers. */
static enum kg_status value_places(struct kg_places *places, struct kg_arena *arena, struct kg_error *error)
{
	double *value = KG_ARRAY(arena, double, places->set.ncategory + 1);

	places->value = value;
	places->name = KG_ARRAY(arena, const char *, places->set.ncategory + 1);
	places->there = KG_ARRAY(arena, bool, places->set.ncategory + 1);
	if (!value || !places->name || !places->there)
		return kg_error_memory(error);
	for (size_t c = 0; c < places->set.ncategory; c++) {
		value[c] = NAN;
		places->name[c] = places->set.category[c];
	}
	for (size_t i = 0; i < places->series->n; i++) {
		size_t c = (size_t)places->series->x[i] - 1;
		const char *label =
		    places->set.label ? kg_column_cell(places->set.label, places->series->row[i], arena) : NULL;

		value[c] = places->series->y[i];
		if (label && *label)
			places->name[c] = label;
	}
	return KG_OK;
}

enum kg_status kg_places_read(const struct kg_picture *picture, struct kg_canvas *canvas, struct kg_places *places,
			      struct kg_error *error)
{
	const struct kg_series_plan plan = { .category_x = true };
	struct kg_picture asked = *picture;

	asked.group = NULL;
	*places = (struct kg_places){ .nstrange = 0 };
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
	KG_TRY(number_names(places, canvas->arena, error));
	return value_places(places, canvas->arena, error);
}

size_t kg_places_find(const struct kg_places *places, const char *code)
{
	size_t found = kg_name_set_find(places->names, code);

	if (found != KG_NO_NAME || !is_digits(code))
		return found;
	found = kg_name_set_find(places->plain, without_zeros(code));
	return found == KG_NO_NAME ? KG_NO_NAME : places->plain_of[found];
}

enum kg_status kg_places_classify(struct kg_canvas *canvas, struct kg_places *places, struct kg_error *error)
{
	struct kg_classes *classes = &places->classes;

	if (!classes->name[0])
		kg_classes_make(places->series->y, places->series->n, canvas->arena, classes);
	memset(classes->places, 0, sizeof classes->places);
	classes->missing = places->nstrange;
	for (size_t c = 0; c < places->set.ncategory; c++) {
		size_t class = kg_classes_find(classes, places->value[c]);

		if (places->there[c] && class == KG_CLASSES)
			classes->missing++;
		else if (places->there[c])
			classes->places[class]++;
	}
	return kg_arena_failed(canvas->arena) ? kg_error_memory(error) : KG_OK;
}

struct list {
	struct kg_buffer text;
	size_t count;
};

/* What has no name is only counted. */
static void add_name(struct list *list, const char *name)
{
	if (list->count++ < LISTED_MOST && *name)
		kg_buffer_printf(&list->text, "%s%s", list->text.length ? ", " : "", name);
	else if (list->count == LISTED_MOST + 1)
		kg_buffer_add(&list->text, " …");
}

/* Places of the table that cannot be drawn, and drawn ones without data when they are few; NULL: none. */
static const char *list_lacking(struct kg_canvas *canvas, const struct kg_places *places)
{
	struct list absent = { kg_buffer_new(canvas->arena), 0 }, empty = { kg_buffer_new(canvas->arena), 0 };
	struct kg_buffer text = kg_buffer_new(canvas->arena);

	for (size_t c = 0; c < places->set.ncategory; c++) {
		if (!places->there[c])
			add_name(&absent, places->name[c]);
		else if (isnan(places->value[c]))
			add_name(&empty, places->name[c]);
	}
	for (size_t i = 0; i < places->nstrange; i++)
		add_name(&empty, places->strange[i]);
	if (absent.count)
		kg_buffer_add(&text, kg_say(canvas, "Not on the map (%zu): %s", absent.count, absent.text.text));
	if (absent.count && empty.text.length && empty.count <= LISTED_MOST)
		kg_buffer_add(&text, ". ");
	if (empty.text.length && empty.count <= LISTED_MOST)
		kg_buffer_add(&text, kg_say(canvas, "No data (%zu): %s", empty.count, empty.text.text));
	return text.length ? text.text : NULL;
}

/* How many places might as well belong to another class; NULL when there are no intervals. */
static const char *say_unsure(struct kg_canvas *canvas, const struct kg_places *places)
{
	const struct kg_series *series = places->series;
	size_t known = 0, unsure = 0;

	for (size_t i = 0; i < series->n; i++) {
		if (!places->there[(size_t)series->x[i] - 1] || isnan(series->y[i] + series->low[i] + series->high[i]))
			continue;
		known++;
		unsure += kg_classes_find(&places->classes, series->low[i]) !=
			  kg_classes_find(&places->classes, series->high[i]);
	}
	return known ? kg_say(canvas, "Places whose interval reaches into another class: %zu of %zu.", unsure, known)
		     : NULL;
}

static const char *say_marks(struct kg_canvas *canvas, const struct kg_places *places)
{
	const char *stated = kg_notes_stated(canvas, &places->set), *unsure = say_unsure(canvas, places);

	return stated && unsure ? kg_arena_format(canvas->arena, "%s %s", unsure, stated) : unsure ? unsure : stated;
}

static struct kg_caption write_caption(struct kg_canvas *canvas, const struct kg_places *places)
{
	struct kg_series_set named = places->set;
	struct kg_caption caption;

	named.category = places->name;
	caption = kg_caption_series(canvas, &named);
	caption.marks = say_marks(canvas, places);
	caption.method = list_lacking(canvas, places);
	caption.missing = NULL; /* the key counts them */
	caption.title = kg_caption_y_title(canvas, &named);
	if (places->classes.name[0]) {
		caption.title = caption.subtitle;
		caption.subtitle = NULL;
		caption.sentence = kg_category_tell(&places->classes, canvas->arena);
	}
	if (places->classes.missing)
		caption.sentence =
		    kg_arena_format(canvas->arena, "%s %s", caption.sentence,
				    kg_say(canvas, "Places without data: %zu.", places->classes.missing));
	return caption;
}

struct layout {
	double across, up; /* units of the extent */
	double unit_most;  /* pixels */
	double key;	   /* width of the key */
	bool below;
};

/* Pixels for a unit with the key below or beside, before the frame is known. */
static double measure_unit(const struct kg_canvas *canvas, const struct layout *layout, bool below)
{
	double width = canvas->width - 2 * KEY_GAP - (below ? 0 : layout->key);
	double height =
	    canvas->fixed_height ? canvas->height * PLOT_SHARE - (below ? KEY_HEIGHT : 0) : canvas->width * HEIGHT_MOST;

	return fmin(layout->unit_most, fmin(width / layout->across, height / layout->up));
}

/* Beside the map, or below it when that makes the map much larger. */
static void place_key(struct kg_canvas *canvas, struct kg_places *places, const struct kg_rectangle *extent,
		      const struct layout *layout)
{
	const struct kg_axis x = { .from = extent->left, .to = extent->right };
	const struct kg_axis y = { .from = extent->bottom, .to = extent->top };
	double lines = (double)places->classes.count + (places->classes.missing > 0);
	double foot = layout->below ? lines * kg_canvas_leading(&canvas->body) * 1.15 + KEY_GAP : 0;
	struct kg_rectangle plot = canvas->room;
	double unit =
	    fmin(layout->unit_most, fmin((plot.right - plot.left - (layout->below ? 0 : layout->key)) / layout->across,
					 (plot.top - plot.bottom - foot) / layout->up));

	plot.right = plot.left + unit * layout->across;
	plot.bottom = plot.top - unit * layout->up;
	kg_canvas_panel(canvas, &plot, &x, &y);
	if (layout->below)
		kg_classes_key(canvas, &places->classes, &places->shown, plot.left, plot.bottom - KEY_GAP / 2.0);
	else
		kg_classes_key(canvas, &places->classes, &places->shown, plot.right + KEY_GAP, plot.top);
}

void kg_places_panel(struct kg_canvas *canvas, struct kg_places *places, const struct kg_rectangle *extent,
		     double unit_most)
{
	struct kg_caption caption = write_caption(canvas, places);
	struct layout layout = { extent->right - extent->left, extent->top - extent->bottom, unit_most,
				 kg_classes_key(canvas, &places->classes, &places->shown, 0, 0) + KEY_GAP, false };
	double height;

	layout.below =
	    measure_unit(canvas, &layout, true) > LARGER_LEAST * fmax(measure_unit(canvas, &layout, false), 0);
	height = measure_unit(canvas, &layout, layout.below) * layout.up;
	kg_canvas_need(canvas, layout.below ? height + KEY_HEIGHT : fmax(height, KEY_HEIGHT));
	kg_canvas_frame(canvas, &caption);
	place_key(canvas, places, extent, &layout);
}

const char *kg_places_fold(struct kg_canvas *canvas, const char *name, double width, size_t lines_most)
{
	struct kg_buffer folded = kg_buffer_new(canvas->arena);
	const char *const *line;
	size_t count = kg_typeface_wrap(&canvas->body, name, width, lines_most, canvas->arena, &line);

	for (size_t i = 0; i < count; i++) {
		if (kg_typeface_width(&canvas->body, line[i]) > width)
			return NULL;
		kg_buffer_printf(&folded, "%s%s", i ? "\n" : "", line[i]);
	}
	return folded.text && (!strstr(folded.text, "…") || strstr(name, "…")) ? folded.text : NULL; /* not cut */
}
