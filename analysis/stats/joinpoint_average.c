#include "stats/joinpoint_average.h"

#include <math.h>

#include "base/random.h"
#include "stats/trend.h"

/* Resampled series when --replicates is not given. */
#define REPLICATES 1000

struct kg_joinpoint_average kg_joinpoint_average(const struct kg_points *points, const struct kg_joinpoint_model *model,
						 double from, double to)
{
	struct kg_joinpoint_average average = { 0, 0, SIZE_MAX };
	const struct kg_placement *placement = &model->placement;

	for (size_t j = 0; j <= placement->k; j++) {
		double left = j ? points->x[placement->at[j - 1]] : points->x[0];
		double right = j < placement->k ? points->x[placement->at[j]] : points->x[points->n - 1];
		double share = (fmin(right, to) - fmax(left, from)) / (to - from);

		if (share <= 0)
			continue;
		average.piece = left <= from && to <= right ? j : average.piece;
		average.slope += share * model->slope[j];
		average.std_error += share * share * model->slope_se[j] * model->slope_se[j];
	}
	average.std_error = sqrt(average.std_error);
	return average;
}

static double spread_of(const struct kg_points *points, size_t i)
{
	return points->weight ? sqrt(points->weight[i]) : 1;
}

static void record(const struct kg_points *points, const struct kg_joinpoint_model *model,
		   const struct kg_joinpoint_options *own, double *draw)
{
	size_t k = model->placement.k;

	for (size_t j = 0; j < k; j++)
		draw[j] = points->x[model->placement.at[j]];
	for (size_t j = 0; j <= k; j++)
		draw[k + j] = model->slope[j];
	draw[2 * k + 1] = kg_joinpoint_average(points, model, own->from, own->to).slope;
}

bool kg_joinpoint_resample(const struct kg_points *points, const struct kg_joinpoint_rules *rules,
			   const struct kg_joinpoint_model *model, const struct kg_params *params,
			   struct kg_arena *scratch, struct kg_joinpoint_resample *resample)
{
	size_t n = points->n, k = model->placement.k;
	double *fitted = KG_ARRAY(scratch, double, n), *rest = KG_ARRAY(scratch, double, n);
	double *y = KG_ARRAY(scratch, double, n), widen = sqrt((double)n / ((double)n - 2 * (double)k - 2));
	struct kg_joinpoint_rules same = { k, rules->min_end, rules->min_between };
	struct kg_points drawn = { n, points->x, y, points->weight };

	resample->replicates = params->replicates ? params->replicates : REPLICATES;
	resample->width = 2 * k + 2;
	resample->draw = KG_ARRAY(scratch, double, resample->replicates * resample->width);
	if (kg_arena_failed(scratch))
		return false;
	for (size_t i = 0; i < n; i++) {
		fitted[i] = kg_joinpoint_value(points, model, points->x[i]);
		rest[i] = (points->y[i] - fitted[i]) * spread_of(points, i) * widen;
	}
	for (size_t r = 0; r < resample->replicates; r++) {
		struct kg_random random = kg_random_stream(params->seed, params->stream, (uint32_t)r);
		struct kg_placement best[KG_JOINPOINTS_MOST + 1];
		struct kg_joinpoint_model again;

		for (size_t i = 0; i < n; i++)
			y[i] = fitted[i] + rest[kg_random_below(&random, (uint32_t)n)] / spread_of(points, i);
		if (!kg_joinpoint_search(&drawn, &same, scratch, best) ||
		    !kg_joinpoint_fit(&drawn, &best[k], scratch, &again))
			return false;
		record(&drawn, &again, params->own, resample->draw + r * resample->width);
	}
	return true;
}

static double interpolate(double *value, size_t n, double share)
{
	double at = share * (double)(n - 1), low = kg_trend_select(value, n, (size_t)at);

	return (size_t)at + 1 < n ? low + (at - floor(at)) * (kg_trend_select(value, n, (size_t)at + 1) - low) : low;
}

void kg_joinpoint_quantiles(const struct kg_joinpoint_resample *resample, size_t column, double conf_level,
			    struct kg_arena *scratch, double *low, double *high)
{
	struct kg_arena_mark mark = kg_arena_mark(scratch);
	double *value = KG_ARRAY(scratch, double, resample->replicates);

	if (!value)
		return;
	for (size_t r = 0; r < resample->replicates; r++)
		value[r] = resample->draw[r * resample->width + column];
	*low = interpolate(value, resample->replicates, (1 - conf_level) / 2);
	*high = interpolate(value, resample->replicates, (1 + conf_level) / 2);
	kg_arena_rewind(scratch, mark);
}
