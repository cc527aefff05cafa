/* qr: least squares by Householder reflections in long double (Golub 1965, "Numerical methods for solving linear least
 * squares problems"), columns scaled to length 1 and taken in their order; a column that the ones before it explain is
 * set aside as collinear. Everything lives in the arena given to kg_qr_new; one workspace serves any number of
 * problems of its size or smaller, without further allocation. */
#ifndef KG_STATS_QR_H
#define KG_STATS_QR_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/design.h"

struct kg_qr {
	size_t n, p, rank;
	size_t n_most, p_most;
	size_t *column;	      /* design column of each of the `rank` columns of R */
	bool *collinear;      /* of each design column */
	long double *scale;   /* length of each design column */
	long double *reflect; /* reflectors, n rows each */
	long double *upper;   /* R of the scaled columns: row i of column k is upper[k * p_most + i] */
	long double *work;    /* n */
};

/* Room for n_most rows and p_most columns. NULL when memory is out. */
struct kg_qr *kg_qr_new(size_t n_most, size_t p_most, struct kg_arena *arena);

/* Factors diag(root_weight) X; root_weight NULL = ones. */
void kg_qr_factor(struct kg_qr *qr, const struct kg_design *design, const double *root_weight);

/* Value of row i in column j of a design, with what rounding took from it. */
static inline long double kg_design_value(const struct kg_design *design, size_t i, size_t j)
{
	size_t at = j * design->n + i;

	return design->x_low ? (long double)design->x[at] + design->x_low[at] : design->x[at];
}

/* Least squares: `z` (n values, already multiplied by root_weight) becomes Q'z; `coefficient` has p values, 0 for
 * collinear columns. The sum of squared residuals is that of z[rank] .. z[n - 1]. */
void kg_qr_solve(const struct kg_qr *qr, long double *z, long double *coefficient);

/* One correction of a least-squares solution b with residuals r (Bjorck 1967, "Iterative refinement of linear least
 * squares solutions"): `f` = z - r - X b becomes what to add to r, `g` (p) = -X'r is used up, and `step` (p) is what to
 * add to b. X stands for diag(root_weight) X. */
void kg_qr_correct(const struct kg_qr *qr, long double *f, long double *g, long double *step);

/* Column j of (X'WX)^-1: p values, 0 for collinear columns. j itself is not collinear. */
void kg_qr_covariance_column(const struct kg_qr *qr, size_t j, long double *column);

/* Leverages, the squared lengths of the rows of Q: n values. `room`: n x rank. The design and root_weight are those
 * that were factored. */
void kg_qr_leverage(const struct kg_qr *qr, const struct kg_design *design, const double *root_weight,
		    long double *room, double *leverage);

/* Rows of Q: n x rank values, value of row i in column k at q[k * n + i]. diag(root_weight) X = Q R. */
void kg_qr_orthogonal(const struct kg_qr *qr, double *q);

/* Inverse of R in the units of the design: rank x rank, row i of column k at inverse[k * rank + i], zero below the
 * diagonal. Then (X'WX)^-1 = inverse inverse'. */
void kg_qr_inverse(const struct kg_qr *qr, double *inverse);

#endif
