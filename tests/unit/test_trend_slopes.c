/* trend_slopes: slopes by rank, found without listing them, against all of them listed and sorted. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>

#include "base/random.h"
#include "stats/trend.h"

/* 1,600 values have more pairs than are listed. */
#define MANY 1600

enum shape { SMOOTH, WHOLE, CONSTANT, STRAIGHT, GAPS, SHAPES };

static void draw(enum shape shape, struct kg_random *random, double *x, double *y)
{
	for (size_t i = 0; i < MANY; i++) {
		double t = (double)i, noise = kg_random_normal(random);

		x[i] = shape == GAPS && i > 700 ? t + 500 + kg_random_uniform(random) / 2 : t;
		y[i] = shape == WHOLE ? nearbyint(3 * noise) : shape == CONSTANT ? 7 : 1e6 + 0.25 * t;
		if (shape == SMOOTH || shape == GAPS)
			y[i] = 5 + 0.01 * t + noise;
	}
}

static int compare(const void *a, const void *b)
{
	const double *left = a, *right = b;

	return (*left > *right) - (*left < *right);
}

static void slopes_by_rank_equal_sorted_ones(void **state)
{
	struct kg_random random = kg_random_stream(21, 0, 0);

	(void)state;
	for (enum shape shape = SMOOTH; shape < SHAPES; shape++) {
		struct kg_arena *arena = kg_arena_new(0);
		double x[MANY], y[MANY], *all = KG_ARRAY(arena, double, MANY *MANY / 2);
		struct kg_trend_slopes slopes;
		size_t count;

		draw(shape, &random, x, y);
		slopes = kg_trend_slopes_make(x, y, MANY, arena);
		assert_null(slopes.listed);
		count = kg_trend_slopes(x, y, MANY, all);
		assert_true(count == slopes.count);
		qsort(all, count, sizeof *all, compare);
		for (size_t k = 0; k < count; k += count / 7)
			assert_float_equal(kg_trend_slopes_at(&slopes, k), all[k], 1e-12);
		assert_float_equal(kg_trend_slopes_at(&slopes, count - 1), all[count - 1], 1e-12);
		assert_float_equal(kg_trend_slopes_median(&slopes), (all[count / 2 - 1] + all[count / 2]) / 2, 1e-12);
		kg_arena_free(arena);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(slopes_by_rank_equal_sorted_ones) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
