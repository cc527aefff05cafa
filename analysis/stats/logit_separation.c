#include <math.h>
#include <string.h>

#include "stats/logit.h"

/* The step along which a separated likelihood grows has exact zeros for rows that are not separated; after k Newton
 * steps what is left there is of order exp(-k). */
#define ZERO_SHARE 1e-7

static bool has_success(const struct kg_logit_problem *problem, size_t i)
{
	return problem->success[i] > 0 && (!problem->trials || problem->trials[i] > 0);
}

static bool has_failure(const struct kg_logit_problem *problem, size_t i)
{
	return problem->success[i] < (problem->trials ? problem->trials[i] : 1);
}

/* Every row on its side of 0: successes above, failures below. */
static bool is_complete(const struct kg_logit_problem *problem, const double *linear)
{
	for (size_t i = 0; i < problem->design->n; i++)
		if ((has_success(problem, i) && !(linear[i] > 0)) || (has_failure(problem, i) && !(linear[i] < 0)))
			return false;
	return true;
}

/* No row is pushed to the wrong side by the direction, and some are pushed. */
static bool is_quasi(const struct kg_logit_problem *problem, const double *direction, double longest)
{
	double zero = ZERO_SHARE * longest;

	for (size_t i = 0; i < problem->design->n; i++)
		if ((has_success(problem, i) && direction[i] < -zero) ||
		    (has_failure(problem, i) && direction[i] > zero))
			return false;
	return true;
}

static bool is_constant(const struct kg_design *design, size_t j)
{
	for (size_t i = 1; i < design->n; i++)
		if (design->x[j * design->n + i] != design->x[j * design->n])
			return false;
	return true;
}

/* Successes all above failures in column j, or all below. */
static bool separates_alone(const struct kg_logit_problem *problem, size_t j)
{
	const double *x = problem->design->x + j * problem->design->n;
	double success_low = INFINITY, success_high = -INFINITY, failure_low = INFINITY, failure_high = -INFINITY;

	for (size_t i = 0; i < problem->design->n; i++) {
		if (has_success(problem, i)) {
			success_low = fmin(success_low, x[i]);
			success_high = fmax(success_high, x[i]);
		}
		if (has_failure(problem, i)) {
			failure_low = fmin(failure_low, x[i]);
			failure_high = fmax(failure_high, x[i]);
		}
	}
	return success_low > failure_high || failure_low > success_high;
}

static void name_complete(const struct kg_logit_problem *problem, bool *infinite)
{
	size_t alone = 0;

	for (size_t j = 0; j < problem->design->p; j++) {
		infinite[j] = separates_alone(problem, j);
		alone += infinite[j];
	}
	for (size_t j = 0; j < problem->design->p && alone == 0; j++)
		infinite[j] = !is_constant(problem->design, j);
}

/* Columns that the direction moves: their part of it, over the range of the column, is not zero. */
static void name_quasi(const struct kg_logit_problem *problem, const struct kg_logit *fit, double longest,
		       bool *infinite)
{
	const struct kg_design *design = problem->design;

	for (size_t j = 0; j < design->p; j++) {
		double furthest = 0;

		for (size_t i = 0; i < design->n; i++)
			furthest = fmax(furthest, fabs(design->x[j * design->n + i]));
		infinite[j] = fabs(fit->step[j]) * furthest > sqrt(ZERO_SHARE) * longest;
	}
}

enum kg_separation kg_logit_separation(const struct kg_logit_problem *problem, const struct kg_logit *fit,
				       bool *infinite, bool *left)
{
	double longest = 0;

	for (size_t i = 0; i < problem->design->n; i++)
		longest = fmax(longest, fabs(fit->step_linear[i]));
	if (is_complete(problem, fit->linear)) {
		if (infinite)
			name_complete(problem, infinite);
		return KG_SEPARATION_COMPLETE;
	}
	if (longest < 0.5 || !is_quasi(problem, fit->step_linear, longest))
		return KG_SEPARATION_NONE;
	if (infinite)
		name_quasi(problem, fit, longest, infinite);
	for (size_t i = 0; left && i < problem->design->n; i++)
		left[i] = fabs(fit->step_linear[i]) <= ZERO_SHARE * longest;
	return KG_SEPARATION_QUASI;
}
