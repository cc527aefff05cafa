/* growth: each method against values worked out by hand or by R, and the program over tables made here. */
#include "series.h"

#include "growth.h"
#include "stats/growth.h"
#include "table/builder.h"

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

static size_t fit(const char *method, const struct kg_sample *sample, const struct kg_params *params,
		  struct kg_arena *arena, struct kg_term *term)
{
	return kg_stat_find("growth", method)->fit(sample, params, arena, term, 16);
}

static void assert_digits(double actual, double expected)
{
	assert_float_equal(actual / expected, 1, 1e-13);
}

static const struct kg_params standard = { .conf_level = 0.95, .lag = 1, .base = KG_BASE_FIRST, .period_noun = "year" };

/* 100 to 121 in two years is 10 % a year; ln 1.21 / 2 has standard error sqrt(1/100 + 1/121) / 2. */
static void test_cagr(void **state)
{
	const double y[] = { 100, 50, 121 }, x[] = { 2000, 2001, 2002 };
	const struct kg_sample sample = { .n = 3, .y = y, .x = x };
	struct kg_arena *arena = kg_arena_new(0);
	struct kg_term term[2];

	(void)state;
	assert_int_equal(fit("cagr", &sample, &standard, arena, term), 2);
	assert_digits(term[0].estimate, 10);
	assert_digits(term[0].conf_low, 100 * (1.1 * exp(-1.959963984540054 * sqrt(1 / 100. + 1 / 121.) / 2) - 1));
	assert_digits(term[1].estimate, log(2) / log(1.1));
	assert_true(isinf(term[1].conf_high));
	assert_true(term[1].conf_low > 0);
	kg_arena_free(arena);
}

static void test_cagr_refusals(void **state)
{
	const double x[] = { 2000, 2000.5, 2001 };
	const double y[][3] = { { 0, 1, 2 }, { -1, 1, 2 }, { 1, 2, -1 } };
	const enum kg_why why[] = { KG_WHY_NEW, KG_WHY_NEGATIVE, KG_WHY_NEGATIVE };
	struct kg_term term[2];

	(void)state;
	for (size_t i = 0; i < COUNT(why); i++) {
		const struct kg_sample sample = { .n = 3, .y = y[i], .x = x };

		fit("cagr", &sample, &standard, NULL, term);
		assert_int_equal(term[0].why, why[i]);
		assert_true(isnan(term[0].estimate) && isnan(term[1].estimate));
	}
	fit("cagr", &(struct kg_sample){ .n = 2, .y = y[0] + 1, .x = x }, &standard, NULL, term);
	assert_int_equal(term[0].why, KG_WHY_SHORT_SPAN);
}

/* A bound ">30000" against an exact 20000: at least +50 %, no upper end. */
static void test_bounds(void **state)
{
	const double y[] = { 20000, 30000 }, low[] = { 20000, 30000 }, high[] = { 20000, INFINITY };
	const double x[] = { 2000, 2001 };
	const long period[] = { 2000, 2001 };
	const struct kg_growth range = { .low = low, .high = high };
	const struct kg_sample sample = { .n = 2, .y = y, .x = x, .period = period };
	struct kg_params params = standard;
	struct kg_arena *arena = kg_arena_new(0);
	struct kg_term term[2];

	(void)state;
	params.own = &range;
	fit("change", &sample, &params, arena, term);
	assert_digits(term[1].estimate, 50);
	assert_digits(term[1].bound_low, 50);
	assert_true(isinf(term[1].bound_high));
	assert_int_equal(term[1].why, KG_WHY_BOUND);
	fit("index", &sample, &params, arena, term);
	assert_digits(term[1].bound_low, 150);
	assert_int_equal(term[0].why, KG_WHY_NONE);
	fit("cagr", &sample, &params, arena, term);
	assert_digits(term[0].bound_low, 50);
	assert_true(isinf(term[0].bound_high));
	kg_arena_free(arena);
}

