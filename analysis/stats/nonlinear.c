#include "stats/nonlinear.h"

#include <gsl/gsl_multifit_nlinear.h>
#include <float.h>
#include <string.h>

#include "stats/qr.h"

/* Iterations of the trust region per attempt. */
#define ITERATIONS 2000
/* The same when one of several starts is followed: a good start is there sooner. */
#define ITERATIONS_SEARCH 200
/* Tolerances of the trust region: it stops near the limit of double, the polish does the rest. */
#define STEP_TOLERANCE 1e-14
#define GRADIENT_TOLERANCE 1e-18
/* Gauss-Newton steps of the polish, and the relative step that is nothing but rounding in the model's values. */
#define POLISH 60
#define STILL 1e-9
/* Residual that stands for a value that does not exist, so that the step is not taken. */
#define FORBIDDEN 1e150

struct call {
	const struct kg_nonlinear *model;
	double *gradient;
};

/* y less the model's value at observation i. */
static long double residual(const struct kg_nonlinear *model, const long double *parameter, size_t i, double *gradient)
{
	long double y = model->y_low ? (long double)model->y[i] + model->y_low[i] : model->y[i];

	return y - model->value(parameter, model->data, i, gradient);
}

static void widen(const double *parameter, size_t p, long double *wide)
{
	for (size_t j = 0; j < p; j++)
		wide[j] = parameter[j];
}

static int residuals(const gsl_vector *parameter, void *context, gsl_vector *out)
{
	const struct call *call = context;
	long double wide[KG_NONLINEAR_MOST];

	widen(parameter->data, call->model->p, wide);
	for (size_t i = 0; i < call->model->n; i++) {
		double rest = -(double)residual(call->model, wide, i, call->gradient);

		gsl_vector_set(out, i, isfinite(rest) ? rest : FORBIDDEN);
	}
	return GSL_SUCCESS;
}

static int derivatives(const gsl_vector *parameter, void *context, gsl_matrix *out)
{
	const struct call *call = context;
	long double wide[KG_NONLINEAR_MOST];

	widen(parameter->data, call->model->p, wide);
	for (size_t i = 0; i < call->model->n; i++) {
		call->model->value(wide, call->model->data, i, call->gradient);
		for (size_t j = 0; j < call->model->p; j++)
			gsl_matrix_set(out, i, j, isfinite(call->gradient[j]) ? call->gradient[j] : 0);
	}
	return GSL_SUCCESS;
}

static double sum_squares(const struct kg_nonlinear *model, const long double *parameter)
{
	double gradient[KG_NONLINEAR_MOST];
	long double sum = 0;

	for (size_t i = 0; i < model->n; i++) {
		long double rest = residual(model, parameter, i, gradient);

		sum += rest * rest;
	}
	return isfinite((double)sum) ? (double)sum : INFINITY;
}

/* How the trust region measures parameters and chooses its step. */
struct attempt {
	const gsl_multifit_nlinear_scale *scale;
	const gsl_multifit_nlinear_trs *trs;
};

/* One run of the trust region with one scaling of the parameters. False when memory is out. */
static bool descend(const struct kg_nonlinear *model, const struct attempt *attempt, size_t iterations,
		    double *parameter)
{
	gsl_multifit_nlinear_parameters options = gsl_multifit_nlinear_default_parameters();
	double gradient[KG_NONLINEAR_MOST];
	struct call call = { model, gradient };
	gsl_multifit_nlinear_fdf system = {
		.f = residuals, .df = derivatives, .n = model->n, .p = model->p, .params = &call
	};
	gsl_vector_const_view start = gsl_vector_const_view_array(parameter, model->p);
	gsl_multifit_nlinear_workspace *work;
	int info;

	options.scale = attempt->scale;
	options.trs = attempt->trs;
	options.solver = gsl_multifit_nlinear_solver_qr;
	work = gsl_multifit_nlinear_alloc(gsl_multifit_nlinear_trust, &options, model->n, model->p);
	if (!work)
		return false;
	if (gsl_multifit_nlinear_init(&start.vector, &system, work) == GSL_SUCCESS) {
		gsl_multifit_nlinear_driver(iterations, STEP_TOLERANCE, GRADIENT_TOLERANCE, 0, NULL, NULL, &info, work);
		memcpy(parameter, work->x->data, model->p * sizeof *parameter);
	}
	gsl_multifit_nlinear_free(work);
	return true;
}

