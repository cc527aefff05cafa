/* Arena, text, numbers, random numbers, threads. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "base/parallel.h"
#include "base/random.h"
#include "base/text.h"

static void count_call(void *object)
{
	++*(int *)object;
}

static void test_arena(void **state)
{
	struct kg_arena *arena = kg_arena_new(100000);
	struct kg_arena_mark mark = kg_arena_mark(arena);
	int calls = 0;
	char *text;

	(void)state;
	assert_true(kg_arena_defer(arena, count_call, &calls));
	text = kg_arena_text(arena, "kẻng");
	assert_string_equal(text, "kẻng");
	for (int i = 0; i < 50; i++)
		assert_non_null(kg_arena_alloc(arena, 1000));
	assert_null(kg_arena_alloc(arena, 90000));
	assert_true(kg_arena_failed(arena));
	kg_arena_rewind(arena, mark);
	assert_int_equal(calls, 1);
	assert_int_equal(kg_arena_used(arena), 0);
	assert_non_null(kg_arena_alloc(arena, 90000));
	assert_null(kg_arena_array(arena, SIZE_MAX / 2, 4));
	kg_arena_free(arena);
}

/* Random decimals of up to 25 digits read to the same bits as the C library's correctly rounded reader. */
static void test_parse_equals_the_library(void **state)
{
	struct kg_random random = kg_random_stream(3, 0, 0);
	char text[80];

	(void)state;
	for (int i = 0; i < 200000; i++) {
		int digits = 1 + (int)kg_random_below(&random, 25),
		    point = (int)kg_random_below(&random, (uint32_t)digits + 1);
		size_t used = 0;
		double value = NAN;
		enum kg_parse parse;

		if (kg_random_below(&random, 2))
			text[used++] = '-';
		for (int k = 0; k < digits; k++) {
			if (k == point && k)
				text[used++] = '.';
			text[used++] = (char)('0' + kg_random_below(&random, 10));
		}
		text[used] = '\0';
		if (kg_random_below(&random, 3) == 0)
			used += (size_t)snprintf(text + used, sizeof text - used, "e%d",
						 (int)kg_random_below(&random, 600) - 300);
		parse = kg_number_parse(text, used, '.', 0, &value);
		if (isinf(strtod(text, NULL))) {
			assert_int_equal(parse, KG_TOO_LARGE);
		} else if (parse == KG_TOO_LARGE) {
			assert_null(strpbrk(text, ".e"));
			assert_true(fabs(strtod(text, NULL)) > KG_INTEGER_MOST);
		} else {
			assert_int_equal(parse, KG_PARSED);
			assert_true(value == strtod(text, NULL));
		}
	}
}

static void test_parse_groups(void **state)
{
	static const char *const bad[] = { "",	   "-",	  ".",	 "1.23", "12.34.567", ".123", "1..234", "1,2,3",
					   "0x10", "inf", "nan", "1e",	 " 1",	      "1 ",   "--1" };
	double value;

	(void)state;
	assert_int_equal(kg_number_parse("1.234.567,5", 11, ',', '.', &value), KG_PARSED);
	assert_true(value == 1234567.5);
	assert_int_equal(kg_number_parse("1.234", 5, ',', '.', &value), KG_PARSED);
	assert_true(value == 1234);
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
		assert_int_equal(kg_number_parse(bad[i], strlen(bad[i]), ',', '.', &value), KG_NOT_A_NUMBER);
	assert_true(kg_number_is_code("05248", 5));
	assert_false(kg_number_is_code("0", 1));
	assert_false(kg_number_is_code("0.5", 3));
}

static const char *show(struct kg_arena *arena, double value, int digits, enum kg_language language)
{
	struct kg_buffer buffer = kg_buffer_new(arena);

	kg_number_display(&buffer, value, digits, language);
	return buffer.text;
}

static void test_display(void **state)
{
	struct kg_arena *arena = kg_arena_new(0);
	struct kg_buffer buffer = kg_buffer_new(arena);

	(void)state;
	assert_string_equal(show(arena, 1234567, 4, KG_ENGLISH), "1,234,567");
	assert_string_equal(show(arena, 1234.5678, 4, KG_ENGLISH), "1,235");
	assert_string_equal(show(arena, 1234.5678, 6, KG_VIETNAMESE), "1.234,57");
	assert_string_equal(show(arena, -0.00012345, 3, KG_ENGLISH), "-0.000123");
	assert_string_equal(show(arena, 9.9996, 4, KG_ENGLISH), "10.00");
	assert_string_equal(show(arena, NAN, 4, KG_ENGLISH), "");
	kg_number_p(&buffer, 3e-9, 4, KG_ENGLISH);
	assert_string_equal(buffer.text, "<1e-4");
	buffer = kg_buffer_new(arena);
	kg_number_fixed(&buffer, -0.0001, 2, KG_ENGLISH);
	assert_string_equal(buffer.text, "0.00");
	kg_arena_free(arena);
}

