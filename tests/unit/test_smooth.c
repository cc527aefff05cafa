#include "programs.h"

#include "stats/smooth.h"

static struct kg_case_run run;

static double value(const struct kg_case *of)
{
	return kg_case_cell(&run, of);
}

static void test_cases(void **state)
{
	(void)state;
	kg_cases_check("smooth", value);
	kg_arena_free(run.arena);
}

/* Places that differ less than chance: the variance is set to 0 and every place has the mean. */
static void test_negative_variance_is_clamped(void **state)
{
	double y[] = { 10, 10, 11 }, n[] = { 100, 100, 100 };
	struct kg_sample sample = { .n = 3, .y = y, .exposure = n };
	struct kg_smooth_prior prior = kg_smooth_global(&sample);
	struct kg_params params = { .conf_level = .95, .multiplier = 1 };
	struct kg_term term = kg_smooth_term(&prior, 10, 100, &params);

	(void)state;
	assert_true(prior.clamped && prior.variance == 0);
	kg_assert_digits(term.estimate, 31.0 / 300, 15, "mean");
	assert_int_equal(term.why, KG_WHY_CLAMPED);
}

/* The posterior mean is the weighted mean of raw rate and prior mean; limits hold the level. */
static void test_posterior(void **state)
{
	struct kg_smooth_prior prior = { .mean = 0.002, .variance = 7e-7 };
	struct kg_params params = { .conf_level = .95, .multiplier = 1 };
	struct kg_term term = kg_smooth_term(&prior, 5, 1000, &params);
	double weight = 7e-7 / (7e-7 + 0.002 / 1000), shape = 0.002 * 0.002 / 7e-7 + 5, rate = 0.002 / 7e-7 + 1000;

	(void)state;
	kg_assert_digits(term.estimate, weight * 0.005 + (1 - weight) * 0.002, 14, "mean");
	kg_assert_digits(pgamma(term.conf_low, shape, 1 / rate, 1, 0), 0.025, 11, "lower");
	kg_assert_digits(pgamma(term.conf_high, shape, 1 / rate, 0, 0), 0.025, 11, "upper");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_cases),
		cmocka_unit_test(test_negative_variance_is_clamped),
		cmocka_unit_test(test_posterior),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
