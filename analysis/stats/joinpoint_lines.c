#include <math.h>

#include "stats/joinpoint_design.h"

/* Columns of lines of their own: level, slope and jumps; then one column per joinpoint, which takes its point out. */
static void add_lines(const struct kg_points *points, const struct kg_placement *placement,
		      struct kg_joinpoint_lines *lines, struct kg_joinpoint_design *design)
{
	for (size_t j = 0; j <= placement->k; j++) {
		size_t from = j ? placement->at[j - 1] + 1 : 0, to = j < placement->k ? placement->at[j] : points->n;

		lines->centre[j] = (points->x[from] + points->x[to - 1]) / 2;
		for (size_t level = 0; level < 2; level++) {
			for (size_t t = 0; t < points->n; t++)
				design->raw[t] = t < from || t >= to ? 0 : level ? points->x[t] - lines->centre[j] : 1;
			kg_joinpoint_design_add(design);
		}
	}
	for (size_t j = 0; j < placement->k; j++) {
		for (size_t t = 0; t < points->n; t++)
			design->raw[t] = t == placement->at[j];
		kg_joinpoint_design_add(design);
	}
	kg_joinpoint_design_jumps(points, design);
}

/* Where the design's column `at` stands among those that were not set aside; SIZE_MAX when it was. */
static size_t find_column(const struct kg_qr *qr, size_t at)
{
	for (size_t k = 0; k < qr->rank; k++)
		if (qr->column[k] == at)
			return k;
	return SIZE_MAX;
}

static double covary(const struct kg_qr *qr, const double *inverse, size_t a, size_t b)
{
	size_t i = find_column(qr, a), j = find_column(qr, b);
	long double sum = 0;

	if (i == SIZE_MAX || j == SIZE_MAX)
		return NAN;
	for (size_t c = 0; c < qr->rank; c++)
		sum += (long double)inverse[c * qr->rank + i] * inverse[c * qr->rank + j];
	return (double)sum;
}

/* A jump that no line spans is not determined, and so are the levels after it, without the jump: no covariance. */
static void forget_levels(const struct kg_points *points, const struct kg_placement *placement,
			  struct kg_joinpoint_lines *lines)
{
	for (size_t i = 0; i < points->jumps; i++) {
		size_t at = lines->count - points->jumps + i;

		for (size_t j = 1; isnan(lines->covariance[at][at]) && j <= placement->k; j++)
			for (size_t a = 0; placement->at[j - 1] + 1 >= points->jump[i] && a < lines->count; a++)
				lines->covariance[2 * j][a] = lines->covariance[a][2 * j] = NAN;
	}
}

/* Adds what the lines take over from a quantity that is not known exactly. */
static void add_shift(const struct kg_points *points, size_t k, struct kg_joinpoint_design *design,
		      struct kg_joinpoint_lines *lines)
{
	double response[KG_LINES_MOST];

	kg_joinpoint_design_solve(design, points->shift, 0, points->n - 1);
	for (size_t a = 0; a < lines->count; a++)
		response[a] = (double)design->solution[a < 2 * k + 2 ? a : a + k];
	for (size_t a = 0; a < lines->count; a++)
		for (size_t b = 0; b < lines->count; b++)
			lines->covariance[a][b] += points->shift_variance * response[a] * response[b];
}

bool kg_joinpoint_lines(const struct kg_points *points, const struct kg_placement *placement, struct kg_arena *scratch,
			struct kg_joinpoint_lines *lines)
{
	struct kg_arena_mark mark = kg_arena_mark(scratch);
	size_t k = placement->k, plain = 2 * k + 2, most = plain + k + points->jumps;
	double *inverse = KG_ARRAY(scratch, double, most *most), variance;
	struct kg_joinpoint_design design;
	long double sse;

	if (!inverse || !kg_joinpoint_design_make(points, most, scratch, &design))
		return false;
	*lines = (struct kg_joinpoint_lines){ .count = plain + points->jumps };
	add_lines(points, placement, lines, &design);
	sse = kg_joinpoint_design_solve(&design, points->y, 0, points->n - 1);
	lines->df = (double)points->n - (double)design.qr->rank;
	variance = lines->df > 0 ? (double)sse / lines->df : NAN;
	kg_qr_inverse(design.qr, inverse);
	for (size_t a = 0; a < lines->count; a++)
		for (size_t b = 0; b < lines->count; b++)
			lines->covariance[a][b] =
			    variance * covary(design.qr, inverse, a < plain ? a : a + k, b < plain ? b : b + k);
	forget_levels(points, placement, lines);
	if (points->shift)
		add_shift(points, k, &design, lines);
	kg_arena_rewind(scratch, mark);
	return true;
}

double kg_joinpoint_slope_se(const struct kg_joinpoint_lines *lines, size_t j)
{
	return sqrt(lines->covariance[2 * j + 1][2 * j + 1]);
}

double kg_joinpoint_jump_se(const struct kg_joinpoint_lines *lines, const struct kg_points *points, size_t i)
{
	size_t at = lines->count - points->jumps + i;

	return sqrt(lines->covariance[at][at]);
}
