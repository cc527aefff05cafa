/* joinpoint_piece: sums of squares of the pieces between any two points of a series, from running sums over its
 * whitened rows. Pure numbers; everything lives in the arena it was made in. */
#ifndef KG_STATS_JOINPOINT_PIECE_H
#define KG_STATS_JOINPOINT_PIECE_H

#include "stats/joinpoint_rows.h"

/* Whitened rows of ones (u), times (z) and values (y), and running sums over them: entry i is over the rows before i.
 */
struct kg_pieces {
	const struct kg_points *points;
	struct kg_whitening whitening;
	double *x, *u, *z, *y; /* x: times from their middle, not whitened */
	double *uu, *uz, *zz, *uy, *zy, *yy;
};

/* Sums of squares and products over a piece, of the shares s and u - s of its right and left end. */
struct kg_piece {
	double left, cross, right, y_left, y_right, yy;
	bool possible; /* false: a jump in it cannot be told from its slope */
};

/* False when memory is out. */
bool kg_pieces_make(const struct kg_points *points, struct kg_arena *scratch, struct kg_pieces *pieces);

/* The piece between points `from` < `to`: rows from + 1 .. to, and row 0 when it starts there. The value at its right
 * end is that with the jumps in it, whose sizes are minimised out. */
struct kg_piece kg_pieces_measure(const struct kg_pieces *pieces, size_t from, size_t to);

#endif
