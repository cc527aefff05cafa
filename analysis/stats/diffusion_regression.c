#include <math.h>

#include "stats/diffusion.h"
#include "stats/qr.h"

/* Columns 1, N, N^2; with a known ceiling m the columns of p and q: m - N and N (m - N) / m. */
static void fill_columns(const double *flow, size_t n, double ceiling, double *x)
{
	long double total = 0;

	for (size_t i = 0; i < n; i++) {
		if (isnan(ceiling)) {
			x[i] = 1;
			x[n + i] = (double)total;
			x[2 * n + i] = (double)(total * total);
		} else {
			x[i] = (double)(ceiling - total);
			x[n + i] = (double)(total * (ceiling - total) / ceiling);
		}
		total += flow[i];
	}
}

/* From a, b, c to m, p, q and their derivatives. False: the parabola has no positive root. */
static bool convert(const long double c[3], double parameter[3], double by[3][3])
{
	long double root = c[1] * c[1] - 4 * c[0] * c[2], m, slope;

	if (!(root > 0) || !(c[2] < 0))
		return false;
	m = (-c[1] - sqrtl(root)) / (2 * c[2]);
	slope = 2 * c[2] * m + c[1];
	parameter[0] = (double)m;
	parameter[1] = (double)(c[0] / m);
	parameter[2] = (double)(-c[2] * m);
	for (size_t k = 0; k < 3; k++) {
		long double by_m = -(k == 0 ? 1 : k == 1 ? m : m * m) / slope;

		by[0][k] = (double)by_m;
		by[1][k] = (double)((k == 0 ? 1 / m : 0) - c[0] / (m * m) * by_m);
		by[2][k] = (double)(-c[2] * by_m - (k == 2 ? m : 0));
	}
	return m > 0;
}

static void find_covariance(const struct kg_qr *qr, const double *inverse, double by[3][3],
			    struct kg_nonlinear_fit *fit)
{
	size_t p = qr->p;
	double root[3][3] = { { 0 } };

	for (size_t a = 0; a < p; a++)
		for (size_t c = 0; c < p; c++)
			for (size_t k = 0; k < p; k++)
				root[a][c] += by[a][k] * inverse[c * p + k] * fit->sigma;
	for (size_t a = 0; a < p; a++)
		for (size_t b = 0; b < p; b++)
			for (size_t c = 0; c < p; c++)
				fit->covariance[a][b] += root[a][c] * root[b][c];
	for (size_t a = 0; a < p; a++)
		fit->std_error[a] = sqrt(fit->covariance[a][a]);
}

bool kg_diffusion_regress(const double *flow, size_t n, double ceiling, struct kg_arena *scratch,
			  struct kg_nonlinear_fit *fit)
{
	size_t p = isnan(ceiling) ? 3 : 2;
	struct kg_qr *qr = kg_qr_new(n, p, scratch);
	double *x = KG_ARRAY(scratch, double, n *p), inverse[9], by[3][3] = { { 1, 0, 0 }, { 0, 1, 0 }, { 0, 0, 1 } };
	long double *rest = KG_ARRAY(scratch, long double, n), solution[3], sum = 0;
	const struct kg_design design = { .n = n, .p = p, .x = x };

	*fit = (struct kg_nonlinear_fit){ .why = KG_WHY_NO_CURVE };
	if (!qr || !x || !rest)
		return false;
	fill_columns(flow, n, ceiling, x);
	for (size_t i = 0; i < n; i++)
		rest[i] = flow[i];
	kg_qr_factor(qr, &design, NULL);
	kg_qr_solve(qr, rest, solution);
	for (size_t i = qr->rank; i < n; i++)
		sum += rest[i] * rest[i];
	fit->rss = (double)sum;
	fit->df = (double)n - (double)p;
	fit->sigma = fit->df > 0 ? (double)sqrtl(sum / fit->df) : NAN;
	for (size_t k = 0; p == 2 && k < 2; k++)
		fit->parameter[k] = (double)solution[k];
	if (qr->rank < p || (p == 3 && !convert(solution, fit->parameter, by)))
		return true;
	kg_qr_inverse(qr, inverse);
	find_covariance(qr, inverse, by, fit);
	fit->why = KG_WHY_NONE;
	return true;
}