/* The obvious twin: the fewest of 15 to 17 digits of printf that read back. */
static void write_slowly(char *text, size_t size, double value)
{
	for (int digits = 15; digits <= 17; digits++) {
		snprintf(text, size, "%.*g", digits, value);
		if (strtod(text, NULL) == value)
			break;
	}
	if (fabs(value) < KG_INTEGER_MOST && value == nearbyint(value))
		snprintf(text, size, "%.0f", value);
}

/* What is written in exact form reads back as the same double, and is what printf would write. */
static void test_exact_round_trip(void **state)
{
	struct kg_arena *arena = kg_arena_new(0);

	(void)state;
	for (uint32_t i = 0; i < 100000; i++) {
		struct kg_random random = kg_random_stream(5, 1, i);
		struct kg_arena_mark mark = kg_arena_mark(arena);
		struct kg_buffer buffer = kg_buffer_new(arena);
		double value = ldexp(kg_random_uniform(&random) - 0.5, (int)kg_random_below(&random, 300) - 150);
		char slow[64];

		if (i % 3 == 1)
			value = nearbyint(kg_random_uniform(&random) * 1e6) / 1000;
		if (i % 3 == 2)
			value = nearbyint(kg_random_normal(&random) * 1e9) *
				pow(10, (int)kg_random_below(&random, 20) - 15);
		kg_number_exact(&buffer, value);
		assert_true(strtod(buffer.text, NULL) == value);
		write_slowly(slow, sizeof slow, value == 0 ? 0 : value);
		assert_string_equal(buffer.text, slow);
		kg_arena_rewind(arena, mark);
	}
	kg_arena_free(arena);
}

static void test_text(void **state)
{
	static const char *const names[] = { "population", "year", "attendances" };
	struct kg_arena *arena = kg_arena_new(0);
	const char *const *part;

	(void)state;
	assert_string_equal(kg_text_nearest("popluation", names, 3), "population");
	assert_null(kg_text_nearest("xyz", names, 3));
	assert_int_equal(kg_text_invalid_at("Hòa Bình", strlen("Hòa Bình")), strlen("Hòa Bình"));
	assert_int_equal(kg_text_invalid_at("a\xff", 2), 1);
	assert_int_equal(kg_text_width("Hòa Bình"), 8);
	assert_string_equal(kg_text_within("Đơn vị hành chính", arena), "đơn vị hành chính");
	assert_string_equal(kg_text_within("GDP per head", arena), "GDP per head");
	assert_string_equal(kg_text_within("N", arena), "n");
	assert_string_equal(kg_text_within("", arena), "");
	assert_string_equal(kg_text_slug("Thành phố Hòa Bình – Đà Bắc!", arena), "thanh-pho-hoa-binh-da-bac");
	assert_int_equal(kg_text_split(" a, b,,c", ',', arena, &part), 4);
	assert_string_equal(part[1], "b");
	assert_string_equal(part[2], "");
	kg_arena_free(arena);
}

/* Known answers of Philox4x32-10 (Random123's kat_vectors) and the moments of what is made from it. */
static void test_random(void **state)
{
	struct kg_random zero = kg_random_stream(0, 0, 0), random = kg_random_stream(42, 1, 2);
	double sum = 0, squares = 0;
	unsigned counts[7] = { 0 };
	enum { DRAWS = 200000 };

	(void)state;
	assert_int_equal(kg_random_bits(&zero), 0x6627e8d5);
	assert_int_equal(kg_random_bits(&zero), 0xe169c58d);
	for (int i = 0; i < DRAWS; i++) {
		double normal = kg_random_normal(&random);

		sum += normal;
		squares += normal * normal;
		counts[kg_random_below(&random, 7)]++;
	}
	assert_true(fabs(sum / DRAWS) < 4 / sqrt(DRAWS));
	assert_true(fabs(squares / DRAWS - 1) < 4 * sqrt(2.0 / DRAWS));
	for (int k = 0; k < 7; k++)
		assert_true(fabs(counts[k] - DRAWS / 7.0) < 5 * sqrt(DRAWS / 7.0));
}

static enum kg_status square(void *context, size_t index, struct kg_arena *scratch, struct kg_error *error)
{
	double *out = context;

	(void)scratch;
	if (index == 30 || index == 700)
		return kg_error_set(error, KG_EDATA, "index %zu", index);
	out[index] = (double)index * (double)index;
	return KG_OK;
}

static void test_parallel_reports_the_first_error(void **state)
{
	double out[1000] = { 0 };
	struct kg_error error;

	(void)state;
	for (size_t threads = 1; threads < 5; threads++) {
		assert_int_equal(kg_parallel_each(1000, threads, square, out, &error), KG_EDATA);
		assert_string_equal(error.what, "index 30");
		assert_float_equal(out[999], 998001, 0);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_arena),
		cmocka_unit_test(test_parse_equals_the_library),
		cmocka_unit_test(test_parse_groups),
		cmocka_unit_test(test_display),
		cmocka_unit_test(test_exact_round_trip),
		cmocka_unit_test(test_text),
		cmocka_unit_test(test_random),
		cmocka_unit_test(test_parallel_reports_the_first_error),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
