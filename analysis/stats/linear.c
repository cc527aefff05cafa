#include "stats/linear.h"

#include <math.h>

/* Rounds of iterative refinement (Bjorck 1967): the second confirms the first. */
#define REFINEMENTS 2
/* Residuals below this part of the values (root mean square) are the rounding of the values themselves: a decimal
 * stored as a double is off by up to 2^-53 of itself, and powers among the covariates by a few times as much. */
#define EXACT_FIT 0x1p-50L

struct fitting {
	const struct kg_design *design;
	const double *y;
	double *root_weight; /* NULL = ones */
	long double *beta, *step, *work;
	struct kg_linear *linear;
};

/* work := root_weight (y - X beta) */
static void find_residuals(struct fitting *f)
{
	for (size_t i = 0; i < f->linear->n; i++) {
		long double left = f->y[i];

		for (size_t j = 0; j < f->linear->p; j++)
			left -= kg_design_value(f->design, i, j) * f->beta[j];
		f->work[i] = f->root_weight ? left * f->root_weight[i] : left;
	}
}

static void solve(struct fitting *f)
{
	for (int round = 0; round <= REFINEMENTS; round++) {
		find_residuals(f);
		kg_qr_solve(f->linear->qr, f->work, f->step);
		for (size_t j = 0; j < f->linear->p; j++)
			f->beta[j] += f->step[j];
	}
	find_residuals(f);
}

static long double weight_at(const struct fitting *f, size_t i)
{
	return f->root_weight ? (long double)f->root_weight[i] * f->root_weight[i] : 1;
}

/* Weighted sum of squares of y about `centre`. */
static long double square_about(const struct fitting *f, long double centre)
{
	long double sum = 0;

	for (size_t i = 0; i < f->linear->n; i++)
		sum += weight_at(f, i) * (f->y[i] - centre) * (f->y[i] - centre);
	return sum;
}

static long double mean_outcome(const struct fitting *f)
{
	long double sum = 0, weight = 0;

	for (size_t i = 0; i < f->linear->n; i++) {
		sum += weight_at(f, i) * f->y[i];
		weight += weight_at(f, i);
	}
	return sum / weight;
}

static void sum_squares(struct fitting *f)
{
	struct kg_linear *linear = f->linear;

	for (size_t i = 0; i < linear->n; i++)
		linear->rss += f->work[i] * f->work[i];
	linear->exact = linear->rss <= EXACT_FIT * EXACT_FIT * square_about(f, 0);
	if (linear->exact)
		linear->rss = 0;
	for (size_t i = 0; i < linear->n; i++)
		linear->residual[i] = linear->exact ? 0 : (double)f->work[i];
	linear->total = square_about(f, f->design->intercept ? mean_outcome(f) : 0);
}

static bool make_room(struct fitting *f, struct kg_arena *arena, const double *weight)
{
	size_t n = f->design->n, p = f->design->p;

	f->linear = KG_NEW(arena, struct kg_linear);
	f->beta = KG_ARRAY(arena, long double, p);
	f->step = KG_ARRAY(arena, long double, p);
	f->work = KG_ARRAY(arena, long double, n);
	f->root_weight = weight ? KG_ARRAY(arena, double, n) : NULL;
	if (kg_arena_failed(arena))
		return false;
	*f->linear = (struct kg_linear){ .n = n,
					 .p = p,
					 .qr = kg_qr_new(n, p, arena),
					 .coefficient = KG_ARRAY(arena, double, p),
					 .residual = KG_ARRAY(arena, double, n) };
	return !kg_arena_failed(arena);
}

const struct kg_linear *kg_linear_fit(const struct kg_design *design, const double *y, const double *weight,
				      struct kg_arena *arena)
{
	struct fitting f = { .design = design, .y = y };

	if (!make_room(&f, arena, weight))
		return NULL;
	for (size_t i = 0; weight && i < design->n; i++)
		f.root_weight[i] = sqrt(weight[i]);
	kg_qr_factor(f.linear->qr, design, f.root_weight);
	solve(&f);
	for (size_t j = 0; j < design->p; j++)
		f.linear->coefficient[j] = (double)f.beta[j];
	f.linear->df = (double)(design->n - f.linear->qr->rank);
	sum_squares(&f);
	return f.linear;
}
