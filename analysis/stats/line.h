/* line: straight line through weighted points, the fit below every log-linear trend. Pure numbers. */
#ifndef KG_STATS_LINE_H
#define KG_STATS_LINE_H

#include <stdbool.h>
#include <stddef.h>

struct kg_line {
	long double slope, intercept; /* y = intercept + slope x */
	long double slope_se, intercept_se;
	long double sigma;	 /* residual standard deviation, of a point of weight 1 */
	long double rss;	 /* weighted residual sum of squares */
	long double mean_x, sxx; /* weighted mean and sum of squares of x */
	double df;		 /* n - 2 */
	bool exact;		 /* residuals are nothing but rounding: there are no standard errors */
};

/* Weighted least squares (weight NULL = all 1), centred, in long double. NaN standard errors when n = 2; all NaN when
 * n < 2 or every x is the same. */
struct kg_line kg_line_fit(const double *x, const long double *y, const double *weight, size_t n);

#endif
