#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "table/builder.h"
#include "table/formula.h"

struct fixture {
	struct kg_arena *arena;
	const struct kg_table *table;
};

/* y x z d(number) g(text) "tỷ lệ"; row 4 has no x, row 5 has z = 0. */
static int set_up(void **state)
{
	static const double y[] = { 1, 2, 3, 4, 5, 6 }, x[] = { 2, 4, 6, NAN, 10, 12 }, z[] = { 1, 2, 4, 8, 0, 32 };
	static const double d[] = { 10, 9, 10, 2, 9, 2 };
	static const char *const g[] = { "b", "a", "b", "a", "c", "a" };
	static struct fixture fixture;
	struct kg_builder *builder;
	struct kg_error error;

	fixture.arena = kg_arena_new(0);
	builder = kg_builder_new("t", fixture.arena);
	kg_builder_column(builder, "y", KG_REAL, NULL);
	kg_builder_column(builder, "x", KG_REAL, NULL);
	kg_builder_column(builder, "z.1", KG_REAL, NULL);
	kg_builder_column(builder, "d", KG_INTEGER, NULL);
	kg_builder_column(builder, "g", KG_TEXT, NULL);
	kg_builder_column(builder, "tỷ lệ", KG_REAL, NULL);
	for (size_t i = 0; i < 6; i++) {
		kg_builder_row(builder);
		kg_builder_real(builder, 0, y[i]);
		kg_builder_real(builder, 1, x[i]);
		kg_builder_real(builder, 2, z[i]);
		kg_builder_real(builder, 3, d[i]);
		kg_builder_text(builder, 4, g[i]);
		kg_builder_real(builder, 5, y[i] / 10);
	}
	*state = &fixture;
	return kg_builder_finish(builder, NULL, &fixture.table, &error) == KG_OK ? 0 : -1;
}

static int tear_down(void **state)
{
	kg_arena_free(((struct fixture *)*state)->arena);
	return 0;
}

static enum kg_status make(struct fixture *f, const char *text, struct kg_model *model, struct kg_error *error)
{
	static const uint32_t all[] = { 0, 1, 2, 3, 4, 5 };
	const struct kg_formula *formula;

	KG_TRY(kg_formula_parse(text, f->arena, &formula, error));
	return kg_formula_model(formula, f->table, &(struct kg_cases){ all, 6, NULL, 0 }, f->arena, model, error);
}

static void join(char *text, size_t size, const char *const *name, size_t count)
{
	size_t at = 0;

	text[0] = '\0';
	for (size_t i = 0; i < count; i++)
		at += (size_t)snprintf(text + at, size - at, "%s%s", i ? " " : "", name[i]);
}

static void test_names_as_in_r(void **state)
{
	static const struct {
		const char *formula, *names;
	} cases[] = {
		{ "y ~ 1", "(Intercept)" },
		{ "y~x", "(Intercept) x" },
		{ "y ~ x - 1", "x" },
		{ "y ~ 0 + x", "x" },
		{ "y ~ x + I(x^2)", "(Intercept) x I(x^2)" },
		{ "y ~ I( x*d/2 )", "(Intercept) I(x * d/2)" },
		{ "y ~ log1p(z.1+1e2)", "(Intercept) log1p(z.1 + 100)" },
		{ "y ~ I(-x^2)+`tỷ lệ`", "(Intercept) I(-x^2) `tỷ lệ`" },
		{ "y ~ factor(d)", "(Intercept) factor(d)9 factor(d)10" },
		{ "y ~ g", "(Intercept) gb gc" },
		{ "y ~ g - 1", "ga gb gc" },
		{ "y ~ d + g - 1", "d ga gb gc" },
		{ "y ~ d:g", "(Intercept) d:ga d:gb d:gc" },
		{ "y ~ d*g", "(Intercept) d gb gc d:gb d:gc" },
		{ "y ~ d:x + x", "(Intercept) x d:x" },
		{ "y ~ (x + d)^2", "(Intercept) x d x:d" },
		{ "y ~ (x + d)^2 - x:d", "(Intercept) x d" },
		{ "y ~ g*factor(d) - g", "(Intercept) factor(d)9 factor(d)10 gb:factor(d)2 gc:factor(d)2 "
					 "gb:factor(d)9 gc:factor(d)9 gb:factor(d)10 gc:factor(d)10" },
		{ "y ~ factor(d) + g - 1", "factor(d)2 factor(d)9 factor(d)10 gb gc" },
		{ "log(y) ~ x", "(Intercept) x" },
		{ "y/d ~ x + x", "(Intercept) x" },
	};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct kg_model model;
		struct kg_error error;
		char names[256];

		if (make(*state, cases[i].formula, &model, &error) != KG_OK)
			fail_msg("%s: %s", cases[i].formula, error.what);
		join(names, sizeof names, model.design.name, model.design.p);
		assert_string_equal(names, cases[i].names);
	}
}

