/* Tables, builders, periods and groups against slow obvious twins. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>
#include <time.h>

#include "base/message.h"
#include "base/random.h"
#include "table/builder.h"
#include "table/group.h"

static const struct kg_table *make_table(struct kg_arena *arena)
{
	struct kg_builder *builder = kg_builder_new("t", arena);
	const struct kg_table *table;
	struct kg_error error;

	kg_builder_column(builder, "place", KG_TEXT, NULL);
	kg_builder_column(builder, "year", KG_INTEGER, "year");
	kg_builder_column(builder, "value", KG_REAL, NULL);
	for (uint32_t i = 0; i < 500; i++) {
		struct kg_random random = kg_random_stream(7, 0, i);
		char name[8] = { (char)('a' + kg_random_below(&random, 20)),
				 (char)('a' + kg_random_below(&random, 3)) };

		kg_builder_row(builder);
		if (i % 11)
			kg_builder_text(builder, 0, name);
		kg_builder_real(builder, 1, 2000 + (double)kg_random_below(&random, 5));
		if (i % 7)
			kg_builder_real(builder, 2, i);
	}
	assert_int_equal(kg_builder_finish(builder, NULL, &table, &error), KG_OK);
	return table;
}

static void test_builder_keeps_cells(void **state)
{
	struct kg_arena *arena = kg_arena_new(0);
	const struct kg_table *table = make_table(arena);
	const struct kg_column *value;
	struct kg_error error;

	(void)state;
	assert_int_equal(table->nrow, 500);
	assert_int_equal(kg_table_number(table, "value", &value, &error), KG_OK);
	for (size_t i = 0; i < 500; i++) {
		assert_int_equal(kg_column_missing(value, i), i % 7 == 0);
		if (i % 7)
			assert_float_equal(kg_column_real(value, i), (double)i, 0);
	}
	assert_true(kg_table_find(table, "place")->nlevel <= 60);
	kg_arena_free(arena);
}

static void test_unknown_column_names_the_nearest(void **state)
{
	struct kg_arena *arena = kg_arena_new(0);
	const struct kg_column *column;
	struct kg_error error;

	(void)state;
	assert_int_equal(kg_table_column(make_table(arena), "vaule", &column, &error), KG_EUSAGE);
	assert_string_equal(error.what, "'vaule' is not a column; did you mean 'value'? (columns: place, year, value)");
	kg_arena_free(arena);
}

/* Same group exactly when all key cells are the same, groups in order of first appearance, rows in order. */
static void test_groups_equal_the_obvious(void **state)
{
	struct kg_arena *arena = kg_arena_new(0);
	const struct kg_table *table = make_table(arena);
	const char *by[] = { "place", "year" };
	struct kg_groups groups;
	struct kg_error error;
	size_t next = 0, of_row[500], group = 0;

	(void)state;
	assert_int_equal(kg_groups_make(table, &(struct kg_names){ by, 2 }, arena, &groups, &error), KG_OK);
	for (size_t i = 0; i < table->nrow; i++) {
		size_t first = i;

		for (size_t k = i; k-- > 0;)
			if (strcmp(kg_column_cell(&table->column[0], k, arena),
				   kg_column_cell(&table->column[0], i, arena)) == 0 &&
			    table->column[1].real[k] == table->column[1].real[i])
				first = k;
		of_row[i] = first == i ? next++ : of_row[first];
	}
	assert_int_equal(groups.ngroup, next);
	for (group = 0; group < groups.ngroup; group++)
		for (size_t i = groups.start[group]; i < groups.start[group + 1]; i++) {
			assert_int_equal(of_row[groups.row[i]], group);
			assert_true(i == groups.start[group] || groups.row[i] > groups.row[i - 1]);
		}
	assert_int_equal(groups.start[groups.ngroup], table->nrow);
	kg_arena_free(arena);
}

static void test_duplicate_period_is_refused(void **state)
{
	struct kg_arena *arena = kg_arena_new(0);
	const struct kg_table *table = make_table(arena);
	struct kg_groups groups;
	struct kg_error error;
	struct kg_time period;

	(void)state;
	assert_int_equal(kg_time_read(table, "year", arena, &period, &error), KG_OK);
	assert_int_equal(kg_groups_by_time(table, &(struct kg_names){ NULL, 0 }, &period, arena, &groups, &error),
			 KG_EDATA);
	assert_non_null(strstr(error.what, "is there twice"));
	assert_true(error.row >= 2);
	kg_arena_free(arena);
}

/* Every day of 200 years against the C library's calendar. */
static void test_days_equal_the_library(void **state)
{
	(void)state;
	for (long day = -30000; day < 43000; day++) {
		time_t seconds = (time_t)day * 86400;
		enum kg_period_kind kind;
		char text[16], back[16];
		struct tm parts;
		double year;
		long index;

		gmtime_r(&seconds, &parts);
		strftime(text, sizeof text, "%Y-%m-%d", &parts);
		assert_true(kg_period_parse(text, &kind, &index, &year));
		assert_int_equal(kind, KG_PERIOD_DAY);
		assert_int_equal(index, day);
		kg_period_text(kind, index, back, sizeof back);
		assert_string_equal(text, back);
	}
}

static void test_periods(void **state)
{
	static const char *const bad[] = { "",	      "20",	 "20a5",       "2020-",	     "2020-13",
					   "2020-00", "2020-Q5", "2020-02-30", "2021-02-29", "2020-1" };
	enum kg_period_kind kind;
	double year;
	long index;

	(void)state;
	assert_true(kg_period_parse("2020-Q3", &kind, &index, &year));
	assert_int_equal(kind, KG_PERIOD_QUARTER);
	assert_float_equal(year, 2020.5, 0);
	assert_true(kg_period_parse("2020-07", &kind, &index, &year));
	assert_int_equal(index, 2020 * 12 + 6);
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
		assert_false(kg_period_parse(bad[i], &kind, &index, &year));
}

/* Sources are joined in each language, none twice; words of both tables stay. */
static void test_provenance_joins_words(void **state)
{
	struct kg_arena *arena = kg_arena_new(0);
	const struct kg_message both = { { "Census", "Điều tra" } };
	const struct kg_wording wording[] = { { "km2", "km²", false }, { "persons", "người", false } };
	const struct kg_provenance one = {
		.file = "a", .source = kg_message_argument(arena, &both), .wording = wording, .nwording = 1
	};
	const struct kg_provenance two = { .file = "b", .source = "GSO", .wording = wording + 1, .nwording = 1 };
	const struct kg_table a = { .name = "a", .from = &one }, b = { .name = "b", .from = &two };
	const struct kg_table *const tables[] = { &a, &b, &a };
	const struct kg_provenance *joined = kg_provenance_join(tables, 3, arena);

	(void)state;
	assert_string_equal(kg_message_text(joined->source, KG_ENGLISH, arena), "Census; GSO");
	assert_string_equal(kg_message_text(joined->source, KG_VIETNAMESE, arena), "Điều tra; GSO");
	assert_true(joined->nwording >= 2);
	assert_string_equal(joined->wording[1].text, "persons");
	kg_arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_builder_keeps_cells),
		cmocka_unit_test(test_unknown_column_names_the_nearest),
		cmocka_unit_test(test_groups_equal_the_obvious),
		cmocka_unit_test(test_duplicate_period_is_refused),
		cmocka_unit_test(test_days_equal_the_library),
		cmocka_unit_test(test_periods),
		cmocka_unit_test(test_provenance_joins_words),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
