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
		cmocka_unit_test(test_equal_weights_are_poisson),
		cmocka_unit_test(test_unequal_weights),
		cmocka_unit_test(test_no_events),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
