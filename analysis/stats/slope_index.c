#include "stats/slope_index.h"

#include <Rmath.h>
#include <math.h>
#include <stdlib.h>

struct ranked {
	double rank;
	size_t at;
};

static int compare_ranks(const void *a, const void *b)
{
	const struct ranked *left = a, *right = b;

	if (left->rank != right->rank)
		return left->rank > right->rank ? 1 : -1;
	return (left->at > right->at) - (left->at < right->at);
}

const size_t *kg_slope_order(const double *rank, size_t n, struct kg_arena *scratch)
{
	size_t *order = KG_ARRAY(scratch, size_t, n), sorted = 1;
	struct ranked *by;

	for (size_t i = 0; order && i < n; i++)
		order[i] = i;
	while (sorted < n && rank[sorted - 1] <= rank[sorted])
		sorted++;
	if (!order || sorted >= n)
		return order;
	by = KG_ARRAY(scratch, struct ranked, n);
	if (!by)
		return NULL;
	for (size_t i = 0; i < n; i++)
		by[i] = (struct ranked){ rank[i], i };
	qsort(by, n, sizeof *by, compare_ranks);
	for (size_t i = 0; i < n; i++)
		order[i] = by[i].at;
	return order;
}

bool kg_slope_midpoints(const struct kg_sample *sample, struct kg_arena *scratch, double *midpoint)
{
	const size_t *order = kg_slope_order(sample->x, sample->n, scratch);
	long double total = 0, below = 0;

	if (!order)
		return false;
	for (size_t i = 0; i < sample->n; i++)
		total += sample->weight[i];
	for (size_t from = 0, to; from < sample->n; from = to) {
		long double here = 0;

		for (to = from; to < sample->n && sample->x[order[to]] == sample->x[order[from]]; to++)
			here += sample->weight[order[to]];
		for (size_t k = from; k < to; k++)
			midpoint[order[k]] = (double)((below + here / 2) / total);
		below += here;
	}
	return true;
}

/* Weighted sums of the line: shares a, ranks r about their mean. */
struct sums {
	long double total, rank, value, square, product;
};

static struct sums add_up(const struct kg_sample *sample, const double *midpoint, const double *value)
{
	struct sums sum = { 0 };

	for (size_t i = 0; i < sample->n; i++)
		sum.total += sample->weight[i];
	for (size_t i = 0; i < sample->n; i++) {
		sum.rank += sample->weight[i] / sum.total * midpoint[i];
		sum.value += sample->weight[i] / sum.total * value[i];
	}
	for (size_t i = 0; i < sample->n; i++) {
		long double centred = midpoint[i] - sum.rank, share = sample->weight[i] / sum.total;

		sum.square += share * centred * centred;
		sum.product += share * centred * (value[i] - sum.value);
	}
	return sum;
}

static void add_errors(const struct kg_sample *sample, const double *midpoint, const double *error,
		       const struct sums *sum, struct kg_slope_line *line)
{
	for (size_t i = 0; i < sample->n; i++) {
		long double share = sample->weight[i] / sum->total;
		long double slope = share * (midpoint[i] - sum->rank) / sum->square,
			    intercept = share - slope * sum->rank;
		long double variance = (long double)error[i] * error[i];

		line->var_slope += (double)(slope * slope * variance);
		line->var_intercept += (double)(intercept * intercept * variance);
		line->covariance += (double)(slope * intercept * variance);
	}
	line->df = INFINITY;
}

static void add_residuals(const struct kg_sample *sample, const double *midpoint, const double *value,
			  const struct sums *sum, struct kg_slope_line *line)
{
	long double square = 0, variance;

	line->df = (double)sample->n - 2;
	for (size_t i = 0; i < sample->n; i++) {
		long double miss = value[i] - line->intercept - (long double)line->slope * midpoint[i];

		square += sample->weight[i] / sum->total * miss * miss;
	}
	variance = line->df > 0 ? square / line->df : NAN;
	line->var_slope = (double)(variance / sum->square);
	line->var_intercept = (double)(variance * (1 + sum->rank * sum->rank / sum->square));
	line->covariance = (double)(-variance * sum->rank / sum->square);
}

struct kg_slope_line kg_slope_line_fit(const struct kg_sample *sample, const double *midpoint, const double *value,
				       const double *error)
{
	struct sums sum = add_up(sample, midpoint, value);
	struct kg_slope_line line = { .slope = (double)(sum.product / sum.square) };

	line.intercept = (double)(sum.value - sum.product / sum.square * sum.rank);
	if (error)
		add_errors(sample, midpoint, error, &sum, &line);
	else
		add_residuals(sample, midpoint, value, &sum, &line);
	return line;
}

double kg_transform_back(enum kg_transform transform, double x)
{
	return transform == KG_TRANSFORM_NONE ? x : transform == KG_TRANSFORM_LOG ? exp(x) : plogis(x, 0, 1, 1, 0);
}

double kg_transform_slope(enum kg_transform transform, double x)
{
	return transform == KG_TRANSFORM_NONE ? 1 : transform == KG_TRANSFORM_LOG ? exp(x) : dlogis(x, 0, 1, 0);
}

enum kg_why kg_transform_values(const struct kg_inequality *of, const struct kg_sample *sample, double *value,
				double *error)
{
	for (size_t i = 0; i < sample->n; i++) {
		double y = sample->y[i];

		if ((of->transform != KG_TRANSFORM_NONE && !(y > 0)) ||
		    (of->transform == KG_TRANSFORM_LOGIT && !(y < 1)))
			return KG_WHY_NEGATIVE;
		value[i] = of->transform == KG_TRANSFORM_NONE  ? y
			   : of->transform == KG_TRANSFORM_LOG ? log(y)
							       : qlogis(y, 0, 1, 1, 0);
		if (of->std_error)
			error[i] = of->std_error[i] / kg_transform_slope(of->transform, value[i]);
	}
	return KG_WHY_NONE;
}
