#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/random.h"
#include "table/builder.h"
#include "table/query.h"
#include "table/query_index.h"
#include "table/query_tally.h"
#include "table/take.h"

struct fixture {
	struct kg_arena *arena;
	struct kg_error error;
	const struct kg_table *place, *panel;
};

static const struct {
	const char *code, *name;
	double year, n, pop;
} rows[] = { { "05248", "Mường Bi", 2010, 10, 1000 },
	     { "05248", "Mường Bi", 2015, 30, 1100 },
	     { "17", "Lương Sơn", 2010, NAN, 4000 },
	     { "17", "Lương Sơn", 2015, 60, 4400 },
	     { "01", "Đà Bắc", 2015, 7, 900 } };
#define NROW (sizeof rows / sizeof rows[0])

static const struct kg_provenance panel_from = { .file = "panel.csv", .source = "Census 2019", .synthetic = true };

static const struct kg_table *make_panel(struct kg_arena *arena)
{
	struct kg_builder *builder = kg_builder_new("panel", arena);
	const struct kg_table *table;

	kg_builder_column(builder, "code", KG_TEXT, NULL);
	kg_builder_column(builder, "year", KG_INTEGER, NULL);
	kg_builder_column(builder, "n", KG_INTEGER, "people");
	kg_builder_column(builder, "pop per.km", KG_REAL, "1/km2");
	kg_builder_column(builder, "since", KG_DATE, NULL);
	for (size_t i = 0; i < NROW; i++) {
		kg_builder_row(builder);
		kg_builder_text(builder, 0, rows[i].code);
		kg_builder_real(builder, 1, rows[i].year);
		if (i == 1)
			kg_builder_bounds(builder, 2, 30, 30, INFINITY);
		else
			kg_builder_real(builder, 2, rows[i].n);
		kg_builder_real(builder, 3, rows[i].pop);
		kg_builder_real(builder, 4, 365 + (double)i);
	}
	assert_int_equal(kg_builder_finish(builder, &panel_from, &table, NULL), KG_OK);
	return table;
}

static const struct kg_table *make_place(struct kg_arena *arena)
{
	struct kg_builder *builder = kg_builder_new("place-name", arena);
	const struct kg_table *table;

	kg_builder_column(builder, "code", KG_TEXT, NULL);
	kg_builder_column(builder, "name", KG_TEXT, NULL);
	for (size_t i = 0; i < NROW; i++) {
		if (i && strcmp(rows[i].code, rows[i - 1].code) == 0)
			continue;
		kg_builder_row(builder);
		kg_builder_text(builder, 0, rows[i].code);
		kg_builder_text(builder, 1, rows[i].name);
	}
	assert_int_equal(kg_builder_finish(builder, NULL, &table, NULL), KG_OK);
	return table;
}

static int set_up(void **state)
{
	struct fixture *fixture = calloc(1, sizeof *fixture);

	fixture->arena = kg_arena_new(0);
	fixture->panel = make_panel(fixture->arena);
	fixture->place = make_place(fixture->arena);
	*state = fixture;
	return 0;
}

static int tear_down(void **state)
{
	struct fixture *fixture = *state;

	kg_arena_free(fixture->arena);
	free(fixture);
	return 0;
}

static const struct kg_table *filter(struct fixture *fixture, const char *where, const struct kg_let *let, size_t nlet)
{
	const struct kg_table *out = NULL;
	enum kg_status status = kg_query_filter(fixture->panel, &(struct kg_filter){ where, let, nlet }, fixture->arena,
						&out, &fixture->error);

	if (status != KG_OK)
		fail_msg("%s", fixture->error.what);
	return out;
}

static const struct kg_table *run(struct fixture *fixture, const char *sql)
{
	const struct kg_table *const tables[] = { fixture->panel, fixture->place };
	const struct kg_table *out = NULL;

	if (kg_query_run(tables, 2, sql, fixture->arena, &out, &fixture->error) != KG_OK)
		fail_msg("%s", fixture->error.what);
	return out;
}

