#include "stats/joinpoint_piece.h"

#include <math.h>

/* A step's own column, relative to the piece's rows, below which the piece says nothing about the step. */
#define STEP_LEAST 1e-10

/* Points `first` .. `last`, the ends at points `from` and `last`. */
static struct kg_piece measure_plain(const struct kg_pieces *pieces, size_t from, size_t first, size_t last)
{
	double x0 = pieces->x[from], span = pieces->x[last] - x0;
	double uu = pieces->uu[last + 1] - pieces->uu[first], uz = pieces->uz[last + 1] - pieces->uz[first];
	double uy = pieces->uy[last + 1] - pieces->uy[first], us = (uz - x0 * uu) / span;
	double ss = (pieces->zz[last + 1] - pieces->zz[first] - 2 * x0 * uz + x0 * x0 * uu) / (span * span);
	double sy = (pieces->zy[last + 1] - pieces->zy[first] - x0 * uy) / span;

	return (struct kg_piece){
		uu - 2 * us + ss, us - ss, ss, uy - sy, sy, pieces->yy[last + 1] - pieces->yy[first], true
	};
}

/* Whether a jump falls into the rows first .. last of a piece that starts before it. */
static bool is_inside(const struct kg_pieces *pieces, size_t i, size_t first, size_t last)
{
	return first <= pieces->points->jump[i] && pieces->points->jump[i] <= last && pieces->points->jump[i] > 0;
}

/* Row t of a step at a jump, less the share of the right end, whose value has the step in it. */
static double measure_step(const struct kg_pieces *pieces, size_t jump, size_t t, double share)
{
	const struct kg_whitening *whitening = &pieces->whitening;
	double now = t >= jump ? whitening->now[t] : 0, before = t > jump ? whitening->before[t] : 0;

	return now - before - share;
}

enum { STEP_LEFT = KG_JUMPS_MOST, STEP_RIGHT, STEP_Y, STEP_SIZE };

/* Takes the steps out of the cross-products one after the other. False when one has nothing of its own. */
static bool sweep_steps(double cross[STEP_SIZE][STEP_SIZE], size_t steps)
{
	double size[KG_JUMPS_MOST];

	for (size_t k = 0; k < steps; k++)
		size[k] = cross[STEP_LEFT][STEP_LEFT] + cross[STEP_RIGHT][STEP_RIGHT] + cross[k][k];
	for (size_t k = 0; k < steps; k++) {
		if (!(cross[k][k] > STEP_LEAST * size[k]))
			return false;
		for (size_t i = 0; i < STEP_SIZE; i++)
			for (size_t j = 0; i != k && j < STEP_SIZE; j++)
				if (j != k)
					cross[i][j] -= cross[i][k] * cross[k][j] / cross[k][k];
		for (size_t i = 0; i < STEP_SIZE; i++)
			if (i != k)
				cross[i][k] = cross[k][i] = 0;
	}
	return true;
}

/* The same for a piece with `steps` jumps in it, whose sizes are minimised out. */
static struct kg_piece measure_jumps(const struct kg_pieces *pieces, size_t from, size_t first, size_t last)
{
	double cross[STEP_SIZE][STEP_SIZE] = { { 0 } }, column[STEP_SIZE] = { 0 };
	double span = pieces->x[last] - pieces->x[from];
	size_t steps = 0;
	bool possible;

