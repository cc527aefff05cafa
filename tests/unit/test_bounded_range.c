/* Ranges of inequality measures beside a fine grid over their box. */
#include "programs.h"

#include <math.h>

#include "stats/slope_index.h"

#define PLACES 5
#define STEPS 60

/* Three values with ends, and two that are fixed. */
static const double stated[PLACES] = { 3, 1, 4, 6, 9 }, low[PLACES] = { 2, 0.5, 4, 3, 9 },
		    high[PLACES] = { 7, 6, 4, 8, 9 };
static const double weight[PLACES] = { 10, 20, 5, 7, 30 }, rank[PLACES] = { 1, 2, 3, 4, 5 };
static const uint32_t region[PLACES] = { 0, 0, 1, 1, 1 };

static struct kg_term fit(const char *id, size_t at, const double *y, const struct kg_inequality *own)
{
	struct kg_arena *arena = kg_arena_new(0);
	struct kg_sample sample = { .n = PLACES, .y = y, .x = rank, .weight = weight, .stratum = region };
	struct kg_params params = { .conf_level = .95, .seed = 1, .replicates = 1, .own = own };
	struct kg_term term[3] = { 0 };

	assert_true(kg_stat_find("inequality", id)->fit(&sample, &params, arena, term, 3) > at);
	kg_arena_free(arena);
	return term[at];
}

static void check(const char *id, size_t at, enum kg_transform transform, double epsilon)
{
	struct kg_inequality plain = { .transform = transform, .epsilon = epsilon }, own = plain;
	double y[PLACES] = { 3, 1, 4, 6, 9 }, least = INFINITY, most = -INFINITY, slack;
	struct kg_term found;

	own.low = low;
	own.high = high;
	found = fit(id, at, stated, &own);
	assert_int_equal(found.why, KG_WHY_BOUND);
	for (int i = 0; i <= STEPS; i++)
		for (int j = 0; j <= STEPS; j++)
			for (int k = 0; k <= STEPS; k++) {
				double value;

				y[0] = low[0] + (high[0] - low[0]) * i / STEPS;
				y[1] = low[1] + (high[1] - low[1]) * j / STEPS;
				y[3] = low[3] + (high[3] - low[3]) * k / STEPS;
				value = fit(id, at, y, &plain).estimate;
				least = fmin(least, value);
				most = fmax(most, value);
			}
	slack = (most - least) / STEPS; /* an inner optimum may lie between the grid's points */
	assert_true(found.bound_low <= least + 1e-12 && found.bound_low > least - slack);
	assert_true(found.bound_high >= most - 1e-12 && found.bound_high < most + slack);
}

static void test_measures_against_grid(void **state)
{
	(void)state;
	check("gini", 0, KG_TRANSFORM_NONE, 0);
	check("theil", 0, KG_TRANSFORM_NONE, 0);
	check("theil", 1, KG_TRANSFORM_NONE, 0);
	check("theil", 2, KG_TRANSFORM_NONE, 0);
	check("atkinson", 0, KG_TRANSFORM_NONE, .5);
	check("atkinson", 0, KG_TRANSFORM_NONE, 2);
	check("concentration", 0, KG_TRANSFORM_NONE, 0);
}

static void test_slope_against_grid(void **state)
{
	(void)state;
	check("slope-index", 0, KG_TRANSFORM_NONE, 0);
	check("slope-index", 0, KG_TRANSFORM_LOG, 0);
	check("slope-index", 1, KG_TRANSFORM_LOG, 0);
}

static void test_open_ends(void **state)
{
	const double far[PLACES] = { 3, 1, 4, 6, INFINITY };
	const struct kg_inequality own = { .low = stated, .high = far, .epsilon = .5 };
	struct kg_term gini = fit("gini", 0, stated, &own), slope = fit("slope-index", 0, stated, &own);

	(void)state;
	kg_assert_digits(gini.bound_high, 1 - 30. / 72, 9, "all that is held is held by one place");
	assert_true(gini.bound_low <= gini.estimate);
	kg_assert_digits(slope.bound_low, slope.estimate, 12, "rises with the last value");
	assert_true(isinf(slope.bound_high));
}

/* One holds ever more and the others are ever more people, whose weight must not make up for it: all is held by nobody.
 */
static void test_open_values_and_weights(void **state)
{
	const double far[PLACES] = { 3, 1, 4, 6, INFINITY };
	const double many[PLACES] = { weight[0], INFINITY, weight[2], weight[3], weight[4] };
	const struct kg_inequality own = { .low = stated, .high = far, .weight_low = weight, .weight_high = many };
	struct kg_term gini = fit("gini", 0, stated, &own);

	(void)state;
	kg_assert_digits(gini.bound_high, 1, 5, "values without end outgrow weights without end");
}

static void test_weights(void **state)
{
	const double light[PLACES] = { 10, 20, 5, 2, 30 }, heavy[PLACES] = { 10, 20, 5, 90, 30 };
	const struct kg_inequality own = { .low = stated, .high = stated, .weight_low = light, .weight_high = heavy };
	struct kg_arena *arena = kg_arena_new(0);
	double trial[PLACES], least = INFINITY, most = -INFINITY;
	struct kg_term found = fit("gini", 0, stated, &own);

	(void)state;
	memcpy(trial, weight, sizeof trial);
	for (int k = 0; k <= 2000; k++) {
		struct kg_inequality plain = { .epsilon = 0 };
		struct kg_sample sample = { .n = PLACES, .y = stated, .x = rank, .weight = trial };
		struct kg_params params = { .conf_level = .95, .seed = 1, .replicates = 1, .own = &plain };
		struct kg_term term[3];

		trial[3] = light[3] + (heavy[3] - light[3]) * k / 2000;
		assert_true(kg_stat_find("inequality", "gini")->fit(&sample, &params, arena, term, 3) > 0);
		least = fmin(least, term[0].estimate);
		most = fmax(most, term[0].estimate);
	}
	kg_arena_free(arena);
	kg_assert_digits(found.bound_low, least, 6, "least");
	kg_assert_digits(found.bound_high, most, 6, "greatest");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_measures_against_grid),
		cmocka_unit_test(test_slope_against_grid),
		cmocka_unit_test(test_open_ends),
		cmocka_unit_test(test_open_values_and_weights),
		cmocka_unit_test(test_weights),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
