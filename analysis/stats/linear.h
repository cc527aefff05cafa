/* linear: least squares with one or more covariates, the fit below ols and wls. Pure numbers. */
#ifndef KG_STATS_LINEAR_H
#define KG_STATS_LINEAR_H

#include "stats/qr.h"
#include "stats/stat.h"

struct kg_linear {
	size_t n, p;
	struct kg_qr *qr;    /* of diag(root of weight) X */
	double *coefficient; /* p; 0 where collinear */
	double *residual;    /* n, times the root of the weight */
	long double rss,
	    total;  /* weighted sums of squares: of residuals; of y about its mean, about 0 without intercept */
	double df;  /* n - rank */
	bool exact; /* the residuals are no more than the rounding of y: they, and rss, are set to 0 */
};

/* Fits y on the design; weight NULL = ones. NULL when memory is out. */
const struct kg_linear *kg_linear_fit(const struct kg_design *design, const double *y, const double *weight,
				      struct kg_arena *arena);

/* What ols and wls return: coefficients, then r_squared, adj_r_squared, sigma and f_statistic; as kg_stat.fit. */
size_t kg_linear_terms(const struct kg_sample *sample, const struct kg_params *params, struct kg_arena *scratch,
		       struct kg_term *out, size_t room);
#define KG_LINEAR_SUMMARY 4 /* rows after the coefficients */

/* Fitted values of each row and the limits of their expectation (not of new observations); NaN limits where the model
 * has no standard errors. */
struct kg_band {
	double *fitted, *low, *high; /* n */
};

/* Fits as kg_linear_terms does. False when memory is out. */
bool kg_linear_band(const struct kg_sample *sample, const struct kg_params *params, struct kg_arena *arena,
		    struct kg_band *band);

#endif
