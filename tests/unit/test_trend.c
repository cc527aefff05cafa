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

static size_t fit_nile(const char *method, struct kg_arena *arena, struct kg_term *term)
{
	static struct kg_test_series time, flow;
	static const struct kg_trend_options own = { 0 };
	const struct kg_params params = { .conf_level = 0.95, .own = &own, .seed = 1 };
	struct kg_sample sample = { .y = flow.y, .x = time.y };

	kg_test_series_read("nile", NULL, &time);
	kg_test_series_read("nile", "flow", &flow);
	sample.n = flow.n;
	return kg_stat_find("trend", method)->fit(&sample, &params, arena, term, 3);
}

/* Largest |U| and where, and the z of the rank sum there, by pairs. */
static double split_slowly(const double *y, size_t n, size_t *at, double *z)
{
	double most = -1, ties = 0, count = (double)n, m;

	for (size_t t = 0; t + 1 < n; t++) {
		double u = 0;

		for (size_t i = 0; i <= t; i++)
			for (size_t j = t + 1; j < n; j++)
				u += (y[i] > y[j]) - (y[i] < y[j]);
		if (fabs(u) > most) {
			most = fabs(u);
			*at = t;
		}
	}
	for (size_t i = 0; i < n; i++) {
		double same = 0;

		for (size_t j = 0; j < n; j++)
			same += y[j] == y[i];
		ties += same * same - 1;
	}
	m = (double)*at + 1;
	*z = fmax(0, most / 2 - 0.5) / sqrt(m * (count - m) / 12 * (count + 1 - ties / count / (count - 1)));
	return most;
}

static void test_slow_splits(void **state)
{
	struct kg_arena *arena = kg_arena_new(0);
	struct kg_random random = kg_random_stream(11, 0, 0);
	const struct kg_params params = { .conf_level = 0.95 };

	(void)state;
	for (size_t n = 5; n < 40; n++) {
		double y[40], x[40], most, z;
		const struct kg_sample sample = { .n = n, .y = y, .x = x };
		struct kg_term term;
		size_t at = 0;

		for (size_t i = 0; i < n; i++) {
			x[i] = (double)i;
			y[i] = n % 2 ? kg_random_below(&random, 6) : kg_random_uniform(&random);
		}
		most = split_slowly(y, n, &at, &z);
		kg_stat_find("trend", "pettitt")->fit(&sample, &params, arena, &term, 1);
		assert_true(term.statistic == most && term.estimate == (double)at);
		kg_stat_find("trend", "lanzante")->fit(&sample, &params, arena, &term, 1);
		assert_true(term.estimate == (double)at);
		assert_float_equal(term.statistic, z, 1e-12);
	}
	kg_arena_free(arena);
}

/* Counts the orders of y[from..] whose |S| is at least that asked for. */
static void count_orders(double *y, size_t from, size_t n, double least, double *reaching, double *all)
{
	double s = 0;

	for (size_t i = from; i < n; i++) {
		double held = y[from];

		y[from] = y[i];
		y[i] = held;
		count_orders(y, from + 1, n, least, reaching, all);
		y[i] = y[from];
		y[from] = held;
	}
	if (from < n)
		return;
	for (size_t i = 0; i < n; i++)
		for (size_t j = i + 1; j < n; j++)
			s += (y[j] > y[i]) - (y[j] < y[i]);
	*reaching += fabs(s) >= least;
	*all += 1;
}

/* The exact p against all orders of up to eight values. */
static void test_exact_p(void **state)
{
	double y[] = { 3, 1, 4, 1.5, 9, 2.6, 5, 0.5 };
	const struct kg_trend_options own = { 0 };
	const struct kg_params params = { .conf_level = 0.95, .own = &own };
	struct kg_arena *arena = kg_arena_new(0);

	(void)state;
	for (size_t n = 3; n <= 8; n++) {
		const struct kg_sample sample = { .n = n, .y = y };
		double reaching = 0, all = 0;
		struct kg_term term[2];

		kg_stat_find("trend", "mann-kendall")->fit(&sample, &params, arena, term, 2);
		count_orders(y, 0, n, fabs(term[1].estimate), &reaching, &all);
		assert_float_equal(term[0].p_value, reaching / all, 1e-13);
	}
	kg_arena_free(arena);
}

/* The Dietz-Killeen covariance by its definition: a third of sum over i, j, k of sign(a[j] - a[i]) sign(b[j] - b[k]),
 * and of sum over i < j of the product of both signs, over strata that have gaps in different years. */
