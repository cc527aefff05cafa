#include "stats/line.h"

#include <float.h>
#include <math.h>

/* Residual standard deviation, relative to the largest value, that values rounded to double leave by themselves. */
#define ROUNDING (4 * DBL_EPSILON)

static long double weigh(const double *weight, size_t i)
{
	return weight ? weight[i] : 1;
}

static long double sum_squares(const struct kg_line *line, const double *x, const long double *y, const double *weight,
			       size_t n)
{
	long double sum = 0;

	for (size_t i = 0; i < n; i++) {
		long double residual = y[i] - line->intercept - line->slope * x[i];

		sum += weigh(weight, i) * residual * residual;
	}
	return sum;
}

struct kg_line kg_line_fit(const double *x, const long double *y, const double *weight, size_t n)
{
	struct kg_line line = { NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, (double)n - 2, false };
	long double most = 0, total = 0, mean_x = 0, mean_y = 0, sxx = 0, sxy = 0;

	for (size_t i = 0; i < n; i++) {
		most = fmaxl(most, fabsl(y[i]) * sqrtl(weigh(weight, i)));
		total += weigh(weight, i);
		mean_x += weigh(weight, i) * x[i];
		mean_y += weigh(weight, i) * y[i];
	}
	mean_x /= total;
	mean_y /= total;
	for (size_t i = 0; i < n; i++) {
		sxx += weigh(weight, i) * (x[i] - mean_x) * (x[i] - mean_x);
		sxy += weigh(weight, i) * (x[i] - mean_x) * (y[i] - mean_y);
	}
	if (n < 2 || !(sxx > 0))
		return line;
	line.mean_x = mean_x;
	line.sxx = sxx;
	line.slope = sxy / sxx;
	line.intercept = mean_y - line.slope * mean_x;
	line.rss = sum_squares(&line, x, y, weight, n);
	if (n == 2)
		return line;
	line.sigma = sqrtl(line.rss / (n - 2));
	line.exact = line.sigma <= ROUNDING * most;
	if (line.exact)
		return line;
	line.slope_se = line.sigma / sqrtl(sxx);
	line.intercept_se = line.sigma * sqrtl(1 / total + mean_x * mean_x / sxx);
	return line;
}
