#include "cases.h"

#include "stats/apportion.h"

static void test_parts_sum_to_the_value(void **state)
{
	static const double share[] = { 0.538772, 0.2, 0.261228 };
	double part[3];

	(void)state;
	kg_apportion(7686, share, 3, true, part);
	assert_true(part[0] == 4141 && part[1] == 1537 && part[2] == 2008);
	kg_apportion(0.1, share, 3, true, part);
	kg_assert_digits(part[0] + part[1] + part[2], 0.1, 15, "fractional value");
	kg_apportion(1, (const double[]){ .5, .5 }, 2, true, part);
	assert_true(part[0] == 1 && part[1] == 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_parts_sum_to_the_value),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
