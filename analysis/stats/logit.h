/* logit: maximum of the binomial likelihood with a logit link, or of Firth's penalised one, and what surrounds it:
 * covariance, profile limits, separation. Numerics behind the methods `logistic` and `firth`. */
#ifndef KG_STATS_LOGIT_H
#define KG_STATS_LOGIT_H

#include "base/term.h"
#include "stats/qr.h"

#define KG_LOGIT_FREE ((size_t)-1)

struct kg_logit_problem {
	const struct kg_design *design;
	const double *success; /* 0 .. trials of each row */
	const double *trials;  /* NULL = 1 each; 0 leaves a row out */
	bool firth;	       /* add half the log determinant of the information (Firth 1993) */
	size_t fixed;	       /* this coefficient is held at `fixed_at`; KG_LOGIT_FREE = none */
	double fixed_at;
};

struct kg_logit {
	const struct kg_design *design;
	double *coefficient;		    /* p; 0 for collinear columns */
	double *linear, *fitted, *unfitted; /* n: linear predictor, probability, and 1 less it without cancellation */
	double *leverage;		    /* n: of the weighted design; filled for firth and by kg_logit_covariance */
	double *step, *step_linear;	    /* the last step, and what it changed in `linear` */
	double objective;		    /* log likelihood without its constant, with the penalty when asked for */
	size_t iterations;
	enum kg_why why; /* NONE, NOT_CONVERGED, SEPARATION, TOO_FEW */
	struct kg_qr *full;
	double *root_weight;
	long double *z, *solution, *covariance_column, *q;
};

/* Room for fits of a design of n rows and p columns. NULL when memory is out. */
struct kg_logit *kg_logit_new(size_t n, size_t p, struct kg_arena *arena);

/* Newton's method (Firth: Fisher scoring of the modified score, Heinze and Schemper 2002) with step halving, from the
 * coefficients in `fit` (zeros at first). Stops when the step is below what double resolves; a maximum at infinity is
 * recognised and told as KG_WHY_SEPARATION. */
void kg_logit_maximise(const struct kg_logit_problem *problem, struct kg_logit *fit);

/* Inverse information at the coefficients: p x p, NaN for collinear columns. */
void kg_logit_covariance(const struct kg_logit_problem *problem, struct kg_logit *fit, double *covariance,
			 struct kg_arena *scratch);

/* Limits of coefficient j where the profile of the objective has fallen by half the chi-squared quantile of
 * `conf_level` from `maximum`, the objective of the free fit at `start`. Infinite where it does not fall that far. */
struct kg_profile {
	double low, high;
};
struct kg_profile kg_logit_profile(const struct kg_logit_problem *problem, const struct kg_logit *best, size_t j,
				   double std_error, double conf_level, struct kg_arena *scratch);

/* Objective with coefficient j held at `value`, the others at their best. NaN when memory is out. */
double kg_logit_profile_at(const struct kg_logit_problem *problem, const struct kg_logit *best, size_t j, double value,
			   struct kg_arena *scratch);

enum kg_separation { KG_SEPARATION_NONE, KG_SEPARATION_QUASI, KG_SEPARATION_COMPLETE };

/* After a fit that ended in KG_WHY_SEPARATION (Albert and Anderson 1984): which coefficients are infinite. Complete:
 * the covariates that separate the outcomes each alone, or all together when none does. Quasi-complete: those in the
 * direction along which the likelihood grows for ever; `left` (n) then marks rows that lie off that direction: they
 * alone decide the other coefficients. */
enum kg_separation kg_logit_separation(const struct kg_logit_problem *problem, const struct kg_logit *fit,
				       bool *infinite, bool *left);

#endif
