/* Files that others wrote to try CSV parsers: csv-spectrum, csv-test-data and Pollock (Vitagliano et al. 2023). They
 * stand in ../shared and are skipped without it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>
#include <jansson.h>

#include "table/source.h"

static const char *find_file(struct kg_arena *arena, const char *name)
{
	const char *shared = getenv("KENG_SHARED");
	char *path = kg_arena_format(arena, "%s/reference/csv/%s", shared ? shared : "../shared", name);

	if (access(path, R_OK) != 0)
		skip();
	return path;
}

static enum kg_status read_file(struct kg_arena *arena, const char *name, char delimiter, const struct kg_table **table,
				struct kg_error *error)
{
	const struct kg_dialect dialect = { .delimiter = delimiter };
	const struct kg_read read = { .dialect = &dialect, .as_text = true, .threads = 1 };
	struct kg_source source;

	memset(error, 0, sizeof *error);
	if (kg_source_open(find_file(arena, name), arena, &source, error) != KG_OK)
		return error->status;
	return kg_source_read(&source, &read, arena, table, error);
}

/* Blanks around cells without quotes are no part of them. */
static void assert_text(const char *got, const char *expected)
{
	size_t length;

	expected += strspn(expected, " ");
	for (length = strlen(expected); length && expected[length - 1] == ' ';)
		length--;
	assert_int_equal(strlen(got), length);
	assert_memory_equal(got, expected, length);
}

/* Rows as objects, or as lists of which the first is the header. */
static void assert_json(const struct kg_table *table, const json_t *rows)
{
	size_t lists = json_is_array(json_array_get(rows, 0)) ? 1 : 0;

	assert_int_equal(table->nrow + lists, json_array_size(rows));
	for (size_t j = 0; lists && j < table->ncol; j++)
		assert_text(table->column[j].name, json_string_value(json_array_get(json_array_get(rows, 0), j)));
	for (size_t i = 0; i < table->nrow; i++) {
		const json_t *row = json_array_get(rows, i + lists);

		for (size_t j = 0; j < table->ncol; j++) {
			const struct kg_column *column = &table->column[j];
			const json_t *cell = lists ? json_array_get(row, j) : json_object_get(row, column->name);

			assert_text(kg_column_text(column, i), json_string_value(cell));
		}
	}
}

static void assert_file(const char *csv, const char *json)
{
	struct kg_arena *arena = kg_arena_new(0);
	const struct kg_table *table;
	struct kg_error error;
	json_t *rows = json_load_file(find_file(arena, json), 0, NULL);

	assert_non_null(rows);
	if (read_file(arena, csv, ',', &table, &error) != KG_OK)
		fail_msg("%s: %s", csv, error.what);
	assert_json(table, rows);
	json_decref(rows);
	kg_arena_free(arena);
}

/* newlines_crlf is left out: the copy has lost the carriage returns that its JSON expects. */
static void spectrum(void **state)
{
	static const char *const name[] = { "comma_in_quotes",
					    "empty",
					    "empty_crlf",
					    "escaped_quotes",
					    "json",
					    "newlines",
					    "quotes_and_newlines",
					    "simple",
					    "simple_crlf",
					    "utf8" };
	char csv[96], json[96];

	(void)state;
	for (size_t i = 0; i < sizeof name / sizeof name[0]; i++) {
		snprintf(csv, sizeof csv, "csv-spectrum/csvs/%s.csv", name[i]);
		snprintf(json, sizeof json, "csv-spectrum/json/%s.json", name[i]);
		assert_file(csv, json);
	}
}

static void test_data(void **state)
{
	static const char *const name[] = { "empty-field",
					    "header-simple",
					    "leading-space",
					    "one-column",
					    "quotes-empty",
					    "quotes-with-comma",
					    "quotes-with-escaped-quote",
					    "quotes-with-newline",
					    "quotes-with-space",
					    "simple-crlf",
					    "simple-lf",
					    "trailing-newline",
					    "trailing-newline-one-field",
					    "trailing-space",
					    "utf8" };
	char csv[96], json[96];

	(void)state;
	for (size_t i = 0; i < sizeof name / sizeof name[0]; i++) {
		snprintf(csv, sizeof csv, "csv-test-data/csv/%s.csv", name[i]);
		snprintf(json, sizeof json, "csv-test-data/json/%s.json", name[i]);
		assert_file(csv, json);
	}
}

struct refusal {
	const char *name;
	char delimiter;
	size_t line;
	const char *what;
};

