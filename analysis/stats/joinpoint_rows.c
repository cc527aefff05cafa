#include "stats/joinpoint_rows.h"

#include <math.h>

static double distance(const struct kg_points *points, size_t t)
{
	return points->period ? (double)(points->period[t] - points->period[t - 1]) : 1;
}

static double spread_of(const struct kg_points *points, size_t t)
{
	return points->weight ? sqrt(points->weight[t]) : 1;
}

bool kg_whitening_make(const struct kg_points *points, struct kg_arena *scratch, struct kg_whitening *whitening)
{
	double one = 1 - points->autocorrelation * points->autocorrelation;

	*whitening = (struct kg_whitening){ points->n, KG_ARRAY(scratch, double, points->n),
					    KG_ARRAY(scratch, double, points->n), log(one) / 2 };
	if (!whitening->now || !whitening->before)
		return false;
	whitening->now[0] = spread_of(points, 0) * sqrt(one);
	for (size_t t = 1; t < points->n; t++) {
		double correlation = pow(points->autocorrelation, distance(points, t));
		double shrink = sqrt(one / (1 - correlation * correlation));

		whitening->now[t] = spread_of(points, t) * shrink;
		whitening->before[t] = spread_of(points, t - 1) * shrink * correlation;
		whitening->log_scale += log(shrink);
	}
	return true;
}

void kg_whitening_apply(const struct kg_whitening *whitening, const double *in, double *out)
{
	for (size_t t = 0; t < whitening->n; t++)
		out[t] = kg_whitening_row(whitening, in, t);
}

void kg_whitening_undo(const struct kg_whitening *whitening, const double *in, double *out)
{
	for (size_t t = 0; t < whitening->n; t++)
		out[t] = (in[t] + (t ? whitening->before[t] * out[t - 1] : 0)) / whitening->now[t];
}
