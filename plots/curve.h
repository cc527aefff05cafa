/* curve: fitted curves of one covariate, for charts that are given raw observations. */
#ifndef KG_PLOTS_CURVE_H
#define KG_PLOTS_CURVE_H

#include <stdbool.h>
#include <stddef.h>

/* b0 + b1 (x - centre), with the covariance of both and the multiplier of the band. */
struct kg_curve {
	double centre, b0, b1, v00, v01, v11, multiplier;
	bool logistic;
};

/* Least squares. Points with a NaN are left out. False: fewer than 3 points, or all at one x. */
bool kg_curve_line(const double *x, const double *y, size_t n, double level, struct kg_curve *curve);

/* Maximum likelihood for outcomes 0 and 1, by Newton's method. False: one outcome only, one x only, or separation. */
bool kg_curve_logistic(const double *x, const double *y, size_t n, double level, struct kg_curve *curve);

/* Height of the curve and of its band at x; probabilities for the logistic. */
void kg_curve_at(const struct kg_curve *curve, double x, double *y, double *low, double *high);

/* Points at which a smooth curve is drawn. */
#define KG_CURVE_STEPS 80

#endif
