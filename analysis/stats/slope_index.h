/* slope_index: the gap between the ends of a ranked population, from a line through its groups. */
#ifndef KG_STATS_SLOPE_INDEX_H
#define KG_STATS_SLOPE_INDEX_H

#include "stats/stat.h"

enum kg_transform { KG_TRANSFORM_NONE, KG_TRANSFORM_LOG, KG_TRANSFORM_LOGIT };

/* What the family needs besides the sample (y = value, x = rank, weight = population); in params->own. */
struct kg_inequality {
	enum kg_transform transform;
	const double *std_error;		/* of each value, NULL = not known */
	double epsilon;				/* Atkinson's aversion to inequality, >= 0 */
	const double *low, *high;		/* ends of each value, infinite where open; NULL = no bounds */
	const double *weight_low, *weight_high; /* of each weight; NULL = no bounds */
	size_t reruns;				/* of simulated limits, to see how far they move */
};

/* The weighted line of (transformed) values on the midpoints of cumulative population shares. */
struct kg_slope_line {
	double intercept, slope; /* at rank 0; from rank 0 to 1 */
	double var_intercept, var_slope, covariance;
	double df; /* INFINITY where standard errors of the values were given */
};

/* Numbers 0 .. n - 1 in ascending order of rank, equal ones as they stand. NULL: memory is out. */
const size_t *kg_slope_order(const double *rank, size_t n, struct kg_arena *scratch);

/* Fills the midpoint of each row's rank group in cumulative shares; rows of equal rank share one. False: memory is out.
 */
bool kg_slope_midpoints(const struct kg_sample *sample, struct kg_arena *scratch, double *midpoint);

/* The line through `value` (already transformed) with errors `error` (transformed too, NULL = from residuals). */
struct kg_slope_line kg_slope_line_fit(const struct kg_sample *sample, const double *midpoint, const double *value,
				       const double *error);

/* Value and derivative of the inverse of a transform. */
double kg_transform_back(enum kg_transform transform, double x);
double kg_transform_slope(enum kg_transform transform, double x);

/* Ranges of sii and rii, where bounds are given. The rii is open to both sides where the fitted value at rank 0 can
 * reach 0. */
void kg_slope_ranges(const struct kg_sample *sample, const struct kg_params *params, struct kg_arena *scratch,
		     struct kg_term out[2]);

/* Transforms values and their errors (delta method). KG_WHY_NEGATIVE where a value has no log or logit. */
enum kg_why kg_transform_values(const struct kg_inequality *of, const struct kg_sample *sample, double *value,
				double *error);

#endif