/* The lag goes by the calendar: 2003 has no 2002 to compare with, 2005 belongs to another definition. */
static void test_change_by_calendar(void **state)
{
	const double y[] = { 10, 12, 15, 18, 9 };
	const long period[] = { 2000, 2001, 2003, 2004, 2005 };
	const uint32_t stratum[] = { 0, 0, 0, 0, 1 };
	const struct kg_sample sample = { .n = 5, .y = y, .period = period, .stratum = stratum };
	struct kg_params params = standard;
	struct kg_arena *arena = kg_arena_new(0);
	struct kg_term term[5];

	(void)state;
	fit("change", &sample, &params, arena, term);
	assert_int_equal(term[0].why, KG_WHY_GAP);
	assert_digits(term[1].estimate, 20);
	assert_int_equal(term[2].why, KG_WHY_GAP);
	assert_digits(term[3].estimate, 20);
	assert_int_equal(term[4].why, KG_WHY_SERIES_BREAK);
	assert_string_equal(term[1].unit, "% per year");
	params.lag = 3;
	fit("change", &sample, &params, arena, term);
	assert_digits(term[2].estimate, 50);
	assert_string_equal(term[2].unit, "% over 3 years");
	kg_arena_free(arena);
}

/* R 4.2.2: lm(log(y) ~ x), lm(log(y / n) ~ x, weights = y). */
static void test_log_linear(void **state)
{
	const double y[] = { 10, 14, 15, 22, 25 }, x[] = { 2000, 2001, 2002, 2003, 2004 };
	const double n[] = { 1000, 1100, 1150, 1200, 1300 };
	struct kg_sample sample = { .n = 5, .y = y, .x = x };
	struct kg_arena *arena = kg_arena_new(0);
	struct kg_term term[2];

	(void)state;
	fit("log-linear", &sample, &standard, arena, term);
	assert_digits(term[0].estimate, 25.665905877610189);
	assert_digits(term[0].conf_low, 15.826567263034235);
	assert_digits(term[0].p_value, 0.0029747743563199001);
	sample.exposure = n;
	fit("log-linear", &sample, &standard, arena, term);
	assert_digits(term[0].estimate, 17.951758857471198);
	assert_digits(term[0].conf_high, 28.550596694791441);
	assert_digits(term[1].estimate, -334.78864273140305841);
	kg_arena_free(arena);
}

/* Term of a reference case: a period for change and index, else the term's name. */
static double case_value(const struct kg_case *of)
{
	struct kg_test_series x, y, n;
	char file[64], column[64], population[64] = "";
	long period[KG_SERIES_MOST];
	struct kg_sample sample = { .y = y.y, .x = x.y, .period = period };
	struct kg_arena *arena = kg_arena_new(0);
	struct kg_term term[KG_SERIES_MOST];
	double value = NAN;
	size_t count;

	assert_true(sscanf(of->inputs, "%63s %63s %63s", file, column, population) >= 2);
	kg_test_series_read(file, NULL, &x);
	kg_test_series_read(file, column, &y);
	if (*population) {
		kg_test_series_read(file, population, &n);
		sample.exposure = n.y;
	}
	for (sample.n = 0; sample.n < x.n; sample.n++)
		period[sample.n] = (long)x.y[sample.n];
	count = kg_stat_find("growth", of->analysis)->fit(&sample, &standard, arena, term, KG_SERIES_MOST);
	for (size_t i = 0; i < count && count == sample.n; i++)
		if (period[i] == atol(of->term))
			value = kg_test_quantity(&term[i], of->quantity);
	if (count != sample.n)
		value = kg_test_term(term, count, of->term, of->quantity);
	kg_arena_free(arena);
	return value;
}

static void test_cases(void **state)
{
	(void)state;
	kg_cases_check("growth", case_value);
}

static double number(const struct kg_table *table, const char *column, size_t row)
{
	return kg_column_real(kg_table_find(table, column), row);
}

