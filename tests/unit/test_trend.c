/* trend: published and peer values, and each fast kernel against a slow obvious one. */
#include "series.h"

#include "base/random.h"
#include "stats/trend.h"

static double option_of(const struct kg_case *of, const char *name)
{
	return kg_case_input(of, name, 0);
}

/* Adds the column's values that are there as stratum `stratum`. */
static void add_column(const char *file, const char *column, uint32_t stratum, struct kg_sample *sample)
{
	struct kg_test_series time, value;

	kg_test_series_read(file, NULL, &time);
	kg_test_series_read(file, column, &value);
	for (size_t i = 0; i < time.n; i++) {
		if (isnan(value.y[i]))
			continue;
		((double *)sample->y)[sample->n] = value.y[i];
		((double *)sample->x)[sample->n] = time.y[i];
		((long *)sample->period)[sample->n] = (long)time.y[i];
		((uint32_t *)sample->stratum)[sample->n++] = stratum;
	}
}

/* The partial test takes rows with both columns. */
static void pair_columns(const char *file, const char *y, const char *covariate, struct kg_sample *sample,
			 double *other)
{
	struct kg_test_series a, b;

	kg_test_series_read(file, y, &a);
	kg_test_series_read(file, covariate, &b);
	for (size_t i = 0; i < a.n; i++) {
		if (isnan(a.y[i]) || isnan(b.y[i]))
			continue;
		((double *)sample->y)[sample->n] = a.y[i];
		((double *)sample->x)[sample->n] = (double)i;
		other[sample->n++] = b.y[i];
	}
}

static double case_value(const struct kg_case *of)
{
	double y[2 * KG_SERIES_MOST], x[2 * KG_SERIES_MOST], other[KG_SERIES_MOST], value;
	long period[2 * KG_SERIES_MOST];
	uint32_t stratum[2 * KG_SERIES_MOST];
	struct kg_sample sample = { .y = y, .x = x, .period = period, .stratum = stratum };
	struct kg_trend_options own = { .season = (size_t)option_of(of, "season"),
					.lag_max = (size_t)option_of(of, "lag"),
					.covariate = other };
	struct kg_params params = { .conf_level = 0.95, .own = &own, .period_noun = "year" };
	struct kg_arena *arena = kg_arena_new(0);
	char file[64], first[64], second[64] = "";
	struct kg_term term[8];
	size_t count;

	assert_true(sscanf(of->inputs, "%63s %63s %63s", file, first, second) >= 2);
	if (strcmp(of->analysis, "partial") == 0) {
		pair_columns(file, first, second, &sample, other);
	} else {
		add_column(file, first, 0, &sample);
		if (*second && !strchr(second, '='))
			add_column(file, second, 1, &sample);
	}
	count = kg_stat_find("trend", of->analysis)->fit(&sample, &params, arena, term, 8);
	value = kg_test_term(term, count, of->term, of->quantity);
	kg_arena_free(arena);
	return value;
}

static void test_cases(void **state)
{
	(void)state;
	kg_cases_check("trend", case_value);
}

static int compare(const void *a, const void *b)
{
	const double *left = a, *right = b;

	return (*left > *right) - (*left < *right);
}

/* Score and median slope by their definitions, over random series with and without ties. */
static void test_slow_twins(void **state)
{
	struct kg_arena *arena = kg_arena_new(0);
	struct kg_random random = kg_random_stream(7, 0, 0);

	(void)state;
	for (size_t n = 2; n < 40; n++) {
		double y[40], x[40], slope[40 * 40], s = 0;
		size_t count = 0;

		for (size_t i = 0; i < n; i++) {
			x[i] = (double)i + kg_random_uniform(&random) / 2;
			y[i] = n % 2 ? kg_random_below(&random, 6) : kg_random_uniform(&random);
		}
		for (size_t i = 0; i < n; i++)
			for (size_t j = i + 1; j < n; j++) {
				s += (y[j] > y[i]) - (y[j] < y[i]);
				slope[count++] = (y[j] - y[i]) / (x[j] - x[i]);
			}
		qsort(slope, count, sizeof *slope, compare);
		assert_true(kg_trend_score(y, n, arena).s == s);
		assert_true(kg_trend_sen(x, y, n, arena) ==
			    (count % 2 ? slope[count / 2] : (slope[count / 2 - 1] + slope[count / 2]) / 2));
	}
	kg_arena_free(arena);
}

