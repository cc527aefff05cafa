/* Correlations against slow obvious twins and published values. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "stats/bootstrap.h"
#include "stats/concordance.h"
#include "stats/correlation.h"

#define DIGITS(actual, expected, digits)                                                                               \
	assert_true(fabs((actual) - (expected)) <= pow(10, -(digits)) * fmax(fabs((double)(expected)), 1e-300))

static const double anscombe_x[] = { 10, 8, 13, 9, 11, 14, 6, 4, 12, 7, 5 };
static const double anscombe_y[] = { 8.04, 6.95, 7.58, 8.81, 8.33, 9.96, 7.24, 4.26, 10.84, 4.82, 5.68 };

static struct kg_term fit(const char *id, const double *x, const double *y, size_t n, struct kg_params params)
{
	struct kg_arena *arena = kg_arena_new(0);
	struct kg_sample sample = { .n = n, .x = x, .y = y };
	struct kg_term term[8];

	if (params.conf_level == 0)
		params.conf_level = 0.95;
	params.seed = 1;
	assert_true(kg_stat_find("correlate", id)->fit(&sample, &params, arena, term, 8) >= 1);
	kg_arena_free(arena);
	return term[0];
}

static void test_pearson(void **state)
{
	struct kg_term r = fit("pearson", anscombe_x, anscombe_y, 11, (struct kg_params){ 0 });

	(void)state;
	DIGITS(r.estimate, 0.81642051634483992, 13);
	DIGITS(r.statistic, 4.2414552888928325, 13);
	DIGITS(r.p_value, 0.0021696288730787918, 12);
	DIGITS(r.conf_low, 0.42439121339321656, 12);
	DIGITS(r.conf_high, 0.95069325378656055, 12);
	assert_true(r.df == 9);
}

static void test_spearman(void **state)
{
	struct kg_term r = fit("spearman", anscombe_x, anscombe_y, 11, (struct kg_params){ 0 });

	(void)state;
	DIGITS(r.estimate, 0.81818181818181823, 14);
	DIGITS(r.p_value, 0.0020831448404786904, 12);
}

static void test_kendall(void **state)
{
	struct kg_term r = fit("kendall", anscombe_x, anscombe_y, 11, (struct kg_params){ 0 });

	(void)state;
	DIGITS(r.estimate, 0.63636363636363635, 14);
	DIGITS(r.statistic, 2.7247463045653304, 13);
	DIGITS(r.p_value, 0.0057071709155042489, 12);
}

/* S, one pair after the other. */
static double slow_score(const double *x, const double *y, size_t n)
{
	double score = 0;

	for (size_t i = 0; i < n; i++)
		for (size_t j = 0; j < i; j++)
			score += ((x[i] > x[j]) - (x[i] < x[j])) * ((y[i] > y[j]) - (y[i] < y[j]));
	return score;
}

static void test_score_equals_slow(void **state)
{
	struct kg_arena *arena = kg_arena_new(0);
	struct kg_random random = kg_random_stream(7, 0, 0);

	(void)state;
	for (uint32_t round = 0; round < 200; round++) {
		double x[60], y[60], moved[60];
		uint32_t order[60];
		size_t n = 2 + kg_random_below(&random, 58);
		struct kg_order by_x, by_y;

		for (uint32_t i = 0; i < n; i++) {
			x[i] = kg_random_below(&random, 1 + round % 20);
			y[i] = kg_random_below(&random, 1 + round % 30);
			order[i] = i;
		}
		kg_random_shuffle(&random, order, n);
		for (size_t i = 0; i < n; i++)
			moved[i] = y[order[i]];
		by_x = kg_order_make(x, n, arena);
		by_y = kg_order_make(y, n, arena);
		assert_true(kg_concordance_score(&by_x, &by_y, arena) == slow_score(x, y, n));
		assert_true(kg_concordance_ordered(&by_x, &by_y, order, arena) == slow_score(x, moved, n));
	}
	kg_arena_free(arena);
}

/* A resample written out in full has the same coefficient as its counts. */
static void test_counts_equal_written_out(void **state)
{
	const char *const id[] = { "pearson", "spearman", "kendall" };
	const struct kg_correlation *const kind[] = { &kg_correlation_pearson, &kg_correlation_spearman,
						      &kg_correlation_kendall };
	struct kg_random random = kg_random_stream(3, 0, 0);

	(void)state;
	for (size_t round = 0; round < 60; round++) {
		struct kg_arena *arena = kg_arena_new(0);
		double x[30], y[30], long_x[90], long_y[90];
		uint32_t count[30];
		size_t total = 0;
		struct kg_sample sample = { .n = 30, .x = x, .y = y };
		struct kg_pair pair = { .n = 30 };

		for (size_t i = 0; i < 30; i++) {
			x[i] = kg_random_below(&random, 15);
			y[i] = x[i] / 3 + kg_random_below(&random, 9);
			count[i] = kg_random_below(&random, 4);
			for (uint32_t k = 0; k < count[i]; k++, total++) {
				long_x[total] = x[i];
				long_y[total] = y[i];
			}
		}
		pair.by_x = kg_order_make(x, 30, arena);
		pair.by_y = kg_order_make(y, 30, arena);
		for (size_t k = 0; k < 3; k++) {
			kind[k]->prepare(&sample, &pair, arena);
			assert_true(fabs(kind[k]->counted(&pair, count, arena) -
					 fit(id[k], long_x, long_y, total, (struct kg_params){ 0 }).estimate) < 1e-13);
		}
		kg_arena_free(arena);
	}
}

