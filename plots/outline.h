/* outline: shapes of places laid on the plane for a map. */
#ifndef KG_PLOTS_OUTLINE_H
#define KG_PLOTS_OUTLINE_H

#include "plots/canvas.h"
#include "table/geojson.h"

/* Lays shapes in degrees on the plane, in place: rings that cross the date line become continuous, those on its other
 * side are moved to their neighbours, longitudes are as long as at the middle latitude. Coordinates that are no degrees
 * (metres of a projection) stay as they are. False: the shapes have no area. */
bool kg_outline_lay(struct kg_shapes *shapes, struct kg_arena *arena, struct kg_rectangle *extent);

/* The box around a ring. */
struct kg_rectangle kg_outline_box(const struct kg_ring *ring);

/* The middle of a text of `width` x `height` that lies wholly inside outer ring number `ring` and outside its holes,
 * as near to the ring's centre of gravity as it can; false: it does not fit. */
bool kg_outline_room(const struct kg_shapes *shapes, size_t ring, double width, double height, double *x, double *y);

#endif
