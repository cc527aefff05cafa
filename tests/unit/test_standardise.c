#include "programs.h"

#include "stats/standard.h"

static struct kg_case_run run;

static double value(const struct kg_case *of)
{
	return kg_case_cell(&run, of);
}

static void test_cases(void **state)
{
	(void)state;
	kg_cases_check("standardise", value);
	kg_arena_free(run.arena);
}

/* Observed `x=` events in one stratum at the reference's rate `expected=`. */
static double ratio_value(const struct kg_case *of)
{
	double x = kg_case_input(of, "x", NAN), rate = kg_case_input(of, "expected", NAN), population = 1;
	struct kg_sample sample = { .n = 1, .y = &x, .exposure = &population, .weight = &rate };
	struct kg_params params = { .conf_level = kg_case_input(of, "level", .95), .multiplier = 1, .own = &rate };
	struct kg_term term[2];

	assert_int_equal(kg_stat_find("indirect", of->analysis)->fit(&sample, &params, NULL, term, 2), 2);
	return strcmp(of->quantity, "estimate") == 0	? term[0].estimate
	       : strcmp(of->quantity, "conf_low") == 0	? term[0].conf_low
	       : strcmp(of->quantity, "conf_high") == 0 ? term[0].conf_high
	       : strcmp(of->quantity, "statistic") == 0 ? term[0].statistic
							: term[0].p_value;
}

static void test_observed_over_expected(void **state)
{
	(void)state;
	kg_cases_check("smr", ratio_value);
}

/* A place exactly as expected, without events, with very many: p-values stay within 0 and 1. */
static void test_p_values_at_the_ends(void **state)
{
	static const char *const method[] = { "byar", "exact", "mid-p", "score" };
	static const double pair[][2] = {
		{ 0, .01 }, { 0, 500 }, { 100, 100 }, { 1e7, 1e7 }, { 1e7, 9e6 }, { 3, 1e-9 }
	};

	(void)state;
	for (size_t m = 0; m < 4; m++)
		for (size_t i = 0; i < sizeof pair / sizeof pair[0]; i++) {
			struct kg_case of = { .analysis = method[m], .quantity = "p_value" };
			char inputs[64];
			double p;

			snprintf(inputs, sizeof inputs, "x=%.17g expected=%.17g", pair[i][0], pair[i][1]);
			of.inputs = inputs;
			p = ratio_value(&of);
			assert_true(p >= 0 && p <= 1);
			assert_true(pair[i][0] != pair[i][1] || p > .9);
		}
}

static struct kg_term fit(const char *id, const struct kg_sample *sample)
{
	struct kg_params params = { .conf_level = 0.95, .multiplier = 1 };
	struct kg_term term;

	kg_stat_find("standardise", id)->fit(sample, &params, NULL, &term, 1);
	return term;
}

/* Strata of equal weight per event: the rate is a scaled Poisson count, so every method has its exact limits. */
static void test_equal_weights_are_poisson(void **state)
{
	double events[] = { 4, 9, 2 }, population[] = { 100, 100, 100 }, weight[] = { 1, 1, 1 };
	struct kg_sample sample = { .n = 3, .y = events, .exposure = population, .weight = weight };
	struct kg_interval exact = kg_count_exact(15, .95);

	(void)state;
	kg_assert_digits(fit("dobson-exact", &sample).conf_low, exact.low / 300, 14, "dobson-exact");
	kg_assert_digits(fit("fay-feuer", &sample).conf_low, exact.low / 300, 12, "fay-feuer lower");
	kg_assert_digits(fit("fay-feuer", &sample).conf_high, exact.high / 300, 12, "fay-feuer upper");
	kg_assert_digits(fit("tiwari", &sample).conf_high, exact.high / 300, 12, "tiwari upper");
}

/* R: y <- sum(w*x/n); v <- sum((w/n)^2*x); qgamma with the shifts of Tiwari, Clegg & Zou. */
static void test_unequal_weights(void **state)
{
	double events[] = { 4, 9, 2 }, population[] = { 100, 250, 80 }, weight[] = { 1, 2, 3 };
	struct kg_sample sample = { .n = 3, .y = events, .exposure = population, .weight = weight };

	(void)state;
	kg_assert_digits(fit("tiwari", &sample).conf_low, 0.014419447392240794, 12, "lower");
	kg_assert_digits(fit("tiwari", &sample).conf_high, 0.058799242270364586, 12, "upper");
	kg_assert_digits(fit("fay-feuer", &sample).conf_high, 0.064376934791167531, 12, "upper");
}

static void test_no_events(void **state)
{
	double events[] = { 0, 0 }, population[] = { 100, 250 }, weight[] = { 1, 2 };
	struct kg_sample sample = { .n = 2, .y = events, .exposure = population, .weight = weight };
	struct kg_term term = fit("fay-feuer", &sample);

	(void)state;
	assert_true(term.conf_low == 0 && term.conf_high > 0 && term.why == KG_WHY_SMALL_COUNT);
	term = fit("dobson", &sample);
	assert_true(isnan(term.estimate) && term.why == KG_WHY_SMALL_COUNT);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_cases),
		cmocka_unit_test(test_observed_over_expected),
		cmocka_unit_test(test_p_values_at_the_ends),
		cmocka_unit_test(test_equal_weights_are_poisson),
		cmocka_unit_test(test_unequal_weights),
		cmocka_unit_test(test_no_events),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
