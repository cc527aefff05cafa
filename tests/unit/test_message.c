#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/catalogue.h"
#include "base/message.h"

static struct kg_message format(struct kg_arena *arena, const char *english, ...)
{
	struct kg_message message;
	va_list list;

	va_start(list, english);
	message = kg_message_format(arena, english, list);
	va_end(list);
	return message;
}

static void test_language(void **state)
{
	(void)state;
	assert_int_equal(kg_language_find("vi"), KG_VIETNAMESE);
	assert_int_equal(kg_language_find("en"), KG_ENGLISH);
	assert_int_equal(kg_language_find("fr"), KG_ENGLISH);
}

static void test_translate(void **state)
{
	(void)state;
	assert_string_equal(kg_translate(KG_VIETNAMESE, "Source"), "Nguồn");
	assert_string_equal(kg_translate(KG_ENGLISH, "Source"), "Source");
	assert_string_equal(kg_translate(KG_VIETNAMESE, "no such text"), "no such text");
	assert_string_equal(kg_translate(KG_VIETNAMESE, ""), "");
}

/* A text without a translation shows what each conversion does in either language. */
static void test_format(void **state)
{
	struct kg_arena *arena = kg_arena_new(0);
	struct kg_message m = format(arena, "%s %d %zu %ld %llu %c %% %.2f %.*g %5.1f|%-4s|", "a", -3, (size_t)4, 5L,
				     6ULL, 'x', 1.25, 3, 0.12345, 2.5, "b");

	(void)state;
	assert_string_equal(m.in[KG_ENGLISH], "a -3 4 5 6 x % 1.25 0.123   2.5|b|");
	assert_string_equal(m.in[KG_VIETNAMESE], "a -3 4 5 6 x % 1,25 0,123   2,5|b|");
	kg_arena_free(arena);
}

/* The Vietnamese heading "%2$s %1$s" turns the two round. */
static void test_places(void **state)
{
	struct kg_arena *arena = kg_arena_new(0);
	struct kg_message m = format(arena, "%1$s %2$s", "95%", "CI low");

	(void)state;
	assert_string_equal(m.in[KG_ENGLISH], "95% CI low");
	assert_string_equal(m.in[KG_VIETNAMESE], "CI low 95%");
	kg_arena_free(arena);
}

static void test_long_text_is_cut(void **state)
{
	struct kg_arena *arena = kg_arena_new(0);
	static char text[6000];

	(void)state;
	for (size_t i = 0; i + 1 < sizeof text; i++)
		text[i] = 'a';
	assert_true(strlen(format(arena, "%s", text).in[KG_ENGLISH]) == 4095);
	kg_arena_free(arena);
}

/* What English does is what printf does; a cut leaves no half letter. */
static void test_precision(void **state)
{
	struct kg_arena *arena = kg_arena_new(0);
	char same[64];

	(void)state;
	snprintf(same, sizeof same, "%*d|%.3s|%.*s|%02x|%.0f", 6, 42, "abcdef", 2, "xyz", 10, 2.5);
	assert_string_equal(format(arena, "%*d|%.3s|%.*s|%02x|%.0f", 6, 42, "abcdef", 2, "xyz", 10, 2.5).in[KG_ENGLISH],
			    same);
	assert_string_equal(format(arena, "%.3s.", "Hòa").in[KG_ENGLISH], "Hò.");
	assert_string_equal(format(arena, "%.2s.", "Hòa").in[KG_ENGLISH], "H.");
	kg_arena_free(arena);
}

/* An argument that reads otherwise in each language; a text that only begins like one does no harm. */
static void test_argument(void **state)
{
	struct kg_arena *arena = kg_arena_new(0);
	const struct kg_message texts = { { "partial", "riêng phần" } };
	const char *packed = kg_message_argument(arena, &texts);

	(void)state;
	assert_string_equal(format(arena, "%s|%zu", packed, (size_t)3).in[KG_ENGLISH], "partial|3");
	assert_string_equal(format(arena, "%s|%zu", packed, (size_t)3).in[KG_VIETNAMESE], "riêng phần|3");
	assert_string_equal(kg_message_text(packed, KG_VIETNAMESE, arena), "riêng phần");
	assert_string_equal(kg_message_text("plain", KG_VIETNAMESE, arena), "plain");
	assert_string_equal(format(arena, "%s.", "\x01").in[KG_VIETNAMESE], ".");
	kg_arena_free(arena);
}

/* The flag ' writes a number as tables do. */
static void test_grouped(void **state)
{
	struct kg_arena *arena = kg_arena_new(0);
	struct kg_message message = format(arena, "%'zu %'.4g %'.4g %'g %.4g", (size_t)12345, 34094.2, 0.87514, 1000.0, 1340.0);

	(void)state;
	assert_string_equal(message.in[KG_ENGLISH], "12,345 34,094 0.8751 1,000 1340");
	assert_string_equal(message.in[KG_VIETNAMESE], "12.345 34.094 0,8751 1.000 1340");
	message = format(arena, "%'.15g %'.15g %'.15g %'.4g", 587.16, 1200.0, 20.5, 20.5);
	assert_string_equal(message.in[KG_ENGLISH], "587.16 1,200 20.5 20.50");
	assert_string_equal(message.in[KG_VIETNAMESE], "587,16 1.200 20,5 20,50");
	kg_arena_free(arena);
}

static void test_absent_catalogue(void **state)
{
	(void)state;
	assert_null(kg_catalogue_find(&(struct kg_catalogue){ NULL, 0 }, "Source"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_language),	 cmocka_unit_test(test_translate),
		cmocka_unit_test(test_format),		 cmocka_unit_test(test_places),
		cmocka_unit_test(test_long_text_is_cut), cmocka_unit_test(test_precision),
		cmocka_unit_test(test_absent_catalogue), cmocka_unit_test(test_argument),
		cmocka_unit_test(test_grouped),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
