#include "plots/outline.h"

#include <math.h>
#include <stdlib.h>

#define LONGITUDE_MOST 360.0
#define LATITUDE_MOST 90.0
#define HALF_TURN 180.0
#define TURN 360.0
/* Shapes with so much free longitude between them (degrees) are two sides of the date line, not the whole world. */
#define FREE_LEAST 120.0
/* Places for a text that are tried, along each side of its ring's box. */
#define TRIED 25

struct kg_rectangle kg_outline_box(const struct kg_ring *ring)
{
	struct kg_rectangle box = { INFINITY, -INFINITY, INFINITY, -INFINITY };

	for (size_t i = 0; i < ring->n; i++) {
		box.left = fmin(box.left, ring->x[i]);
		box.right = fmax(box.right, ring->x[i]);
		box.bottom = fmin(box.bottom, ring->y[i]);
		box.top = fmax(box.top, ring->y[i]);
	}
	return box;
}

static struct kg_rectangle find_extent(const struct kg_shapes *shapes)
{
	struct kg_rectangle extent = { INFINITY, -INFINITY, INFINITY, -INFINITY };

	for (size_t r = 0; r < shapes->nring; r++) {
		struct kg_rectangle box = kg_outline_box(&shapes->ring[r]);

		extent.left = fmin(extent.left, box.left);
		extent.right = fmax(extent.right, box.right);
		extent.bottom = fmin(extent.bottom, box.bottom);
		extent.top = fmax(extent.top, box.top);
	}
	return extent;
}

/* The turns by which a step along a ring goes over the date line; a line along a parallel all around the world does
 * not. */
static double count_turns(double from, double to)
{
	if (fabs(to - from) <= HALF_TURN || fabs(to - from) == TURN)
		return 0;
	return to > from ? -1 : 1;
}

/* A ring that jumps over the date line goes on beyond it. One around a pole never comes back: it stays. */
static void unroll(struct kg_ring *ring)
{
	double turns = 0, before = ring->x[0];

	for (size_t i = 1; i < ring->n; i++)
		turns += count_turns(ring->x[i - 1], ring->x[i]);
	if (turns != 0)
		return;
	for (size_t i = 1; i < ring->n; i++) {
		double here = ring->x[i];

		turns += count_turns(before, here);
		ring->x[i] += turns * TURN;
		before = here;
	}
}

static void move(struct kg_ring *ring, double by)
{
	for (size_t i = 0; i < ring->n; i++)
		ring->x[i] += by;
}

struct span {
	double from, to;
};

static int compare_spans(const void *a, const void *b)
{
	const struct span *one = a, *two = b;

	return (one->from > two->from) - (one->from < two->from);
}

/* Where the rings begin after the widest free stretch of longitudes; -infinity: they need not be moved. */
static double find_start(const struct kg_shapes *shapes, struct kg_arena *arena)
{
	struct span *span = KG_ARRAY(arena, struct span, shapes->nring + 1);
	double start = -INFINITY, free = FREE_LEAST, end;

	if (!span)
		return start;
	for (size_t r = 0; r < shapes->nring; r++) {
		struct kg_rectangle box = kg_outline_box(&shapes->ring[r]);

		span[r] = (struct span){ box.left, box.right };
	}
	qsort(span, shapes->nring, sizeof *span, compare_spans);
	end = span[0].to;
	for (size_t r = 1; r < shapes->nring; end = fmax(end, span[r++].to)) {
		if (span[r].from - end <= free)
			continue;
		free = span[r].from - end;
		start = span[r].from;
	}
	return end - span[0].from > fmax(HALF_TURN, TURN - free) ? start : -INFINITY;
}

/* All rings on one side of the date line; holes go where their polygons go. */
static void join_sides(struct kg_shapes *shapes, struct kg_arena *arena)
{
	double start, outer = 0;

	for (size_t r = 0; r < shapes->nring; r++) {
		struct kg_ring *ring = &shapes->ring[r];

		unroll(ring);
		if (ring->hole)
			move(ring, TURN * round((outer - ring->x[0]) / TURN));
		else
			outer = ring->x[0];
	}
	start = find_start(shapes, arena);
	for (size_t r = 0; r < shapes->nring; r++)
		if (kg_outline_box(&shapes->ring[r]).left < start)
			move(&shapes->ring[r], TURN);
}

