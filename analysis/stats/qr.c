#include "stats/qr.h"

#include <math.h>

/* A column whose part that is new is shorter than this, measured against its length, is collinear: the values come as
 * doubles, with 2^-53 of rounding each, so what remains of a dependent column is of that order (times a few operations
 * and the number of columns); a tenth power over [-9, -3] (NIST's Filip), the hardest column in use, keeps 2^-31. */
#define NEW_PART_LEAST 0x1p-43L

struct kg_qr *kg_qr_new(size_t n_most, size_t p_most, struct kg_arena *arena)
{
	struct kg_qr *qr = KG_NEW(arena, struct kg_qr);

	if (!qr)
		return NULL;
	qr->n_most = n_most;
	qr->p_most = p_most;
	qr->column = KG_ARRAY(arena, size_t, p_most);
	qr->collinear = KG_ARRAY(arena, bool, p_most);
	qr->scale = KG_ARRAY(arena, long double, p_most);
	qr->reflect = KG_ARRAY(arena, long double, n_most *p_most);
	qr->upper = KG_ARRAY(arena, long double, p_most *p_most);
	qr->work = KG_ARRAY(arena, long double, n_most);
	return kg_arena_failed(arena) ? NULL : qr;
}

/* Inner product; two chains of additions run side by side. */
static long double multiply(const long double *v, const long double *z, size_t from, size_t to)
{
	long double even = 0, odd = 0;
	size_t i = from;

	for (; i + 1 < to; i += 2) {
		even += v[i] * z[i];
		odd += v[i + 1] * z[i + 1];
	}
	return i < to ? even + odd + v[i] * z[i] : even + odd;
}

/* z := H z for reflector k, H = I - v v' with v'v = 2. */
static void reflect_column(const struct kg_qr *qr, size_t k, long double *z)
{
	const long double *v = &qr->reflect[k * qr->n];
	long double dot = multiply(v, z, k, qr->n);

	for (size_t i = k; i < qr->n; i++)
		z[i] -= dot * v[i];
}

static long double measure(const long double *z, size_t from, size_t to)
{
	return sqrtl(multiply(z, z, from, to));
}

/* Column j, weighted and scaled by a power of two, which rounds nothing, into work. Returns its length, 1 to 2; 0 when
 * it is zero throughout. */
static long double load_column(struct kg_qr *qr, const struct kg_design *design, const double *root_weight, size_t j)
{
	long double length, over;

	for (size_t i = 0; i < qr->n; i++)
		qr->work[i] = kg_design_value(design, i, j) * (root_weight ? root_weight[i] : 1);
	length = measure(qr->work, 0, qr->n);
	if (!(length > 0))
		return 0;
	qr->scale[j] = scalbnl(1, ilogbl(length));
	over = 1 / qr->scale[j];
	for (size_t i = 0; i < qr->n; i++)
		qr->work[i] *= over;
	return length * over;
}

/* Makes the reflector that turns rows rank.. of work into one entry, and takes the column up. */
static void take_column(struct kg_qr *qr, size_t j, long double length)
{
	size_t k = qr->rank++;
	long double *v = &qr->reflect[k * qr->n], diagonal = qr->work[k] > 0 ? -length : length;
	/* v'v = 2 length (length + |work[k]|) before scaling to 2. */
	long double factor = 1 / sqrtl(length * (length + fabsl(qr->work[k])));

	for (size_t i = 0; i < k; i++)
		qr->upper[k * qr->p_most + i] = qr->work[i];
	qr->upper[k * qr->p_most + k] = diagonal;
	v[k] = (qr->work[k] - diagonal) * factor;
	for (size_t i = k + 1; i < qr->n; i++)
		v[i] = qr->work[i] * factor;
	qr->column[k] = j;
}

void kg_qr_factor(struct kg_qr *qr, const struct kg_design *design, const double *root_weight)
{
	size_t n = design->n, p = design->p;

	qr->n = n;
	qr->p = p;
	qr->rank = 0;
	for (size_t j = 0; j < p; j++) {
		long double whole = qr->rank < n ? load_column(qr, design, root_weight, j) : 0, length = 0;

		if (whole > 0) {
			for (size_t k = 0; k < qr->rank; k++)
				reflect_column(qr, k, qr->work);
			length = measure(qr->work, qr->rank, n);
		}
		qr->collinear[j] = !(length > NEW_PART_LEAST * whole);
		if (!qr->collinear[j])
			take_column(qr, j, length);
	}
}

