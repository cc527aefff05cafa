#include <math.h>

#include "stats/joinpoint.h"

/* Autocorrelations that are looked at before the search is narrowed, and how far from -1 and 1 they stay. */
#define GRID 33
#define EDGE 0.99
/* Golden section: steps that narrow a grid interval to below the square root of rounding. */
#define STEPS 36
/* Changes of the placement that are followed. */
#define ROUNDS 20

/* -2 log restricted likelihood of an autocorrelation at a placement, up to a constant; NaN when memory is out. */
static double deviance(const struct kg_points *points, const struct kg_placement *placement, double autocorrelation,
		       struct kg_arena *scratch)
{
	struct kg_points now = *points;
	struct kg_joinpoint_model model;
	double df = (double)points->n - (double)(placement->k + 2 + points->jumps);

	now.autocorrelation = autocorrelation;
	if (!kg_joinpoint_fit(&now, placement, scratch, &model))
		return NAN;
	return df * log(model.placement.sse) - 2 * model.log_scale + model.log_determinant;
}

static double narrow(const struct kg_points *points, const struct kg_placement *placement, double low, double high,
		     struct kg_arena *scratch)
{
	const double golden = (sqrt(5) - 1) / 2;
	double left = high - golden * (high - low), right = low + golden * (high - low);
	double at_left = deviance(points, placement, left, scratch);
	double at_right = deviance(points, placement, right, scratch);

	for (size_t step = 0; step < STEPS; step++) {
		if (at_left < at_right) {
			high = right;
			right = left;
			at_right = at_left;
			left = high - golden * (high - low);
			at_left = deviance(points, placement, left, scratch);
		} else {
			low = left;
			left = right;
			at_left = at_right;
			right = low + golden * (high - low);
			at_right = deviance(points, placement, right, scratch);
		}
	}
	return (low + high) / 2;
}

static double estimate(const struct kg_points *points, const struct kg_placement *placement, struct kg_arena *scratch)
{
	const double step = 2 * EDGE / (GRID - 1);
	double best = INFINITY, at = 0;

	for (size_t i = 0; i < GRID; i++) {
		double autocorrelation = -EDGE + step * (double)i;
		double now = deviance(points, placement, autocorrelation, scratch);

		if (now < best) {
			best = now;
			at = autocorrelation;
		}
	}
	return narrow(points, placement, fmax(at - step, -EDGE), fmin(at + step, EDGE), scratch);
}

static bool is_same(const struct kg_placement *a, const struct kg_placement *b)
{
	for (size_t j = 0; j < a->k; j++)
		if (a->at[j] != b->at[j])
			return false;
	return true;
}

bool kg_joinpoint_correlate(struct kg_points *points, const struct kg_joinpoint_rules *rules, size_t k,
			    struct kg_arena *scratch, struct kg_placement *best)
{
	const struct kg_joinpoint_rules same = { k, rules->min_end, rules->min_between };
	struct kg_placement found[KG_JOINPOINTS_MOST + 1], last = { 0 };

	points->autocorrelation = 0;
	for (size_t round = 0; round < ROUNDS; round++) {
		if (!kg_joinpoint_search(points, &same, scratch, found))
			return false;
		*best = found[k];
		if (isnan(best->sse) || (round && is_same(best, &last)))
			break;
		last = *best;
		points->autocorrelation = estimate(points, best, scratch);
	}
	return !kg_arena_failed(scratch);
}
