#include "stats/linear.h"

#include <math.h>

#include "stats/exact_sum.h"

/* Rounds of iterative refinement: each gains about 19 digits less those of the condition number; NIST's hardest sets
 * need two. */
#define REFINEMENTS 3
/* Residuals below this part of the values (root mean square) are the rounding of the values themselves: a decimal
 * stored as a double is off by up to 2^-53 of itself, and powers among the covariates by a few times as much. */
#define EXACT_FIT 0x1p-50L

struct fitting {
	const struct kg_design *design;
	const double *y;
	double *root_weight;	      /* NULL = ones */
	long double *beta, *step, *g; /* p */
	long double *r, *f;	      /* n */
	struct kg_linear *linear;
};

static long double scale_at(const struct fitting *fit, size_t i)
{
	return fit->root_weight ? fit->root_weight[i] : 1;
}

/* f := z - r - X beta, each sum in twice the precision. */
static void find_f(struct fitting *fit)
{
	for (size_t i = 0; i < fit->linear->n; i++) {
		struct kg_exact_sum sum = { fit->y[i] * scale_at(fit, i), 0 };

		kg_exact_add(&sum, -fit->r[i]);
		for (size_t j = 0; j < fit->linear->p; j++)
			kg_exact_add_product(&sum, -kg_design_value(fit->design, i, j) * scale_at(fit, i),
					     fit->beta[j]);
		fit->f[i] = kg_exact_value(&sum);
	}
}

/* g := -X'r, each sum in twice the precision. */
static void find_g(struct fitting *fit)
{
	for (size_t j = 0; j < fit->linear->p; j++) {
		struct kg_exact_sum sum = { 0, 0 };

		for (size_t i = 0; i < fit->linear->n; i++)
			kg_exact_add_product(&sum, -kg_design_value(fit->design, i, j) * scale_at(fit, i), fit->r[i]);
		fit->g[j] = kg_exact_value(&sum);
	}
}

/* From beta = 0 and r = 0: the first round is the plain solution. */
static void solve(struct fitting *fit)
{
	for (int round = 0; round <= REFINEMENTS; round++) {
		find_f(fit);
		find_g(fit);
		kg_qr_correct(fit->linear->qr, fit->f, fit->g, fit->step);
		for (size_t j = 0; j < fit->linear->p; j++)
			fit->beta[j] += fit->step[j];
		for (size_t i = 0; i < fit->linear->n; i++)
			fit->r[i] += fit->f[i];
	}
}

static long double weight_at(const struct fitting *fit, size_t i)
{
	return scale_at(fit, i) * scale_at(fit, i);
}

/* Weighted sum of squares of y about `centre`. */
static long double square_about(const struct fitting *fit, long double centre)
{
	long double sum = 0;

	for (size_t i = 0; i < fit->linear->n; i++)
		sum += weight_at(fit, i) * (fit->y[i] - centre) * (fit->y[i] - centre);
	return sum;
}

static long double mean_outcome(const struct fitting *fit)
{
	long double sum = 0, weight = 0;

	for (size_t i = 0; i < fit->linear->n; i++) {
		sum += weight_at(fit, i) * fit->y[i];
		weight += weight_at(fit, i);
	}
	return sum / weight;
}

static void sum_squares(struct fitting *fit)
{
	struct kg_linear *linear = fit->linear;

	for (size_t i = 0; i < linear->n; i++)
		linear->rss += fit->r[i] * fit->r[i];
	linear->exact = linear->rss <= EXACT_FIT * EXACT_FIT * square_about(fit, 0);
	if (linear->exact)
		linear->rss = 0;
	for (size_t i = 0; i < linear->n; i++)
		linear->residual[i] = linear->exact ? 0 : (double)fit->r[i];
	linear->total = square_about(fit, fit->design->intercept ? mean_outcome(fit) : 0);
}

static bool make_room(struct fitting *fit, struct kg_arena *arena, const double *weight)
{
	size_t n = fit->design->n, p = fit->design->p;

	fit->linear = KG_NEW(arena, struct kg_linear);
	fit->beta = KG_ARRAY(arena, long double, p);
	fit->step = KG_ARRAY(arena, long double, p);
	fit->g = KG_ARRAY(arena, long double, p);
	fit->r = KG_ARRAY(arena, long double, n);
	fit->f = KG_ARRAY(arena, long double, n);
	fit->root_weight = weight ? KG_ARRAY(arena, double, n) : NULL;
	if (kg_arena_failed(arena))
		return false;
	*fit->linear = (struct kg_linear){ .n = n,
					   .p = p,
					   .qr = kg_qr_new(n, p, arena),
					   .coefficient = KG_ARRAY(arena, double, p),
					   .residual = KG_ARRAY(arena, double, n) };
	return !kg_arena_failed(arena);
}

const struct kg_linear *kg_linear_fit(const struct kg_design *design, const double *y, const double *weight,
				      struct kg_arena *arena)
{
	struct fitting fit = { .design = design, .y = y };

	if (!make_room(&fit, arena, weight))
		return NULL;
	for (size_t i = 0; weight && i < design->n; i++)
		fit.root_weight[i] = sqrt(weight[i]);
	kg_qr_factor(fit.linear->qr, design, fit.root_weight);
	solve(&fit);
	for (size_t j = 0; j < design->p; j++)
		fit.linear->coefficient[j] = (double)fit.beta[j];
	fit.linear->df = (double)(design->n - fit.linear->qr->rank);
	sum_squares(&fit);
	return fit.linear;
}