	for (size_t t = first; t <= last; t++) {
		steps = 0;
		column[STEP_RIGHT] = (pieces->z[t] - pieces->x[from] * pieces->u[t]) / span;
		column[STEP_LEFT] = pieces->u[t] - column[STEP_RIGHT];
		column[STEP_Y] = pieces->y[t];
		for (size_t i = 0; i < pieces->points->jumps; i++)
			if (is_inside(pieces, i, first, last))
				column[steps++] = measure_step(pieces, pieces->points->jump[i], t, column[STEP_RIGHT]);
		for (size_t i = 0; i < STEP_SIZE; i++)
			for (size_t j = 0; j < STEP_SIZE; j++)
				cross[i][j] += column[i] * column[j];
	}
	possible = sweep_steps(cross, steps);
	return (struct kg_piece){ fmax(cross[STEP_LEFT][STEP_LEFT], 0),
				  cross[STEP_LEFT][STEP_RIGHT],
				  fmax(cross[STEP_RIGHT][STEP_RIGHT], 0),
				  cross[STEP_LEFT][STEP_Y],
				  cross[STEP_RIGHT][STEP_Y],
				  cross[STEP_Y][STEP_Y],
				  possible };
}

struct kg_piece kg_pieces_measure(const struct kg_pieces *pieces, size_t from, size_t to)
{
	size_t first = from ? from + 1 : 0;
	bool plain = true;

	for (size_t i = 0; i < pieces->points->jumps; i++)
		plain &= !is_inside(pieces, i, first, to);
	return plain ? measure_plain(pieces, from, first, to) : measure_jumps(pieces, from, first, to);
}

static bool add_sums(struct kg_pieces *pieces, struct kg_arena *scratch)
{
	double **sum[] = { &pieces->uu, &pieces->uz, &pieces->zz, &pieces->uy, &pieces->zy, &pieces->yy };
	size_t n = pieces->points->n;

	for (size_t k = 0; k < 6; k++) {
		*sum[k] = KG_ARRAY(scratch, double, n + 1);
		if (!*sum[k])
			return false;
	}
	for (size_t i = 0; i < n; i++) {
		double u = pieces->u[i], z = pieces->z[i], y = pieces->y[i];
		double term[] = { u * u, u * z, z * z, u * y, z * y, y * y };

		for (size_t k = 0; k < 6; k++)
			(*sum[k])[i + 1] = (*sum[k])[i] + term[k];
	}
	return true;
}

/* Times from their middle; values from the straight line through all, which changes no residual. */
static void centre(const struct kg_points *points, double *x, double *y)
{
	long double w = 0, mx = 0, my = 0, sxx = 0, sxy = 0;

	for (size_t i = 0; i < points->n; i++) {
		double weight = points->weight ? points->weight[i] : 1;

		w += weight;
		mx += weight * points->x[i];
		my += weight * points->y[i];
	}
	mx /= w;
	my /= w;
	for (size_t i = 0; i < points->n; i++) {
		double weight = points->weight ? points->weight[i] : 1;

		sxx += weight * (points->x[i] - mx) * (points->x[i] - mx);
		sxy += weight * (points->x[i] - mx) * (points->y[i] - my);
	}
	for (size_t i = 0; i < points->n; i++) {
		x[i] = (double)(points->x[i] - mx);
		y[i] = (double)(points->y[i] - my - sxy / sxx * (points->x[i] - mx));
	}
}

bool kg_pieces_make(const struct kg_points *points, struct kg_arena *scratch, struct kg_pieces *pieces)
{
	size_t n = points->n;
	double *y = KG_ARRAY(scratch, double, n), *one = KG_ARRAY(scratch, double, n);

	*pieces = (struct kg_pieces){ .points = points };
	pieces->x = KG_ARRAY(scratch, double, n);
	pieces->u = KG_ARRAY(scratch, double, n);
	pieces->z = KG_ARRAY(scratch, double, n);
	pieces->y = KG_ARRAY(scratch, double, n);
	if (kg_arena_failed(scratch) || !kg_whitening_make(pieces->points, scratch, &pieces->whitening))
		return false;
	centre(pieces->points, pieces->x, y);
	for (size_t i = 0; i < n; i++)
		one[i] = 1;
	kg_whitening_apply(&pieces->whitening, one, pieces->u);
	kg_whitening_apply(&pieces->whitening, pieces->x, pieces->z);
	kg_whitening_apply(&pieces->whitening, y, pieces->y);
	return add_sums(pieces, scratch);
}