static void test_values(void **state)
{
	struct kg_model model;
	struct kg_error error;
	const double want[5][4] = {
		{ 1, 4, 0, 1 }, { 1, 16, 0, 0 }, { 1, 36, 0, 1 }, { 1, 100, 1, 0 }, { 1, 144, 0, 0 }
	};

	assert_int_equal(make(*state, "log(y) ~ I(x^2) + g", &model, &error), KG_OK);
	assert_int_equal(model.design.n, 5);
	assert_int_equal(model.n_missing, 1);
	assert_true(model.design.intercept);
	assert_int_equal(model.row[3], 4);
	for (size_t i = 0; i < 5; i++) {
		assert_true(model.y[i] == log(model.row[i] + 1.0));
		assert_true(model.design.x[5 + i] == want[i][1]);
		assert_true(model.design.x[10 + i] == want[i][3]);
		assert_true(model.design.x[15 + i] == want[i][2]);
	}
}

static void test_other_columns_drop_rows_too(void **state)
{
	static const uint32_t rows[] = { 5, 3, 1 };
	struct fixture *f = *state;
	const struct kg_column *x = kg_table_find(f->table, "x");
	const struct kg_formula *formula;
	struct kg_model model;
	struct kg_error error;

	assert_int_equal(kg_formula_parse("y ~ d", f->arena, &formula, &error), KG_OK);
	assert_int_equal(
	    kg_formula_model(formula, f->table, &(struct kg_cases){ rows, 3, &x, 1 }, f->arena, &model, &error), KG_OK);
	assert_int_equal(model.design.n, 2);
	assert_int_equal(model.row[0], 5);
	assert_int_equal(model.row[1], 1);
	assert_int_equal(
	    kg_formula_model(formula, f->table, &(struct kg_cases){ rows, 0, NULL, 0 }, f->arena, &model, &error),
	    KG_OK);
	assert_int_equal(model.design.n, 0);
}

static void test_columns(void **state)
{
	struct fixture *f = *state;
	const char *const *name;
	struct kg_error error;
	char names[256];
	size_t count;

	assert_int_equal(
	    kg_formula_columns("log(y/n) ~ x + log(z.1):x + factor(`a b`)", f->arena, &name, &count, &error), KG_OK);
	join(names, sizeof names, name, count);
	assert_string_equal(names, "y n x z.1 a b");
}

static void test_charts_need_plain_columns(void **state)
{
	struct fixture *f = *state;
	const struct kg_formula *formula;
	struct kg_error error;

	assert_int_equal(kg_formula_parse("y ~ x", f->arena, &formula, &error), KG_OK);
	assert_string_equal(kg_formula_single(formula), "x");
	assert_string_equal(kg_formula_outcome_column(formula), "y");
	assert_int_equal(kg_formula_parse("log(y) ~ x + I(x^2)", f->arena, &formula, &error), KG_OK);
	assert_null(kg_formula_single(formula));
	assert_null(kg_formula_outcome_column(formula));
	assert_string_equal(kg_formula_outcome(formula), "log(y)");
}

