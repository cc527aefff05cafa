#include <math.h>

#include "base/random.h"
#include "stats/joinpoint_rows.h"

/* Sum of squares, relative to the larger model's, below which a permutation counts as equal to the data. */
#define EQUAL 1e-9

/* One test of `few` against `many` joinpoints. */
struct test {
	struct kg_points points;
	const struct kg_joinpoint_rules *rules;
	struct kg_params params;
	struct kg_whitening whitening;
	double *fitted, *rest, *white, *error, *y; /* rest: whitened residuals of `few` */
	uint32_t *order;
	double ratio;
	size_t few, many, draws;
	uint32_t stream; /* number of the first replicate */
};

/* Correlation, sums of squares and residuals under the null hypothesis. */
static bool prepare(struct test *test, struct kg_arena *scratch)
{
	const struct kg_joinpoint_options *own = test->params.own;
	const struct kg_joinpoint_rules rules = { test->many, test->rules->min_end, test->rules->min_between };
	struct kg_points *points = &test->points;
	struct kg_placement best[KG_JOINPOINTS_MOST + 1];
	struct kg_joinpoint_model model;

	if (isnan(own->autocorrelation) &&
	    !kg_joinpoint_correlate(points, test->rules, test->few, scratch, &best[test->few]))
		return false;
	if (!kg_whitening_make(points, scratch, &test->whitening) ||
	    !kg_joinpoint_search(points, &rules, scratch, best) ||
	    !kg_joinpoint_fit(points, &best[test->few], scratch, &model))
		return false;
	for (size_t i = 0; i < points->n; i++) {
		test->fitted[i] = kg_joinpoint_fitted(points, &model, i);
		test->error[i] = points->y[i] - test->fitted[i];
	}
	kg_whitening_apply(&test->whitening, test->error, test->rest);
	test->ratio = best[test->few].sse / best[test->many].sse;
	return true;
}

/* Whether a permutation of the residuals favours the larger model at least as much as the data do. */
static bool draw(const struct test *test, size_t number, struct kg_arena *scratch, bool *failed)
{
	struct kg_random random =
	    kg_random_stream(test->params.seed, test->params.stream, test->stream + (uint32_t)number);
	struct kg_points points = test->points;
	struct kg_joinpoint_rules rules = *test->rules;
	struct kg_placement best[KG_JOINPOINTS_MOST + 1];

	for (size_t i = 0; i < points.n; i++)
		test->order[i] = (uint32_t)i;
	kg_random_shuffle(&random, test->order, points.n);
	for (size_t i = 0; i < points.n; i++)
		test->white[i] = test->rest[test->order[i]];
	kg_whitening_undo(&test->whitening, test->white, test->error);
	for (size_t i = 0; i < points.n; i++)
		test->y[i] = test->fitted[i] + test->error[i];
	points.y = test->y;
	rules.most = test->many;
	if (!kg_joinpoint_search(&points, &rules, scratch, best)) {
		*failed = true;
		return false;
	}
	return best[test->few].sse / best[test->many].sse >= test->ratio * (1 - EQUAL);
}

/* Stops as soon as the outcome is certain (curtailed): p = (reached + 1) / (draws + 1) against `level`. */
static bool rejects(const struct test *test, double level, struct kg_arena *scratch, bool *failed)
{
	double allowed = level * ((double)test->draws + 1) - 1;
	size_t reached = 0;

	for (size_t r = 0; r < test->draws && !*failed; r++) {
		reached += draw(test, r, scratch, failed);
		if ((double)reached > allowed)
			return false;
		if ((double)(reached + test->draws - r - 1) <= allowed)
			return true;
	}
	return (double)reached <= allowed;
}

int kg_joinpoint_permute(const struct kg_points *points, const struct kg_joinpoint_rules *rules,
			 const struct kg_params *params, struct kg_arena *scratch)
{
	struct kg_arena_mark mark = kg_arena_mark(scratch);
	struct test test = { .points = *points, .rules = rules, .params = *params, .many = rules->most };
	bool failed = false;

	test.draws = params->permutations ? params->permutations : KG_JOINPOINT_DRAWS;
	test.fitted = KG_ARRAY(scratch, double, points->n);
	test.rest = KG_ARRAY(scratch, double, points->n);
	test.white = KG_ARRAY(scratch, double, points->n);
	test.error = KG_ARRAY(scratch, double, points->n);
	test.y = KG_ARRAY(scratch, double, points->n);
	test.order = KG_ARRAY(scratch, uint32_t, points->n);
	failed = kg_arena_failed(scratch);
	while (test.few < test.many && !failed) {
		double level = (1 - params->conf_level) / (double)(rules->most - test.few);

		failed = !prepare(&test, scratch);
		if (!failed && !isnan(test.ratio) && rejects(&test, level, scratch, &failed))
			test.few++;
		else
			test.many--;
		test.stream += (uint32_t)test.draws;
	}
	kg_arena_rewind(scratch, mark);
	return failed ? -1 : (int)test.few;
}
