/* map: places coloured by value, in five classes, from shapes in a GeoJSON file. */
#include <math.h>
#include <stdint.h>
#include <string.h>

#include "table/geojson.h"
#include "plots/outline.h"
#include "plots/places.h"

/* Points nearer to the last one than this many pixels are left out. */
#define NEAREST 0.35
/* Islands smaller than this many pixels are dots, which are seen. */
#define SMALL 2.0
#define NAME_LINES 3
/* Lines of a name are not equally long: room that the longest may need, times their mean. */
#define UNEVEN 1.35
/* Height of a line's letters, most of which have no tail, as a share of the type's size. */
#define LETTERS 0.8

struct map {
	struct kg_places places;
	struct kg_shapes shapes;
	size_t *category; /* of each place of the shapes, KG_NO_NAME = the table does not know it */
	struct kg_rectangle extent;
};

static bool knows(const void *context, const char *code)
{
	return kg_places_find(context, code) != KG_NO_NAME;
}

/* Finds the category of each shape; those that the table does not know are listed once each. */
static enum kg_status join_values(struct kg_canvas *canvas, struct map *map, struct kg_error *error)
{
	size_t nplace = map->shapes.nplace;
	struct kg_name_set *strange = kg_name_set_new(canvas->arena);
	struct kg_places *places = &map->places;
	bool *drawn = KG_ARRAY(canvas->arena, bool, nplace + 1);

	map->category = KG_ARRAY(canvas->arena, size_t, nplace + 1);
	places->strange = KG_ARRAY(canvas->arena, const char *, nplace + 1);
	if (!strange || !drawn || !map->category || !places->strange)
		return kg_error_memory(error);
	for (size_t r = 0; r < map->shapes.nring; r++)
		drawn[map->shapes.ring[r].place] = true;
	for (size_t p = 0; p < nplace; p++) {
		const char *code = map->shapes.code[p];
		size_t count = kg_name_set_count(strange);

		map->category[p] = kg_places_find(places, code);
		if (!drawn[p])
			continue;
		if (map->category[p] != KG_NO_NAME)
			places->there[map->category[p]] = true;
		else if (!*code || kg_name_set_add(strange, code) == count)
			places->strange[places->nstrange++] = code;
	}
	return kg_places_classify(canvas, places, error);
}

static size_t find_class(const struct map *map, const struct kg_ring *ring)
{
	size_t category = map->category[ring->place];

	return kg_classes_find(&map->places.classes, category == KG_NO_NAME ? NAN : map->places.value[category]);
}

static bool is_small(const struct kg_canvas *canvas, const struct kg_ring *ring)
{
	struct kg_rectangle box = kg_outline_box(ring);

	return fmax(box.right - box.left, box.top - box.bottom) < SMALL * kg_canvas_unit_y(canvas);
}

static void add_ring(struct kg_canvas *canvas, const struct kg_ring *ring)
{
	double near = NEAREST * kg_canvas_unit_y(canvas), x = INFINITY, y = INFINITY;

	kg_canvas_gap(canvas);
	for (size_t i = 0; i < ring->n; i++) {
		double at_x = ring->x[i], at_y = ring->y[i];

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

			if (!ring->hole && find_class(map, ring) == c && lies_in_hole(map, ring) == in_holes &&
			    !is_small(canvas, ring))
				add_ring(canvas, ring);
		}
		end_fill(canvas, kg_classes_hex(&map->places.classes, c));
	}
}

static void mark_small(struct kg_canvas *canvas, const struct map *map)
{
	for (size_t c = 0; c <= KG_CLASSES; c++) {
		kg_canvas_begin(canvas);
		for (size_t r = 0; r < map->shapes.nring; r++) {
			const struct kg_ring *ring = &map->shapes.ring[r];
			struct kg_rectangle box = kg_outline_box(ring);

			if (!ring->hole && find_class(map, ring) == c && is_small(canvas, ring))
				KG_ROW(canvas, (box.left + box.right) / 2, (box.bottom + box.top) / 2);
		}
		kg_canvas_end(canvas, "using 1:2 with points pt 7 ps 0.2 lc rgb '%s'",
			      kg_classes_hex(&map->places.classes, c));
	}
}

/* The ring of the place at a point; NULL = none. */
static const struct kg_ring *find_ring(const struct map *map, double x, double y)
{
	const struct kg_ring *found = NULL;

	for (size_t r = 0; r < map->shapes.nring; r++)
		if (!map->shapes.ring[r].hole && kg_ring_holds(&map->shapes.ring[r], x, y))
			found = &map->shapes.ring[r];
	for (size_t r = 0; found && r < map->shapes.nring; r++)
		if (map->shapes.ring[r].hole && map->shapes.ring[r].place == found->place &&
		    kg_ring_holds(&map->shapes.ring[r], x, y))
			return NULL;
	return found;
}

/* Drawn with characters: a line of letters for each row of them. */
static void write_letters(struct kg_canvas *canvas, const struct map *map)
{
	const struct kg_text_style style = { &canvas->body, KG_COLOUR_INK, KG_LEFT, 0 };
	double zero_x = kg_canvas_px_x(canvas, 0), zero_y = kg_canvas_px_y(canvas, 0);

	for (double y = canvas->plot.top - KG_CELL_HEIGHT / 2; y > canvas->plot.bottom; y -= KG_CELL_HEIGHT)
		for (double x = canvas->plot.left; x < canvas->plot.right; x += KG_CELL_WIDTH) {
			const struct kg_ring *ring = find_ring(map, (x - zero_x) * kg_canvas_unit_x(canvas),
							       (y - zero_y) * kg_canvas_unit_y(canvas));

			if (ring)
				kg_canvas_text(canvas, x, y, kg_classes_letter(find_class(map, ring)), &style);
		}
}

