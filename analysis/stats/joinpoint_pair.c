#include "stats/joinpoint_pair.h"

#include <math.h>

#include "base/random.h"

/* Changes of placement that are followed when level and placement are found in turn. */
#define ROUNDS 50
/* Statistic, relative to that of the data, below which a permutation counts as equal. */
#define EQUAL 1e-9

/* Both series on one time axis. */
struct joint {
	const struct kg_joinpoint_pair *pair;
	struct kg_points points; /* weighted means of both, the second less its shift */
	double *x, *y, *weight;
	size_t *where[2]; /* place of each series' points on that axis */
	double within;	  /* sum of squares about those means */
	double shift;
	struct kg_placement placement; /* sse: of both series */
};

static double weigh(const struct kg_points *points, size_t i)
{
	return points->weight ? points->weight[i] : 1;
}

static bool merge(const struct kg_joinpoint_pair *pair, struct kg_arena *scratch, struct joint *joint)
{
	const struct kg_points *const *series = pair->series;
	size_t most = series[0]->n + series[1]->n, at[2] = { 0, 0 }, n = 0;

	*joint = (struct joint){ .pair = pair,
				 .x = KG_ARRAY(scratch, double, most),
				 .y = KG_ARRAY(scratch, double, most),
				 .weight = KG_ARRAY(scratch, double, most),
				 .where = { KG_ARRAY(scratch, size_t, most), KG_ARRAY(scratch, size_t, most) } };
	if (kg_arena_failed(scratch))
		return false;
	for (; at[0] < series[0]->n || at[1] < series[1]->n; n++) {
		double left = at[0] < series[0]->n ? series[0]->x[at[0]] : INFINITY;
		double right = at[1] < series[1]->n ? series[1]->x[at[1]] : INFINITY;

		joint->x[n] = left < right ? left : right;
		if (left <= right)
			joint->where[0][at[0]++] = n;
		if (right <= left)
			joint->where[1][at[1]++] = n;
	}
	joint->points = (struct kg_points){ .n = n, .x = joint->x, .y = joint->y, .weight = joint->weight };
	return true;
}

/* Means at each time when the second series stands `shift` higher. */
static void combine(struct joint *joint, const double *const y[2], double shift)
{
	joint->within = 0;
	for (size_t t = 0; t < joint->points.n; t++)
		joint->y[t] = joint->weight[t] = 0;
	for (size_t s = 0; s < 2; s++)
		for (size_t i = 0; i < joint->pair->series[s]->n; i++) {
			double w = weigh(joint->pair->series[s], i);

			joint->weight[joint->where[s][i]] += w;
			joint->y[joint->where[s][i]] += w * (y[s][i] - (s ? shift : 0));
		}
	for (size_t t = 0; t < joint->points.n; t++)
		joint->y[t] /= joint->weight[t];
	for (size_t s = 0; s < 2; s++)
		for (size_t i = 0; i < joint->pair->series[s]->n; i++) {
			double rest = y[s][i] - (s ? shift : 0) - joint->y[joint->where[s][i]];

			joint->within += weigh(joint->pair->series[s], i) * rest * rest;
		}
}

/* Sum of squares of both series at the placement and a shift. */
static bool measure(struct joint *joint, const double *const y[2], double shift, struct kg_arena *scratch, double *sse)
{
	struct kg_joinpoint_model model;

	combine(joint, y, shift);
	if (!kg_joinpoint_fit(&joint->points, &joint->placement, scratch, &model))
		return false;
	*sse = model.placement.sse + joint->within;
	return true;
}

/* A first shift: the difference of the means. And how far the values spread, as a step. */
static double guess_shift(const struct joint *joint, const double *const y[2], double *step)
{
	double mean[2] = { 0, 0 }, spread = 0;

	for (size_t s = 0; s < 2; s++) {
		double w = 0;

		for (size_t i = 0; i < joint->pair->series[s]->n; i++) {
			w += weigh(joint->pair->series[s], i);
			mean[s] += weigh(joint->pair->series[s], i) * y[s][i];
		}
		mean[s] /= w;
		for (size_t i = 0; i < joint->pair->series[s]->n; i++)
			spread = fmax(spread, fabs(y[s][i] - mean[s]));
	}
	*step = spread > 0 ? spread : 1;
	return mean[1] - mean[0];
}

