#include "programs.h"

#include "stats/funnel.h"

static struct kg_case_run run;

/* The tail of one place, `x=` of `n=` at `target=`. */
static double find_tail(const struct kg_case *of)
{
	double x = kg_case_input(of, "x", NAN), n = kg_case_input(of, "n", NAN),
	       target = kg_case_input(of, "target", NAN);
	struct kg_funnel_spread none = { 1, 1, 0, 1 };
	struct kg_funnel_place place =
	    kg_funnel_place_make(&kg_funnel_method_poisson, x, n, target, &none, KG_DISPERSION_NONE);

	return strcmp(of->quantity, "p_low") == 0 ? place.p_low : place.p_high;
}

static double value(const struct kg_case *of)
{
	return strchr(of->inputs, '@') ? kg_case_cell(&run, of) : find_tail(of);
}

static void test_cases(void **state)
{
	(void)state;
	kg_cases_check("funnel", value);
	kg_arena_free(run.arena);
}

/* At the exact limit the tail of the count, taken as continuous, is the one asked for. */
static void test_limits_have_their_tails(void **state)
{
	static const double expected[] = { 0.5, 3, 47.25, 1e4, 1e7 };

	(void)state;
	for (size_t i = 0; i < sizeof expected / sizeof expected[0]; i++) {
		struct kg_interval limit = kg_funnel_method_poisson.limits(1, expected[i], 0.025);

		if (limit.low > 0)
			kg_assert_digits(1 - pgamma(expected[i], limit.low * expected[i] + 1, 1, 1, 0), 0.025, 8,
					 "lower");
		kg_assert_digits(pgamma(expected[i], limit.high * expected[i], 1, 1, 0), 0.025, 8, "upper");
		limit = kg_funnel_method_binomial.limits(.3, expected[i] + 20, 0.001);
		if (limit.low > 0)
			kg_assert_digits(
			    pbeta(.3, limit.low * (expected[i] + 20) + 1, (1 - limit.low) * (expected[i] + 20), 0, 0),
			    0.001, 8, "binomial lower");
	}
}

/* phi and tau^2 by hand: deviates -1, 0, 1 at equal variances. */
static void test_spread(void **state)
{
	double y[] = { 90, 100, 110 }, n[] = { 100, 100, 100 };
	struct kg_sample sample = { .n = 3, .y = y, .exposure = n };
	struct kg_arena *arena = kg_arena_new(0);
	struct kg_funnel_spread spread = kg_funnel_spread_make(&kg_funnel_method_poisson, &sample, 1, arena);

	(void)state;
	kg_assert_digits(spread.phi, 2.0 / 3, 14, "phi");
	kg_assert_digits(spread.phi_winsorised, 2 * .8 * .8 / 3, 14, "winsorised");
	assert_true(spread.tau2 == 0);
	kg_arena_free(arena);
}

/* Widened limits of proportions stay within 0 and 1; those of rates at 0 or above. */
static void test_widened_limits_stay_in_range(void **state)
{
	static const enum kg_overdispersion how[] = { KG_DISPERSION_MULTIPLICATIVE, KG_DISPERSION_ADDITIVE };
	struct kg_funnel_spread wide = { 40, 40, .25, 9 };

	(void)state;
	for (size_t k = 0; k < 2; k++) {
		struct kg_funnel_place share =
		    kg_funnel_place_make(&kg_funnel_method_binomial, 9, 10, .6, &wide, how[k]);
		struct kg_funnel_place rate = kg_funnel_place_make(&kg_funnel_method_poisson, 9, 10, .6, &wide, how[k]);

		assert_true(share.limit_95.low == 0 && share.limit_95.high == 1 && share.limit_998.high == 1);
		assert_true(rate.limit_95.low == 0 && rate.limit_95.high > 1);
		assert_int_equal(share.level, 0);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_cases),
		cmocka_unit_test(test_limits_have_their_tails),
		cmocka_unit_test(test_spread),
		cmocka_unit_test(test_widened_limits_stay_in_range),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
