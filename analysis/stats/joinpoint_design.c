#include "stats/joinpoint_design.h"

bool kg_joinpoint_design_make(const struct kg_points *points, size_t most, struct kg_arena *scratch,
			      struct kg_joinpoint_design *design)
{
	size_t n = points->n;

	*design = (struct kg_joinpoint_design){ .n = n,
						.qr = kg_qr_new(n, most, scratch),
						.raw = KG_ARRAY(scratch, double, n),
						.x = KG_ARRAY(scratch, double, n *most),
						.rest = KG_ARRAY(scratch, long double, n),
						.solution = KG_ARRAY(scratch, long double, most) };
	return !kg_arena_failed(scratch) && kg_whitening_make(points, scratch, &design->whitening);
}

void kg_joinpoint_design_add(struct kg_joinpoint_design *design)
{
	kg_whitening_apply(&design->whitening, design->raw, design->x + design->n * design->p++);
}

void kg_joinpoint_design_jumps(const struct kg_points *points, struct kg_joinpoint_design *design)
{
	for (size_t i = 0; i < points->jumps; i++) {
		for (size_t t = 0; t < points->n; t++)
			design->raw[t] = t >= points->jump[i];
		kg_joinpoint_design_add(design);
	}
}

long double kg_joinpoint_design_solve(struct kg_joinpoint_design *design, const double *y, size_t first, size_t last)
{
	struct kg_design rows = { .n = last - first + 1, .p = design->p };
	double *x = design->x;
	long double sse = 0;

	for (size_t j = 0; rows.n < design->n && j < design->p; j++)
		for (size_t t = 0; t < rows.n; t++)
			x[j * rows.n + t] = x[j * design->n + first + t];
	rows.x = x;
	for (size_t t = 0; t < rows.n; t++)
		design->rest[t] = kg_whitening_row(&design->whitening, y, first + t);
	kg_qr_factor(design->qr, &rows, NULL);
	kg_qr_solve(design->qr, design->rest, design->solution);
	for (size_t t = design->qr->rank; t < rows.n; t++)
		sse += design->rest[t] * design->rest[t];
	return sse;
}
