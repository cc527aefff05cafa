/* Bounds through SQL beside a slow twin: the same expression at every point of a grid over the box of bounds. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

#include <cmocka.h>

#include "table/builder.h"
#include "table/query.h"

#define STEPS 8 /* of the grid; both ends are among its points */
#define CLOSE 1e-9

static const struct kg_provenance from = { .file = "t.csv" };

struct box {
	double low[2], high[2];
};

static const struct box boxes[] = {
	{ { 0, 2 }, { 4, 2 } }, { { 3, 5 }, { 9, 30 } }, { { 0, 0 }, { 7, 11 } }, { { 10, 1 }, { 10, 6 } }
};

static const char *const carried[] = {
	"a + 2 * b - 1",
	"a - b",
	"a * b",
	"1.5 * a / (a + b + 1)",
	"(a - b) / (b + 1.0)",
	"100.0 * (b - a) / (a + 2)",
	"-a * (b - 3)",
	"sqrt(a) + round(b / 3.0)",
	"max(a, b) - 2",
	"coalesce(a, 0) * 0.5",
	"CASE WHEN c > 1 THEN a ELSE b * 2 END",
	"CAST(a AS REAL) / 7",
	"(SELECT sum(a) FROM t) * b",
	"ln(a + 1) * c",
	"exp(-a / 10.0)",
};

static const char *const lost[] = {
	"a * a",      "abs(a - 3)",  "a % 3", "a > 3", "a || 'x'", "a - sum(a) OVER ()", "CASE WHEN a > 1 THEN b END",
	"sum(a) - a", "nullif(a, 2)"
};

/* A table of one row; `point` NULL: with the box's bounds. */
static const struct kg_table *make_table(const struct box *box, const double *point, struct kg_arena *arena)
{
	struct kg_builder *builder = kg_builder_new("t", arena);
	static const char *const name[] = { "a", "b" };
	const struct kg_table *table;

	for (size_t j = 0; j < 2; j++)
		kg_builder_column(builder, name[j], KG_REAL, NULL);
	kg_builder_column(builder, "c", KG_REAL, NULL);
	kg_builder_row(builder);
	for (size_t j = 0; j < 2; j++)
		if (point)
			kg_builder_real(builder, j, point[j]);
		else
			kg_builder_bounds(builder, j, box->low[j], box->low[j], box->high[j]);
	kg_builder_real(builder, 2, 2);
	assert_int_equal(kg_builder_finish(builder, &from, &table, NULL), KG_OK);
	return table;
}

static const struct kg_table *select_from(const struct kg_table *table, const char *expression, struct kg_arena *arena)
{
	const struct kg_table *out;
	char sql[256];

	snprintf(sql, sizeof sql, "SELECT %s AS x FROM t", expression);
	assert_int_equal(kg_query_run(&table, 1, sql, arena, &out, NULL), KG_OK);
	return out;
}

static void compare_with_grid(const char *expression, const struct box *box)
{
	struct kg_arena *arena = kg_arena_new(0);
	const struct kg_table *out = select_from(make_table(box, NULL, arena), expression, arena);
	double least = INFINITY, most = -INFINITY;

	for (int i = 0; i <= STEPS; i++)
		for (int k = 0; k <= STEPS; k++) {
			double point[] = { box->low[0] + (box->high[0] - box->low[0]) * i / STEPS,
					   box->low[1] + (box->high[1] - box->low[1]) * k / STEPS };
			const struct kg_table *one = select_from(make_table(box, point, arena), expression, arena);

			least = fmin(least, one->column[0].real[0]);
			most = fmax(most, one->column[0].real[0]);
		}
	assert_non_null(out->column[0].low);
	assert_int_equal(out->from->nlost, 0);
	if (fabs(out->column[0].low[0] - least) > CLOSE || fabs(out->column[0].high[0] - most) > CLOSE)
		fail_msg("%s: %g to %g, the grid has %g to %g", expression, out->column[0].low[0],
			 out->column[0].high[0], least, most);
	kg_arena_free(arena);
}

static void ends_are_those_of_the_grid(void **state)
{
	(void)state;
	for (size_t e = 0; e < sizeof carried / sizeof carried[0]; e++)
		for (size_t b = 0; b < sizeof boxes / sizeof boxes[0]; b++)
			compare_with_grid(carried[e], &boxes[b]);
}

static void what_is_not_monotone_is_lost_and_said(void **state)
{
	(void)state;
	for (size_t e = 0; e < sizeof lost / sizeof lost[0]; e++) {
		struct kg_arena *arena = kg_arena_new(0);
		const struct kg_table *out = select_from(make_table(&boxes[1], NULL, arena), lost[e], arena);

		if (out->column[0].low || out->from->nlost != 1)
			fail_msg("%s is not lost", lost[e]);
		kg_arena_free(arena);
	}
}

static void open_ends_stay_open(void **state)
{
	const struct box open = { { 30000, 0 }, { INFINITY, 4 } };
	struct kg_arena *arena = kg_arena_new(0);
	const struct kg_table *table = make_table(&open, NULL, arena);
	const struct kg_table *product = select_from(table, "a * b", arena),
			      *below = select_from(table, "1 / a", arena);
	const struct kg_table *above = select_from(table, "c / (4 - b)", arena),
			      *crossing = select_from(table, "1 / (b - 2)", arena);

	(void)state;
	assert_true(product->column[0].low[0] == 0 && isinf(product->column[0].high[0]));
	assert_true(below->column[0].low[0] == 0 && below->column[0].high[0] == 1.0 / 30000);
	assert_true(above->column[0].low[0] == 0.5 && isinf(above->column[0].high[0]));
	assert_true(isinf(crossing->column[0].low[0]) && isinf(crossing->column[0].high[0]));
	kg_arena_free(arena);
}

/* Functions around functions double the SQL: it ends in saying so, not in memory. */
static void deep_nesting_ends(void **state)
{
	struct kg_arena *arena = kg_arena_new(0);
	const struct kg_table *table = make_table(&boxes[1], NULL, arena), *out;
	char sql[1024] = "SELECT ", *at = sql + 7;

	(void)state;
	for (int i = 0; i < 20; i++)
		at += sprintf(at, "round(");
	at += sprintf(at, "a");
	for (int i = 0; i < 20; i++)
		at += sprintf(at, " * 1)");
	sprintf(at, " AS x FROM t");
	assert_int_equal(kg_query_run(&table, 1, sql, arena, &out, NULL), KG_OK);
	assert_int_equal(out->from->nlost, 1);
	kg_arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(ends_are_those_of_the_grid),
					    cmocka_unit_test(what_is_not_monotone_is_lost_and_said),
					    cmocka_unit_test(open_ends_stay_open),
					    cmocka_unit_test(deep_nesting_ends) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
