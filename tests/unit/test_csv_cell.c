/* Cells: numbers, bounds, dates, truth values, what is missing and what does not fit. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/number.h"
#include "base/random.h"
#include "table/csv_cell.h"

static const struct kg_cell_rule guessed = { .type = KG_REAL, .guessed = true, .decimal = '.' };

static enum kg_cell_kind read_cell(const char *text, const struct kg_cell_rule *rule, struct kg_cell *cell)
{
	return kg_cell_read(text, strlen(text), rule, cell);
}

static void assert_number(const char *text, const struct kg_cell_rule *rule, double value, bool whole)
{
	struct kg_cell cell;

	assert_int_equal(read_cell(text, rule, &cell), KG_CELL_VALUE);
	assert_true(cell.real == value);
	assert_int_equal(cell.whole, whole);
	assert_int_equal(cell.bound, KG_BOUND_EXACT);
}

static void assert_kind(const char *text, const struct kg_cell_rule *rule, enum kg_cell_kind kind)
{
	struct kg_cell cell;

	if (read_cell(text, rule, &cell) != kind)
		fail_msg("'%s' is of kind %d, not %d", text, read_cell(text, rule, &cell), kind);
}

static void guessed_numbers(void **state)
{
	static const char *const odd[] = { "x",	 "05248", "-007", "00",	  "1,5", "1.2.3", "-",
					   ".",	 "1-",	  "0x1",  "inf",  "nan", "1 2",	  "--1",
					   "1e", "NaN",	  "12a",  "> 05", ">",	 "<x",	  "\xC2\xA0" };

	(void)state;
	assert_number("0", &guessed, 0, true);
	assert_number("-12", &guessed, -12, true);
	assert_number("+5", &guessed, 5, true);
	assert_number("0.5", &guessed, 0.5, false);
	assert_number(".5", &guessed, 0.5, false);
	assert_number("5.", &guessed, 5, false);
	assert_number("-0.25", &guessed, -0.25, false);
	assert_number("1e3", &guessed, 1000, false);
	assert_number("9007199254740992", &guessed, 9007199254740992.0, true);
	assert_kind("", &guessed, KG_CELL_MISSING);
	assert_kind("NA", &guessed, KG_CELL_MISSING);
	assert_kind("9007199254740993", &guessed, KG_CELL_LARGE);
	assert_kind("1e999", &guessed, KG_CELL_LARGE);
	for (size_t i = 0; i < sizeof odd / sizeof odd[0]; i++)
		assert_kind(odd[i], &guessed, KG_CELL_ODD);
}

/* The quick road gives what the correctly rounded parser of the base gives. */
static void quick_is_exact(void **state)
{
	struct kg_random random = kg_random_stream(3, 0, 0);

	(void)state;
	for (int i = 0; i < 200000; i++) {
		char text[24];
		size_t length = 1 + kg_random_below(&random, 17);
		struct kg_cell cell;
		double value = 0;
		enum kg_parse parse;
		enum kg_cell_kind kind;

		for (size_t j = 0; j < length; j++)
			text[j] = "0123456789.-"[kg_random_below(&random, i % 4 ? 11 : 12)];
		text[length] = '\0';
		parse = kg_number_parse(text, length, '.', 0, &value);
		kind = read_cell(text, &guessed, &cell);
		if (kg_number_is_code(text, length))
			assert_int_equal(kind, KG_CELL_ODD);
		else
			assert_int_equal(kind, parse == KG_PARSED	  ? KG_CELL_VALUE
					       : parse == KG_NOT_A_NUMBER ? KG_CELL_ODD
									  : KG_CELL_LARGE);
		if (kind == KG_CELL_VALUE)
			assert_memory_equal(&cell.real, &value, sizeof value);
	}
}

static void characters(void **state)
{
	const struct kg_cell_rule point_groups = { .type = KG_REAL, .decimal = ',', .group = '.' };
	const struct kg_cell_rule space_groups = { .type = KG_INTEGER, .decimal = '.', .group = ' ' };

	(void)state;
	assert_number("1.234", &point_groups, 1234, true);
	assert_number("1.234.567,8", &point_groups, 1234567.8, false);
	assert_number("12,5", &point_groups, 12.5, false);
	assert_kind("1.23", &point_groups, KG_CELL_ODD);
	assert_kind("1,234.5", &point_groups, KG_CELL_ODD);
	assert_kind("1.2345", &point_groups, KG_CELL_ODD);
	assert_number("1 234 567", &space_groups, 1234567, true);
	assert_kind("1.5", &space_groups, KG_CELL_ODD);
	assert_number("0012", &space_groups, 12, true);
}