/* The change in level after the 28th value of the Nile flow (Cobb 1978; Pettitt's K by its definition). */
static void test_pettitt(void **state)
{
	struct kg_test_series time, flow;
	struct kg_sample sample = { .y = flow.y, .x = time.y };
	const struct kg_params params = { .conf_level = 0.95 };
	struct kg_arena *arena = kg_arena_new(0);
	struct kg_term term;
	double most = 0;

	(void)state;
	kg_test_series_read("nile", NULL, &time);
	kg_test_series_read("nile", "flow", &flow);
	sample.n = flow.n;
	for (size_t t = 0; t + 1 < flow.n; t++) {
		double u = 0;

		for (size_t i = 0; i <= t; i++)
			for (size_t j = t + 1; j < flow.n; j++)
				u += (flow.y[i] > flow.y[j]) - (flow.y[i] < flow.y[j]);
		most = fmax(most, fabs(u));
	}
	assert_int_equal(kg_stat_find("trend", "pettitt")->fit(&sample, &params, arena, &term, 1), 1);
	assert_true(term.estimate == 1898 && term.statistic == most);
	kg_arena_free(arena);
}

/* Four values cannot be significant at 95 %: 2 / 4! = 0.083, which is the exact p of a monotone series. */
static void test_small(void **state)
{
	const double y[] = { 1, 2, 3, 4 };
	const struct kg_trend_options own = { 0 };
	const struct kg_params params = { .conf_level = 0.95, .own = &own };
	const struct kg_sample sample = { .n = 4, .y = y };
	struct kg_arena *arena = kg_arena_new(0);
	struct kg_term term[2];

	(void)state;
	kg_stat_find("trend", "mann-kendall")->fit(&sample, &params, arena, term, 2);
	kg_assert_digits(term[0].p_value, 1 / 12., 14, "exact p");
	assert_int_equal(term[0].why, KG_WHY_NEVER_SIGNIFICANT);
	kg_arena_free(arena);
}

/* R 4.2.2: prop.trend.test(c(20, 25, 31, 36, 44), rep(100, 5)). */
static void test_recent(void **state)
{
	const double y[] = { 90, 20, 25, 31, 36, 44 }, n[] = { 100, 100, 100, 100, 100, 100 };
	const double x[] = { 2010, 2011, 2012, 2013, 2014, 2015 };
	const long period[] = { 2010, 2011, 2012, 2013, 2014, 2015 };
	const struct kg_trend_options own = { 0 };
	const struct kg_params params = { .conf_level = 0.95, .own = &own, .period_noun = "year" };
	struct kg_sample sample = { .n = 6, .y = y, .x = x, .exposure = n, .period = period };
	struct kg_term term;

	(void)state;
	kg_stat_find("trend", "recent")->fit(&sample, &params, NULL, &term, 1);
	kg_assert_digits(term.statistic, 16.216644305307099, 13, "chi-square");
	kg_assert_digits(term.p_value, 5.6495558226267728e-05, 12, "p");
	sample.exposure = NULL;
	kg_stat_find("trend", "recent")->fit(&sample, &params, NULL, &term, 1);
	assert_int_equal(term.why, KG_WHY_NO_UNCERTAINTY);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_cases), cmocka_unit_test(test_slow_twins), cmocka_unit_test(test_pettitt),
		cmocka_unit_test(test_small), cmocka_unit_test(test_recent),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
