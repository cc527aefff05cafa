/* tile: one square per place, near where the place lies: a map without shapes. */
#include <math.h>
#include <stdlib.h>

#include "plots/places.h"

#define NAME_ROOM 3
#define NAME_LINES 3
/* A square is no larger than this many pixels, however few they are. */
#define SQUARE_MOST 64.0
/* Cells for each place: looser grids keep the shape of a country, tighter ones larger squares. */
#define CELLS_PER_PLACE 1.9

struct tile {
	double x, y; /* of the place, longitude scaled to the latitude */
	double away; /* from the middle of all */
	long column, row;
	size_t point; /* of the series */
};

static const struct kg_column *find_coordinate(const struct kg_table *table, const char *const *name)
{
	for (; *name; name++) {
		const struct kg_column *column = kg_table_find(table, *name);

		if (column && column->type != KG_TEXT)
			return column;
	}
	return NULL;
}

static int compare_away(const void *a, const void *b)
{
	const struct tile *one = a, *two = b;

	if (one->away != two->away)
		return one->away < two->away ? -1 : 1;
	return one->point < two->point ? -1 : 1;
}

/* Positions of the places that have some; longitude shrinks with the cosine of the latitude. */
static enum kg_status read_tiles(const struct kg_picture *picture, struct kg_canvas *canvas,
				 const struct kg_places *places, struct tile **tile, size_t *count,
				 struct kg_error *error)
{
	static const char *const east[] = { "lon", "longitude", "x", NULL };
	static const char *const north[] = { "lat", "latitude", "y", NULL };
	const struct kg_column *lon = find_coordinate(picture->table, east),
			       *lat = find_coordinate(picture->table, north);
	double x = 0, y = 0, narrow;

	if (!lon || !lat)
		return kg_error_set(error, KG_EUSAGE,
				    "tiles need the columns 'lon' and 'lat' with the places' coordinates");
	*tile = KG_ARRAY(canvas->arena, struct tile, places->series->n + 1);
	if (!*tile)
		return kg_error_memory(error);
	for (size_t i = *count = 0; i < places->series->n; i++) {
		uint32_t row = places->series->row[i];
		double at_x = kg_column_real(lon, row), at_y = kg_column_real(lat, row);

		if (!isfinite(at_x) || !isfinite(at_y))
			continue;
		(*tile)[(*count)++] = (struct tile){ .x = at_x, .y = at_y, .point = i };
		x += at_x, y += at_y;
	}
	if (!*count)
		return kg_error_set(error, KG_EDATA, "no place has coordinates in '%s' and '%s'", lon->name, lat->name);
	x /= (double)*count, y /= (double)*count;
	narrow = cos(y * 3.14159265358979323846 / 180);
	for (size_t i = 0; i < *count; i++) {
		(*tile)[i].x = ((*tile)[i].x - x) * narrow;
		(*tile)[i].y -= y;
		(*tile)[i].away = hypot((*tile)[i].x, (*tile)[i].y);
	}
	qsort(*tile, *count, sizeof **tile, compare_away);
	return KG_OK;
}

static bool is_taken(const struct tile *tile, size_t count, long column, long row)
{
	for (size_t i = 0; i < count; i++)
		if (tile[i].column == column && tile[i].row == row)
			return true;
	return false;
}

/* The free cell nearest to x, y (in cells) for tile number `i`; those before it have theirs. */
static void take_cell(struct tile *tile, size_t i, double x, double y)
{
	long reach = (long)ceil(sqrt((double)i)) + 1, across = 2 * reach + 1;
	double best = INFINITY;

	for (long k = 0; k < across * across; k++) {
		long column = lround(x) - reach + k / across, row = lround(y) - reach + k % across;
		double away = hypot((double)column - x, (double)row - y);

		if (away >= best || is_taken(tile, i, column, row))
			continue;
		best = away;
		tile[i].column = column;
		tile[i].row = row;
	}
}

/* Each place, from the middle outwards, takes the free cell nearest to it. */
static void take_cells(struct tile *tile, size_t count, double cell)
{
	for (size_t i = 0; i < count; i++)
		take_cell(tile, i, tile[i].x / cell, tile[i].y / cell);
}

static double choose_cell(const struct tile *tile, size_t count)
{
	double left = INFINITY, right = -INFINITY, bottom = INFINITY, top = -INFINITY, area;

	for (size_t i = 0; i < count; i++) {
		left = fmin(left, tile[i].x), right = fmax(right, tile[i].x);
		bottom = fmin(bottom, tile[i].y), top = fmax(top, tile[i].y);
	}
	area = fmax(right - left, 1e-9) * fmax(top - bottom, 1e-9);
	return sqrt(area / ((double)count * CELLS_PER_PLACE));
}

