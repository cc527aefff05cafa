/* map: places coloured by value, in five classes, from shapes in a GeoJSON file. */
#include <math.h>
#include <stdint.h>
#include <string.h>

#include "table/geojson.h"
#include "plots/places.h"
#include "plots/say.h"

/* Points nearer to the last one than this many pixels are left out. */
#define NEAREST 0.35
/* Share of a place's width that its name may take. */
#define NAME_SHARE 0.85
#define LISTED_MOST 5

struct map {
	struct kg_places places;
	struct kg_shapes shapes;
	double *value; /* of each place of the shapes, NaN = none */
	double narrow; /* a degree of longitude in degrees of latitude */
	struct kg_rectangle extent;
};

static bool knows(const void *context, const char *code)
{
	return kg_places_find(context, code) != KG_NO_NAME;
}

static void measure(struct map *map)
{
	struct kg_rectangle *extent = &map->extent;

	*extent = (struct kg_rectangle){ INFINITY, -INFINITY, INFINITY, -INFINITY };
	for (size_t r = 0; r < map->shapes.nring; r++) {
		for (size_t i = 0; i < map->shapes.ring[r].n; i++) {
			extent->left = fmin(extent->left, map->shapes.ring[r].x[i]);
			extent->right = fmax(extent->right, map->shapes.ring[r].x[i]);
			extent->bottom = fmin(extent->bottom, map->shapes.ring[r].y[i]);
			extent->top = fmax(extent->top, map->shapes.ring[r].y[i]);
		}
	}
	map->narrow = cos((extent->bottom + extent->top) / 2 * 3.14159265358979323846 / 180);
	extent->left *= map->narrow;
	extent->right *= map->narrow;
}

static enum kg_status join_values(struct kg_canvas *canvas, struct map *map, struct kg_error *error)
{
	size_t without = 0;

	map->value = KG_ARRAY(canvas->arena, double, map->shapes.nplace + 1);
	if (!map->value)
		return kg_error_memory(error);
	for (size_t p = 0; p < map->shapes.nplace; p++) {
		size_t found = kg_places_find(&map->places, map->shapes.code[p]);

		map->value[p] = found == KG_NO_NAME ? NAN : map->places.value[found];
		if (found == KG_NO_NAME)
			without++;
		else
			map->shapes.code[p] = map->places.set.category[found];
	}
	return kg_places_classify(canvas, &map->places, without, error);
}

static void add_ring(struct kg_canvas *canvas, const struct map *map, const struct kg_ring *ring)
{
	double near = NEAREST * kg_canvas_unit_y(canvas), x = INFINITY, y = INFINITY;

	kg_canvas_gap(canvas);
	for (size_t i = 0; i < ring->n; i++) {
		double at_x = ring->x[i] * map->narrow, at_y = ring->y[i];

		if (i && i + 1 < ring->n && hypot(at_x - x, at_y - y) < near)
			continue;
		KG_ROW(canvas, at_x, at_y);
		x = at_x, y = at_y;
	}
}

/* True when the ring lies in a hole of another place: it is then drawn after that hole. */
static bool lies_in_hole(const struct map *map, const struct kg_ring *ring)
{
	for (size_t r = 0; r < map->shapes.nring; r++) {
		const struct kg_ring *hole = &map->shapes.ring[r];

		if (hole->hole && hole->place != ring->place && kg_ring_holds(hole, ring->x[0], ring->y[0]))
			return true;
	}
	return false;
}

static void end_fill(struct kg_canvas *canvas, const char *colour)
{
	kg_canvas_end(canvas, "using 1:2 with filledcurves closed fc rgb '%s' fs solid 1 noborder", colour);
	kg_canvas_again(canvas, "using 1:2 with lines lc rgb '#ffffff' lw 0.6");
}

static void fill_places(struct kg_canvas *canvas, const struct map *map, bool in_holes)
{
	for (size_t c = 0; c <= KG_CLASSES; c++) {
		kg_canvas_begin(canvas);
		for (size_t r = 0; r < map->shapes.nring; r++) {
			const struct kg_ring *ring = &map->shapes.ring[r];

			if (!ring->hole && kg_classes_find(&map->places.classes, map->value[ring->place]) == c &&
			    lies_in_hole(map, ring) == in_holes)
				add_ring(canvas, map, ring);
		}
		end_fill(canvas, kg_classes_hex(&map->places.classes, c));
	}
}

/* The place at a point; SIZE_MAX = none. */
static size_t find_place(const struct map *map, double x, double y)
{
	size_t place = SIZE_MAX;

	for (size_t r = 0; r < map->shapes.nring; r++)
		if (!map->shapes.ring[r].hole && kg_ring_holds(&map->shapes.ring[r], x, y))
			place = map->shapes.ring[r].place;
	for (size_t r = 0; r < map->shapes.nring; r++)
		if (map->shapes.ring[r].hole && map->shapes.ring[r].place == place &&
		    kg_ring_holds(&map->shapes.ring[r], x, y))
			return SIZE_MAX;
	return place;
}

/* Drawn with characters: a line of letters for each row of them. */
static void write_letters(struct kg_canvas *canvas, const struct map *map)
{
	const struct kg_text_style style = { &canvas->body, KG_COLOUR_INK, KG_LEFT, 0 };
	double zero_x = kg_canvas_px_x(canvas, 0), zero_y = kg_canvas_px_y(canvas, 0);

	for (double y = canvas->plot.top - KG_CELL_HEIGHT / 2; y > canvas->plot.bottom; y -= KG_CELL_HEIGHT)
		for (double x = canvas->plot.left; x < canvas->plot.right; x += KG_CELL_WIDTH) {
			size_t place = find_place(map, (x - zero_x) * kg_canvas_unit_x(canvas) / map->narrow,
						  (y - zero_y) * kg_canvas_unit_y(canvas));

			if (place != SIZE_MAX)
				kg_canvas_text(
				    canvas, x, y,
				    kg_classes_letter(kg_classes_find(&map->places.classes, map->value[place])),
				    &style);
		}
}

