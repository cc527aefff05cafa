#include <geos_c.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "table/geojson.h"
#include "table/neighbours.h"

/* Shapes of places that are in the data, as GEOS knows them. Freed with the arena. */
struct mapping {
	const char *path;
	struct kg_shapes shapes;
	struct kg_neighbours *found;
	struct kg_arena *arena;
	GEOSContextHandle_t geos;
	GEOSSTRtree *tree;
	GEOSGeometry **geometry; /* by shape, NULL = not in the data */
	uint32_t *place;	 /* by shape */
	size_t *hit, nhit;	 /* shapes near the one looked at */
	char fault[256];	 /* last message of GEOS */
};

static void note_fault(const char *message, void *context)
{
	struct mapping *mapping = context;

	snprintf(mapping->fault, sizeof mapping->fault, "%s", message);
}

static void release(void *context)
{
	struct mapping *mapping = context;

	for (size_t s = 0; s < mapping->shapes.nplace && mapping->geometry; s++)
		GEOSGeom_destroy_r(mapping->geos, mapping->geometry[s]);
	if (mapping->tree)
		GEOSSTRtree_destroy_r(mapping->geos, mapping->tree);
	GEOS_finish_r(mapping->geos);
}

static enum kg_status start(struct mapping *mapping, struct kg_error *error)
{
	size_t nshape = mapping->shapes.nplace;

	mapping->geos = GEOS_init_r();
	if (!mapping->geos || !kg_arena_defer(mapping->arena, release, mapping))
		return kg_error_memory(error);
	GEOSContext_setErrorMessageHandler_r(mapping->geos, note_fault, mapping);
	mapping->geometry = KG_ARRAY(mapping->arena, GEOSGeometry *, nshape + 1);
	mapping->place = KG_ARRAY(mapping->arena, uint32_t, nshape + 1);
	mapping->hit = KG_ARRAY(mapping->arena, size_t, nshape + 1);
	mapping->tree = GEOSSTRtree_create_r(mapping->geos, 10);
	return kg_arena_failed(mapping->arena) || !mapping->tree ? kg_error_memory(error) : KG_OK;
}

static bool knows(const void *context, const char *code)
{
	return kg_gazetteer_find(context, code) != KG_NO_PLACE;
}

static GEOSGeometry *make_ring(const struct mapping *mapping, const struct kg_ring *ring)
{
	GEOSCoordSequence *points =
	    GEOSCoordSeq_copyFromArrays_r(mapping->geos, ring->x, ring->y, NULL, NULL, (unsigned)ring->n);

	return points ? GEOSGeom_createLinearRing_r(mapping->geos, points) : NULL;
}

/* One polygon: the outer ring and the holes after it; `*used` rings. */
static GEOSGeometry *make_polygon(const struct mapping *mapping, const struct kg_ring *ring, size_t nring, size_t *used)
{
	GEOSGeometry *shell = make_ring(mapping, ring), **hole = KG_ARRAY(mapping->arena, GEOSGeometry *, nring + 1);
	unsigned holes = 0;
	bool whole = shell && hole;

	for (*used = 1; whole && *used < nring && ring[*used].hole; (*used)++) {
		hole[holes] = make_ring(mapping, &ring[*used]);
		whole = hole[holes] != NULL;
		holes += whole;
	}
	if (whole)
		return GEOSGeom_createPolygon_r(mapping->geos, shell, hole, holes);
	for (unsigned h = 0; h < holes; h++)
		GEOSGeom_destroy_r(mapping->geos, hole[h]);
	GEOSGeom_destroy_r(mapping->geos, shell);
	return NULL;
}

/* All rings of one shape. NULL: GEOS refused one of them. */
static GEOSGeometry *make_shape(const struct mapping *mapping, const struct kg_ring *ring, size_t nring)
{
	GEOSGeometry **polygon = KG_ARRAY(mapping->arena, GEOSGeometry *, nring + 1);
	unsigned count = 0;

	for (size_t r = 0, used; polygon && r < nring; r += used) {
		polygon[count] = make_polygon(mapping, &ring[r], nring - r, &used);
		if (!polygon[count]) {
			for (unsigned p = 0; p < count; p++)
				GEOSGeom_destroy_r(mapping->geos, polygon[p]);
			return NULL;
		}
		count++;
	}
	return polygon ? GEOSGeom_createCollection_r(mapping->geos, GEOS_MULTIPOLYGON, polygon, count) : NULL;
}

/* The valid areas of a shape whose rings cross or touch themselves. */
static GEOSGeometry *mend(const struct mapping *mapping, GEOSGeometry *shape)
{
	GEOSMakeValidParams *how = GEOSMakeValidParams_create_r(mapping->geos);
	GEOSGeometry *mended = NULL;

	if (how) {
		GEOSMakeValidParams_setMethod_r(mapping->geos, how, GEOS_MAKE_VALID_STRUCTURE);
		GEOSMakeValidParams_setKeepCollapsed_r(mapping->geos, how, 0);
		mended = GEOSMakeValidWithParams_r(mapping->geos, shape, how);
		GEOSMakeValidParams_destroy_r(mapping->geos, how);
	}
	GEOSGeom_destroy_r(mapping->geos, shape);
	return mended;
}