static void assert_refusals(const char *folder, const struct refusal *refusal, size_t count)
{
	char path[128];

	for (size_t i = 0; i < count; i++) {
		struct kg_arena *arena = kg_arena_new(0);
		const struct kg_table *table;
		struct kg_error error;

		snprintf(path, sizeof path, "%s/%s.csv", folder, refusal[i].name);
		assert_int_equal(read_file(arena, path, refusal[i].delimiter, &table, &error), KG_EDATA);
		assert_int_equal(error.row, refusal[i].line);
		if (!strstr(error.what, refusal[i].what))
			fail_msg("%s: '%s'", refusal[i].name, error.what);
		kg_arena_free(arena);
	}
}

static void refused(void **state)
{
	static const struct refusal spectrum_refusals[] = { { "location_coordinates", ',', 2, "stray quote" } };
	static const struct refusal refusals[] = {
		{ "all-empty", ',', 1, "the header is blank" },
		{ "bad-header-less-fields", ',', 2, "2 cells but the header has 3" },
		{ "bad-header-more-fields", ',', 2, "4 cells but the header has 3" },
		{ "bad-header-no-header", ',', 0, "the file is empty" },
		{ "bad-header-wrong-header", ',', 0, "no rows below the header" },
		{ "bad-missing-quote", ',', 2, "never closed" },
		{ "bad-quotes-with-unescaped-quote", ',', 2, "stray quote" },
		{ "bad-unescaped-quote", ',', 2, "stray quote" },
		{ "empty-one-column", ',', 0, "no rows below the header" },
		{ "header-no-rows", ',', 0, "no rows below the header" },
	};

	(void)state;
	assert_refusals("csv-spectrum/csvs", spectrum_refusals, 1);
	assert_refusals("csv-test-data/csv", refusals, sizeof refusals / sizeof refusals[0]);
}

/* Pollutions that are none for a reader of RFC 4180, or are said on the command line: the rows of the source. */
static void pollock_read(void **state)
{
	static const struct refusal same[] = {
		{ "file_double_trailing_newline", ',', 83, "" }, { "file_no_trailing_newline", ',', 83, "" },
		{ "file_record_delimiter_0xA", ',', 83, "" },	 { "file_field_delimiter_0x3B", ';', 83, "" },
		{ "file_field_delimiter_0x9", '\t', 83, "" },	 { "file_one_data_row", ',', 1, "" }
	};
	struct kg_arena *arena = kg_arena_new(0);
	const struct kg_table *source, *table;
	struct kg_error error;
	char path[128];

	(void)state;
	assert_int_equal(read_file(arena, "pollock/polluted/source.csv", ',', &source, &error), KG_OK);
	for (size_t i = 0; i < sizeof same / sizeof same[0]; i++) {
		snprintf(path, sizeof path, "pollock/polluted/%s.csv", same[i].name);
		assert_int_equal(read_file(arena, path, same[i].delimiter, &table, &error), KG_OK);
		assert_int_equal(table->nrow, same[i].line);
		assert_int_equal(table->ncol, source->ncol);
		for (size_t row = 0; row < table->nrow; row++)
			for (size_t j = 0; j < table->ncol; j++)
				assert_string_equal(kg_column_text(&table->column[j], row),
						    kg_column_text(&source->column[j], row));
	}
	kg_arena_free(arena);
}

/* All other pollutions are refused, at the polluted line. */
static void pollock_refused(void **state)
{
	static const struct refusal refusals[] = {
		{ "file_field_delimiter_0x3B", ',', 1, "try --delimiter ';'" },
		{ "file_field_delimiter_0x9", ',', 1, "try --delimiter '\\t'" },
		{ "file_header_only", ',', 0, "no rows below the header" },
		{ "file_no_header", ',', 1, "column 9 has no name" },
		{ "file_no_payload", ',', 0, "the file is empty" },
		{ "file_preamble", ',', 1, "column 2 has no name" },
		{ "file_quotation_char_0x27", ',', 3, "11 cells but the header has 9" },
		{ "file_record_delimiter_0xD", ',', 1, "carriage return" },
		{ "row_extra_quote10_col1", ',', 11, "stray quote" },
		{ "row_less_sep_row5_col2", ',', 6, "8 cells but the header has 9" },
		{ "row_more_sep_row10_col3", ',', 11, "10 cells but the header has 9" },
	};

	(void)state;
	assert_refusals("pollock/polluted", refusals, sizeof refusals / sizeof refusals[0]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(spectrum),	cmocka_unit_test(test_data),	   cmocka_unit_test(refused),
		cmocka_unit_test(pollock_read), cmocka_unit_test(pollock_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
