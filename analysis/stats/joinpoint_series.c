#include "stats/joinpoint_series.h"

#include <math.h>

#include "stats/moments.h"

/* What a count of zero counts as under a logarithm (NCI Joinpoint). */
#define ZERO_COUNT 0.5
/* Residual sum of squares, relative to the spread of the values, that is nothing but rounding. */
#define ROUNDING 1e-22
/* Points that a jump needs on either side. */
#define JUMP_SIDE 2

/* What a value before the first jump is multiplied by. */
static double rescale(const struct kg_joinpoint_options *own, double x)
{
	return !isnan(own->comparability.ratio) && own->jumps && x < own->jump[0] ? own->comparability.ratio : 1;
}

/* Value and weight of one point on the scale of the fit. */
static void take_point(const struct kg_sample *sample, const struct kg_joinpoint_options *own, size_t i,
		       struct kg_joinpoint_series *series)
{
	bool poisson = own->scale == KG_SCALE_POISSON;
	double ratio = rescale(own, sample->x[i]);
	double value = sample->y[i], per = (sample->exposure ? sample->exposure[i] : 1) / ratio;

	if (poisson && (value < 0 || value != nearbyint(value)))
		series->why = KG_WHY_NOT_A_COUNT;
	if (poisson && value == 0) {
		value = ZERO_COUNT;
		series->note = KG_WHY_HALF_ADDED;
	}
	series->weight[i] = poisson ? value : 1;
	series->y[i] = value / per;
	if (own->std_error) {
		double error = own->std_error[i] / (own->scale == KG_SCALE_LOG ? value : per);

		series->weight[i] = 1 / (error * error);
		if (!(own->std_error[i] > 0))
			series->why = KG_WHY_NO_UNCERTAINTY;
	}
	if (own->scale == KG_SCALE_LINEAR)
		return;
	if (value <= 0)
		series->why = value < 0 ? KG_WHY_NEGATIVE : KG_WHY_ZERO_VALUE;
	series->y[i] = (double)logl((long double)value / per);
}

/* Jumps that have points on both sides; one with too few is a reason to fit nothing. */
static void take_jumps(const struct kg_joinpoint_options *own, struct kg_joinpoint_series *series)
{
	struct kg_points *points = &series->points;
	size_t last = 0;

	for (size_t i = 0; i < own->jumps && isnan(own->comparability.ratio); i++) {
		size_t at = 0;

		while (at < points->n && points->x[at] < own->jump[i])
			at++;
		if (at == 0 || at == points->n)
			continue;
		if (at - last < JUMP_SIDE || points->n - at < JUMP_SIDE)
			series->why = KG_WHY_TOO_FEW;
		series->jump_time[points->jumps] = own->jump[i];
		points->jump[points->jumps++] = last = at;
	}
}

/* How y moves with the comparability ratio (with its logarithm on the logarithmic scales). */
static bool take_shift(const struct kg_joinpoint_options *own, struct kg_arena *scratch,
		       struct kg_joinpoint_series *series)
{
	double ratio = own->comparability.ratio, *shift;
	bool log = own->scale != KG_SCALE_LINEAR;

	if (isnan(ratio) || !(own->comparability.variance > 0))
		return true;
	shift = KG_ARRAY(scratch, double, series->points.n);
	if (!shift)
		return false;
	for (size_t i = 0; i < series->points.n; i++)
		if (series->points.x[i] < own->jump[0])
			shift[i] = log ? 1 : series->y[i] / ratio;
	series->points.shift = shift;
	series->points.shift_variance = own->comparability.variance / (log ? ratio * ratio : 1);
	return true;
}

static void limit_rules(const struct kg_joinpoint_options *own, struct kg_joinpoint_series *series)
{
	size_t n = series->points.n - series->points.jumps;

	series->rules = own->rules;
	if (series->rules.most == SIZE_MAX)
		series->rules.most = kg_joinpoint_most(n);
	while (!kg_joinpoint_allows(&series->rules, n, series->rules.most))
		series->rules.most--;
}