static void test_refusals(void **state)
{
	static const struct {
		const char *formula, *what;
	} cases[] = {
		{ "", "formula '' ends too early: expected a column, a number or a function" },
		{ "y", "formula 'y' ends too early: expected '~' after the outcome, as in 'y ~ x'" },
		{ "~ x", "formula: '~' at character 1 is out of place: expected the outcome before it, as in 'y ~ x'" },
		{ "y ~", "formula 'y ~' ends too early: expected a column or a function" },
		{ "y ~ x +", "formula 'y ~ x +' ends too early: expected a column or a function" },
		{ "đ ~ x )", "formula: ')' at character 7 is out of place: expected '+', '-', ':', '*' or the end" },
		{ "y ~ x z", "formula: 'z' at character 7 is out of place: expected '+', '-', ':', '*' or the end" },
		{ "y ~ x/d",
		  "formula: '/' at character 6 is out of place: expected '+', ':' or '*'; a ratio is written I(a/b)" },
		{ "y ~ x^d",
		  "formula: 'd' at character 7 is out of place: expected a whole number from 1 to 9; a power is "
		  "written I(x^2)" },
		{ "y ~ 2", "formula: '2' at character 5 is out of place: expected a column or a function" },
		{ "y ~ log(x", "formula 'y ~ log(x' ends too early: expected ')'" },
		{ "y ~ lg(x)",
		  "formula: 'lg()' is not a function; there are I, exp, factor, log, log10, log1p, log2, sqrt" },
		{ "y ~ .", "formula: '.' does not stand for all columns; name those that you mean" },
		{ "y ~ offset(x)", "formula: 'offset()' is not written here; use --offset with the column" },
		{ "y ~ I(factor(d))",
		  "formula: 'factor()' cannot be part of a calculation; it stands alone or in ':' and '*'" },
		{ "y ~ x + y", "formula: 'y' is the outcome and cannot stand on the right as well" },
		{ "y ~ x - x - 1", "formula 'y ~ x - x - 1' has neither an intercept nor a covariate" },
		{ "y ~ `x", "formula: '`' at character 5 is out of place: expected a column name between backticks" },
		{ "y ~ 1:x",
		  "formula: 0 and 1 stand for the intercept and cannot be multiplied; write a calculation as "
		  "I(...)" },
	};
	struct kg_model model;
	struct kg_error error;

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		assert_int_equal(make(*state, cases[i].formula, &model, &error), KG_EUSAGE);
		assert_string_equal(error.what, cases[i].what);
	}
	assert_int_equal(make(*state, "y ~ x + factr", &model, &error), KG_EUSAGE);
	assert_int_equal(make(*state, "g ~ x", &model, &error), KG_EDATA);
	assert_int_equal(make(*state, "y ~ log(g)", &model, &error), KG_EDATA);
}

static void test_no_finite_value(void **state)
{
	struct kg_model model;
	struct kg_error error;

	assert_int_equal(make(*state, "y ~ x + log(z.1)", &model, &error), KG_EDATA);
	assert_int_equal(error.row, 6);
	assert_string_equal(error.column, "z.1");
	assert_string_equal(error.what,
			    "'log(z.1)' needs a positive value, found 0; leave such rows out with --where or "
			    "use another formula");
	assert_int_equal(make(*state, "y ~ I(x/z.1)", &model, &error), KG_EDATA);
	assert_int_equal(error.row, 6);
	assert_string_equal(error.column, "x");
}

static void test_products_that_overflow(void **state)
{
	struct kg_model model;
	struct kg_error error;

	assert_int_equal(make(*state, "y ~ exp(d*70):exp(d*69)", &model, &error), KG_EDATA);
	assert_string_equal(error.what,
			    "'exp(d * 70):exp(d * 69)' is too large for a number; divide its columns first");
}

static void test_depth_and_size_have_limits(void **state)
{
	struct kg_model model;
	struct kg_error error;
	char deep[400] = "y ~ ";

	memset(deep + 4, '(', 300);
	strcpy(deep + 304, "x");
	assert_int_equal(make(*state, deep, &model, &error), KG_EUSAGE);
	memset(deep + 4, '-', 300);
	memcpy(deep + 4, "I(", 2);
	assert_int_equal(make(*state, deep, &model, &error), KG_EUSAGE);
	assert_int_equal(make(*state, "y ~ (a+b+c+d+e+f+g+h+i+j+k+l+m)^9", &model, &error), KG_EUSAGE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_names_as_in_r),
		cmocka_unit_test(test_values),
		cmocka_unit_test(test_other_columns_drop_rows_too),
		cmocka_unit_test(test_columns),
		cmocka_unit_test(test_charts_need_plain_columns),
		cmocka_unit_test(test_refusals),
		cmocka_unit_test(test_no_finite_value),
		cmocka_unit_test(test_products_that_overflow),
		cmocka_unit_test(test_depth_and_size_have_limits),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
