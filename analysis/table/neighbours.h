/* neighbours: which places adjoin which, from a list of pairs, from coordinates or from shapes.
 * Everything lives in the arena passed in. */
#ifndef KG_TABLE_NEIGHBOURS_H
#define KG_TABLE_NEIGHBOURS_H

#include "table/gazetteer.h"

/* Places are those of the gazetteer. Neighbours of place p: to[start[p]] .. to[start[p + 1] - 1], ascending. */
struct kg_neighbours {
	size_t nplace;
	const size_t *start;
	const uint32_t *to;
	const double *weight;
	const uint32_t *place; /* number of the place of each row of the data */
	const bool *unplaced;  /* by place: it has no shape or no coordinates; NULL = all have */
	/* What was found on the way, for remarks. */
	size_t pairs, self, unknown, one_way; /* self and unknown pairs are left out */
	size_t unknown_line;		      /* file line of the first unknown place, 0 = shapes have no lines */
	const char *unknown_name;
	const char *unknown_near; /* places of the data with names near to it, as a list; NULL = none */
	bool doubled;		  /* no pair had its reverse: each pair was taken both ways */
	size_t same_spot;	  /* places with the coordinates of another */
	size_t mended, overlaps;  /* shapes that were invalid; pairs whose areas overlap (looked for by rook) */
	const char *mended_name;  /* the first of them */
};

struct kg_pair {
	uint32_t from, to, line;
	double weight;
};

/* From a table of pairs: place and neighbour in its first two columns, perhaps a column `weight`.
 * KG_EDATA: the list has fewer than two columns, a missing place, a pair twice, a weight that is not positive, or names
 * no place of the data; says the line. */
enum kg_status kg_neighbours_listed(const struct kg_gazetteer *gazetteer, const struct kg_table *list,
				    struct kg_arena *arena, struct kg_neighbours *neighbours,
				    struct kg_error *error) KG_CHECKED;

/* By great-circle distance: the k nearest places (of equally near ones the earlier in the data), and those that have
 * the place among theirs; or, with k 0, all places up to `km` away (on a sphere of 6371.0088 km). Coordinates in
 * degrees; places without them have no neighbours. KG_EDATA: no such angle, two positions of one place; KG_EUSAGE: not
 * more than k places. */
struct kg_nearest {
	size_t k;
	double km;
	const char *longitude, *latitude; /* columns of the data */
};
enum kg_status kg_neighbours_nearest(const struct kg_gazetteer *gazetteer, const struct kg_nearest *nearest,
				     struct kg_arena *arena, struct kg_neighbours *neighbours,
				     struct kg_error *error) KG_CHECKED;

/* Places whose shapes touch: in a point or along a border (queen), or along a border (rook). Borders must run through
 * the same points in both shapes. `path` is a GeoJSON file; invalid shapes are mended.
 * KG_EIO, KG_EUSAGE, KG_EDATA as kg_shapes_read, and a ring that is not closed. */
struct kg_contiguity {
	const char *path;
	bool rook;
};
enum kg_status kg_neighbours_contiguous(const struct kg_gazetteer *gazetteer, const struct kg_contiguity *contiguity,
					struct kg_arena *arena, struct kg_neighbours *neighbours,
					struct kg_error *error) KG_CHECKED;

/* For the makers above: a growing list of pairs. */
struct kg_pairs {
	struct kg_pair *pair;
	size_t count, room;
	struct kg_arena *arena;
};

int kg_pair_compare(const void *one, const void *two);

/* Adds a pair and its reverse, of weight 1. False: memory is out. */
bool kg_pairs_add_both(struct kg_pairs *pairs, uint32_t a, uint32_t b);

/* Sorts by both ends and keeps each pair once. */
void kg_pairs_sort(struct kg_pairs *pairs);

/* Lays sorted pairs out as start, to and weight. */
enum kg_status kg_pairs_lay_out(const struct kg_pairs *pairs, struct kg_neighbours *neighbours,
				struct kg_error *error) KG_CHECKED;

#endif