static void fill_holes(struct kg_canvas *canvas, const struct map *map)
{
	kg_canvas_begin(canvas);
	for (size_t r = 0; r < map->shapes.nring; r++)
		if (map->shapes.ring[r].hole)
			add_ring(canvas, &map->shapes.ring[r]);
	end_fill(canvas, "#ffffff");
}

/* The outer ring with the largest box of each category, KG_NO_NAME when it has none. NULL when memory is out. */
static const size_t *find_largest(struct kg_canvas *canvas, const struct map *map)
{
	size_t count = map->places.set.ncategory, *largest = KG_ARRAY(canvas->arena, size_t, count + 1);
	double *most = KG_ARRAY(canvas->arena, double, count + 1);

	if (!largest || !most)
		return NULL;
	for (size_t c = 0; c < count; c++)
		largest[c] = KG_NO_NAME;
	for (size_t r = 0; r < map->shapes.nring; r++) {
		const struct kg_ring *ring = &map->shapes.ring[r];
		struct kg_rectangle box = kg_outline_box(ring);
		size_t c = map->category[ring->place];
		double size = (box.right - box.left) * (box.top - box.bottom);

		if (ring->hole || c == KG_NO_NAME || size <= most[c])
			continue;
		most[c] = size;
		largest[c] = r;
	}
	return largest;
}

static double measure_lines(const struct kg_canvas *canvas, const char *text)
{
	double widest = 0;

	for (size_t length; *text; text += length + (text[length] == '\n')) {
		length = strcspn(text, "\n");
		widest = fmax(widest, kg_typeface_width(&canvas->body, kg_arena_text_n(canvas->arena, text, length)));
	}
	return widest;
}

/* A name where it touches no border, in as few lines as it can; else not at all. */
static void write_name(struct kg_canvas *canvas, const struct map *map, size_t category, size_t ring)
{
	const char *name = map->places.name[category];
	size_t class = find_class(map, &map->shapes.ring[ring]);
	bool dark = kg_classes_dark(&map->places.classes, class);
	const struct kg_text_style style = { &canvas->body, dark ? KG_COLOUR_WHITE : KG_COLOUR_INK, KG_CENTRE, 0 };
	double whole = kg_typeface_width(&canvas->body, name), x, y;

	for (size_t lines = 1; lines <= NAME_LINES; lines++) {
		double height = LETTERS * canvas->body.size + kg_canvas_leading(&canvas->body) * (double)(lines - 1);
		const char *folded =
		    kg_places_fold(canvas, name, lines == 1 ? whole : whole / (double)lines * UNEVEN, lines);

		if (!folded ||
		    !kg_outline_room(&map->shapes, ring, measure_lines(canvas, folded) * kg_canvas_unit_x(canvas),
				     height * kg_canvas_unit_y(canvas), &x, &y))
			continue;
		kg_canvas_text(canvas, kg_canvas_px_x(canvas, x), kg_canvas_px_y(canvas, y), folded, &style);
		return;
	}
}

static void write_names(struct kg_canvas *canvas, const struct map *map)
{
	const size_t *ring = map->places.set.label ? find_largest(canvas, map) : NULL;

	for (size_t c = 0; ring && c < map->places.set.ncategory; c++)
		if (ring[c] != KG_NO_NAME)
			write_name(canvas, map, c, ring[c]);
}

static enum kg_status draw(const struct kg_picture *picture, struct kg_canvas *canvas, struct kg_error *error)
{
	struct map map = { .category = NULL };

	if (!picture->shapes)
		return kg_error_set(error, KG_EUSAGE,
				    "a map needs shapes: --shapes FILE.geojson (or draw a tile map, which needs none)");
	KG_TRY(kg_places_read(picture, canvas, &map.places, error));
	KG_TRY(kg_shapes_read(picture->shapes, knows, &map.places, canvas->arena, &map.shapes, error));
	KG_TRY(join_values(canvas, &map, error));
	if (!map.shapes.nring)
		return kg_error_set(error, KG_EDATA, "'%s' has no shapes: no feature has an area", picture->shapes);
	if (!kg_outline_lay(&map.shapes, canvas->arena, &map.extent))
		return kg_error_set(error, KG_EDATA, "the shapes of '%s' have no area", picture->shapes);
	kg_places_panel(canvas, &map.places, &map.extent, INFINITY);
	if (canvas->medium->id == KG_TXT) {
		write_letters(canvas, &map);
		return KG_OK;
	}
	fill_places(canvas, &map, false);
	fill_holes(canvas, &map);
	fill_places(canvas, &map, true);
	mark_small(canvas, &map);
	write_names(canvas, &map);
	return KG_OK;
}

const struct kg_chart kg_chart_map = {
	.id = "map",
	.title = "places coloured by value, in five classes, from a GeoJSON file",
	.detail =
	    "Takes the column with the places' codes (--x), values (--y) and the shapes (--shapes FILE: Polygons and "
	    "MultiPolygons with holes). The codes are looked for in the features' id and properties, with or without "
	    "leading zeros. Shapes without a value are grey and counted, up to five of them and codes without a shape "
	    "are named in the footer. --label names places where the name finds room.",
	.example = "plot map communes.csv --x code --y population --shapes communes.geojson --output map.svg",
	.draw = draw,
};