/* The best shift at the placement: the sum of squares is a parabola in it. */
static bool find_shift(struct joint *joint, const double *const y[2], double step, struct kg_arena *scratch)
{
	double left, middle, right, bend;

	if (!measure(joint, y, joint->shift - step, scratch, &left) ||
	    !measure(joint, y, joint->shift, scratch, &middle) ||
	    !measure(joint, y, joint->shift + step, scratch, &right))
		return false;
	bend = left - 2 * middle + right;
	if (bend > 0)
		joint->shift += step * (left - right) / (2 * bend);
	return measure(joint, y, joint->shift, scratch, &joint->placement.sse);
}

static bool is_same(const struct kg_placement *a, const struct kg_placement *b)
{
	for (size_t j = 0; j < a->k; j++)
		if (a->at[j] != b->at[j])
			return false;
	return true;
}

static bool fit_joint(struct joint *joint, const double *const y[2], size_t k, struct kg_arena *scratch)
{
	const struct kg_joinpoint_rules rules = { k, joint->pair->rules.min_end, joint->pair->rules.min_between };
	struct kg_placement best[KG_JOINPOINTS_MOST + 1], last;
	double step = 0;

	joint->shift = joint->pair->parallel ? guess_shift(joint, y, &step) : 0;
	for (size_t round = 0; round < ROUNDS; round++) {
		last = joint->placement;
		combine(joint, y, joint->shift);
		if (!kg_joinpoint_search(&joint->points, &rules, scratch, best))
			return false;
		joint->placement = best[k];
		joint->placement.sse += joint->within;
		if (!joint->pair->parallel)
			return true;
		if (round && is_same(&joint->placement, &last))
			break;
		if (!find_shift(joint, y, step, scratch))
			return false;
	}
	return true;
}

bool kg_joinpoint_joint(const struct kg_joinpoint_pair *pair, size_t k, struct kg_arena *scratch, double *shift,
			struct kg_placement *placement)
{
	const double *const y[] = { pair->series[0]->y, pair->series[1]->y };
	struct kg_arena_mark mark = kg_arena_mark(scratch);
	struct joint joint;

	if (!merge(pair, scratch, &joint) || !fit_joint(&joint, y, k, scratch))
		return false;
	*shift = joint.shift;
	*placement = joint.placement;
	kg_arena_rewind(scratch, mark);
	return true;
}

/* Number of joinpoints that the rule chooses for both series together. */
static bool choose_joint(struct joint *joint, const struct kg_params *params, struct kg_arena *scratch, size_t *k)
{
	const double *const y[] = { joint->pair->series[0]->y, joint->pair->series[1]->y };
	struct kg_joinpoint_series both = { .rules = joint->pair->rules };
	struct kg_joinpoint_model model;

	if (!fit_joint(joint, y, joint->pair->rules.most, scratch))
		return false;
	combine(joint, y, joint->shift);
	both.points = joint->points;
	if (!kg_joinpoint_choose(&both, params, scratch, &model))
		return false;
	*k = model.placement.k;
	return true;
}

/* Sums of squares of the joint model (Q0) and of two models (Q1). */
static bool compare(struct joint *joint, const double *const y[2], size_t k, struct kg_arena *scratch, double q[2])
{
	const struct kg_joinpoint_rules rules = { k, joint->pair->rules.min_end, joint->pair->rules.min_between };
	struct kg_placement best[KG_JOINPOINTS_MOST + 1];

	if (!fit_joint(joint, y, k, scratch))
		return false;
	q[0] = joint->placement.sse;
	q[1] = 0;
	for (size_t s = 0; s < 2; s++) {
		struct kg_points points = *joint->pair->series[s];

		points.y = y[s];
		if (!kg_joinpoint_search(&points, &rules, scratch, best))
			return false;
		q[1] += best[k].sse;
	}
	return true;
}