static void bounds(void **state)
{
	static const struct {
		const char *text;
		double stated;
		enum kg_bound bound;
	} cases[] = { { ">30000", 30000, KG_BOUND_MORE_THAN },
		      { "> 30000", 30000, KG_BOUND_MORE_THAN },
		      { ">=5", 5, KG_BOUND_AT_LEAST },
		      { "≥ 5", 5, KG_BOUND_AT_LEAST },
		      { "<5", 5, KG_BOUND_LESS_THAN },
		      { "<=0.5", 0.5, KG_BOUND_AT_MOST },
		      { "≤7", 7, KG_BOUND_AT_MOST } };
	static const struct {
		enum kg_bound bound;
		double stated;
		bool whole;
		double low, high;
	} ranges[] = { { KG_BOUND_EXACT, 5, true, 5, 5 },
		       { KG_BOUND_MORE_THAN, 5, true, 5, INFINITY },
		       { KG_BOUND_AT_LEAST, -5, false, -5, INFINITY },
		       { KG_BOUND_LESS_THAN, 5, true, 0, 4 },
		       { KG_BOUND_LESS_THAN, 5, false, 0, 5 },
		       { KG_BOUND_LESS_THAN, 0, true, -INFINITY, -1 },
		       { KG_BOUND_AT_MOST, 5, true, 0, 5 },
		       { KG_BOUND_AT_MOST, -2, true, -INFINITY, -2 },
		       { KG_BOUND_NEARLY, 10, true, 0, 10 },
		       { KG_BOUND_ABOUT, 30000, true, 25000, 35000 },
		       { KG_BOUND_ABOUT, 1250, true, 1245, 1255 },
		       { KG_BOUND_ABOUT, 7, true, 6, 8 },
		       { KG_BOUND_ABOUT, 0, true, 0, 1 },
		       { KG_BOUND_ABOUT, 2.5, false, 2.45, 2.55 },
		       { KG_BOUND_ABOUT, -300, true, -350, -250 },
		       { KG_BOUND_ROUNDED_1000, 30000, true, 29500, 30500 },
		       { KG_BOUND_ROUNDED_5, 15, true, 13, 17 },
		       { KG_BOUND_FROM_1_LESS_THAN, 5, true, 1, 4 },
		       { KG_BOUND_FROM_1_LESS_THAN, 1, true, 0, 0 },
		       { KG_BOUND_FROM_1_AT_MOST, 5, true, 1, 5 } };

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct kg_cell cell;

		assert_int_equal(read_cell(cases[i].text, &guessed, &cell), KG_CELL_VALUE);
		assert_true(cell.real == cases[i].stated);
		assert_int_equal(cell.bound, cases[i].bound);
	}
	for (size_t i = 0; i < sizeof ranges / sizeof ranges[0]; i++) {
		double low, high;

		kg_bound_range(ranges[i].bound, ranges[i].stated, ranges[i].whole, &low, &high);
		if (low != ranges[i].low || high != ranges[i].high)
			fail_msg("range %zu is %.17g to %.17g", i, low, high);
	}
}

/* Words beside a figure in a column that a schema calls a number. */
static void words(void **state)
{
	static const struct kg_cell_rule rule = { .type = KG_INTEGER, .decimal = '.', .group = ',' };
	static const struct {
		const char *text;
		double stated;
		enum kg_bound bound;
	} cases[] = { { "about 30,000", 30000, KG_BOUND_ABOUT },
		      { "Khoảng 2,000", 2000, KG_BOUND_ABOUT },
		      { "30,000 (rounded to 1,000)", 30000, KG_BOUND_ROUNDED_1000 },
		      { "30,000 Rounded to the nearest 100", 30000, KG_BOUND_ROUNDED_100 },
		      { "15 (làm tròn đến 5)", 15, KG_BOUND_ROUNDED_5 },
		      { "30,000 (rounded)", 30000, KG_BOUND_ABOUT },
		      { "30,000+", 30000, KG_BOUND_AT_LEAST },
		      { "5 or fewer", 5, KG_BOUND_AT_MOST },
		      { "5 (trở lên)", 5, KG_BOUND_AT_LEAST },
		      { "GẦN 5", 5, KG_BOUND_NEARLY },
		      { "ho\xCC\x9Bn 5", 5, KG_BOUND_MORE_THAN } }; /* NFD */
	static const char *const odd[] = { "about",
					   "about7",
					   "about 7 (rounded)",
					   "30 (rounded to 7)",
					   "7 (rounded",
					   "7rounded",
					   "7 ++",
					   "+",
					   "7 or",
					   "rounded to 5",
					   "7 (rounded to)",
					   "ho\xCC 5",
					   "hơn hơn 7",
					   "7 (rounded to 5) x" };

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct kg_cell cell;

		if (read_cell(cases[i].text, &rule, &cell) != KG_CELL_VALUE)
			fail_msg("'%s' is not read", cases[i].text);
		assert_true(cell.real == cases[i].stated);
		assert_int_equal(cell.bound, cases[i].bound);
		assert_kind(cases[i].text, &guessed, KG_CELL_ODD);
	}
	for (size_t i = 0; i < sizeof odd / sizeof odd[0]; i++)
		assert_kind(odd[i], &rule, KG_CELL_ODD);
}

