/* The writers: what is exact for machines, what is aligned and said for readers. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "report/display.h"
#include "report/write.h"
#include "table/builder.h"

struct fixture {
	struct kg_arena *arena;
	struct kg_builder *builder;
	struct kg_result *result;
};

static struct fixture start(void)
{
	struct fixture fixture = { .arena = kg_arena_new(0) };

	fixture.builder = kg_builder_new("t", fixture.arena);
	return fixture;
}

static void finish(struct fixture *fixture, bool synthetic)
{
	struct kg_provenance from = { .file = "t.csv", .source = "Source of t", .synthetic = synthetic };
	struct kg_provenance *kept = KG_NEW(fixture->arena, struct kg_provenance);
	const struct kg_table *table;
	struct kg_error error;

	*kept = from;
	assert_int_equal(kg_builder_finish(fixture->builder, kept, &table, &error), KG_OK);
	fixture->result = kg_result_new(table, fixture->arena);
}

static const char *print(struct fixture *fixture, const char *format, size_t width)
{
	struct kg_style style = { .digits = 4, .width = width };
	struct kg_buffer out = kg_buffer_new(fixture->arena);
	struct kg_error error;

	assert_int_equal(kg_format_find(format)->write(fixture->result, &style, fixture->arena, &out, &error), KG_OK);
	return out.text;
}

/* Two rows of a tidy table; the second has a note instead of an estimate. */
static struct fixture make_tidy(bool synthetic)
{
	struct fixture fixture = start();
	const char *name[] = { "place", "term", "method", "estimate", "p_value", "df", "n", "unit", "note" };
	enum kg_type type[] = { KG_TEXT, KG_TEXT, KG_TEXT, KG_REAL, KG_REAL, KG_REAL, KG_INTEGER, KG_TEXT, KG_TEXT };

	for (size_t j = 0; j < 9; j++)
		kg_builder_column(fixture.builder, name[j], type[j], NULL);
	for (size_t i = 0; i < 3; i++) {
		kg_builder_row(fixture.builder);
		kg_builder_text(fixture.builder, 0, i == 0 ? "Đà Bắc" : i == 1 ? "Mai Châu" : "X");
		kg_builder_text(fixture.builder, 1, "cagr");
		kg_builder_text(fixture.builder, 2, "cagr");
		kg_builder_real(fixture.builder, 3, i == 0 ? 12.345678 : i == 1 ? -0.5 : NAN);
		kg_builder_real(fixture.builder, 4, i == 0 ? 1e-12 : i == 1 ? 0.25 : NAN);
		kg_builder_real(fixture.builder, 6, 12345);
		kg_builder_text(fixture.builder, 7, i < 2 ? "% per year" : NULL);
		kg_builder_text(fixture.builder, 8, i < 2 ? NULL : "too-few");
	}
	finish(&fixture, synthetic);
	return fixture;
}

static void test_table_aligns_and_says_once(void **state)
{
	struct fixture fixture = make_tidy(true);

	(void)state;
	assert_string_equal(print(&fixture, "table", 0), "Method: cagr · Unit: % per year\n"
							 "\n"
							 "place     term  estimate  p_value       n  note\n"
							 "──────────────────────────────────────────────────\n"
							 "Đà Bắc    cagr   12.35      <1e-4  12,345\n"
							 "Mai Châu  cagr   -0.5000   0.2500  12,345\n"
							 "X         cagr                     12,345  too-few\n"
							 "\n"
							 "Synthetic data\n"
							 "too-few: fewer observations than the method needs.\n"
							 "Source: Source of t.\n");
	kg_arena_free(fixture.arena);
}

static void test_narrow_terminal_loses_nothing(void **state)
{
	struct fixture fixture = make_tidy(false);
	const char *text = print(&fixture, "table", 30);

	(void)state;
	assert_non_null(strstr(text, "value"));
	assert_non_null(strstr(text, "too-few"));
	assert_non_null(strstr(text, "12,345"));
	for (const char *line = text; *line; line += strcspn(line, "\n") + 1) {
		char copy[400];

		assert_true(strcspn(line, "\n") < sizeof copy);
		snprintf(copy, sizeof copy, "%.*s", (int)strcspn(line, "\n"), line);
		if (!strchr(copy, ':')) /* sentences have a least width of their own */
			assert_true(kg_text_width(copy) <= 30);
	}
	kg_arena_free(fixture.arena);
}

