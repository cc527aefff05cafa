#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "report/unit.h"

static void test_vietnamese(void **state)
{
	static const char *const cases[][2] = {
		{ "% per year", "% mỗi năm" },
		{ "per 1000 persons per year", "trên 1.000 người mỗi năm" },
		{ "attendances per event", "attendances mỗi sự kiện" },
		{ "percentages per yearling", "percentages trên yearling" },
		{ "", "" },
	};
	struct kg_arena *arena = kg_arena_new(0);

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		assert_string_equal(kg_unit_words(cases[i][0], KG_VIETNAMESE, arena), cases[i][1]);
	assert_null(kg_unit_words(NULL, KG_VIETNAMESE, arena));
	kg_arena_free(arena);
}

static void test_english_stays(void **state)
{
	(void)state;
	assert_string_equal(kg_unit_words("per 1000 persons", KG_ENGLISH, NULL), "per 1000 persons");
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_vietnamese), cmocka_unit_test(test_english_stays) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
