/* moments: mean, spread, order statistics and serial correlation of one sample. Sums are in long double, in two
 * passes. */
#ifndef KG_STATS_MOMENTS_H
#define KG_STATS_MOMENTS_H

#include "stats/stat.h"

/* Arithmetic mean of n >= 1 values, in their unit: rounded sum / n, then corrected by the mean of the residuals. */
long double kg_mean(const double *y, size_t n);

/* Sum of squared deviations from `mean`, corrected for the rounding of the mean (Chan, Golub and LeVeque 1983). */
long double kg_sum_squares(const double *y, size_t n, long double mean);

/* True when not all n values are the same. */
bool kg_has_spread(const double *y, size_t n);

/* Standard deviation with divisor n - 1; NaN for n < 2. */
double kg_standard_deviation(const double *y, size_t n);

/* Quantile p, 0 <= p <= 1, of n >= 1 values sorted upwards: definition 7 of Hyndman and Fan (1996). */
double kg_quantile(const double *sorted, size_t n, double p);

/* A copy sorted upwards; NULL when memory is out. */
double *kg_sorted(const double *y, size_t n, struct kg_arena *arena);

/* Lag-1 autocorrelation as NIST defines it: sum of the products of neighbouring deviations / sum of squares. `period`
 * (NULL = each follows the one before) says which values are neighbours: periods that differ by 1. NaN: no spread. */
double kg_autocorrelation(const double *y, const long *period, size_t n);

#endif
