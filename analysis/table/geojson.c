#include "table/geojson.h"

#include <jansson.h>
#include <math.h>
#include <string.h>

#include "base/file.h"

/* No system of coordinates has larger ones; much larger ones overflow. */
#define COORDINATE_MOST 1e9

struct reader {
	const char *path;
	bool (*known)(const void *context, const char *code);
	const void *context;
	struct kg_arena *arena;
	struct kg_error *error;
	struct kg_shapes *shapes;
	size_t room;
};

static void release(void *root)
{
	json_decref(root);
}

static enum kg_status refuse(const struct reader *reader, size_t feature, const char *what)
{
	return kg_error_cell(reader->error, KG_EDATA, reader->path, 0, NULL, "feature %zu: %s", feature + 1, what);
}

/* A code as text: codes may be numbers in some files. NULL: neither. */
static const char *read_code(const struct reader *reader, const json_t *value)
{
	if (json_is_string(value))
		return kg_arena_text(reader->arena, json_string_value(value));
	if (json_is_integer(value))
		return kg_arena_format(reader->arena, "%lld", (long long)json_integer_value(value));
	if (json_is_real(value))
		return kg_arena_format(reader->arena, "%.15g", json_real_value(value));
	return NULL;
}

/* The value of a feature under a key; NULL key: the feature's own id. */
static const json_t *find_value(const json_t *feature, const char *key)
{
	return key ? json_object_get(json_object_get(feature, "properties"), key) : json_object_get(feature, "id");
}

static size_t count_known(const struct reader *reader, const json_t *features, const char *key)
{
	size_t known = 0, i;
	json_t *feature;

	json_array_foreach(features, i, feature)
	{
		const char *code = read_code(reader, find_value(feature, key));

		known += code && reader->known(reader->context, code);
	}
	return known;
}

/* Next to the features' own id the properties of the first feature that has some may name the places. */
static json_t *find_properties(const json_t *features)
{
	json_t *feature;
	size_t i;

	json_array_foreach(features, i, feature) if (json_object_size(json_object_get(
							 feature, "properties"))) return json_object_get(feature,
													 "properties");
	return NULL;
}

static enum kg_status choose_key(const struct reader *reader, json_t *features, const char **key)
{
	json_t *properties = find_properties(features), *value;
	size_t best = count_known(reader, features, NULL);
	const char *name;

	*key = NULL;
	json_object_foreach(properties, name, value)
	{
		size_t known = count_known(reader, features, name);

		if (known > best) {
			best = known;
			*key = kg_arena_text(reader->arena, name);
		}
	}
	if (best)
		return KG_OK;
	return kg_error_cell(reader->error, KG_EUSAGE, reader->path, 0, NULL,
			     "no place of the table is in this file; name the column with the places' codes with --x");
}

static enum kg_status add_ring(struct reader *reader, const json_t *points, size_t place, bool hole)
{
	struct kg_shapes *shapes = reader->shapes;
	struct kg_ring *ring;
	size_t i;
	json_t *point;

	if (shapes->nring == reader->room) {
		size_t room = reader->room ? reader->room * 2 : 64;

		shapes->ring =
		    kg_arena_grow(reader->arena, shapes->ring, reader->room * sizeof *ring, room * sizeof *ring);
		reader->room = room;
	}
	if (!shapes->ring)
		return kg_error_memory(reader->error);
	ring = &shapes->ring[shapes->nring++];
	*ring = (struct kg_ring){ json_array_size(points), NULL, NULL, hole, place };
	ring->x = KG_ARRAY(reader->arena, double, ring->n + 1);
	ring->y = KG_ARRAY(reader->arena, double, ring->n + 1);
	if (!ring->x || !ring->y)
		return kg_error_memory(reader->error);
	if (ring->n < 4)
		return refuse(reader, place, "a ring has fewer than 4 points");
	json_array_foreach(points, i, point)
	{
		if (!json_is_number(json_array_get(point, 0)) || !json_is_number(json_array_get(point, 1)))
			return refuse(reader, place, "a point has no longitude and latitude");
		ring->x[i] = json_number_value(json_array_get(point, 0));
		ring->y[i] = json_number_value(json_array_get(point, 1));
		if (fabs(ring->x[i]) > COORDINATE_MOST || fabs(ring->y[i]) > COORDINATE_MOST)
			return refuse(reader, place, "a point lies nowhere: its coordinates are too large");
	}
	return KG_OK;
}

/* An empty list of rings is a polygon that lies nowhere (RFC 7946, 3.1). */
static enum kg_status add_polygon(struct reader *reader, const json_t *rings, size_t place)
{
	json_t *ring;
	size_t i;