static void where_keeps_rows_types_bounds_and_lines(void **state)
{
	const struct kg_table *out = filter(*state, "code = '05248' AND n >= 10", NULL, 0);

	assert_int_equal(out->nrow, 2);
	assert_int_equal(out->ncol, 5);
	assert_string_equal(kg_column_text(&out->column[0], 1), "05248");
	assert_int_equal(out->column[0].nlevel, 1);
	assert_int_equal(out->column[1].type, KG_INTEGER);
	assert_string_equal(out->column[2].unit, "people");
	assert_true(out->column[2].low[0] == 10 && isinf(out->column[2].high[1]));
	assert_int_equal(out->column[4].type, KG_DATE);
	assert_int_equal(kg_table_line(out, 1), 3);
	assert_string_equal(out->from->file, panel_from.file);
	assert_int_equal(out->from->nlost, 1);
	assert_int_equal(out->from->lost[0].where, KG_LOST_CONDITION);
	assert_string_equal(out->from->lost[0].column, "n");
}

static void codes_are_texts_and_missing_is_null(void **state)
{
	assert_int_equal(filter(*state, "code = 5248", NULL, 0)->nrow, 0);
	assert_int_equal(filter(*state, "n IS NULL", NULL, 0)->nrow, 1);
	assert_int_equal(filter(*state, "n < 1e9", NULL, 0)->nrow, 4);
	assert_int_equal(filter(*state, "\"pop per.km\" > 1050", NULL, 0)->nrow, 3);
	assert_int_equal(filter(*state, "since >= '1971-01-03' -- a comment", NULL, 0)->nrow, 3);
	assert_int_equal(filter(*state, "0", NULL, 0)->nrow, 0);
}

static void lets_build_on_one_another(void **state)
{
	const struct kg_let let[] = { { "rate", "1000.0 * n / \"pop per.km\"" },
				      { "decade", "year / 10" },
				      { "twice", "2 * rate" },
				      { "label", "code || '/' || year" },
				      { "share", "1.0 * n / sum(n) OVER ()" },
				      { "log n", "ln(n)" } };
	const struct kg_table *out = filter(*state, "rate > 5", let, 6);

	assert_int_equal(out->nrow, 4);
	assert_int_equal(out->ncol, 11);
	assert_true(out->column[5].real[0] == 10 && out->column[5].type == KG_REAL);
	assert_true(out->column[6].real[0] == 201 && out->column[6].type == KG_INTEGER);
	assert_true(out->column[7].real[0] == 20);
	assert_string_equal(kg_column_text(&out->column[8], 3), "01/2015");
	assert_true(out->column[9].real[0] == 10.0 / 107);
	assert_true(fabs(out->column[10].real[0] - log(10)) < 1e-15);
	assert_string_equal(out->column[10].name, "log n");
}

static void rows_stay_in_order_under_windows(void **state)
{
	const struct kg_let let[] = { { "last", "lag(n) OVER (PARTITION BY code ORDER BY year DESC)" } };
	const struct kg_table *out = filter(*state, NULL, let, 1);

	assert_int_equal(out->nrow, NROW);
	for (size_t i = 0; i < NROW; i++)
		assert_string_equal(kg_column_text(&out->column[0], i), rows[i].code);
	assert_true(out->column[5].real[0] == 30 && out->column[5].real[2] == 60);
	assert_true(kg_column_missing(&out->column[5], 1));
}

static void query_joins_and_keeps_what_a_column_is(void **state)
{
	const struct kg_table *out =
	    run(*state, "SELECT name, year, n, n_low, n_high, since FROM panel "
			"JOIN \"place-name\" USING (code) WHERE 0 UNION ALL SELECT 1, 2, 3, 4, 5, 6");

	assert_int_equal(out->nrow, 1);
	out = run(*state, "SELECT name, year, n, n_low, n_high, since FROM panel JOIN \"place-name\" USING (code) "
			  "ORDER BY year DESC, name");
	assert_int_equal(out->nrow, NROW);
	assert_string_equal(kg_column_text(&out->column[0], 0), "Lương Sơn");
	assert_int_equal(out->column[1].type, KG_INTEGER);
	assert_string_equal(out->column[2].unit, "people");
	assert_true(out->column[2].high[1] == INFINITY && out->column[2].low[1] == 30);
	assert_int_equal(out->column[5].type, KG_DATE);
	assert_true(out->from->synthetic);
	assert_string_equal(out->from->source, "Census 2019");
}

