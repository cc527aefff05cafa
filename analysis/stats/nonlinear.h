/* nonlinear: least squares for models that are not linear in their parameters: the trust region of GSL's
 * multifit_nlinear with exact derivatives, then Gauss-Newton steps in long double until nothing moves. Pure numbers. */
#ifndef KG_STATS_NONLINEAR_H
#define KG_STATS_NONLINEAR_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/term.h"

#define KG_NONLINEAR_MOST 9 /* parameters */

/* Value of the model at observation i; writes the p derivatives into `gradient`. */
typedef long double kg_nonlinear_value(const long double *parameter, const void *data, size_t i, double *gradient);

struct kg_nonlinear {
	kg_nonlinear_value *value;
	const void *data;
	const double *y, *y_low; /* y_low: what rounding took from y; NULL = nothing */
	size_t n, p;
};

struct kg_nonlinear_fit {
	double parameter[KG_NONLINEAR_MOST], std_error[KG_NONLINEAR_MOST];
	double covariance[KG_NONLINEAR_MOST][KG_NONLINEAR_MOST];
	double rss, sigma, df;
	enum kg_why why; /* NOT_CONVERGED: no minimum was reached; parameters are where it stopped */
};

/* From one start. Converged means: the last Gauss-Newton step is below rounding in every parameter and the derivatives
 * have full rank. TOO_FEW when n < p. False when memory is out. */
bool kg_nonlinear_solve(const struct kg_nonlinear *model, const double *start, struct kg_arena *scratch,
			struct kg_nonlinear_fit *fit);

/* From several starts (each p long), each followed for a while only: tried in the order of their sums of squares, at
 * most `most`; the converged fit with the least sum wins. False when memory is out. */
bool kg_nonlinear_search(const struct kg_nonlinear *model, const double *starts, size_t count, size_t most,
			 struct kg_arena *scratch, struct kg_nonlinear_fit *fit);

#endif