static struct kg_rectangle find_extent(const struct tile *tile, size_t count)
{
	struct kg_rectangle extent = { INFINITY, -INFINITY, INFINITY, -INFINITY };

	for (size_t i = 0; i < count; i++) {
		extent.left = fmin(extent.left, (double)tile[i].column - 0.5);
		extent.right = fmax(extent.right, (double)tile[i].column + 0.5);
		extent.bottom = fmin(extent.bottom, (double)tile[i].row - 0.5);
		extent.top = fmax(extent.top, (double)tile[i].row + 0.5);
	}
	return extent;
}

static void draw_tiles(struct kg_canvas *canvas, const struct kg_places *places, const struct tile *tile, size_t count)
{
	for (size_t c = 0; c <= KG_CLASSES; c++) {
		kg_canvas_begin(canvas);
		for (size_t i = 0; i < count; i++) {
			double x = (double)tile[i].column, y = (double)tile[i].row;

			if (kg_classes_find(&places->classes, places->series->y[tile[i].point]) == c)
				KG_ROW(canvas, x, y, x - 0.5, x + 0.5, y - 0.5, y + 0.5);
		}
		kg_canvas_end(canvas, "using 1:2:3:4:5:6 with boxxyerror fc rgb '%s' fs solid 1 border rgb '#ffffff'",
			      kg_classes_hex(&places->classes, c));
	}
}

/* Names as they fit their squares; none when most do not fit. */
static void write_names(struct kg_canvas *canvas, const struct kg_places *places, const struct tile *tile, size_t count)
{
	double room = 1 / kg_canvas_unit_x(canvas) - NAME_ROOM;
	size_t lines = (size_t)fmax(1, fmin(NAME_LINES, floor(room / kg_canvas_leading(&canvas->body)))), fit = 0;
	const char **text = KG_ARRAY(canvas->arena, const char *, count + 1);

	for (size_t i = 0; text && i < count; i++) {
		size_t point = tile[i].point;
		const char *name = places->name[(size_t)places->series->x[point] - 1];
		const char *letter = kg_classes_letter(kg_classes_find(&places->classes, places->series->y[point]));

		if (canvas->medium->id == KG_TXT)
			name = kg_arena_format(canvas->arena, "%s %s", letter, name);
		text[i] = name ? kg_places_fold(canvas, name, room, lines) : NULL;
		if (!text[i] && canvas->medium->id == KG_TXT)
			text[i] = letter;
		fit += text[i] != NULL;
	}
	for (size_t i = 0; 2 * fit >= count && i < count; i++) {
		size_t class = kg_classes_find(&places->classes, places->series->y[tile[i].point]);
		bool dark = kg_classes_dark(&places->classes, class);
		const struct kg_text_style style = { &canvas->body, dark ? KG_COLOUR_WHITE : KG_COLOUR_INK, KG_CENTRE,
						     0 };

		if (text[i])
			kg_canvas_text(canvas, kg_canvas_px_x(canvas, (double)tile[i].column),
				       kg_canvas_px_y(canvas, (double)tile[i].row), text[i], &style);
	}
}

static enum kg_status draw(const struct kg_picture *picture, struct kg_canvas *canvas, struct kg_error *error)
{
	struct kg_rectangle extent;
	struct kg_places places;
	struct tile *tile = NULL;
	size_t count = 0;

	KG_TRY(kg_places_read(picture, canvas, &places, error));
	KG_TRY(read_tiles(picture, canvas, &places, &tile, &count, error));
	take_cells(tile, count, choose_cell(tile, count));
	for (size_t i = 0; i < count; i++)
		places.there[(size_t)places.series->x[tile[i].point] - 1] = true;
	KG_TRY(kg_places_classify(canvas, &places, error));
	extent = find_extent(tile, count);
	kg_places_panel(canvas, &places, &extent, SQUARE_MOST);
	draw_tiles(canvas, &places, tile, count);
	write_names(canvas, &places, tile, count);
	return KG_OK;
}

const struct kg_chart kg_chart_tile = {
	.id = "tile",
	.title = "one square per place, near where it lies: a map without shapes",
	.detail =
	    "Takes the column that names the places (--x), values (--y) and the columns lon and lat; --label names a "
	    "column with short names for the squares.",
	.example = "plot tile provinces.csv --x code --y communes --output provinces.svg",
	.draw = draw,
};