static const char *text(const struct kg_table *table, const char *column, size_t row)
{
	return kg_column_text(kg_table_find(table, column), row);
}

/* Places a, b, c over 2000 .. 2003 with values that cancel, and a break before 2003. */
static const struct kg_table *make_places(struct kg_arena *arena)
{
	static const double value[3][4] = { { 0.1, 10.7, 3.3, 4 }, { 7.7, 2.2, 8.9, 5 }, { 1e3, 1e3 / 3, 999.1, 6 } };
	static const struct kg_break breaks[] = { { .period = "2003", .label = "boundary change" } };
	static const char *const name[] = { "a", "b", "c" };
	struct kg_provenance *from = KG_NEW(arena, struct kg_provenance);
	struct kg_builder *builder = kg_builder_new("places", arena);
	const struct kg_table *table;

	from->breaks = breaks;
	from->nbreak = 1;
	kg_builder_column(builder, "place", KG_TEXT, NULL);
	kg_builder_column(builder, "year", KG_INTEGER, NULL);
	kg_builder_column(builder, "value", KG_REAL, NULL);
	for (size_t i = 0; i < 12; i++) {
		kg_builder_row(builder);
		kg_builder_text(builder, 0, name[i % 3]);
		kg_builder_real(builder, 1, 2003 - (double)(i / 3));
		kg_builder_real(builder, 2, value[i % 3][3 - i / 3]);
	}
	assert_int_equal(kg_builder_finish(builder, from, &table, NULL), KG_OK);
	return table;
}

static const struct kg_table *run(const struct kg_table *in, const char *method, struct kg_arena *arena)
{
	static const char *const by[] = { "place" };
	const struct kg_growth_options options = {
		.time = "year", .value = "value", .covariance = "classical", .lag = 1, .method = { &method, 1 }
	};
	struct kg_context context = { .arena = arena, .conf_level = 0.95, .by = { by, 1 }, .threads = 2 };
	struct kg_error error = { 0 };
	struct kg_result *result;

	assert_int_equal(kg_program_find("growth")->run(&options, &in, 1, &context, &result, &error), KG_OK);
	return result->table;
}

/* The contributions of a period add up to the growth of the total, which comes last, to an ulp of the largest. */
static void test_contributions_add_up(void **state)
{
	struct kg_arena *arena = kg_arena_new(0);
	const struct kg_table *table = run(make_places(arena), "contribution", arena);

	(void)state;
	assert_int_equal(table->nrow, 4 * 3);
	for (size_t period = 0; period < 2; period++) {
		long double sum = 0;
		double most = 0;

		for (size_t g = 0; g < 3; g++) {
			double share = number(table, "estimate", g * 3 + period);

			sum += share;
			most = fmax(most, fabs(share));
		}
		assert_true(fabsl(sum - number(table, "estimate", 9 + period)) <= nextafter(most, INFINITY) - most);
		assert_true(kg_column_missing(kg_table_find(table, "place"), 9 + period));
	}
	assert_string_equal(text(table, "note", 11), "series-break");
	assert_string_equal(text(table, "term", 11), "2003");
	kg_arena_free(arena);
}

/* 2000 to 2002 is one segment, 2003 alone another. */
static void test_breaks_split(void **state)
{
	struct kg_arena *arena = kg_arena_new(0);
	const struct kg_table *table = run(make_places(arena), "cagr", arena);

	(void)state;
	assert_int_equal(table->nrow, 3 * 3);
	assert_string_equal(text(table, "from", 0), "2000");
	assert_string_equal(text(table, "to", 0), "2002");
	assert_digits(number(table, "estimate", 0), 100 * (sqrt(33) - 1));
	assert_string_equal(text(table, "from", 2), "2003");
	assert_string_equal(text(table, "note", 2), "too-few");
	kg_arena_free(arena);
}