static void test_no_spread(void **state)
{
	const double flat[] = { 2, 2, 2, 2, 2 };

	(void)state;
	assert_int_equal(fit("pearson", flat, anscombe_y, 5, (struct kg_params){ 0 }).why, KG_WHY_NO_SPREAD);
	assert_int_equal(fit("kendall", anscombe_y, flat, 5, (struct kg_params){ 0 }).why, KG_WHY_NO_SPREAD);
	assert_int_equal(fit("point-biserial", anscombe_x, anscombe_y, 5, (struct kg_params){ 0 }).why,
			 KG_WHY_NOT_BINARY);
}

/* Efron and Tibshirani's mouse data: all 11,440 ways to choose the treated seven, 3,184 as extreme. */
static void test_exact_permutation(void **state)
{
	const double treated[] = { 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0 };
	const double days[] = { 94, 197, 16, 38, 99, 141, 23, 52, 104, 146, 10, 51, 30, 40, 27, 46 };
	struct kg_term r = fit("point-biserial", days, treated, 16, (struct kg_params){ .permutations = 99 });

	(void)state;
	DIGITS(r.p_value, 0.27832167832167831, 13);
}

static void test_threads_agree(void **state)
{
	struct kg_params params = { .permutations = 200000, .threads = 1, .interval = "bootstrap", .replicates = 999 };
	struct kg_term one = fit("spearman", anscombe_x, anscombe_y, 11, params), four;

	(void)state;
	params.threads = 4;
	four = fit("spearman", anscombe_x, anscombe_y, 11, params);
	assert_memory_equal(&one.conf_low, &four.conf_low, sizeof one.conf_low);
	assert_memory_equal(&one.p_value, &four.p_value, sizeof one.p_value);
	assert_true(fabs(one.p_value - 0.0037) < 0.001); /* exact: R cor.test(exact = TRUE) */
}

/* Efron and Tibshirani's law schools and treated mice. */
static const double law_lsat[] = { 576, 635, 558, 578, 666, 580, 555, 661, 651, 605, 653, 575, 545, 572, 594 };
static const double law_gpa[] = {
	3.39, 3.3, 2.81, 3.03, 3.44, 3.07, 3, 3.43, 3.36, 3.13, 3.12, 2.74, 2.76, 2.88, 2.96
};
static const double treated[] = { 94, 197, 16, 38, 99, 141, 23 };

static double count_law(const void *data, const uint32_t *count, struct kg_arena *scratch)
{
	(void)data;
	(void)scratch;
	return kg_pair_counted(law_lsat, law_gpa, count, 15);
}

static double count_law_z(const void *data, const uint32_t *count, struct kg_arena *scratch)
{
	return atanh(count_law(data, count, scratch));
}

static double count_treated(const void *data, const uint32_t *count, struct kg_arena *scratch)
{
	double sum = 0, total = 0;

	(void)data;
	(void)scratch;
	for (size_t i = 0; i < 7; i++) {
		sum += count[i] * treated[i];
		total += count[i];
	}
	return sum / total;
}

static void check_jackknife(double (*counted)(const void *, const uint32_t *, struct kg_arena *), size_t n,
			    double std_error, double acceleration)
{
	const struct kg_resampled statistic = { NULL, counted, NULL };
	double value[15], mean = 0, square = 0;

	assert_true(kg_jackknife_run(&statistic, n, 2, value));
	for (size_t i = 0; i < n; i++)
		mean += value[i] / (double)n;
	for (size_t i = 0; i < n; i++)
		square += (value[i] - mean) * (value[i] - mean);
	DIGITS(sqrt(square * (double)(n - 1) / (double)n), std_error, 12);
	DIGITS(kg_bootstrap_acceleration(value, n), acceleration, 10);
}

static void test_jackknife(void **state)
{
	(void)state;
	check_jackknife(count_law, 15, 0.14251861860227236, -0.075671564937879382);
	check_jackknife(count_law_z, 15, 0.44067636003769017, -0.10060452005092145);
	check_jackknife(count_treated, 7, 25.235489533052242, 0.029120581262803976);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_pearson),
		cmocka_unit_test(test_spearman),
		cmocka_unit_test(test_kendall),
		cmocka_unit_test(test_score_equals_slow),
		cmocka_unit_test(test_counts_equal_written_out),
		cmocka_unit_test(test_no_spread),
		cmocka_unit_test(test_exact_permutation),
		cmocka_unit_test(test_jackknife),
		cmocka_unit_test(test_threads_agree),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