/* Fitted values and residuals (times root weights, both series in one row) under the null hypothesis. */
struct null {
	double *fitted, *rest, *y;
	uint32_t *order;
	size_t n[2];
};

static bool prepare(struct joint *joint, struct kg_arena *scratch, struct null *null)
{
	const struct kg_points *const *series = joint->pair->series;
	const double *const y[] = { series[0]->y, series[1]->y };
	size_t n = series[0]->n + series[1]->n, at = 0;
	struct kg_joinpoint_model model;

	*null = (struct null){ KG_ARRAY(scratch, double, n),
			       KG_ARRAY(scratch, double, n),
			       KG_ARRAY(scratch, double, n),
			       KG_ARRAY(scratch, uint32_t, n),
			       { series[0]->n, series[1]->n } };
	if (kg_arena_failed(scratch))
		return false;
	combine(joint, y, joint->shift);
	if (!kg_joinpoint_fit(&joint->points, &joint->placement, scratch, &model))
		return false;
	for (size_t s = 0; s < 2; s++)
		for (size_t i = 0; i < series[s]->n; i++, at++) {
			null->fitted[at] =
			    kg_joinpoint_value(&joint->points, &model, series[s]->x[i]) + (s ? joint->shift : 0);
			null->rest[at] = (y[s][i] - null->fitted[at]) * sqrt(weigh(series[s], i));
		}
	return true;
}

static void draw(const struct joint *joint, struct null *null, struct kg_random *random)
{
	size_t at = 0;

	for (size_t i = 0; i < null->n[0] + null->n[1]; i++)
		null->order[i] = (uint32_t)i;
	kg_random_shuffle(random, null->order, null->n[0] + null->n[1]);
	for (size_t s = 0; s < 2; s++)
		for (size_t i = 0; i < null->n[s]; i++, at++)
			null->y[at] =
			    null->fitted[at] + null->rest[null->order[at]] / sqrt(weigh(joint->pair->series[s], i));
}

/* Share of permutations whose Q0 / Q1 is at least that of the data. */
static bool find_p(struct joint *joint, double ratio, const struct kg_params *params, struct kg_arena *scratch,
		   struct kg_joinpoint_pair_test *test)
{
	size_t draws = params->permutations ? params->permutations : KG_JOINPOINT_DRAWS, reached = 0;
	struct null null;

	if (!prepare(joint, scratch, &null))
		return false;
	for (size_t r = 0; r < draws; r++) {
		struct kg_random random = kg_random_stream(params->seed, params->stream, (uint32_t)r);
		const double *const y[] = { null.y, null.y + null.n[0] };
		double q[2];

		draw(joint, &null, &random);
		if (!compare(joint, y, test->joinpoints, scratch, q))
			return false;
		reached += q[0] / q[1] >= ratio * (1 - EQUAL);
	}
	test->p_value = ((double)reached + 1) / ((double)draws + 1);
	return true;
}

bool kg_joinpoint_pair_run(const struct kg_joinpoint_pair *pair, size_t least, const struct kg_params *params,
			   struct kg_arena *scratch, struct kg_joinpoint_pair_test *test)
{
	const double *const y[] = { pair->series[0]->y, pair->series[1]->y };
	double q[2], parameters;
	struct joint joint;
	size_t k;

	if (!merge(pair, scratch, &joint) || !choose_joint(&joint, params, scratch, &k))
		return false;
	test->joinpoints = k > least ? k : least;
	if (!compare(&joint, y, test->joinpoints, scratch, q))
		return false;
	parameters = 2 * (2 * (double)test->joinpoints + 2);
	test->shift = joint.shift;
	test->df = (double)(pair->series[0]->n + pair->series[1]->n) - parameters;
	test->statistic = (q[0] - q[1]) / (parameters / 2 - (pair->parallel ? 1 : 0)) / (q[1] / test->df);
	return find_p(&joint, q[0] / q[1], params, scratch, test);
}