static void qualifiers(void **state)
{
	static const char *const word[] = {
		"exact", "more_than", "at_least", "less_than", "at_most", "nearly", "about"
	};
	enum kg_bound bound;

	(void)state;
	for (size_t i = 0; i < 7; i++) {
		assert_true(kg_bound_parse(word[i], strlen(word[i]), false, &bound));
		assert_int_equal(bound, i);
	}
	assert_true(kg_bound_parse("", 0, false, &bound));
	assert_int_equal(bound, KG_BOUND_EXACT);
	assert_true(kg_bound_parse("<", 1, true, &bound));
	assert_int_equal(bound, KG_BOUND_FROM_1_LESS_THAN);
	assert_true(kg_bound_parse("rounded_1000", 12, true, &bound));
	assert_int_equal(bound, KG_BOUND_ROUNDED_1000);
	assert_false(kg_bound_parse("perhaps", 7, false, &bound));
}

static void dates_and_truth(void **state)
{
	const struct kg_cell_rule date = { .type = KG_DATE, .decimal = '.' };
	const struct kg_cell_rule local = { .type = KG_DATE, .decimal = '.', .format = "%d/%m/%Y" };
	const struct kg_cell_rule truth = { .type = KG_BOOLEAN, .decimal = '.' };
	struct kg_cell cell;

	(void)state;
	assert_int_equal(read_cell("1970-01-02", &date, &cell), KG_CELL_VALUE);
	assert_true(cell.real == 1);
	assert_int_equal(read_cell("29/02/2020", &local, &cell), KG_CELL_VALUE);
	assert_true(cell.real == 18321);
	assert_kind("2020-02-30", &date, KG_CELL_ODD);
	assert_kind("2020-2-3", &date, KG_CELL_ODD);
	assert_kind("2020", &date, KG_CELL_ODD);
	assert_kind("2020-05-17", &local, KG_CELL_ODD);
	assert_kind("17/05/20200", &local, KG_CELL_ODD);
	assert_int_equal(read_cell("True", &truth, &cell), KG_CELL_VALUE);
	assert_true(cell.real == 1);
	assert_int_equal(read_cell("0", &truth, &cell), KG_CELL_VALUE);
	assert_true(cell.real == 0);
	assert_kind("yes", &truth, KG_CELL_ODD);
	assert_kind("NA", &truth, KG_CELL_MISSING);
}

static void missing_texts(void **state)
{
	const struct kg_missing_token token[] = { { "-99", NULL, NULL }, { "..", "not reported", NULL }, { "n/a", NULL, NULL } };
	const struct kg_missing list = { token, 3, 0, true };
	struct kg_cell_rule rule = { .type = KG_INTEGER, .decimal = '.', .missing = &list };

	(void)state;
	assert_kind("-99", &rule, KG_CELL_MISSING);
	assert_kind("..", &rule, KG_CELL_MISSING);
	assert_kind("", &rule, KG_CELL_MISSING);
	assert_kind("NA", &rule, KG_CELL_ODD);
	assert_kind("99", &rule, KG_CELL_VALUE);
	rule.type = KG_TEXT;
	assert_int_equal(kg_cell_missing("n/a", 3, &rule), KG_MISSING_TOKEN + 2);
	assert_int_equal(kg_cell_missing("..", 2, &rule), KG_MISSING_TOKEN + 1);
	assert_int_equal(kg_cell_missing("", 0, &rule), KG_MISSING_EMPTY);
	assert_false(kg_cell_missing("NA", 2, &rule));
	rule.missing = NULL;
	assert_false(kg_cell_missing("NA", 2, &rule));
	rule.as_text = true;
	assert_true(kg_cell_missing("", 0, &rule));
}

static void long_cells(void **state)
{
	char text[400];

	(void)state;
	memset(text, '1', sizeof text);
	text[399] = '\0';
	assert_kind(text, &guessed, KG_CELL_ODD);
	memset(text, ' ', 399);
	text[0] = '>';
	text[398] = '5';
	assert_kind(text, &guessed, KG_CELL_ODD);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(guessed_numbers), cmocka_unit_test(quick_is_exact), cmocka_unit_test(characters),
		cmocka_unit_test(bounds),	   cmocka_unit_test(words),	     cmocka_unit_test(qualifiers),
		cmocka_unit_test(dates_and_truth), cmocka_unit_test(missing_texts),  cmocka_unit_test(long_cells),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
