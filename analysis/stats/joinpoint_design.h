/* joinpoint_design: a linear model with weights and autocorrelated errors as whitened columns, solved by least squares.
 * Pure numbers; everything lives in the arena it was made in. */
#ifndef KG_STATS_JOINPOINT_DESIGN_H
#define KG_STATS_JOINPOINT_DESIGN_H

#include "stats/joinpoint_rows.h"
#include "stats/qr.h"

struct kg_joinpoint_design {
	struct kg_whitening whitening;
	struct kg_qr *qr;
	size_t n, p;
	double *raw, *x; /* raw: one column as it is; x: all columns, whitened */
	long double *rest, *solution;
};

/* Room for `most` columns. False when memory is out. */
bool kg_joinpoint_design_make(const struct kg_points *points, size_t most, struct kg_arena *scratch,
			      struct kg_joinpoint_design *design);

/* Takes `raw` up as the next column. */
void kg_joinpoint_design_add(struct kg_joinpoint_design *design);

/* One column for each jump: 1 from there on. */
void kg_joinpoint_design_jumps(const struct kg_points *points, struct kg_joinpoint_design *design);

/* Rows first .. last by least squares into `solution`; returns the sum of squares that is left. Uses the columns up. */
long double kg_joinpoint_design_solve(struct kg_joinpoint_design *design, const double *y, size_t first, size_t last);

#endif