static void query_folds_groups(void **state)
{
	const struct kg_table *out = run(*state, "SELECT code, count(*) AS places, sum(n) AS n, avg(n) AS mean, "
						 "median(\"pop per.km\") AS middle, sd(year) AS spread "
						 "FROM panel GROUP BY code ORDER BY code");

	assert_int_equal(out->nrow, 3);
	assert_true(out->column[1].real[1] == 2 && out->column[1].type == KG_INTEGER);
	assert_true(out->column[2].real[1] == 40 && out->column[2].type == KG_INTEGER);
	assert_true(out->column[3].real[1] == 20 && out->column[3].type == KG_REAL);
	assert_true(out->column[4].real[1] == 1050);
	assert_true(fabs(out->column[5].real[1] - sqrt(12.5)) < 1e-15);
	assert_true(kg_column_missing(&out->column[5], 0));
}

static void mixed_results_become_text(void **state)
{
	const struct kg_table *out =
	    run(*state, "SELECT 1 AS a, NULL AS b UNION ALL SELECT 2.5, NULL UNION ALL SELECT 'x', NULL");

	assert_int_equal(out->column[0].type, KG_TEXT);
	assert_string_equal(kg_column_text(&out->column[0], 0), "1");
	assert_string_equal(kg_column_text(&out->column[0], 1), "2.5");
	assert_string_equal(kg_column_text(&out->column[0], 2), "x");
	assert_int_equal(out->column[1].type, KG_REAL);
	assert_true(kg_column_missing(&out->column[1], 2));
}

static void empty_results_are_tables(void **state)
{
	const struct kg_table *out = run(*state, "SELECT * FROM panel WHERE 0");

	assert_int_equal(out->nrow, 0);
	assert_int_equal(out->column[0].type, KG_TEXT);
}

static void bad_expressions_are_explained(void **state)
{
	static const struct {
		const char *where, *let, *what;
	} cases[] = {
		{ "yeer > 2010", NULL, "'yeer' is not a column; did you mean 'year'? (in --where)" },
		{ "\"yeer\" > 2010", NULL, "'yeer' is not a column; did you mean 'year'? (in --where)" },
		{ "n > ", NULL, "the SQL ends too early; close its brackets and expressions (in --where)" },
		{ "n > 5)", NULL,
		  "')' is not understood here; correct the SQL before it (names with other signs than letters and "
		  "digits need double quotes) (in --where)" },
		{ "code = '17", NULL, "the quote in '17 is not closed (in --where)" },
		{ "n + \\ 3", NULL, "'\\' is not understood by SQL; leave it out (in --where)" },
		{ "sum(n) > 5", NULL,
		  "'sum()' folds rows, which is not possible here; leave it out, or use --sql (in --where)" },
		{ NULL, "sum(n)",
		  "'sum(n)' folds all rows into one; write OVER () behind the function to have its value beside each "
		  "row (in --let x)" },
		{ NULL, "logarithm(n)",
		  "'logarithm' is not a function of SQL; see sqlite.org/lang_corefunc.html (in --let x)" },
		{ NULL, "random()", "'random' is not allowed: its value would change from run to run (in --let x)" },
		{ "1) UNION ALL SELECT 99 --", NULL, NULL },
	};
	struct fixture *fixture = *state;

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		const struct kg_let let = { "x", cases[i].let };
		const struct kg_table *out;

		assert_int_equal(kg_query_filter(fixture->panel,
						 &(struct kg_filter){ cases[i].where, &let, cases[i].let != NULL },
						 fixture->arena, &out, &fixture->error),
				 KG_EUSAGE);
		if (cases[i].what)
			assert_string_equal(fixture->error.what, cases[i].what);
	}
}

static void forged_row_numbers_are_refused(void **state)
{
	struct fixture *fixture = *state;
	const struct kg_table *out;

	assert_int_equal(kg_query_filter(fixture->panel, &(struct kg_filter){ "1) UNION ALL SELECT (99", NULL, 0 },
					 fixture->arena, &out, &fixture->error),
			 KG_EUSAGE);
}

static void names_of_lets_are_checked(void **state)
{
	const struct kg_let taken = { "YEAR", "1" }, twice[] = { { "a", "1" }, { "A", "2" } }, none = { "", "1" };
	struct fixture *fixture = *state;
	const struct kg_table *out;

	assert_int_equal(kg_query_filter(fixture->panel, &(struct kg_filter){ NULL, &taken, 1 }, fixture->arena, &out,
					 &fixture->error),
			 KG_EUSAGE);
	assert_string_equal(fixture->error.what, "'YEAR' is a column already; give --let another name");
	assert_int_equal(kg_query_filter(fixture->panel, &(struct kg_filter){ NULL, twice, 2 }, fixture->arena, &out,
					 &fixture->error),
			 KG_EUSAGE);
	assert_string_equal(fixture->error.what, "'A' is given twice by --let; give one another name");
	assert_int_equal(kg_query_filter(fixture->panel, &(struct kg_filter){ NULL, &none, 1 }, fixture->arena, &out,
					 &fixture->error),
			 KG_EUSAGE);
}