	if (!json_is_array(rings))
		return refuse(reader, place, "a polygon has no rings");
	json_array_foreach(rings, i, ring) KG_TRY(add_ring(reader, ring, place, i > 0));
	return KG_OK;
}

/* What has an area; points and lines, such as capitals and roads, have none. */
static enum kg_status add_geometry(struct reader *reader, const json_t *geometry, size_t place)
{
	static const char *const without[] = { "Point", "MultiPoint", "LineString", "MultiLineString" };
	const char *type = json_string_value(json_object_get(geometry, "type"));
	const json_t *polygons = json_object_get(geometry, "coordinates"),
		     *parts = json_object_get(geometry, "geometries");
	json_t *part;
	size_t i;

	if (!geometry || json_is_null(geometry)) /* a place that lies nowhere */
		return KG_OK;
	if (type && strcmp(type, "Polygon") == 0)
		return add_polygon(reader, polygons, place);
	if (type && strcmp(type, "MultiPolygon") == 0) {
		if (!json_is_array(polygons))
			return refuse(reader, place, "a MultiPolygon has no polygons");
		json_array_foreach(polygons, i, part) KG_TRY(add_polygon(reader, part, place));
		return KG_OK;
	}
	if (type && strcmp(type, "GeometryCollection") == 0) {
		json_array_foreach(parts, i, part) KG_TRY(add_geometry(reader, part, place));
		return KG_OK;
	}
	for (i = 0; type && i < sizeof without / sizeof without[0]; i++)
		if (strcmp(type, without[i]) == 0)
			return KG_OK;
	return refuse(reader, place, "its geometry is of no type that GeoJSON knows");
}

static enum kg_status add_feature(struct reader *reader, const json_t *feature, const char *key, size_t place)
{
	const char *code = read_code(reader, find_value(feature, key));

	if (!json_is_object(feature))
		return refuse(reader, place, "is no object");
	reader->shapes->code[place] = code ? code : "";
	return add_geometry(reader, json_object_get(feature, "geometry"), place);
}

/* The features of a collection; a file of one feature is a collection of one. NULL: neither. */
static json_t *find_features(struct reader *reader, json_t *root)
{
	const char *type = json_string_value(json_object_get(root, "type"));
	json_t *one;

	if (!type || strcmp(type, "Feature") != 0)
		return json_object_get(root, "features");
	one = json_pack("[O]", root);
	return one && kg_arena_defer(reader->arena, release, one) ? one : NULL;
}

static enum kg_status read_features(struct reader *reader, json_t *root)
{
	json_t *features = find_features(reader, root), *feature;
	struct kg_shapes *shapes = reader->shapes;
	const char *key;
	size_t i;

	if (!json_array_size(features))
		return kg_error_cell(reader->error, KG_EDATA, reader->path, 0, NULL,
				     "is no GeoJSON FeatureCollection with features");
	KG_TRY(choose_key(reader, features, &key));
	shapes->nplace = json_array_size(features);
	shapes->code = KG_ARRAY(reader->arena, const char *, shapes->nplace);
	if (!shapes->code)
		return kg_error_memory(reader->error);
	json_array_foreach(features, i, feature) KG_TRY(add_feature(reader, feature, key, i));
	return KG_OK;
}

enum kg_status kg_shapes_read(const char *path, bool (*known)(const void *context, const char *code),
			      const void *context, struct kg_arena *arena, struct kg_shapes *shapes,
			      struct kg_error *error)
{
	struct reader reader = { path, known, context, arena, error, shapes, 0 };
	json_error_t wrong;
	json_t *root;
	size_t length;
	size_t mark; /* of the byte order, which some programs write */
	char *text;

	*shapes = (struct kg_shapes){ 0 };
	KG_TRY(kg_file_read(path, arena, &text, &length, error));
	mark = length >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
	root = json_loadb(text + mark, length - mark, 0, &wrong);
	if (!root)
		return kg_error_cell(error, KG_EDATA, path, (size_t)(wrong.line > 0 ? wrong.line : 0), NULL,
				     "is no JSON: %s", wrong.text);
	if (!kg_arena_defer(arena, release, root))
		return kg_error_memory(error);
	return read_features(&reader, root);
}

bool kg_ring_holds(const struct kg_ring *ring, double x, double y)
{
	bool inside = false;

	for (size_t i = 0, j = ring->n - 1; i < ring->n; j = i++)
		if ((ring->y[i] > y) != (ring->y[j] > y) &&
		    x < (ring->x[j] - ring->x[i]) * (y - ring->y[i]) / (ring->y[j] - ring->y[i]) + ring->x[i])
			inside = !inside;
	return inside;
}