static void test_long_text_is_folded(void **state)
{
	struct fixture fixture = start();

	(void)state;
	kg_builder_column(fixture.builder, "problem", KG_TEXT, NULL);
	kg_builder_column(fixture.builder, "row", KG_INTEGER, NULL);
	kg_builder_row(fixture.builder);
	kg_builder_text(fixture.builder, 0, "a sentence that is much too long for one line of a narrow terminal");
	kg_builder_real(fixture.builder, 1, 1234);
	finish(&fixture, false);
	assert_string_equal(print(&fixture, "table", 40), "problem                              row\n"
							  "────────────────────────────────────────\n"
							  "a sentence that is much too long    1234\n"
							  "for one line of a narrow terminal\n"
							  "\n"
							  "Source: Source of t.\n");
	kg_arena_free(fixture.arena);
}

static void test_machine_forms_are_exact(void **state)
{
	struct fixture fixture = make_tidy(false);

	(void)state;
	assert_string_equal(print(&fixture, "csv", 0), "place,term,method,estimate,p_value,df,n,unit,note\n"
						       "Đà Bắc,cagr,cagr,12.345678,1e-12,,12345,% per year,\n"
						       "Mai Châu,cagr,cagr,-0.5,0.25,,12345,% per year,\n"
						       "X,cagr,cagr,,,,12345,,too-few\n");
	assert_non_null(strstr(print(&fixture, "json", 0),
			       "{\"place\": \"X\", \"term\": \"cagr\", \"method\": \"cagr\", "
			       "\"estimate\": null, \"p_value\": null, \"df\": null, "
			       "\"n\": 12345, \"unit\": null, \"note\": \"too-few\"}"));
	kg_arena_free(fixture.arena);
}

static void test_bounds_stay_bounds(void **state)
{
	struct fixture fixture = start();
	struct kg_style style = { .digits = 4 };

	(void)state;
	kg_builder_column(fixture.builder, "x", KG_REAL, NULL);
	for (size_t i = 0; i < 4; i++)
		kg_builder_row(fixture.builder), kg_builder_bounds(fixture.builder, 0, i == 1 ? 5 : 30000,
								   i == 0   ? 30000
								   : i == 1 ? 0
								   : i == 2 ? 29000
									    : 30000,
								   i == 0   ? INFINITY
								   : i == 1 ? 4
								   : i == 2 ? 31000
									    : 30000);
	finish(&fixture, false);
	assert_string_equal(kg_display_cell(fixture.result->table->column, 0, &style, true, fixture.arena), "≥30,000");
	assert_string_equal(kg_display_cell(fixture.result->table->column, 1, &style, true, fixture.arena), "0–4");
	assert_string_equal(kg_display_cell(fixture.result->table->column, 2, &style, true, fixture.arena),
			    "29,000–31,000");
	assert_string_equal(kg_display_cell(fixture.result->table->column, 3, &style, true, fixture.arena), "30,000");
	assert_string_equal(print(&fixture, "csv", 0), "x\n≥30000\n<5\n30000\n30000\n");
	kg_arena_free(fixture.arena);
}

static void test_empty_table(void **state)
{
	struct fixture fixture = start();
	size_t count;
	const struct kg_format *const *format = kg_format_all(&count);

	(void)state;
	kg_builder_column(fixture.builder, "a", KG_TEXT, NULL);
	kg_builder_column(fixture.builder, "b", KG_REAL, "km");
	finish(&fixture, true);
	for (size_t k = 0; k < count; k++)
		assert_non_null(print(&fixture, format[k]->id, 80));
	assert_string_equal(print(&fixture, "csv", 0), "a,b\n");
	kg_arena_free(fixture.arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_table_aligns_and_says_once), cmocka_unit_test(test_narrow_terminal_loses_nothing),
		cmocka_unit_test(test_long_text_is_folded),	   cmocka_unit_test(test_machine_forms_are_exact),
		cmocka_unit_test(test_bounds_stay_bounds),	   cmocka_unit_test(test_empty_table),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
