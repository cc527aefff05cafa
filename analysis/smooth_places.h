/* smooth_places: the places of one group of a table, and which of them are neighbours. Everything lives in the arena
 * passed in. */
#ifndef KG_SMOOTH_PLACES_H
#define KG_SMOOTH_PLACES_H

#include "participation_counts.h"
#include "stats/smooth_range.h"
#include "table/neighbours.h"

/* A place of one group. `at`: its number among the usable ones, SIZE_MAX = not usable. */
struct kg_smooth_place {
	const char *name, *key;
	struct kg_counts counts;
	enum kg_why why;
	size_t at;
};

/* One group: all places in input order, and the usable ones as a sample with the ends of its numbers. */
struct kg_smooth_map {
	struct kg_smooth_place *place;
	size_t n;
	struct kg_sample sample;
	struct kg_smooth_bounds bounds;
	bool bounded; /* some number has ends */
	struct kg_smooth_neighbours neighbours;
};

/* What is read: `id` NULL = places go by the number of their row. */
struct kg_smooth_source {
	const struct kg_counts_source *counts;
	const struct kg_neighbours *neighbours; /* no places = none are known */
	const struct kg_column *id;
	const char *id_name;
};

/* The places in rows row[0] .. row[n - 1], with the neighbours among them. KG_EDATA: a place stands twice. */
enum kg_status kg_smooth_map_make(const struct kg_smooth_source *source, const uint32_t *row, size_t n,
				  struct kg_arena *scratch, struct kg_smooth_map *map,
				  struct kg_error *error) KG_CHECKED;

#endif
