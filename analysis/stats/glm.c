#include "stats/glm.h"

#include <math.h>
#include <string.h>

#include "stats/glm_family.h"

/* Done when the linear predictor moves by less than this (root mean square, working weights). Steps shrink
 * quadratically (Poisson, binomial) or by a small factor: the error left after the last one is far below. */
#define ETA_STEP 1e-10
/* A fit without infinite coefficients needs about 5 steps, one from a poor start about 12. */
#define STEPS_MOST 25
#define HALVES_MOST 30
/* Deviance may rise by rounding: relative. */
#define DEVIANCE_ROUNDING 1e-12
/* A coefficient whose last full step still moved some linear predictor by this much goes to infinity: along a
 * separating direction steps are about 1, elsewhere they have vanished after STEPS_MOST steps. */
#define INFINITE_STEP 1e-3
/* Residuals below this part of the expected counts (root mean square) are their rounding. */
#define EXACT_FIT 0x1p-50L
/* A coefficient that moves linear predictors apart by no more than this part of the largest is the rounding of 0. */
#define PREDICTOR_ROUNDING 0x1p-53

struct kg_glm *kg_glm_new(size_t n_most, size_t p_most, struct kg_arena *arena)
{
	struct kg_glm *glm = KG_NEW(arena, struct kg_glm);

	if (!glm)
		return NULL;
	glm->qr = kg_qr_new(n_most, p_most, arena);
	glm->coefficient = KG_ARRAY(arena, double, p_most);
	glm->infinite = KG_ARRAY(arena, bool, p_most);
	glm->mu = KG_ARRAY(arena, double, n_most);
	glm->root_weight = KG_ARRAY(arena, double, n_most);
	glm->residual = KG_ARRAY(arena, double, n_most);
	glm->beta = KG_ARRAY(arena, long double, p_most);
	glm->step = KG_ARRAY(arena, long double, p_most);
	glm->work = KG_ARRAY(arena, long double, n_most);
	return kg_arena_failed(arena) ? NULL : glm;
}

static double offset(const struct kg_glm_data *data, size_t i)
{
	return data->offset ? data->offset[i] : 0;
}

/* Expected counts and deviance at glm->beta. */
static void evaluate(struct kg_glm *glm, const struct kg_glm_data *data)
{
	long double deviance = 0;

	for (size_t i = 0; i < glm->n; i++) {
		long double eta = offset(data, i);

		for (size_t j = 0; j < glm->p; j++)
			eta += kg_design_value(data->design, i, j) * glm->beta[j];
		glm->mu[i] = kg_family_mean(data, i, (double)eta);
		deviance += kg_family_deviance(data, i, glm->mu[i]);
	}
	glm->deviance = (double)deviance;
}

/* Factors the weighted design at glm->mu and leaves the Pearson residuals. */
static void factor(struct kg_glm *glm, const struct kg_glm_data *data)
{
	for (size_t i = 0; i < glm->n; i++) {
		glm->root_weight[i] = sqrt(kg_family_weight(data, i, glm->mu[i]));
		glm->residual[i] =
		    glm->root_weight[i] == 0 ? 0 : glm->root_weight[i] * kg_family_residual(data, i, glm->mu[i]);
	}
	kg_qr_factor(glm->qr, data->design, glm->root_weight);
}

/* First coefficients: least squares of the starting predictor plus the working residual. */
static void start(struct kg_glm *glm, const struct kg_glm_data *data)
{
	for (size_t i = 0; i < glm->n; i++)
		glm->mu[i] = kg_family_mean(data, i, kg_family_start(data, i));
	factor(glm, data);
	for (size_t i = 0; i < glm->n; i++)
		glm->work[i] = glm->root_weight[i] * (kg_family_start(data, i) - offset(data, i)) + glm->residual[i];
	kg_qr_solve(glm->qr, glm->work, glm->beta);
}

/* One scoring step in glm->step; root mean square move of the linear predictor. */
static double find_step(struct kg_glm *glm, const struct kg_glm_data *data)
{
	long double move = 0, weight = 0;

	factor(glm, data);
	for (size_t i = 0; i < glm->n; i++) {
		glm->work[i] = glm->residual[i];
		weight += (long double)glm->root_weight[i] * glm->root_weight[i];
	}
	kg_qr_solve(glm->qr, glm->work, glm->step);
	for (size_t k = 0; k < glm->qr->rank; k++)
		move += glm->work[k] * glm->work[k];
	return weight > 0 ? (double)sqrtl(move / weight) : 0;
}

static void add_step(struct kg_glm *glm, long double factor_of_step)
{
	for (size_t j = 0; j < glm->p; j++)
		glm->beta[j] += factor_of_step * glm->step[j];
}

