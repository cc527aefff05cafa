/* glm: generalised linear models by iteratively reweighted least squares (Nelder & Wedderburn 1972), each step by
 * kg_qr, taken in full and halved while the deviance rises, until the linear predictor moves no more.
 * Everything lives in the arena given to kg_glm_new; one workspace fits any number of models of its size or smaller
 * without further allocation:
 *
 *	struct kg_glm *glm = kg_glm_new(n, p, scratch);
 *	struct kg_glm_data data = { .family = KG_FAMILY_POISSON, .design = &design, .y = y, .offset = log_population };
 *	enum kg_why why = kg_glm_fit(glm, &data); */
#ifndef KG_STATS_GLM_H
#define KG_STATS_GLM_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/design.h"
#include "base/term.h"
#include "stats/qr.h"

enum kg_family {
	KG_FAMILY_POISSON,	     /* log link, variance mu */
	KG_FAMILY_BINOMIAL,	     /* logit link, variance mu (1 - mu / trials) */
	KG_FAMILY_NEGATIVE_BINOMIAL, /* NB2: log link, variance mu + mu^2 / theta */
};

/* All arrays have design->n values. */
struct kg_glm_data {
	enum kg_family family;
	const struct kg_design *design;
	const double *y;      /* counts of zero or more; binomial: successes */
	const double *trials; /* binomial: NULL = 1 each */
	const double *offset; /* added to the linear predictor, such as ln(population); NULL = none */
	const double *weight; /* prior weights, > 0; NULL = ones */
	double theta;	      /* negative binomial */
};

struct kg_glm {
	size_t n, p;
	struct kg_qr *qr;	  /* of diag(root_weight) X at the solution: rank, collinear, inverse of R */
	double *coefficient;	  /* p; 0 where collinear or infinite */
	bool *infinite;		  /* p; the likelihood rises without end along these coefficients (separation) */
	double *mu;		  /* n; expected count */
	double *root_weight;	  /* n */
	double *residual;	  /* n; Pearson residuals, also what kg_covariance_make needs */
	double deviance, pearson; /* both chi-squared with n - rank degrees of freedom when the model holds */
	bool exact;		  /* the residuals are no more than rounding: they, deviance and pearson are set to 0 */
	unsigned iterations;
	bool warm;			 /* set by the caller: start from the coefficients of the fit before */
	long double *beta, *step, *work; /* p, p, n */
};

/* Room for n_most rows and p_most columns. NULL when memory is out. */
struct kg_glm *kg_glm_new(size_t n_most, size_t p_most, struct kg_arena *arena);

/* Fits. Returns KG_WHY_NONE; KG_WHY_CONSTANT_OUTCOME (all counts 0, or all successes or all failures: nothing is
 * estimated); KG_WHY_SEPARATION (some coefficients are infinite, the others are right); KG_WHY_NOT_CONVERGED. */
enum kg_why kg_glm_fit(struct kg_glm *glm, const struct kg_glm_data *data);

/* Logarithm of the likelihood at the fit, with all constants. */
double kg_glm_log_likelihood(const struct kg_glm *glm, const struct kg_glm_data *data);

#endif
