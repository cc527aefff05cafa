#include "stats/logit.h"

#include <math.h>
#include <string.h>

#define ITERATIONS_MOST 60 /* Newton; a separated fit moves by about 1 in each */
#define SCORINGS_MOST 2000 /* Fisher scoring of the modified score converges linearly */
#define HALVINGS_MOST 30
/* Squared length of the step in units of standard errors: below this a Newton step leaves errors under 1e-16. */
#define DECREMENT_LEAST 1e-18
#define DECREMENT_LEAST_SCORING 1e-24
/* On a profile only the objective counts, and it is as far from its maximum as the decrement. */
#define DECREMENT_LEAST_PROFILE 1e-16
#define STEP_LEAST 1e-6 /* change of the linear predictor; separated rows move by 1 in each step */
/* The objective is a sum of n terms; a change below this share of it is rounding. */
#define OBJECTIVE_ROUNDING 1e-13

struct kg_logit *kg_logit_new(size_t n, size_t p, struct kg_arena *arena)
{
	struct kg_logit *fit = KG_NEW(arena, struct kg_logit);

	if (!fit)
		return NULL;
	fit->coefficient = KG_ARRAY(arena, double, p);
	fit->step = KG_ARRAY(arena, double, p);
	fit->linear = KG_ARRAY(arena, double, n);
	fit->fitted = KG_ARRAY(arena, double, n);
	fit->unfitted = KG_ARRAY(arena, double, n);
	fit->leverage = KG_ARRAY(arena, double, n);
	fit->step_linear = KG_ARRAY(arena, double, n);
	fit->root_weight = KG_ARRAY(arena, double, n);
	fit->q = KG_ARRAY(arena, long double, n *p);
	fit->z = KG_ARRAY(arena, long double, n);
	fit->solution = KG_ARRAY(arena, long double, p);
	fit->covariance_column = KG_ARRAY(arena, long double, p);
	fit->full = kg_qr_new(n, p, arena);
	return kg_arena_failed(arena) ? NULL : fit;
}

static double get_trials(const struct kg_logit_problem *problem, size_t i)
{
	return problem->trials ? problem->trials[i] : 1;
}

static void multiply(const struct kg_design *design, const double *coefficient, double *linear)
{
	for (size_t i = 0; i < design->n; i++) {
		long double sum = 0;

		for (size_t j = 0; j < design->p; j++)
			sum += coefficient[j] * kg_design_value(design, i, j);
		linear[i] = (double)sum;
	}
}

/* Half the log determinant of the information, from R. */
static double find_penalty(const struct kg_qr *qr)
{
	long double sum = 0;

	for (size_t k = 0; k < qr->rank; k++)
		sum += logl(fabsl(qr->upper[k * qr->p_most + k])) + logl(qr->scale[qr->column[k]]);
	return (double)sum;
}

/* Probabilities, weights and objective at the linear predictor in `fit`; factors what the next step needs. */
static void evaluate(const struct kg_logit_problem *problem, struct kg_logit *fit)
{
	long double objective = 0;

	for (size_t i = 0; i < problem->design->n; i++) {
		double x = fit->linear[i], m = get_trials(problem, i), low = exp(-fabs(x));

		fit->fitted[i] = (x > 0 ? 1 : low) / (1 + low);
		fit->unfitted[i] = (x > 0 ? low : 1) / (1 + low);
		fit->root_weight[i] = sqrt(m * low) / (1 + low);
		/* -log p = log(1 + e^-|x|), and |x| more where p is the smaller of the two */
		if (m > 0)
			objective -= m * log1p(low) + (x > 0 ? m - problem->success[i] : problem->success[i]) * fabs(x);
	}
	fit->objective = (double)objective;
	if (!problem->firth)
		return;
	kg_qr_factor(fit->full, problem->design, fit->root_weight);
	kg_qr_leverage(fit->full, problem->design, fit->root_weight, fit->q, fit->leverage);
	fit->objective += find_penalty(fit->full);
}

/* Weighted residual, with Firth's correction of the score. */
static void load_residual(const struct kg_logit_problem *problem, struct kg_logit *fit)
{
	for (size_t i = 0; i < problem->design->n; i++) {
		double m = get_trials(problem, i), other = fit->unfitted[i];
		double failure = m - problem->success[i];
		double residual = problem->success[i] * other - failure * fit->fitted[i];

		if (problem->firth)
			residual += fit->leverage[i] * (other - fit->fitted[i]) / 2;
		fit->z[i] = m > 0 && fit->root_weight[i] > 0 ? residual / fit->root_weight[i] : 0;
	}
}

/* Holds the fixed coefficient: the free step less its regression on that coefficient's, by the covariance of both.
 * Returns what the squared length of the step loses. */
