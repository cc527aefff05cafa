#include "programs.h"

#include "stats/smooth_doubt.h"

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
	struct kg_term term = kg_smooth_term(&prior, 10, 100, 0, &params);

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
	struct kg_term term = kg_smooth_term(&prior, 5, 1000, kg_smooth_variance(&prior, 5, 1000), &params);
	double weight = 7e-7 / (7e-7 + 0.002 / 1000), shape = 0.002 * 0.002 / 7e-7 + 5, rate = 0.002 / 7e-7 + 1000;

	(void)state;
	kg_assert_digits(term.estimate, weight * 0.005 + (1 - weight) * 0.002, 14, "mean");
	kg_assert_digits(pgamma(term.conf_low, shape, 1 / rate, 1, 0), 0.025, 11, "lower");
	kg_assert_digits(pgamma(term.conf_high, shape, 1 / rate, 0, 0), 0.025, 11, "upper");
}

/* Mean squared error by leaving each place out and beginning anew: Jiang, Lahiri & Wan 2002, equation 2.3. */
static double find_error_slowly(const double *y, const double *n, size_t k, size_t place)
{
	struct kg_sample all = { .n = k, .y = y, .exposure = n };
	struct kg_smooth_prior prior = kg_smooth_global(&all);
	double shape = prior.mean * prior.mean / prior.variance + y[place];
	double rate = prior.mean / prior.variance + n[place], own = shape / rate / rate, moved = 0, grown = 0;

	for (size_t u = 0; u < k; u++) {
		double some_y[8], some_n[8], posterior = 0, estimate;
		struct kg_sample some = { .y = some_y, .exposure = some_n };
		struct kg_smooth_prior without;

		for (size_t i = 0; i < k; i++)
			if (i != u) {
				some_y[some.n] = y[i];
				some_n[some.n++] = n[i];
			}
		without = kg_smooth_global(&some);
		estimate = without.mean;
		if (without.variance > 0) {
			double a = without.mean * without.mean / without.variance + y[place];
			double b = without.mean / without.variance + n[place];

			estimate = a / b;
			posterior = a / b / b;
		}
		moved += (estimate - shape / rate) * (estimate - shape / rate);
		grown += posterior - own;
	}
	return own - grown * (double)(k - 1) / (double)k + moved * (double)(k - 1) / (double)k;
}

static void test_doubt_against_beginning_anew(void **state)
{
	const double y[] = { 3, 22, 8, 41, 5, 12, 30 }, n[] = { 100, 300, 350, 500, 260, 200, 310 };
	struct kg_sample sample = { .n = 7, .y = y, .exposure = n };
	struct kg_smooth_prior prior = kg_smooth_global(&sample), without[7], again[7];
	const size_t first[] = { 0, 6 }, of[] = { 1, 2, 3, 4, 5, 6 };
	struct kg_smooth_neighbours neighbours = { first, of };

	(void)state;
	kg_smooth_global_without(&sample, without);
	for (size_t i = 0; i < 7; i++)
		kg_assert_digits(kg_smooth_doubt(&prior, without, 7, y[i], n[i]), find_error_slowly(y, n, 7, i), 11,
				 "mean squared error");
	/* The first place with all others as its neighbours sees what the global method sees. */
	kg_smooth_local_without(&sample, &neighbours, 0, NULL, again);
	for (size_t i = 0; i < 7; i++)
		kg_assert_digits(again[i].variance, without[i].variance, 11, "variance without a place");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_cases),
		cmocka_unit_test(test_negative_variance_is_clamped),
		cmocka_unit_test(test_posterior),
		cmocka_unit_test(test_doubt_against_beginning_anew),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
