#include "cases.h"

#include "stats/reconcile.h"

static struct kg_addends add(size_t n, const double *value)
{
	struct kg_addends sum = { 0 };

	for (size_t i = 0; i < n; i++)
		kg_addends_add(&sum, value[i], value[i], value[i]);
	return sum;
}

static struct kg_addends bound(double value, double low, double high)
{
	struct kg_addends sum = { 0 };

	kg_addends_add(&sum, value, low, high);
	return sum;
}

/* Decimals that no double holds: 0.1 + 0.2 is 0.3, ten times 0.1 is 1, and 0.29 - 0.3 is -0.01. */
static void test_decimals_add_as_written(void **state)
{
	static const double tenth[] = { .1, .1, .1, .1, .1, .1, .1, .1, .1, .1 }, two[] = { .1, .2 };
	struct kg_addends one = add(1, (const double[]){ 1 }), sum = add(10, tenth),
			  less = add(1, (const double[]){ .29 });
	struct kg_addends three = add(2, two), whole = add(1, (const double[]){ .3 });

	(void)state;
	assert_true(kg_reconcile(&sum, &one, 0).estimate == 0 && kg_reconcile(&sum, &one, 0).why == KG_WHY_NONE);
	assert_true(kg_addends_sum(&three) == .3);
	assert_true(kg_reconcile(&three, &whole, 0).why == KG_WHY_NONE);
	assert_true(kg_reconcile(&less, &whole, 0).estimate == -.01);
	assert_true(kg_reconcile(&less, &whole, 0).why == KG_WHY_DIFFERS);
	assert_true(kg_reconcile(&less, &whole, .01).why == KG_WHY_NONE);
}

/* A difference of one beside 15 digits is no rounding. */
static void test_large_counts_stay_exact(void **state)
{
	struct kg_addends parts = add(2, (const double[]){ 900000000000000, 1 });
	struct kg_addends reported = add(1, (const double[]){ 900000000000000 });

	(void)state;
	assert_true(kg_reconcile(&parts, &reported, 0).estimate == 1);
	assert_true(kg_reconcile(&parts, &reported, 0).why == KG_WHY_DIFFERS);
}

static void test_sums_beyond_double(void **state)
{
	struct kg_addends parts = add(2, (const double[]){ 1e308, 1e308 }), one = add(1, (const double[]){ 1 });

	(void)state;
	assert_true(kg_reconcile(&parts, &one, 0).why == KG_WHY_OVERFLOW);
	assert_true(isnan(kg_reconcile(&parts, &one, 0).estimate));
}

static void test_ranges_meet_or_not(void **state)
{
	struct kg_addends parts = bound(30000, 30000, INFINITY), few = bound(4, 0, 4);
	struct kg_addends more = add(1, (const double[]){ 41000 }), less = add(1, (const double[]){ 29999 });
	struct kg_term term = kg_reconcile(&parts, &more, 0);

	(void)state;
	assert_true(term.why == KG_WHY_BOUND && term.estimate == -11000);
	assert_true(term.bound_low == -11000 && isinf(term.bound_high));
	term = kg_reconcile(&parts, &less, 0);
	assert_true(term.why == KG_WHY_DIFFERS && term.bound_low == 1);
	assert_true(kg_reconcile(&parts, &less, 1).why == KG_WHY_BOUND);
	term = kg_reconcile(&less, &parts, 0);
	assert_true(term.why == KG_WHY_DIFFERS && term.bound_high == -1 && isinf(term.bound_low));
	term = kg_reconcile(&few, &few, 0);
	assert_true(term.why == KG_WHY_BOUND && term.bound_low == -4 && term.bound_high == 4);
}

static void test_what_is_missing_is_not_known(void **state)
{
	struct kg_addends parts = add(2, (const double[]){ 3, NAN }), three = add(1, (const double[]){ 3 }),
			  none = { 0 };

	(void)state;
	assert_true(kg_reconcile(&parts, &three, 1e9).why == KG_WHY_MISSING);
	assert_true(isnan(kg_reconcile(&parts, &three, 0).estimate));
	assert_true(kg_reconcile(&three, &none, 0).why == KG_WHY_MISSING);
	assert_int_equal(parts.n, 1);
	assert_int_equal(parts.n_missing, 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_decimals_add_as_written),	     cmocka_unit_test(test_large_counts_stay_exact),
		cmocka_unit_test(test_sums_beyond_double),	     cmocka_unit_test(test_ranges_meet_or_not),
		cmocka_unit_test(test_what_is_missing_is_not_known),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
