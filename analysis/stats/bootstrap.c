#include "stats/bootstrap.h"

#include <math.h>
#include <Rmath.h>
#include <stdlib.h>

double kg_bootstrap_acceleration(const double *jackknife, size_t n)
{
	long double mean = 0, second = 0, third = 0;
	size_t used = 0;

	for (size_t i = 0; i < n; i++)
		if (!isnan(jackknife[i])) {
			mean += jackknife[i];
			used++;
		}
	mean /= used ? (long double)used : 1;
	for (size_t i = 0; i < n; i++) {
		long double d = isnan(jackknife[i]) ? 0 : mean - jackknife[i];

		second += d * d;
		third += d * d * d;
	}
	return second > 0 ? (double)(third / (6 * powl(second, 1.5L))) : 0;
}

double kg_bootstrap_quantile(const double *sorted, size_t m, double p)
{
	double place = ((double)m + 1) * p;
	size_t k = (size_t)fmax(floor(place), 0);
	double lower, upper, share;

	if (k < 1)
		return sorted[0];
	if (k >= m)
		return sorted[m - 1];
	if (place == (double)k || isinf(sorted[k - 1]))
		return sorted[k - 1];
	lower = qnorm((double)k / ((double)m + 1), 0, 1, 1, 0);
	upper = qnorm(((double)k + 1) / ((double)m + 1), 0, 1, 1, 0);
	share = (qnorm(p, 0, 1, 1, 0) - lower) / (upper - lower);
	return sorted[k - 1] + share * (sorted[k] - sorted[k - 1]);
}

static int compare_values(const void *a, const void *b)
{
	double first = *(const double *)a, second = *(const double *)b;

	return (first > second) - (first < second);
}

/* Moves NaN out, sorts the rest; returns how many there are. */
static size_t sort_defined(double *value, size_t m)
{
	size_t kept = 0;

	for (size_t i = 0; i < m; i++)
		if (!isnan(value[i]))
			value[kept++] = value[i];
	qsort(value, kept, sizeof *value, compare_values);
	return kept;
}

static double find_std_error(const double *value, size_t m)
{
	long double mean = 0, square = 0;

	if (m < 2)
		return NAN;
	for (size_t i = 0; i < m; i++)
		mean += value[i];
	mean /= m;
	for (size_t i = 0; i < m; i++)
		square += (value[i] - mean) * (value[i] - mean);
	return (double)sqrtl(square / (m - 1));
}

/* Normal quantile of the share of replicates below the estimate; equal ones count half. */
static double find_bias(const double *sorted, size_t m, double estimate)
{
	double below = 0;

	for (size_t i = 0; i < m && sorted[i] <= estimate; i++)
		below += sorted[i] < estimate ? 1 : 0.5;
	return qnorm(below / (double)m, 0, 1, 1, 0);
}

static double adjust_level(double p, double bias, double acceleration)
{
	double z = bias + qnorm(p, 0, 1, 1, 0);

	return pnorm(bias + z / (1 - acceleration * z), 0, 1, 1, 0);
}

static bool accelerate(const struct kg_resampled *statistic, const struct kg_resampling *how, double *acceleration,
		       struct kg_arena *arena)
{
	size_t n = how->strata.n;
	double *jackknife = KG_ARRAY(arena, double, n);

	if (!jackknife || !kg_jackknife_run(statistic, n, how->threads, jackknife))
		return false;
	*acceleration = kg_bootstrap_acceleration(jackknife, n);
	return true;
}

static bool make_interval(const struct kg_bootstrap_plan *plan, struct kg_arena *arena, struct kg_bootstrap *out)
{
	double low = (1 - plan->conf_level) / 2, high = 1 - low, acceleration, bias;
	double *value = KG_ARRAY(arena, double, plan->how->replicates);
	size_t m;

	if (!value || !kg_bootstrap_run(plan->statistic, plan->how, value))
		return false;
	m = sort_defined(value, plan->how->replicates);
	*out = (struct kg_bootstrap){ NAN, NAN, find_std_error(value, m), plan->how->replicates - m };
	if (m < 2)
		return true;
	if (plan->kind == KG_BOOTSTRAP_STUDENTISED) {
		out->std_error = plan->std_error;
		out->low = plan->estimate - plan->std_error * kg_bootstrap_quantile(value, m, high);
		out->high = plan->estimate - plan->std_error * kg_bootstrap_quantile(value, m, low);
		return true;
	}
	if (plan->kind == KG_BOOTSTRAP_BCA) {
		if (!accelerate(plan->statistic, plan->how, &acceleration, arena))
			return false;
		bias = find_bias(value, m, plan->estimate);
		if (!isfinite(bias))
			return true; /* the estimate lies outside all replicates */
		low = adjust_level(low, bias, acceleration);
		high = adjust_level(high, bias, acceleration);
	}
	out->low = kg_bootstrap_quantile(value, m, low);
	out->high = kg_bootstrap_quantile(value, m, high);
	return true;
}

bool kg_bootstrap_interval(const struct kg_bootstrap_plan *plan, struct kg_bootstrap *out)
{
	struct kg_arena *arena = kg_arena_new(0);
	bool done = arena && make_interval(plan, arena, out);

	kg_arena_free(arena);
	return done;
}