static void test_correlated_slowly(void **state)
{
	struct kg_arena *arena = kg_arena_new(0);
	struct kg_random random = kg_random_stream(5, 0, 0);
	double a[12], b[12];

	(void)state;
	for (size_t round = 0; round < 20; round++) {
		double all = 0, pairs = 0;

		for (size_t i = 0; i < 12; i++) {
			a[i] = kg_random_below(&random, 8);
			b[i] = round % 2 ? kg_random_uniform(&random) : a[i] + kg_random_below(&random, 3);
		}
		for (size_t j = 0; j < 12; j++)
			for (size_t i = 0; i < 12; i++) {
				double sign = (a[j] > a[i]) - (a[j] < a[i]);

				for (size_t k = 0; k < 12; k++)
					all += sign * ((b[j] > b[k]) - (b[j] < b[k]));
				pairs += i < j ? sign * ((b[j] > b[i]) - (b[j] < b[i])) : 0;
			}
		assert_float_equal(kg_trend_covariance(a, b, 12, arena), (pairs + all) / 3, 1e-10);
	}
	kg_arena_free(arena);
}

/* R 4.2.2 on the Nile flow: lm(x[-1] ~ x[-n] + I(2:n)) and Hamed's r*; wilcox.test of the two parts; partial sums. */
static void test_further_methods(void **state)
{
	struct kg_arena *arena = kg_arena_new(0);
	struct kg_term term[3];

	(void)state;
	assert_int_equal(fit_nile("bias-corrected-prewhiten", arena, term), 2);
	assert_true(term[1].estimate == -971);
	assert_int_equal(fit_nile("lanzante", arena, term), 1);
	kg_assert_digits(term[0].p_value, 5.5275132369241345e-10, 12, "lanzante p");
	kg_assert_digits(term[0].statistic, 6.203345988616868, 13, "lanzante z");
	assert_int_equal(fit_nile("buishand", arena, term), 1);
	kg_assert_digits(term[0].statistic, 2.9666365549769957, 13, "buishand range");
	assert_true(term[0].estimate == 1898 && term[0].p_value == 1e-4);
	assert_int_equal(fit_nile("buishand-u", arena, term), 1);
	kg_assert_digits(term[0].statistic, 2.5014420345751263, 13, "buishand u");
	assert_int_equal(fit_nile("block-bootstrap", arena, term), 3);
	assert_true(term[2].estimate == 3 && term[1].estimate == -1387 && term[0].p_value < 0.01);
	kg_arena_free(arena);
}

/* R / sqrt(n) by its definition: every sum anew. */
static void find_range(const double *y, size_t n, double *range)
{
	double mean = 0, squares = 0, least = 0, most = 0;

	for (size_t i = 0; i < n; i++)
		mean += y[i] / (double)n;
	for (size_t i = 0; i < n; i++)
		squares += (y[i] - mean) * (y[i] - mean);
	for (size_t k = 1; k <= n; k++) {
		double sum = 0;

		for (size_t i = 0; i < k; i++)
			sum += y[i] - mean;
		least = fmin(least, sum);
		most = fmax(most, sum);
	}
	*range = (most - least) / sqrt(squares);
}

/* Buishand (1982), table 1: 5 % critical values of R / sqrt(n). A series scaled to have one of them has p near 0.05. */
static void test_buishand_table(void **state)
{
	static const size_t length[] = { 10, 20, 30, 50, 100 };
	static const double critical[] = { 1.28, 1.43, 1.50, 1.55, 1.62 };

	(void)state;
	for (size_t k = 0; k < sizeof length / sizeof length[0]; k++) {
		struct kg_arena *arena = kg_arena_new(0);
		const struct kg_params params = { .conf_level = 0.95, .seed = 3 };
		double y[100], x[100];
		const struct kg_sample sample = { .n = length[k], .y = y, .x = x };
		struct kg_term term;
		double shift = 2, step = 1;

		for (int round = 0; round < 40; round++, step /= 1.6) {
			for (size_t i = 0; i < sample.n; i++) {
				x[i] = (double)i;
				y[i] = (i % 2 ? 1 : -1) + (i < sample.n / 2 ? 0 : shift);
			}
			find_range(y, sample.n, &term.statistic);
			shift += term.statistic < critical[k] ? step : -step;
		}
		kg_stat_find("trend", "buishand")->fit(&sample, &params, arena, &term, 1);
		assert_float_equal(term.statistic, critical[k], 1e-4);
		assert_float_equal(term.p_value, 0.05, 0.008);
		kg_arena_free(arena);
	}
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
		cmocka_unit_test(test_cases),		cmocka_unit_test(test_slow_twins),
		cmocka_unit_test(test_pettitt),		cmocka_unit_test(test_small),
		cmocka_unit_test(test_further_methods), cmocka_unit_test(test_buishand_table),
		cmocka_unit_test(test_recent),		cmocka_unit_test(test_slow_splits),
		cmocka_unit_test(test_exact_p),		cmocka_unit_test(test_correlated_slowly),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