/* Takes the step, or as many halves of it as do not raise the deviance. */
static void take_step(struct kg_glm *glm, const struct kg_glm_data *data)
{
	double before = glm->deviance, most = before + DEVIANCE_ROUNDING * (fabs(before) + 1);
	long double taken = 1;

	add_step(glm, 1);
	evaluate(glm, data);
	for (int half = 0; !(glm->deviance <= most) && half < HALVES_MOST; half++) {
		taken /= 2;
		add_step(glm, -taken);
		evaluate(glm, data);
	}
}

static double largest(const double *value, size_t n)
{
	double most = 0;

	for (size_t i = 0; i < n; i++)
		most = fmax(most, fabs(value[i]));
	return most;
}

/* Which coefficients the last step still carries away. */
static bool find_infinite(struct kg_glm *glm, const struct kg_design *design)
{
	bool any = false;

	for (size_t j = 0; j < glm->p; j++) {
		double most = largest(design->x + j * glm->n, glm->n);

		glm->infinite[j] = fabs((double)glm->step[j]) * most > INFINITE_STEP;
		any |= glm->infinite[j];
	}
	return any;
}

static bool is_constant(const struct kg_glm_data *data)
{
	bool none = true, all = data->family == KG_FAMILY_BINOMIAL;

	for (size_t i = 0; i < data->design->n; i++) {
		none &= data->y[i] == 0;
		all &= data->y[i] == (data->trials ? data->trials[i] : 1);
	}
	return none || all;
}

/* Largest linear predictor, without its offset. */
static double largest_predictor(const struct kg_glm *glm, const struct kg_design *design)
{
	double most = 0;

	for (size_t i = 0; i < glm->n; i++) {
		long double eta = 0;

		for (size_t j = 0; j < glm->p; j++)
			eta += kg_design_value(design, i, j) * glm->beta[j];
		most = fmax(most, fabs((double)eta));
	}
	return most;
}

/* Largest less smallest value of a column. */
static double find_range(const double *value, size_t n)
{
	double least = value[0], most = value[0];

	for (size_t i = 1; i < n; i++) {
		least = fmin(least, value[i]);
		most = fmax(most, value[i]);
	}
	return most - least;
}

static void copy_coefficients(struct kg_glm *glm, const struct kg_design *design)
{
	double rounding = PREDICTOR_ROUNDING * largest_predictor(glm, design);

	for (size_t j = 0; j < glm->p; j++) {
		double range = find_range(design->x + j * glm->n, glm->n);
		bool nothing = range > 0 && range * fabs((double)glm->beta[j]) <= rounding;

		glm->coefficient[j] = glm->infinite[j] || nothing ? 0 : (double)glm->beta[j];
	}
}

static void finish(struct kg_glm *glm, const struct kg_glm_data *data)
{
	long double pearson = 0, weight = 0;

	factor(glm, data);
	for (size_t i = 0; i < glm->n; i++) {
		pearson += (long double)glm->residual[i] * glm->residual[i];
		weight += (long double)glm->root_weight[i] * glm->root_weight[i];
	}
	glm->exact = pearson <= EXACT_FIT * EXACT_FIT * weight;
	glm->pearson = glm->exact ? 0 : (double)pearson;
	if (glm->exact) {
		memset(glm->residual, 0, glm->n * sizeof glm->residual[0]);
		glm->deviance = 0;
	}
	copy_coefficients(glm, data->design);
}

enum kg_why kg_glm_fit(struct kg_glm *glm, const struct kg_glm_data *data)
{
	double move = INFINITY;
	enum kg_why why = KG_WHY_NONE;

	glm->n = data->design->n;
	glm->p = data->design->p;
	glm->iterations = 0;
	memset(glm->infinite, 0, glm->p * sizeof glm->infinite[0]);
	if (is_constant(data))
		return KG_WHY_CONSTANT_OUTCOME;
	if (!glm->warm)
		start(glm, data);
	evaluate(glm, data);
	while (move > ETA_STEP && glm->iterations++ < STEPS_MOST) {
		move = find_step(glm, data);
		take_step(glm, data);
	}
	if (!(move <= ETA_STEP))
		why = find_infinite(glm, data->design) ? KG_WHY_SEPARATION : KG_WHY_NOT_CONVERGED;
	finish(glm, data);
	return why;
}

double kg_glm_log_likelihood(const struct kg_glm *glm, const struct kg_glm_data *data)
{
	long double sum = 0;

	for (size_t i = 0; i < glm->n; i++)
		sum += kg_family_log_likelihood(data, i, glm->mu[i]);
	return (double)sum;
}