static void bad_queries_are_explained(void **state)
{
	static const struct {
		const char *sql, *what;
	} cases[] = {
		{ "SELECT n FROM pannel", "'pannel' is not an input; did you mean 'panel'?" },
		{ "SELECT * FROM place-name", "'-' is not understood here; write the input's name in double quotes: "
					      "\"place-name\"" },
		{ "SELECT code FROM panel, \"place-name\"",
		  "'code' is a column of more than one input; write input.code" },
		{ "SELECT panel.yeer FROM panel", "'panel.yeer' is not a column; did you mean 'year'?" },
		{ "SELECT a.code, b.code FROM panel a, panel b",
		  "two columns of the result are named 'code'; rename one with AS" },
		{ "", "the query is empty; write one such as 'SELECT * FROM panel'" },
		{ "SELECT 1; SELECT 2", "only one query can be run; 'SELECT 2' follows the first" },
		{ "SELECT (1", "the SQL ends too early; close its brackets and expressions" },
		{ "ATTACH 'x.db' AS x", "only reading is allowed; begin the query with SELECT or WITH" },
		{ "PRAGMA table_list", "only reading is allowed; begin the query with SELECT or WITH" },
		{ "SELECT * FROM pragma_table_list", "only reading is allowed; begin the query with SELECT or WITH" },
		{ "CREATE TABLE x(a)", "only reading is allowed; begin the query with SELECT or WITH" },
		{ "DELETE FROM panel", NULL },
		{ "INSERT INTO panel VALUES (1)", NULL },
		{ "SELECT load_extension('x')", NULL },
		{ "SELECT CURRENT_TIMESTAMP",
		  "'CURRENT_TIMESTAMP' is not allowed: its value would change from run to run" },
	};
	struct fixture *fixture = *state;
	const struct kg_table *const tables[] = { fixture->panel, fixture->place };

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		const struct kg_table *out;

		assert_int_equal(kg_query_run(tables, 2, cases[i].sql, fixture->arena, &out, &fixture->error),
				 KG_EUSAGE);
		if (cases[i].what)
			assert_string_equal(fixture->error.what, cases[i].what);
	}
}

static void large_integers_are_refused(void **state)
{
	struct fixture *fixture = *state;
	const struct kg_table *out;

	assert_int_equal(
	    kg_query_run(&fixture->panel, 1, "SELECT 9007199254740993 AS big", fixture->arena, &out, &fixture->error),
	    KG_EDATA);
	assert_string_equal(fixture->error.column, "big");
	assert_string_equal(fixture->error.what,
			    "the integer 9007199254740993 is too large to be kept exactly; cast it to text");
}

static void columns_differing_in_case_are_refused(void **state)
{
	struct fixture *fixture = *state;
	struct kg_column column[2] = { { .name = "n", .type = KG_REAL }, { .name = "N", .type = KG_REAL } };
	struct kg_table table = { "t", 0, 2, column, &kg_provenance_none, NULL };
	const struct kg_table *out;

	assert_int_equal(
	    kg_query_filter(&table, &(struct kg_filter){ .where = "1" }, fixture->arena, &out, &fixture->error),
	    KG_EUSAGE);
	assert_string_equal(fixture->error.what,
			    "stands twice (SQL does not tell capitals apart); rename one of the two");
}

static void assert_used(const char *sql, const char *expected)
{
	static const char *const column[] = { "year", "n", "pop per.km", "we\"ird" };
	bool used[4];
	char got[5] = "";

	kg_query_columns(&sql, 1, column, 4, used);
	for (size_t j = 0; j < 4; j++)
		got[j] = used[j] ? '1' : '0';
	assert_string_equal(got, expected);
}

static void names_in_sql_are_found(void **state)
{
	(void)state;
	assert_used("year > 2010", "1000");
	assert_used("1000.0 * N / \"pop per.km\"", "0110");
	assert_used("[n] + `year` + \"we\"\"ird\"", "1101");
	assert_used("n_low > 3", "0100");
	assert_used("yeer > 2010", "1111");
	assert_used("SELECT * FROM t", "1111");
	assert_used("SELECT n FROM t NATURAL JOIN u", "1111");
	assert_used("SELECT n FROM panel", "0100");
	assert_used("", "0000");
}

