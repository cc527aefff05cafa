#include "cases.h"

#include "stats/proportion.h"
#include "stats/rate.h"
#include "stats/root.h"

static struct kg_term fit(const char *family, const char *id, double x, double n, double level, double per)
{
	const struct kg_stat *stat = kg_stat_find(family, id);
	struct kg_sample sample = { .n = 1, .y = &x, .exposure = &n };
	struct kg_params params = { .conf_level = level, .multiplier = per };
	struct kg_term term;

	assert_non_null(stat);
	assert_int_equal(stat->fit(&sample, &params, NULL, &term, 1), 1);
	return term;
}

static double pick(const struct kg_term *term, const char *quantity)
{
	return strcmp(quantity, "estimate") == 0   ? term->estimate
	       : strcmp(quantity, "conf_low") == 0 ? term->conf_low
						   : term->conf_high;
}

static struct kg_term run(const char *family, const struct kg_case *of)
{
	return fit(family, of->analysis, kg_case_input(of, "x", NAN), kg_case_input(of, "n", NAN),
		   kg_case_input(of, "level", 0.95), kg_case_input(of, "per", 1));
}

static double rate_value(const struct kg_case *of)
{
	struct kg_term term = run("participation", of);

	return pick(&term, of->quantity);
}

static double proportion_value(const struct kg_case *of)
{
	struct kg_term term = run("proportion", of);

	return pick(&term, of->quantity) * kg_case_input(of, "per", 1);
}

static void test_rates(void **state)
{
	(void)state;
	kg_cases_check("rates", rate_value);
}

static void test_proportions(void **state)
{
	(void)state;
	kg_cases_check("proportions", proportion_value);
}

/* The mean at which the mid-P tail equals `tail`, by halving and by summing probabilities one by one. */
static double halve_poisson(double count, double tail, bool upper)
{
	double low = 0, high = 2 * count + 50;

	for (int step = 0; step < 200; step++) {
		double mu = (low + high) / 2, sum = 0;

		for (double k = 0; k < count; k++)
			sum += exp(k * log(mu) - mu - lgamma(k + 1));
		sum += exp(count * log(mu) - mu - lgamma(count + 1)) / 2;
		if ((upper ? sum > tail : 1 - sum < tail))
			low = mu;
		else
			high = mu;
	}
	return low;
}

static void test_mid_p_rate_against_halving(void **state)
{
	static const double count[] = { 1, 3, 9, 40, 150 };

	(void)state;
	for (size_t i = 0; i < sizeof count / sizeof count[0]; i++) {
		struct kg_term term = fit("participation", "mid-p", count[i], 1, 0.95, 1);

		kg_assert_digits(term.conf_low, halve_poisson(count[i], 0.025, false), 10, "lower");
		kg_assert_digits(term.conf_high, halve_poisson(count[i], 0.025, true), 10, "upper");
	}
}

/* Newcombe 1998, table I, method 6. */
static void test_mid_p_proportion_as_printed(void **state)
{
	static const double row[][4] = {
		{ 81, 263, .2544, .3658 }, { 15, 148, .0601, .1581 }, { 0, 20, 0, .1391 }, { 1, 29, .0017, .1585 }
	};

	(void)state;
	for (size_t i = 0; i < 4; i++) {
		struct kg_term term = fit("proportion", "mid-p", row[i][0], row[i][1], 0.95, 1);

		assert_true(fabs(term.conf_low - row[i][2]) <= .5e-4);
		assert_true(fabs(term.conf_high - row[i][3]) <= .5e-4);
	}
}

static void test_extremes_stay_finite(void **state)
{
	static const char *const rate[] = { "byar", "exact", "mid-p", "score", "jeffreys", "normal", "epitools-byar" };
	static const char *const share[] = { "wilson",	 "clopper-pearson", "mid-p", "agresti-coull",
					     "jeffreys", "wilson-cc",	    "wald" };
	static const double x[] = { 0, 1, 1e5, 1e7 };

	(void)state;
	for (size_t m = 0; m < 7; m++)
		for (size_t i = 0; i < 4; i++) {
			struct kg_term r = fit("participation", rate[m], x[i], 2e7, 0.998, 1e5);
			struct kg_term p = fit("proportion", share[m], x[i], 1e7, 0.998, 1);

			assert_true(r.conf_low <= r.estimate && r.estimate <= r.conf_high);
			assert_true(p.conf_low <= p.estimate && p.estimate <= p.conf_high);
		}
}

static void test_bad_data_say_why(void **state)
{
	(void)state;
	assert_int_equal(fit("participation", "byar", -1, 10, .95, 1).why, KG_WHY_NEGATIVE);
	assert_int_equal(fit("participation", "byar", 1, 0, .95, 1).why, KG_WHY_ZERO_DENOMINATOR);
	assert_int_equal(fit("participation", "byar", 0, 0, .95, 1).why, KG_WHY_ZERO_DENOMINATOR);
	assert_int_equal(fit("proportion", "wilson", 5, 4, .95, 1).why, KG_WHY_COUNT_ABOVE_DENOMINATOR);
	assert_int_equal(fit("proportion", "wilson", 0, 0, .95, 1).why, KG_WHY_ZERO_DENOMINATOR);
}

/* Three persons of one event and two of four: 11 events, variance 3 + 2 * 16. */
static void test_repeated_events_widen(void **state)
{
	double persons[] = { 3, 2 }, times[] = { 1, 4 }, population[] = { 100, 0 };
	struct kg_sample sample = { .n = 1, .y = persons, .weight = times, .exposure = population };
	struct kg_params params = { .conf_level = 0.95, .multiplier = 100 };
	struct kg_term term;

	(void)state;
	population[0] = population[1] = 50;
	sample.n = 2;
	kg_rate_fit(&sample, &params, kg_count_byar, &term, 1);
	kg_assert_digits(term.estimate, 11, 14, "rate");
	kg_assert_digits(term.std_error, sqrt(35), 14, "standard error");
	kg_assert_digits(term.conf_low, 11 + sqrt(35.0 / 11) * (kg_count_byar(11, .95).low - 11), 13, "lower");
}

static double cubic(const void *context, double x)
{
	return x * x * x - *(const double *)context;
}

static void test_root(void **state)
{
	double of = 2;

	(void)state;
	kg_assert_digits(kg_root_find(cubic, &of, 0, 100), cbrt(2), 15, "cube root");
	assert_true(isnan(kg_root_find(cubic, &of, 2, 3)));
	assert_true(kg_root_find(cubic, &of, cbrt(2) + 1, 0) - cbrt(2) < 1e-15);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_rates),
		cmocka_unit_test(test_proportions),
		cmocka_unit_test(test_mid_p_rate_against_halving),
		cmocka_unit_test(test_mid_p_proportion_as_printed),
		cmocka_unit_test(test_extremes_stay_finite),
		cmocka_unit_test(test_bad_data_say_why),
		cmocka_unit_test(test_repeated_events_widen),
		cmocka_unit_test(test_root),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