bool kg_outline_lay(struct kg_shapes *shapes, struct kg_arena *arena, struct kg_rectangle *extent)
{
	double narrow;

	*extent = find_extent(shapes);
	if (fmax(-extent->left, extent->right) <= LONGITUDE_MOST &&
	    fmax(-extent->bottom, extent->top) <= LATITUDE_MOST) {
		join_sides(shapes, arena);
		narrow = cos((extent->bottom + extent->top) / 2 * 3.14159265358979323846 / HALF_TURN);
		for (size_t r = 0; r < shapes->nring; r++)
			for (size_t i = 0; i < shapes->ring[r].n; i++)
				shapes->ring[r].x[i] *= narrow;
		*extent = find_extent(shapes);
	}
	return extent->right > extent->left && extent->top > extent->bottom;
}

/* True when a line has a point in a box (Liang and Barsky 1984). */
static bool meets(const struct kg_rectangle *box, double x, double y, double to_x, double to_y)
{
	const double step[] = { x - to_x, to_x - x, y - to_y, to_y - y };
	const double room[] = { x - box->left, box->right - x, y - box->bottom, box->top - y };
	double enter = 0, leave = 1;

	for (int side = 0; side < 4; side++) {
		if (step[side] == 0 && room[side] < 0)
			return false;
		if (step[side] < 0)
			enter = fmax(enter, room[side] / step[side]);
		else if (step[side] > 0)
			leave = fmin(leave, room[side] / step[side]);
	}
	return enter <= leave;
}

/* The rings of one place, which stand together. */
struct rings {
	const struct kg_ring *ring;
	size_t n;
};

static struct rings find_rings(const struct kg_shapes *shapes, size_t one)
{
	size_t place = shapes->ring[one].place, from = one, to = one;

	while (from > 0 && shapes->ring[from - 1].place == place)
		from--;
	while (to < shapes->nring && shapes->ring[to].place == place)
		to++;
	return (struct rings){ &shapes->ring[from], to - from };
}

static bool is_crossed(const struct rings *rings, const struct kg_rectangle *box)
{
	for (size_t r = 0; r < rings->n; r++) {
		const struct kg_ring *ring = &rings->ring[r];

		for (size_t i = 0; i < ring->n; i++)
			if (meets(box, ring->x[i], ring->y[i], ring->x[(i + 1) % ring->n], ring->y[(i + 1) % ring->n]))
				return true;
	}
	return false;
}

static bool is_in_hole(const struct rings *rings, double x, double y)
{
	for (size_t r = 0; r < rings->n; r++)
		if (rings->ring[r].hole && kg_ring_holds(&rings->ring[r], x, y))
			return true;
	return false;
}

/* Centre of gravity of the area; of the box when there is no area. */
static void find_centre(const struct kg_ring *ring, const struct kg_rectangle *box, double *x, double *y)
{
	double area = 0, sum_x = 0, sum_y = 0, zero_x = box->left, zero_y = box->bottom;

	for (size_t i = 0, j = ring->n - 1; i < ring->n; j = i++) {
		double cross =
		    (ring->x[j] - zero_x) * (ring->y[i] - zero_y) - (ring->x[i] - zero_x) * (ring->y[j] - zero_y);

		area += cross;
		sum_x += (ring->x[j] + ring->x[i] - 2 * zero_x) * cross;
		sum_y += (ring->y[j] + ring->y[i] - 2 * zero_y) * cross;
	}
	*x = area != 0 ? zero_x + sum_x / (3 * area) : (box->left + box->right) / 2;
	*y = area != 0 ? zero_y + sum_y / (3 * area) : (box->bottom + box->top) / 2;
}

bool kg_outline_room(const struct kg_shapes *shapes, size_t ring, double width, double height, double *x, double *y)
{
	const struct kg_ring *outer = &shapes->ring[ring];
	const struct kg_rectangle around = kg_outline_box(outer);
	const struct rings rings = find_rings(shapes, ring);
	double centre_x, centre_y, nearest = INFINITY;
	double free_x = around.right - around.left - width, free_y = around.top - around.bottom - height;

	if (free_x < 0 || free_y < 0)
		return false;
	find_centre(outer, &around, &centre_x, &centre_y);
	for (int k = -1; k < TRIED * TRIED; k++) {
		double at_x = k < 0 ? centre_x : around.left + width / 2 + free_x * (k % TRIED + 0.5) / TRIED;
		double at_y = k < 0 ? centre_y : around.bottom + height / 2 + free_y * (k / TRIED + 0.5) / TRIED;
		struct kg_rectangle box = { at_x - width / 2, at_x + width / 2, at_y - height / 2, at_y + height / 2 };
		double away = hypot(at_x - centre_x, at_y - centre_y);

		if (away >= nearest || !kg_ring_holds(outer, at_x, at_y) || is_crossed(&rings, &box) ||
		    is_in_hole(&rings, at_x, at_y))
			continue;
		nearest = away;
		*x = at_x;
		*y = at_y;
	}
	return isfinite(nearest);
}