/* The slow twin of an index: looks at every row. */
static void index_finds_what_a_scan_finds(void **state)
{
	enum { COUNT = 2000, DISTINCT = 37 };
	struct fixture *fixture = *state;
	struct kg_random random = kg_random_stream(7, 0, 0);
	struct kg_builder *builder = kg_builder_new("t", fixture->arena);
	const struct kg_table *table;
	char text[16];

	kg_builder_column(builder, "text", KG_TEXT, NULL);
	kg_builder_column(builder, "real", KG_REAL, NULL);
	for (size_t i = 0; i < COUNT; i++) {
		uint32_t value = kg_random_below(&random, DISTINCT);

		snprintf(text, sizeof text, "%u", (unsigned)value);
		kg_builder_row(builder);
		if (value)
			kg_builder_text(builder, 0, text);
		kg_builder_real(builder, 1, value ? value / 4.0 : NAN);
	}
	assert_int_equal(kg_builder_finish(builder, NULL, &table, NULL), KG_OK);
	for (size_t value = 0; value <= DISTINCT; value++) {
		const uint32_t *by_text = NULL, *by_real = NULL;
		size_t ntext, nreal, at = 0;

		snprintf(text, sizeof text, "%zu", value);
		ntext = kg_index_text(kg_index_make(&table->column[0], COUNT, fixture->arena), text, &by_text);
		nreal =
		    kg_index_real(kg_index_make(&table->column[1], COUNT, fixture->arena), (double)value / 4, &by_real);
		for (size_t i = 0; i < COUNT; i++) {
			if (kg_column_missing(&table->column[0], i) ||
			    strcmp(kg_column_text(&table->column[0], i), text) != 0)
				continue;
			assert_int_equal(by_text[at], i);
			assert_int_equal(by_real[at], i);
			at++;
		}
		assert_int_equal(ntext, at);
		assert_int_equal(nreal, at);
	}
}

static void self_joins_by_index_equal_pairs(void **state)
{
	struct fixture *fixture = *state;
	const struct kg_table *out = run(fixture, "SELECT count(*) AS c FROM panel a JOIN panel b ON a.code = b.code "
						  "JOIN panel c ON c.n = b.n");

	assert_true(out->column[0].real[0] == 7);
	out = run(fixture, "SELECT count(*) AS c FROM panel a JOIN panel b ON a.code = b.year - 1998");
	assert_true(out->column[0].real[0] == 6);
}

static void tally_sums_exactly(void **state)
{
	struct kg_tally tally = { 0 };
	struct kg_values values = { 0 };

	(void)state;
	for (int i = 0; i < 1000; i++)
		kg_tally_real(&tally, 0.1, 1);
	kg_tally_real(&tally, 1e17, 1);
	kg_tally_real(&tally, 1e17, -1);
	assert_true(fabs(kg_tally_sum(&tally) - 100) < 1e-12);
	assert_int_equal(tally.n, 1000);
	assert_true(isnan(kg_values_median(&values)));
	for (int i = 100; i > 0; i--)
		assert_true(kg_values_add(&values, i));
	assert_true(kg_values_median(&values) == 50.5);
	assert_true(fabs(kg_values_sd(&values) - sqrt(10100.0 / 12)) < 1e-13);
	kg_values_free(&values);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(where_keeps_rows_types_bounds_and_lines),
		TEST(codes_are_texts_and_missing_is_null),
		TEST(lets_build_on_one_another),
		TEST(rows_stay_in_order_under_windows),
		TEST(query_joins_and_keeps_what_a_column_is),
		TEST(query_folds_groups),
		TEST(mixed_results_become_text),
		TEST(empty_results_are_tables),
		TEST(bad_expressions_are_explained),
		TEST(forged_row_numbers_are_refused),
		TEST(names_of_lets_are_checked),
		TEST(bad_queries_are_explained),
		TEST(large_integers_are_refused),
		TEST(columns_differing_in_case_are_refused),
		TEST(names_in_sql_are_found),
		TEST(index_finds_what_a_scan_finds),
		TEST(self_joins_by_index_equal_pairs),
		TEST(tally_sums_exactly),
	};

	return cmocka_run_group_tests_name("query", tests, NULL, NULL);
}