/* Solves R c = z for the first `rank` of z and gives c in the units of the design. */
static void solve_upper(const struct kg_qr *qr, const long double *z, long double *coefficient)
{
	for (size_t j = 0; j < qr->p; j++)
		coefficient[j] = 0;
	for (size_t k = qr->rank; k-- > 0;) {
		long double sum = z[k];

		for (size_t m = k + 1; m < qr->rank; m++)
			sum -= qr->upper[m * qr->p_most + k] * coefficient[qr->column[m]];
		coefficient[qr->column[k]] = sum / qr->upper[k * qr->p_most + k];
	}
	for (size_t k = 0; k < qr->rank; k++)
		coefficient[qr->column[k]] /= qr->scale[qr->column[k]];
}

void kg_qr_solve(const struct kg_qr *qr, long double *z, long double *coefficient)
{
	for (size_t k = 0; k < qr->rank; k++)
		reflect_column(qr, k, z);
	solve_upper(qr, z, coefficient);
}

/* Solves R'h = g; g in the units of the design, h into its first `rank` entries. */
static void solve_lower(const struct kg_qr *qr, long double *g)
{
	for (size_t k = 0; k < qr->rank; k++) {
		long double sum = g[qr->column[k]] / qr->scale[qr->column[k]];

		for (size_t m = 0; m < k; m++)
			sum -= qr->upper[k * qr->p_most + m] * g[m];
		g[k] = sum / qr->upper[k * qr->p_most + k];
	}
}

void kg_qr_correct(const struct kg_qr *qr, long double *f, long double *g, long double *step)
{
	solve_lower(qr, g);
	for (size_t k = 0; k < qr->rank; k++)
		reflect_column(qr, k, f);
	for (size_t k = 0; k < qr->rank; k++) {
		long double h = g[k];

		g[k] = f[k] - h;
		f[k] = h;
	}
	solve_upper(qr, g, step);
	for (size_t k = qr->rank; k-- > 0;)
		reflect_column(qr, k, f);
}

void kg_qr_covariance_column(const struct kg_qr *qr, size_t j, long double *column)
{
	long double *g = qr->work;

	for (size_t k = 0; k < qr->p; k++)
		g[k] = k == j;
	solve_lower(qr, g);
	solve_upper(qr, g, column);
}

void kg_qr_leverage(const struct kg_qr *qr, const struct kg_design *design, const double *root_weight,
		    long double *room, double *leverage)
{
	size_t n = qr->n;

	for (size_t i = 0; i < n; i++)
		leverage[i] = 0;
	for (size_t k = 0; k < qr->rank; k++) {
		long double *q = room + k * n, over = 1 / qr->upper[k * qr->p_most + k];
		size_t j = qr->column[k];

		for (size_t i = 0; i < n; i++)
			q[i] = kg_design_value(design, i, j) * root_weight[i] / qr->scale[j];
		for (size_t m = 0; m < k; m++)
			for (size_t i = 0; i < n; i++)
				q[i] -= qr->upper[k * qr->p_most + m] * room[m * n + i];
		for (size_t i = 0; i < n; i++) {
			q[i] *= over;
			leverage[i] += (double)(q[i] * q[i]);
		}
	}
}

void kg_qr_orthogonal(const struct kg_qr *qr, double *q)
{
	for (size_t k = 0; k < qr->rank; k++) {
		for (size_t i = 0; i < qr->n; i++)
			qr->work[i] = i == k;
		for (size_t m = k + 1; m-- > 0;)
			reflect_column(qr, m, qr->work);
		for (size_t i = 0; i < qr->n; i++)
			q[k * qr->n + i] = (double)qr->work[i];
	}
}

void kg_qr_inverse(const struct kg_qr *qr, double *inverse)
{
	for (size_t k = 0; k < qr->rank; k++) {
		long double *column = qr->work; /* n >= rank */

		for (size_t i = qr->rank; i-- > 0;) {
			long double sum = i == k;

			for (size_t m = i + 1; m <= k && i < k; m++)
				sum -= qr->upper[m * qr->p_most + i] * column[m];
			column[i] = i > k ? 0 : sum / qr->upper[i * qr->p_most + i];
		}
		for (size_t i = 0; i < qr->rank; i++)
			inverse[k * qr->rank + i] = (double)(column[i] / qr->scale[qr->column[i]]);
	}
}