static void fill_holes(struct kg_canvas *canvas, const struct map *map)
{
	kg_canvas_begin(canvas);
	for (size_t r = 0; r < map->shapes.nring; r++)
		if (map->shapes.ring[r].hole)
			add_ring(canvas, map, &map->shapes.ring[r]);
	end_fill(canvas, "#ffffff");
}

/* The box around the widest ring of a place; empty when it has none. */
static struct kg_rectangle find_widest(const struct map *map, const char *code)
{
	struct kg_rectangle widest = { 0 };

	for (size_t r = 0; r < map->shapes.nring; r++) {
		const struct kg_ring *ring = &map->shapes.ring[r];
		struct kg_rectangle box = { INFINITY, -INFINITY, INFINITY, -INFINITY };

		if (ring->hole || strcmp(map->shapes.code[ring->place], code) != 0)
			continue;
		for (size_t k = 0; k < ring->n; k++) {
			box.left = fmin(box.left, ring->x[k] * map->narrow);
			box.right = fmax(box.right, ring->x[k] * map->narrow);
			box.bottom = fmin(box.bottom, ring->y[k]);
			box.top = fmax(box.top, ring->y[k]);
		}
		if (box.right - box.left > widest.right - widest.left)
			widest = box;
	}
	return widest;
}

/* Names in the middle of the places, where they fit on one line. */
static void write_names(struct kg_canvas *canvas, const struct map *map)
{
	const struct kg_places *places = &map->places;

	for (size_t i = 0; places->set.label && i < places->series->n; i++) {
		struct kg_text_style style = { &canvas->body, KG_COLOUR_INK, KG_CENTRE, 0 };
		const char *name = kg_column_cell(places->set.label, places->series->row[i], canvas->arena);
		struct kg_rectangle box = find_widest(map, places->set.category[(size_t)places->series->x[i] - 1]);
		double room = (box.right - box.left) * NAME_SHARE / kg_canvas_unit_x(canvas);

		if (!name || kg_typeface_width(&canvas->body, name) > room)
			continue;
		if (kg_classes_dark(&places->classes, kg_classes_find(&places->classes, places->series->y[i])))
			style.colour = KG_COLOUR_WHITE;
		kg_canvas_text(canvas, kg_canvas_px_x(canvas, (box.left + box.right) / 2),
			       kg_canvas_px_y(canvas, (box.bottom + box.top) / 2), name, &style);
	}
}

static bool has_shape(const struct map *map, const char *code)
{
	for (size_t r = 0; r < map->shapes.nring; r++)
		if (strcmp(map->shapes.code[map->shapes.ring[r].place], code) == 0)
			return true;
	return false;
}

/* Places of the table that the shapes lack: the first few by name, the others counted. */
static const char *list_lacking(struct kg_canvas *canvas, const struct map *map)
{
	struct kg_buffer text = kg_buffer_new(canvas->arena);
	size_t count = 0;

	for (size_t i = 0; i < map->places.set.ncategory; i++) {
		const char *code = map->places.set.category[i];

		if (has_shape(map, code))
			continue;
		if (count++ < LISTED_MOST)
			kg_buffer_printf(&text, "%s%s", count > 1 ? ", " : "", code);
	}
	if (!count)
		return NULL;
	if (count > LISTED_MOST)
		kg_buffer_add(&text, " …");
	return kg_say(canvas, "Not on the map (%zu): %s", count, text.text);
}

static enum kg_status draw(const struct kg_picture *picture, struct kg_canvas *canvas, struct kg_error *error)
{
	struct map map = { .narrow = 1 };

	if (!picture->shapes)
		return kg_error_set(error, KG_EUSAGE,
				    "a map needs shapes: --shapes FILE.geojson (or draw a tile map, which needs none)");
	KG_TRY(kg_places_read(picture, canvas, &map.places, error));
	KG_TRY(kg_shapes_read(picture->shapes, knows, &map.places, canvas->arena, &map.shapes, error));
	KG_TRY(join_values(canvas, &map, error));
	if (!map.shapes.nring)
		return kg_error_set(error, KG_EDATA, "'%s' has no shapes: every geometry is null", picture->shapes);
	measure(&map);
	map.places.remark = list_lacking(canvas, &map);
	kg_places_panel(canvas, &map.places, &map.extent);
	if (canvas->medium->id == KG_TXT) {
		write_letters(canvas, &map);
		return KG_OK;
	}
	fill_places(canvas, &map, false);
	fill_holes(canvas, &map);
	fill_places(canvas, &map, true);
	write_names(canvas, &map);
	return KG_OK;
}

const struct kg_chart kg_chart_map = {
	.id = "map",
	.title = "places coloured by value, in five classes, from a GeoJSON file",
	.detail =
	    "Takes the column with the places' codes (--x), values (--y) and the shapes (--shapes FILE: Polygons and "
	    "MultiPolygons with holes). The codes are looked for in the features' id and properties. Shapes without "
	    "a value are grey and counted; codes without a shape are listed in the footer. --label names places.",
	.example = "plot map communes.csv --x code --y population --shapes communes.geojson --output map.svg",
	.draw = draw,
};