/* The derivatives as a design, its factors, and room for residuals. */
struct tangent {
	struct kg_design design;
	struct kg_qr *qr;
	double *x;
	long double *rest;
};

/* Factors the derivatives at `parameter`; false when they have not full rank there. */
static bool touch(const struct kg_nonlinear *model, const long double *parameter, struct tangent *tangent)
{
	double gradient[KG_NONLINEAR_MOST];

	for (size_t i = 0; i < model->n; i++) {
		tangent->rest[i] = residual(model, parameter, i, gradient);
		for (size_t j = 0; j < model->p; j++) {
			if (!isfinite(gradient[j]) || !isfinite((double)tangent->rest[i]))
				return false;
			tangent->x[j * model->n + i] = gradient[j];
		}
	}
	kg_qr_factor(tangent->qr, &tangent->design, NULL);
	return tangent->qr->rank == model->p;
}

/* Largest step relative to its parameter. */
static double measure_step(const long double *step, const long double *parameter, size_t p)
{
	double most = 0;

	for (size_t k = 0; k < p; k++)
		most = fmax(most, (double)fabsl(step[k]) / fmax((double)fabsl(parameter[k]), DBL_MIN));
	return most;
}

/* Gauss-Newton steps while they shrink; true when the last one is below rounding. */
static bool polish(const struct kg_nonlinear *model, struct tangent *tangent, long double *parameter)
{
	long double kept[KG_NONLINEAR_MOST];
	double best = INFINITY;

	for (size_t round = 0; round < POLISH; round++) {
		long double step[KG_NONLINEAR_MOST];
		double size;

		if (!touch(model, parameter, tangent))
			break;
		kg_qr_solve(tangent->qr, tangent->rest, step);
		size = measure_step(step, parameter, model->p);
		if (!(size < best))
			break;
		best = size;
		memcpy(kept, parameter, model->p * sizeof *kept);
		for (size_t k = 0; k < model->p; k++)
			parameter[k] += step[k];
	}
	if (!isinf(best))
		memcpy(parameter, kept, model->p * sizeof *kept);
	return best < STILL;
}

static void find_errors(const struct kg_qr *qr, double *inverse, struct kg_nonlinear_fit *fit)
{
	kg_qr_inverse(qr, inverse);
	for (size_t a = 0; a < qr->p; a++)
		for (size_t b = 0; b < qr->p; b++) {
			long double sum = 0;

			for (size_t c = 0; c < qr->p; c++)
				sum += (long double)inverse[c * qr->p + a] * inverse[c * qr->p + b];
			fit->covariance[a][b] = (double)(sum * fit->sigma * fit->sigma);
		}
	for (size_t a = 0; a < qr->p; a++)
		fit->std_error[a] = sqrt(fit->covariance[a][a]);
}

static void settle(const struct kg_nonlinear *model, struct tangent *tangent, struct kg_nonlinear_fit *fit)
{
	double inverse[KG_NONLINEAR_MOST * KG_NONLINEAR_MOST];
	long double parameter[KG_NONLINEAR_MOST];

	widen(fit->parameter, model->p, parameter);
	fit->why = polish(model, tangent, parameter) ? KG_WHY_NONE : KG_WHY_NOT_CONVERGED;
	fit->rss = sum_squares(model, parameter);
	fit->df = (double)model->n - (double)model->p;
	fit->sigma = fit->df > 0 ? sqrt(fit->rss / fit->df) : NAN;
	if (fit->why == KG_WHY_NONE && touch(model, parameter, tangent))
		find_errors(tangent->qr, inverse, fit);
	for (size_t j = 0; j < model->p; j++)
		fit->parameter[j] = (double)parameter[j];
}