/* Standard error of the slope by the definition of the sandwich: A^-1 (sum over clusters of s s') A^-1, A = sum w x x',
 * s = sum of w r x within a cluster, with the factor `correct`; hc1 is a cluster per row. */
static double sandwich(const struct kg_sample *sample, const double *weight, const double *residual, double correct)
{
	long double a[3] = { 0 }, b[3] = { 0 }, det, left, right;

	for (size_t c = 0; c < sample->n; c++) {
		long double first = 0, second = 0;

		for (size_t i = 0; i < sample->n; i++)
			if (sample->cluster[i] == c) {
				first += weight[i] * residual[i];
				second += weight[i] * residual[i] * sample->x[i];
			}
		b[0] += first * first;
		b[1] += first * second;
		b[2] += second * second;
		a[0] += weight[c];
		a[1] += weight[c] * sample->x[c];
		a[2] += weight[c] * sample->x[c] * sample->x[c];
	}
	det = a[0] * a[2] - a[1] * a[1];
	left = -a[1] / det;
	right = a[0] / det;
	return (double)sqrtl(correct * (left * left * b[0] + 2 * left * right * b[1] + right * right * b[2]));
}

#define MONTHS 12
static const struct monthly {
	double y[MONTHS], x[MONTHS], people[MONTHS];
	uint32_t row[MONTHS], quarter[MONTHS];
} monthly = { { 31, 28, 40, 35, 50, 42, 39, 61, 55, 48, 70, 66 },
	      { 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11 },
	      { 900, 910, 925, 930, 941, 960, 962, 975, 990, 1001, 1020, 1033 },
	      { 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11 },
	      { 0, 0, 0, 1, 1, 1, 2, 2, 2, 3, 3, 3 } };

/* Both models with robust and clustered standard errors, against the sandwich made from their own fitted values. */
static void test_covariance(void **state)
{
	static const enum kg_covariance kind[] = { KG_COV_HC0, KG_COV_HC1, KG_COV_CLUSTER };
	static const double correct[] = { 1, 12 / 10., 4 / 3. * 11 / 10. };
	static const char *const method[] = { "poisson", "log-linear" };
	struct kg_arena *arena = kg_arena_new(0);

	(void)state;
	for (size_t k = 0; k < COUNT(kind) * COUNT(method); k++) {
		bool counts = k % 2 == 0;
		struct kg_sample sample = { .n = MONTHS, .y = monthly.y, .x = monthly.x, .exposure = monthly.people };
		struct kg_params params = standard;
		double weight[MONTHS], residual[MONTHS], slope, se;
		struct kg_term term[4];

		sample.cluster = kind[k / 2] == KG_COV_CLUSTER ? monthly.quarter : monthly.row;
		params.covariance = kind[k / 2];
		fit(method[k % 2], &sample, &params, arena, term);
		slope = log1p(term[0].estimate / 100);
		for (size_t i = 0; i < MONTHS; i++) {
			double rate = term[1].estimate + slope * monthly.x[i];
			double mean = monthly.people[i] * exp(rate);

			weight[i] = counts ? mean : monthly.y[i];
			residual[i] =
			    counts ? (monthly.y[i] - mean) / mean : log(monthly.y[i] / monthly.people[i]) - rate;
		}
		se = 100 * exp(slope) * sandwich(&sample, weight, residual, correct[k / 2]);
		assert_float_equal(term[0].std_error / se, 1, 1e-10);
		assert_int_equal(term[0].why, kind[k / 2] == KG_COV_CLUSTER ? KG_WHY_FEW_CLUSTERS : KG_WHY_NONE);
	}
	kg_arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_cagr),	     cmocka_unit_test(test_cagr_refusals),
		cmocka_unit_test(test_bounds),	     cmocka_unit_test(test_change_by_calendar),
		cmocka_unit_test(test_log_linear),   cmocka_unit_test(test_contributions_add_up),
		cmocka_unit_test(test_breaks_split), cmocka_unit_test(test_cases),
		cmocka_unit_test(test_covariance),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