bool kg_joinpoint_series_make(const struct kg_sample *sample, const struct kg_joinpoint_options *own,
			      struct kg_arena *scratch, struct kg_joinpoint_series *series)
{
	size_t n = sample->n;

	*series =
	    (struct kg_joinpoint_series){ .y = KG_ARRAY(scratch, double, n), .weight = KG_ARRAY(scratch, double, n) };
	if (!series->y || !series->weight)
		return false;
	for (size_t i = 0; i < n; i++)
		take_point(sample, own, i, series);
	series->points = (struct kg_points){
		.n = n, .x = sample->x, .y = series->y, .weight = series->weight, .period = sample->period
	};
	if (!isnan(own->autocorrelation))
		series->points.autocorrelation = own->autocorrelation;
	take_jumps(own, series);
	limit_rules(own, series);
	return take_shift(own, scratch, series);
}

static double criterion(const struct kg_joinpoint_model *model, enum kg_joinpoint_select select)
{
	return select == KG_SELECT_BIC ? model->bic : select == KG_SELECT_BIC3 ? model->bic3 : model->wbic;
}

/* The fewest joinpoints that leave no residual but rounding; SIZE_MAX when none do. */
static size_t find_perfect(const struct kg_joinpoint_series *series, const struct kg_placement *best)
{
	const struct kg_points *points = &series->points;
	long double w = 0, mean = 0, spread = 0;

	for (size_t i = 0; i < points->n; i++) {
		w += points->weight[i];
		mean += points->weight[i] * points->y[i];
	}
	for (size_t i = 0; i < points->n; i++)
		spread += points->weight[i] * (points->y[i] - mean / w) * (points->y[i] - mean / w);
	for (size_t k = 0; k <= series->rules.most; k++)
		if (best[k].sse <= ROUNDING * spread)
			return k;
	return SIZE_MAX;
}

/* Fits k joinpoints, with the autocorrelation that goes with them where it is estimated. */
static bool fit_number(const struct kg_joinpoint_series *series, const struct kg_joinpoint_options *own,
		       const struct kg_placement *best, struct kg_arena *scratch, struct kg_joinpoint_model *model)
{
	struct kg_points points = series->points;
	struct kg_placement placement = *best;

	if (isnan(own->autocorrelation) && !series->exact &&
	    !kg_joinpoint_correlate(&points, &series->rules, best->k, scratch, &placement))
		return false;
	return kg_joinpoint_fit(&points, &placement, scratch, model) && kg_joinpoint_criteria(&points, scratch, model);
}

bool kg_joinpoint_choose(struct kg_joinpoint_series *series, const struct kg_params *params, struct kg_arena *scratch,
			 struct kg_joinpoint_model *model)
{
	const struct kg_joinpoint_options *own = params->own;
	struct kg_placement best[KG_JOINPOINTS_MOST + 1];
	struct kg_joinpoint_model now;
	size_t chosen;

	if (!kg_joinpoint_search(&series->points, &series->rules, scratch, best))
		return false;
	chosen = find_perfect(series, best);
	series->exact = chosen != SIZE_MAX;
	if (chosen == SIZE_MAX && own->select == KG_SELECT_PERMUTATION) {
		int few = kg_joinpoint_permute(&series->points, &series->rules, params, scratch);

		if (few < 0)
			return false;
		chosen = (size_t)few;
	}
	model->bic = model->bic3 = model->wbic = INFINITY;
	for (size_t k = 0; k <= series->rules.most; k++) {
		if ((chosen != SIZE_MAX && k != chosen) || isnan(best[k].sse))
			continue;
		if (!fit_number(series, own, &best[k], scratch, &now))
			return false;
		if (k == 0 || k == chosen || criterion(&now, own->select) < criterion(model, own->select))
			*model = now;
	}
	series->points.autocorrelation = model->autocorrelation;
	if (series->exact && !kg_has_spread(series->y, series->points.n))
		model->slope[0] = 0; /* not what rounding leaves */
	return true;
}
