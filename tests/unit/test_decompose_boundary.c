#include "cases.h"

#include <math.h>
#include <stdlib.h>

#include "stats/decompose_boundary.h"

static double draw(unsigned *state, double most)
{
	*state = *state * 1103515245 + 12345;
	return floor((double)(*state >> 8 & 0xffff) / 0x10000 * (most + 1));
}

/* An old unit of 100 of which 60 % stays, 50 come to it, and 130 are there at the end. */
static void test_worked_by_hand(void **state)
{
	const struct kg_redrawn unit = { .before = { 100, 100, 100 },
					 .kept = { 60, 60, 60 },
					 .gained = { 50, 50, 50 },
					 .after = { 130, 130, 130 },
					 .kept_low = 0.6,
					 .kept_high = 0.6 };
	struct kg_term term[KG_REDRAWN_TERMS];

	(void)state;
	kg_decompose_boundary(&unit, term);
	assert_true(term[KG_CHANGE].estimate == 30 && term[KG_BOUNDARY_CHANGE].estimate == 10);
	assert_true(term[KG_REAL_CHANGE].estimate == 20);
	kg_assert_digits(term[KG_REAL_GROWTH].estimate, 100 * 20.0 / 110, 14, "real growth");
	assert_true(isnan(term[KG_CHANGE].bound_low));
}

static void test_nobody_there_before(void **state)
{
	const struct kg_redrawn unit = { .after = { 5, 5, 5 } };
	struct kg_term term[KG_REDRAWN_TERMS];

	(void)state;
	kg_decompose_boundary(&unit, term);
	assert_int_equal(term[KG_REAL_GROWTH].why, KG_WHY_ZERO_BASE);
	assert_true(term[KG_REAL_CHANGE].estimate == 5);
}

/* Whole figures: the parts add up to the change exactly, and every truth within the ranges gives parts within the
 * bounds, which its extremes reach. */
static void test_parts_add_up_and_bounds_are_sharp(void **state)
{
	unsigned seed = 7;

	(void)state;
	for (int round = 0; round < 2000; round++) {
		double x[2], share[2], g[2], y[2], least[3] = { INFINITY, INFINITY, INFINITY };
		double most[3] = { -INFINITY, -INFINITY, -INFINITY };
		struct kg_term term[KG_REDRAWN_TERMS];
		struct kg_redrawn unit;

		x[0] = draw(&seed, 500), x[1] = x[0] + draw(&seed, 40);
		g[0] = draw(&seed, 500), g[1] = g[0] + draw(&seed, 40);
		y[0] = draw(&seed, 500), y[1] = y[0] + draw(&seed, 40);
		share[0] = draw(&seed, 4) / 8, share[1] = share[0] + draw(&seed, 4) / 8;
		unit = (struct kg_redrawn){ .before = { x[0], x[0], x[1] },
					    .kept = { x[0] * share[0], x[0] * share[0], x[1] * share[1] },
					    .gained = { g[0], g[0], g[1] },
					    .after = { y[0], y[0], y[1] },
					    .kept_low = share[0],
					    .kept_high = share[1] };
		kg_decompose_boundary(&unit, term);
		assert_true(term[KG_BOUNDARY_CHANGE].estimate + term[KG_REAL_CHANGE].estimate ==
			    term[KG_CHANGE].estimate);
		for (int corner = 0; corner < 16; corner++) {
			double truth = x[corner & 1], stays = truth * share[corner >> 1 & 1], come = g[corner >> 2 & 1];
			double end = y[corner >> 3 & 1],
			       part[3] = { end - truth, stays + come - truth, end - stays - come };

			for (int k = 0; k < 3; k++) {
				least[k] = fmin(least[k], part[k]);
				most[k] = fmax(most[k], part[k]);
			}
		}
		for (int k = 0; k < 3 && !isnan(term[k].bound_low); k++)
			assert_true(fabs(term[k].bound_low - least[k]) < 1e-9 &&
				    fabs(term[k].bound_high - most[k]) < 1e-9);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_worked_by_hand),
		cmocka_unit_test(test_nobody_there_before),
		cmocka_unit_test(test_parts_add_up_and_bounds_are_sharp),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