static double hold_fixed(const struct kg_logit_problem *problem, struct kg_logit *fit)
{
	size_t fixed = problem->fixed;
	long double *column = fit->covariance_column, ratio, lost;

	if (fixed == KG_LOGIT_FREE || fit->full->collinear[fixed])
		return 0;
	kg_qr_covariance_column(fit->full, fixed, column);
	ratio = fit->solution[fixed] / column[fixed];
	lost = ratio * fit->solution[fixed];
	for (size_t j = 0; j < problem->design->p; j++)
		fit->solution[j] = j == fixed ? 0 : fit->solution[j] - ratio * column[j];
	return (double)lost;
}

/* Fills step and step_linear; returns the squared length of the step in standard errors. */
static double find_step(const struct kg_logit_problem *problem, struct kg_logit *fit)
{
	double decrement = 0;

	if (!problem->firth)
		kg_qr_factor(fit->full, problem->design, fit->root_weight);
	load_residual(problem, fit);
	kg_qr_solve(fit->full, fit->z, fit->solution);
	for (size_t k = 0; k < fit->full->rank; k++)
		decrement += (double)(fit->z[k] * fit->z[k]);
	decrement -= hold_fixed(problem, fit);
	for (size_t j = 0; j < problem->design->p; j++)
		fit->step[j] = (double)fit->solution[j];
	multiply(problem->design, fit->step, fit->step_linear);
	return fmax(0, decrement);
}

/* Takes the step, halved until the objective does not fall. */
static void take_step(const struct kg_logit_problem *problem, struct kg_logit *fit)
{
	double before = fit->objective, slack = OBJECTIVE_ROUNDING * (1 + fabs(before)), share = 1;

	for (size_t halving = 0; halving < HALVINGS_MOST; halving++) {
		double change = halving == 0 ? share : -share;

		for (size_t j = 0; j < problem->design->p; j++)
			fit->coefficient[j] += change * fit->step[j];
		multiply(problem->design, fit->coefficient, fit->linear);
		evaluate(problem, fit);
		if (fit->objective >= before - slack)
			return;
		share /= 2;
	}
}

static double find_longest(const double *value, size_t n)
{
	double longest = 0;

	for (size_t i = 0; i < n; i++)
		longest = fmax(longest, fabs(value[i]));
	return longest;
}

void kg_logit_maximise(const struct kg_logit_problem *problem, struct kg_logit *fit)
{
	const struct kg_design *design = problem->design;
	size_t most = problem->firth ? SCORINGS_MOST : ITERATIONS_MOST;
	bool profile = problem->fixed != KG_LOGIT_FREE;
	double least = profile ? DECREMENT_LEAST_PROFILE : problem->firth ? DECREMENT_LEAST_SCORING : DECREMENT_LEAST;

	fit->design = design;
	if (problem->fixed != KG_LOGIT_FREE)
		fit->coefficient[problem->fixed] = problem->fixed_at;
	multiply(design, fit->coefficient, fit->linear);
	evaluate(problem, fit);
	fit->why = KG_WHY_NOT_CONVERGED;
	for (fit->iterations = 1; fit->iterations <= most; fit->iterations++) {
		double decrement = find_step(problem, fit);

		take_step(problem, fit);
		if (decrement < least && (profile || find_longest(fit->step_linear, design->n) < STEP_LEAST)) {
			fit->why = KG_WHY_NONE;
			return;
		}
		if (!problem->firth && problem->fixed == KG_LOGIT_FREE && decrement < 1 &&
		    kg_logit_separation(problem, fit, NULL, NULL) != KG_SEPARATION_NONE) {
			fit->why = KG_WHY_SEPARATION;
			return;
		}
	}
}

void kg_logit_covariance(const struct kg_logit_problem *problem, struct kg_logit *fit, double *covariance,
			 struct kg_arena *scratch)
{
	size_t p = problem->design->p, rank;
	double *inverse = KG_ARRAY(scratch, double, p *p);

	for (size_t k = 0; k < p * p; k++)
		covariance[k] = NAN;
	if (!inverse)
		return;
	kg_qr_factor(fit->full, problem->design, fit->root_weight);
	kg_qr_leverage(fit->full, problem->design, fit->root_weight, fit->q, fit->leverage);
	kg_qr_inverse(fit->full, inverse);
	rank = fit->full->rank;
	for (size_t a = 0; a < rank; a++)
		for (size_t b = 0; b < rank; b++) {
			long double sum = 0;

			for (size_t k = a > b ? a : b; k < rank; k++)
				sum += (long double)inverse[k * rank + a] * inverse[k * rank + b];
			covariance[fit->full->column[a] * p + fit->full->column[b]] = (double)sum;
		}
}
