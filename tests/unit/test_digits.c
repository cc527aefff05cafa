/* digits: the fast road beside printf and strtod. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/digits.h"
#include "base/random.h"

static void compare(double value)
{
	struct kg_digits fast = kg_digits_shortest(value), slow = kg_digits_by_library(value);
	char text[40];

	assert_string_equal(fast.digit, slow.digit);
	assert_int_equal(fast.exponent, slow.exponent);
	snprintf(text, sizeof text, "%.1s.%se%d", fast.digit, fast.digit + 1, fast.exponent);
	assert_true(strtod(text, NULL) == value);
}

static void any_double(void **state)
{
	struct kg_random random = kg_random_stream(1, 0, 0);

	(void)state;
	for (int i = 0; i < 200000; i++) {
		double magnitude = exp2(60 * kg_random_uniform(&random) - 30) * (1 + kg_random_uniform(&random));

		compare(magnitude);
		compare(exp2(2000 * kg_random_uniform(&random) - 1000));
	}
}

/* Few decimals, halves of the last digit, neighbours of powers of ten and of two. */
static void awkward_doubles(void **state)
{
	(void)state;
	for (int power = -300; power <= 300; power++) {
		double ten = pow(10, power), two = ldexp(1, power);

		for (int step = -3; step <= 3; step++) {
			compare(ten * (1 + step * 0x1p-52));
			compare(two * (1 + step * 0x1p-52));
			compare(ten * (1 + step / 8.0));
		}
	}
	for (int i = 1; i < 100000; i++) {
		compare(i / 1000.0);
		compare(i / 3.0);
		compare(i * 1e9 + 1 / 1024.0);
		compare(i * 0x1p-30);
	}
	compare(0x1p-1074);
	compare(0x1.fffffffffffffp1023);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(any_double), cmocka_unit_test(awkward_doubles) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