/* GEOS has no memory, or it cannot work with a shape. */
static enum kg_status refuse(const struct mapping *mapping, const char *code, struct kg_error *error)
{
	if (!*mapping->fault || strstr(mapping->fault, "bad_alloc") || strstr(mapping->fault, "allocate memory"))
		return kg_error_memory(error);
	return kg_error_cell(error, KG_EDATA, mapping->path, 0, NULL, "the shape of '%s' cannot be used: %s", code,
			     mapping->fault);
}

/* Takes the rings of shape s, which stand together from `*ring` on, into GEOS; mends them where needed. */
static enum kg_status add_shape(struct mapping *mapping, size_t s, size_t *ring, struct kg_error *error)
{
	const struct kg_shapes *shapes = &mapping->shapes;
	struct kg_neighbours *found = mapping->found;
	size_t from = *ring;
	GEOSGeometry *shape;

	while (*ring < shapes->nring && shapes->ring[*ring].place == s)
		++*ring;
	if (mapping->place[s] == KG_NO_PLACE)
		return KG_OK;
	shape = make_shape(mapping, &shapes->ring[from], *ring - from);
	if (shape && GEOSisValid_r(mapping->geos, shape) != 1) {
		found->mended_name = found->mended++ ? found->mended_name : shapes->code[s];
		shape = mend(mapping, shape);
	}
	mapping->geometry[s] = shape;
	return shape ? KG_OK : refuse(mapping, shapes->code[s], error);
}

static void note_place(struct mapping *mapping, const struct kg_gazetteer *gazetteer, size_t s, bool *unplaced)
{
	const char *code = mapping->shapes.code[s];

	mapping->place[s] = kg_gazetteer_find(gazetteer, code);
	if (mapping->place[s] != KG_NO_PLACE) {
		unplaced[mapping->place[s]] = false;
		return;
	}
	if (!mapping->found->unknown++)
		mapping->found->unknown_name = code;
}

static void note_hit(void *item, void *context)
{
	struct mapping *mapping = context;

	mapping->hit[mapping->nhit++] = (size_t)((GEOSGeometry **)item - mapping->geometry);
}

/* Whether two shapes that meet are neighbours by rook: by an edge, or because their areas overlap. */
static bool share_edge(const struct mapping *mapping, size_t a, size_t b)
{
	char *relation = GEOSRelate_r(mapping->geos, mapping->geometry[a], mapping->geometry[b]);
	bool overlap = relation && relation[0] == '2', edge = relation && relation[4] == '1';

	mapping->found->overlaps += overlap;
	GEOSFree_r(mapping->geos, relation);
	return overlap || edge;
}

/* Shapes after s in the file that meet it. */
static bool add_contacts(struct mapping *mapping, size_t s, bool rook, struct kg_pairs *pairs)
{
	bool kept = true;

	mapping->nhit = 0;
	GEOSSTRtree_query_r(mapping->geos, mapping->tree, mapping->geometry[s], note_hit, mapping);
	for (size_t h = 0; h < mapping->nhit && kept && !*mapping->fault; h++) {
		size_t t = mapping->hit[h];

		if (t <= s || mapping->place[t] == mapping->place[s] ||
		    GEOSIntersects_r(mapping->geos, mapping->geometry[s], mapping->geometry[t]) != 1 ||
		    (rook && !share_edge(mapping, s, t)))
			continue;
		kept = kg_pairs_add_both(pairs, mapping->place[s], mapping->place[t]);
	}
	return kept;
}

static enum kg_status find_contacts(struct mapping *mapping, bool rook, struct kg_error *error)
{
	struct kg_pairs pairs = { .arena = mapping->arena };

	for (size_t s = 0; s < mapping->shapes.nplace; s++)
		if (mapping->geometry[s])
			GEOSSTRtree_insert_r(mapping->geos, mapping->tree, mapping->geometry[s], &mapping->geometry[s]);
	for (size_t s = 0; s < mapping->shapes.nplace; s++)
		if (mapping->geometry[s] && (!add_contacts(mapping, s, rook, &pairs) || *mapping->fault))
			return refuse(mapping, mapping->shapes.code[s], error);
	kg_pairs_sort(&pairs); /* a place may have several shapes */
	return kg_pairs_lay_out(&pairs, mapping->found, error);
}

enum kg_status kg_neighbours_contiguous(const struct kg_gazetteer *gazetteer, const struct kg_contiguity *contiguity,
					struct kg_arena *arena, struct kg_neighbours *neighbours,
					struct kg_error *error)
{
	struct mapping *mapping = KG_NEW(arena, struct mapping);
	bool *unplaced = KG_ARRAY(arena, bool, gazetteer->nplace + 1);
	size_t ring = 0;

	*neighbours =
	    (struct kg_neighbours){ .nplace = gazetteer->nplace, .place = gazetteer->place, .unplaced = unplaced };
	if (!mapping || !unplaced)
		return kg_error_memory(error);
	memset(unplaced, true, gazetteer->nplace * sizeof *unplaced);
	*mapping = (struct mapping){ .path = contiguity->path, .found = neighbours, .arena = arena };
	KG_TRY(kg_shapes_read(contiguity->path, knows, gazetteer, arena, &mapping->shapes, error));
	KG_TRY(start(mapping, error));
	for (size_t s = 0; s < mapping->shapes.nplace; s++) {
		note_place(mapping, gazetteer, s, unplaced);
		KG_TRY(add_shape(mapping, s, &ring, error));
	}
	return find_contacts(mapping, contiguity->rook, error);
}
