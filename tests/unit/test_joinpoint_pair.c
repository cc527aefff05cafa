/* joinpoint_pair: the joint model against every placement with level, slopes and shift solved at once; the tests. */
#include "cases.h"

#include "base/random.h"
#include "stats/joinpoint_pair.h"

#define N 14
#define COLUMNS 5

struct pair {
	double x[2][N], y[2][N], weight[2][N];
	struct kg_points points[2];
};

/* Least squares of the stacked rows by the normal equations, Gauss and Jordan. */
static double slow_solve(const long double x[2 * N][COLUMNS], const double *y, const double *weight, size_t n, size_t p)
{
	long double a[COLUMNS][COLUMNS + 1] = { { 0 } }, sse = 0;

	for (size_t i = 0; i < n; i++)
		for (size_t r = 0; r < p; r++) {
			for (size_t c = 0; c < p; c++)
				a[r][c] += weight[i] * x[i][r] * x[i][c];
			a[r][p] += weight[i] * x[i][r] * y[i];
		}
	for (size_t k = 0; k < p; k++)
		for (size_t r = 0; r < p; r++)
			for (size_t c = p + 1; r != k && c-- > k;)
				a[r][c] -= a[r][k] / a[k][k] * (c == k ? 0 : a[k][c]);
	for (size_t i = 0; i < n; i++) {
		long double rest = y[i];

		for (size_t k = 0; k < p; k++)
			rest -= a[k][p] / a[k][k] * x[i][k];
		sse += weight[i] * rest * rest;
	}
	return (double)sse;
}

/* Both series with bends at two times (`two` NaN: one bend). */
static double slow_joint(const struct pair *pair, bool parallel, double one, double two)
{
	long double x[2 * N][COLUMNS];
	double y[2 * N], weight[2 * N];
	size_t n = 0, p = 0;

	for (size_t s = 0; s < 2; s++)
		for (size_t i = 0; i < pair->points[s].n; i++, n++) {
			p = 0;
			x[n][p++] = 1;
			x[n][p++] = pair->x[s][i] - 2000;
			x[n][p++] = fmax(0, pair->x[s][i] - one);
			if (!isnan(two))
				x[n][p++] = fmax(0, pair->x[s][i] - two);
			if (parallel)
				x[n][p++] = s;
			y[n] = pair->y[s][i];
			weight[n] = pair->weight[s][i];
		}
	return slow_solve((const long double(*)[COLUMNS])x, y, weight, n, p);
}

/* `different`: the slope of the second series beyond the bend. The second starts two years later. */
static void make_pair(struct kg_random *random, double different, bool weighted, struct pair *pair)
{
	for (size_t s = 0; s < 2; s++) {
		for (size_t i = 0; i < N; i++) {
			double t = (double)i + (s ? 2 : 0);

			pair->x[s][i] = 2000 + t;
			pair->weight[s][i] = weighted ? 0.3 + kg_random_uniform(random) : 1;
			pair->y[s][i] = 0.5 * t - (1 + (s ? different : 0)) * fmax(0, t - 7) + (s ? 3 : 0) +
					0.3 * kg_random_normal(random);
		}
		pair->points[s] = (struct kg_points){
			.n = N, .x = pair->x[s], .y = pair->y[s], .weight = weighted ? pair->weight[s] : NULL
		};
	}
}

static void test_joint_is_best(void **state)
{
	struct kg_random random = kg_random_stream(31, 0, 0);
	struct kg_arena *arena = kg_arena_new(0);

	(void)state;
	for (size_t round = 0; round < 16; round++) {
		bool parallel = round % 2;
		struct pair pair;
		struct kg_placement placement;
		double shift, least = INFINITY;

		make_pair(&random, 0.2 * (double)(round % 3), round % 4 > 1, &pair);
		const struct kg_joinpoint_pair of = { { &pair.points[0], &pair.points[1] }, { 2, 2, 2 }, parallel };

		for (double one = 2002; one <= 2013; one++)
			least = fmin(least, slow_joint(&pair, parallel, one, NAN));
		assert_true(kg_joinpoint_joint(&of, 1, arena, &shift, &placement));
		kg_assert_digits(placement.sse, least, 9, "one joinpoint");
		least = INFINITY;
		for (double one = 2002; one <= 2013; one++)
			for (double two = one + 3; two <= 2013; two++)
				least = fmin(least, slow_joint(&pair, parallel, one, two));
		assert_true(kg_joinpoint_joint(&of, 2, arena, &shift, &placement));
		kg_assert_digits(placement.sse, least, 9, "two joinpoints");
	}
	kg_arena_free(arena);
}

/* Parallel but not coincident; then neither. The smallest p that so many draws can give. */
static void test_tests(void **state)
{
	const struct kg_joinpoint_options own = { .rules = { 2, 2, 2 } };
	const struct kg_params params = { .conf_level = 0.95, .seed = 1, .permutations = 199, .own = &own };
	struct kg_random random = kg_random_stream(33, 0, 0);
	struct kg_arena *arena = kg_arena_new(0);

	(void)state;
	for (int different = 0; different < 2; different++) {
		struct kg_joinpoint_pair_test test, again;
		struct pair pair;

		make_pair(&random, different, false, &pair);
		struct kg_joinpoint_pair of = { { &pair.points[0], &pair.points[1] }, { 2, 2, 2 }, true };

		assert_true(kg_joinpoint_pair_run(&of, 1, &params, arena, &test));
		assert_true(kg_joinpoint_pair_run(&of, 1, &params, arena, &again));
		assert_true(test.p_value == again.p_value);
		assert_int_equal((int)test.df, 28 - 4 * (int)test.joinpoints - 4);
		assert_true(different ? test.p_value == 1 / 200.0 : test.p_value > 0.05);
		if (!different)
			assert_true(fabs(test.shift - 3) < 0.5);
		of.parallel = false;
		assert_true(kg_joinpoint_pair_run(&of, 1, &params, arena, &test));
		assert_true(test.p_value == 1 / 200.0 && test.shift == 0);
	}
	kg_arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_joint_is_best), cmocka_unit_test(test_tests) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
