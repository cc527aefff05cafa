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
		assert_string_equal(kg_unit_words(cases[i][0], NULL, KG_VIETNAMESE, arena), cases[i][1]);
	assert_null(kg_unit_words(NULL, NULL, KG_VIETNAMESE, arena));
	kg_arena_free(arena);
}

static void test_words_of_the_data(void **state)
{
	const struct kg_wording wording[] = {
		{ "attendances",
		  "\x01"
		  "attendances\x01"
		  "lượt người dự",
		  false },
		{ "persons",
		  "\x01"
		  "persons\x01"
		  "nhân khẩu",
		  false }, /* the data's word for a unit of units.def */
		{ "households",
		  "\x01\x01"
		  "Hộ gia đình",
		  true }, /* a column without a unit */
		{ "index",
		  "\x01\x01"
		  "Chỉ số giá",
		  true },			    /* a unit of units.def, not this column */
		{ "plots", "Plots of land", true }, /* English only */
	};
	const struct kg_provenance from = { .file = "", .wording = wording, .nwording = 5 };
	static const char *const cases[][2] = {
		{ "attendances per event", "lượt người dự mỗi sự kiện" },
		{ "per 1000 persons per year", "trên 1.000 nhân khẩu mỗi năm" },
		{ "per 1000 households", "trên 1.000 hộ gia đình" },
		{ "index", "chỉ số" },
		{ "per plots", "trên plots of land" },
		{ "attendancesx", "attendancesx" },
	};
	struct kg_arena *arena = kg_arena_new(0);

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		assert_string_equal(kg_unit_words(cases[i][0], &from, KG_VIETNAMESE, arena), cases[i][1]);
		assert_string_equal(kg_unit_words(cases[i][0], &from, KG_ENGLISH, arena), cases[i][0]);
	}
	kg_arena_free(arena);
}

static void test_english_stays(void **state)
{
	(void)state;
	assert_string_equal(kg_unit_words("per 1000 persons", NULL, KG_ENGLISH, NULL), "per 1000 persons");
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_vietnamese), cmocka_unit_test(test_words_of_the_data),
					    cmocka_unit_test(test_english_stays) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
