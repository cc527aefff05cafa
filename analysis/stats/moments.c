#include "stats/moments.h"

#include <stdlib.h>
#include <string.h>

long double kg_mean(const double *y, size_t n)
{
	long double sum = 0, rest = 0, mean;

	for (size_t i = 0; i < n; i++)
		sum += y[i];
	mean = sum / (long double)n;
	for (size_t i = 0; i < n; i++)
		rest += y[i] - mean;
	return mean + rest / (long double)n;
}

long double kg_sum_squares(const double *y, size_t n, long double mean)
{
	long double squares = 0, rest = 0;

	for (size_t i = 0; i < n; i++) {
		long double deviation = y[i] - mean;

		squares += deviation * deviation;
		rest += deviation;
	}
	return squares - rest * rest / (long double)n;
}

bool kg_has_spread(const double *y, size_t n)
{
	for (size_t i = 1; i < n; i++)
		if (y[i] != y[0])
			return true;
	return false;
}

double kg_standard_deviation(const double *y, size_t n)
{
	if (n < 2)
		return NAN;
	if (!kg_has_spread(y, n))
		return 0;
	return (double)sqrtl(kg_sum_squares(y, n, kg_mean(y, n)) / (long double)(n - 1));
}

double kg_quantile(const double *sorted, size_t n, double p)
{
	double place = (double)(n - 1) * p;
	size_t below = (size_t)place;
	double share = place - (double)below;

	if (below + 1 >= n || share == 0)
		return sorted[below];
	return (double)((1 - (long double)share) * sorted[below] + (long double)share * sorted[below + 1]);
}

static int compare_values(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

double *kg_sorted(const double *y, size_t n, struct kg_arena *arena)
{
	double *sorted = KG_ARRAY(arena, double, n + 1);

	if (!sorted)
		return NULL;
	if (n)
		memcpy(sorted, y, n * sizeof *sorted);
	qsort(sorted, n, sizeof *sorted, compare_values);
	return sorted;
}

double kg_autocorrelation(const double *y, const long *period, size_t n)
{
	long double mean = n ? kg_mean(y, n) : 0, rest = 0, products = 0, squares = 0, before = 0;

	if (!kg_has_spread(y, n))
		return NAN;
	for (size_t i = 0; i < n; i++)
		rest += (y[i] - mean) / (long double)n;
	for (size_t i = 0; i < n; i++) {
		long double deviation = y[i] - mean - rest;

		if (i && (!period || period[i] - period[i - 1] == 1))
			products += deviation * before;
		squares += deviation * deviation;
		before = deviation;
	}
	return (double)(products / squares);
}

static size_t fit_moments(const struct kg_sample *sample, const struct kg_params *params, struct kg_arena *scratch,
			  struct kg_term *out, size_t room)
{
	(void)params, (void)scratch;
	if (room < 2)
		return 0;
	out[0] = kg_term_new("mean", NULL);
	out[0].estimate = (double)kg_mean(sample->y, sample->n);
	out[1] = kg_term_new("sd", NULL);
	out[1].estimate = kg_standard_deviation(sample->y, sample->n);
	return 2;
}

const struct kg_stat kg_stat_moments = {
	.program = "describe",
	.id = "moments",
	.title = "Mean and standard deviation",
	.formula =
	    "mean = sum(y) / n; sd = sqrt(sum((y - mean)^2) / (n - 1)). Both in two passes in extended precision, "
	    "the second correcting the rounding of the first.",
	.source = "Chan, T. F., Golub, G. H. and LeVeque, R. J. (1983), Algorithms for computing the sample variance: "
		  "analysis and recommendations, The American Statistician 37(3), 242-247.",
	.assumes =
	    "Numbers on an interval scale. Missing cells are left out and counted in n_missing; a cell that is a "
	    "bound counts with its stated figure. One value has a mean but no standard deviation.",
	.unit = "unit of the column",
	.agrees =
	    "NIST StRD, univariate summary statistics: all nine sets, mean to 15 digits and standard deviation to 13 "
	    "or the limit of decimals stored as doubles (NumAcc3 9.4, NumAcc4 8.2).",
	.needs = KG_NEEDS_Y,
	.min_n = 1,
	.fit = fit_moments,
	.terms_most = 2,
};