#define ATTEMPTS 6

/* The first `most` attempts from one start until one converges. */
static bool solve_by(const struct kg_nonlinear *model, const double *start, size_t most, size_t iterations,
		     struct kg_arena *scratch, struct kg_nonlinear_fit *fit)
{
	const struct attempt attempt[ATTEMPTS] = {
		{ gsl_multifit_nlinear_scale_more, gsl_multifit_nlinear_trs_lm },
		{ gsl_multifit_nlinear_scale_marquardt, gsl_multifit_nlinear_trs_lm },
		{ gsl_multifit_nlinear_scale_levenberg, gsl_multifit_nlinear_trs_lm },
		{ gsl_multifit_nlinear_scale_more, gsl_multifit_nlinear_trs_lmaccel },
		{ gsl_multifit_nlinear_scale_marquardt, gsl_multifit_nlinear_trs_lmaccel },
		{ gsl_multifit_nlinear_scale_more, gsl_multifit_nlinear_trs_dogleg },
	};
	struct kg_arena_mark mark = kg_arena_mark(scratch);
	struct tangent tangent;

	*fit = (struct kg_nonlinear_fit){ .why = KG_WHY_TOO_FEW };
	if (model->n < model->p)
		return true;
	tangent.qr = kg_qr_new(model->n, model->p, scratch);
	tangent.x = KG_ARRAY(scratch, double, model->n * model->p);
	tangent.rest = KG_ARRAY(scratch, long double, model->n);
	if (kg_arena_failed(scratch))
		return false;
	tangent.design = (struct kg_design){ .n = model->n, .p = model->p, .x = tangent.x };
	fit->why = KG_WHY_NOT_CONVERGED;
	for (size_t a = 0; a < most && fit->why != KG_WHY_NONE; a++) {
		memcpy(fit->parameter, start, model->p * sizeof *start);
		if (!descend(model, &attempt[a], iterations, fit->parameter))
			return false;
		settle(model, &tangent, fit);
	}
	kg_arena_rewind(scratch, mark);
	return true;
}

bool kg_nonlinear_solve(const struct kg_nonlinear *model, const double *start, struct kg_arena *scratch,
			struct kg_nonlinear_fit *fit)
{
	return solve_by(model, start, ATTEMPTS, ITERATIONS, scratch, fit);
}

bool kg_nonlinear_search(const struct kg_nonlinear *model, const double *starts, size_t count, size_t most,
			 struct kg_arena *scratch, struct kg_nonlinear_fit *fit)
{
	double *sum = KG_ARRAY(scratch, double, count);
	long double wide[KG_NONLINEAR_MOST];

	*fit = (struct kg_nonlinear_fit){ .why = model->n < model->p ? KG_WHY_TOO_FEW : KG_WHY_NOT_CONVERGED };
	if (!sum)
		return false;
	for (size_t s = 0; s < count; s++) {
		widen(starts + s * model->p, model->p, wide);
		sum[s] = sum_squares(model, wide);
	}
	for (size_t tried = 0; tried < most && model->n >= model->p; tried++) {
		struct kg_nonlinear_fit now;
		size_t next = 0;

		for (size_t s = 1; s < count; s++)
			next = sum[s] < sum[next] ? s : next;
		if (isinf(sum[next]))
			break;
		sum[next] = INFINITY;
		if (!solve_by(model, starts + next * model->p, 2, ITERATIONS_SEARCH, scratch, &now))
			return false;
		if (now.why == KG_WHY_NONE && (fit->why != KG_WHY_NONE || now.rss < fit->rss))
			*fit = now;
	}
	return true;
}
