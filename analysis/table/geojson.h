/* geojson: the shapes of places (RFC 7946): polygons and multipolygons with holes. Lives in the arena. */
#ifndef KG_TABLE_GEOJSON_H
#define KG_TABLE_GEOJSON_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/error.h"

struct kg_ring {
	size_t n;
	double *x, *y; /* longitude, latitude; closed: the last point is the first */
	bool hole;
	size_t place;
};

struct kg_shapes {
	size_t nplace, nring;
	const char **code; /* of each place, by the key that knows most places of the table */
	struct kg_ring *ring;
};

/* Reads a FeatureCollection, or one Feature. Points, lines and null geometries are places without rings. `known(context, code)` tells how well a key names the places: of the features' "id" and
 * their properties the one with most known codes is taken.
 * KG_EIO: cannot be read. KG_EDATA: no GeoJSON; names the feature. KG_EUSAGE: no key names any place. */
enum kg_status kg_shapes_read(const char *path, bool (*known)(const void *context, const char *code),
			      const void *context, struct kg_arena *arena, struct kg_shapes *shapes,
			      struct kg_error *error) KG_CHECKED;

/* True when a point lies in a ring (even-odd rule). */
bool kg_ring_holds(const struct kg_ring *ring, double x, double y);

#endif
