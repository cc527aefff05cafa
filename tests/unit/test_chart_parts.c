/* Parts of charts that compute: ticks, type, places of labels, safe text, curves, classes, shapes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <Rmath.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/random.h"
#include "plots/classes.h"
#include "plots/curve.h"
#include "table/geojson.h"
#include "plots/place.h"
#include "plots/safe.h"
#include "plots/student.h"
#include "plots/ticks.h"
#include "plots/typeface.h"
#include "plots/values.h"

static struct kg_arena *arena;

static int open_arena(void **state)
{
	(void)state;
	arena = kg_arena_new(0);
	return arena ? 0 : -1;
}

static int close_arena(void **state)
{
	(void)state;
	kg_arena_free(arena);
	return 0;
}

static void ticks_are_round_and_few(void **state)
{
	struct kg_random random = kg_random_stream(1, 0, 0);

	(void)state;
	for (int i = 0; i < 2000; i++) {
		double span = (kg_random_uniform(&random) + 1e-3) * pow(10, (double)kg_random_below(&random, 14) - 4);
		double from = (kg_random_uniform(&random) - 0.5) * 1e4 * span, to = from + span;
		struct kg_ticks ticks;
		double lead;

		kg_ticks_widen(&from, &to, 6, KG_TICK_NUMBER);
		kg_ticks_make(from, to, 6, KG_TICK_NUMBER, &ticks);
		assert_in_range(ticks.count, 3, 10);
		lead = ticks.step / pow(10, floor(log10(ticks.step) + 1e-9));
		assert_true(fabs(lead - 1) < 1e-6 || fabs(lead - 2) < 1e-6 || fabs(lead - 2.5) < 1e-6 ||
			    fabs(lead - 5) < 1e-6);
		assert_true(fabs(ticks.tick[0].at - from) < ticks.step * 1e-6);
		assert_true(fabs(ticks.tick[ticks.count - 1].at - to) < ticks.step * 1e-6);
	}
}

/* 20 is the nearest round step, with it the axis is so long that it takes 25: then -25 to 50 do, not -25 to 75. */
static void axes_are_no_longer_than_their_step_asks(void **state)
{
	double from = -3, to = 41;

	(void)state;
	kg_ticks_widen(&from, &to, 4, KG_TICK_NUMBER);
	assert_true(from == -25 && to == 50);
}

static void years_are_whole_and_not_grouped(void **state)
{
	struct kg_ticks ticks;

	(void)state;
	kg_ticks_make(2009.5, 2013.5, 7, KG_TICK_YEAR, &ticks);
	kg_ticks_label(&ticks, KG_TICK_YEAR, KG_VIETNAMESE, arena);
	for (size_t i = 0; i < ticks.count; i++)
		assert_true(ticks.tick[i].at == floor(ticks.tick[i].at) && strlen(ticks.tick[i].label) == 4);
}

static void numbers_follow_the_language(void **state)
{
	(void)state;
	assert_string_equal(kg_tick_text(1234.5, 1, KG_TICK_NUMBER, KG_VIETNAMESE, arena), "1.234,5");
	assert_string_equal(kg_tick_text(-1234.5, 1, KG_TICK_NUMBER, KG_ENGLISH, arena), "−1,234.5");
	assert_string_equal(kg_tick_text(0.25, 0, KG_TICK_SHARE, KG_ENGLISH, arena), "25%");
	assert_string_equal(kg_tick_text(-2.5e-9, 0, KG_TICK_NUMBER, KG_VIETNAMESE, arena), "−2,5×10⁻⁹");
	assert_string_equal(kg_tick_text(3e15, 0, KG_TICK_NUMBER, KG_ENGLISH, arena), "3×10¹⁵");
}

/* 9.97e-10 to two digits is 1×10⁻⁹, not 10×10⁻¹⁰; what rounds to nothing has no sign; one axis has one form. */
static void numbers_are_normal(void **state)
{
	struct kg_ticks ticks;

	(void)state;
	assert_string_equal(kg_tick_text(9.97e-10, 0, KG_TICK_NUMBER, KG_ENGLISH, arena), "1×10⁻⁹");
	assert_string_equal(kg_tick_text(-0.04, 1, KG_TICK_NUMBER, KG_ENGLISH, arena), "0.0");
	assert_string_equal(kg_tick_text(-0.06, 1, KG_TICK_NUMBER, KG_ENGLISH, arena), "−0.1");
	kg_ticks_make(0, 1e12, 6, KG_TICK_NUMBER, &ticks);
	kg_ticks_label(&ticks, KG_TICK_NUMBER, KG_ENGLISH, arena);
	assert_string_equal(ticks.tick[0].label, "0");
	for (size_t i = 1; i < ticks.count; i++)
		assert_non_null(strstr(ticks.tick[i].label, "×10"));
}

static void marks_do_not_widen_letters(void **state)
{
	const struct kg_typeface face = { 10, 0, KG_REGULAR };

	(void)state;
	assert_true(kg_typeface_width(&face, "Hòa Bình") == kg_typeface_width(&face, "Hoa Binh"));
	assert_true(fabs(kg_typeface_width(&face, "ộ") - 6.05) < 1e-9);
	assert_true(kg_typeface_width(&face, "o\xcc\x82\xcc\xa3") == kg_typeface_width(&face, "o"));
}

static void lines_keep_all_words(void **state)
{
	const struct kg_typeface face = { 10, 0, KG_REGULAR };
	const char *const *line;
	size_t count = kg_typeface_wrap(&face, "one two three four", 60, 9, arena, &line);
	char joined[64] = "";

	(void)state;
	for (size_t i = 0; i < count; i++) {
		assert_true(kg_typeface_width(&face, line[i]) <= 60);
		snprintf(joined + strlen(joined), sizeof joined - strlen(joined), "%s%s", i ? " " : "", line[i]);
	}
	assert_string_equal(joined, "one two three four");
	assert_int_equal(kg_typeface_wrap(&face, "one two three four", 60, 1, arena, &line), 1);
	assert_non_null(strstr(line[0], "…"));
}

/* Labels are apart, in order, inside, and no single one could move nearer to its own place. */
static void labels_are_apart(void **state)
{
	struct kg_random random = kg_random_stream(2, 0, 0);

	(void)state;
	for (int trial = 0; trial < 500; trial++) {
		size_t n = 1 + kg_random_below(&random, 12);
		double at[12], size[12], wanted = 0;

		for (size_t i = 0; i < n; i++) {
			at[i] = wanted += kg_random_uniform(&random) * 20;
			size[i] = 10;
		}
		kg_place_spread(at, size, n, 0, 400);
		for (size_t i = 0; i < n; i++) {
			assert_true(at[i] >= 5 - 1e-9 && at[i] <= 395 + 1e-9);
			assert_true(!i || at[i] - at[i - 1] >= 10 - 1e-9);
		}
	}
}

static const char *quote(const char *text, enum kg_dialect_of_text dialect)
{
	struct kg_buffer out = kg_buffer_new(arena);

	kg_safe_quote(&out, "", text, dialect);
	return out.text;
}

static void text_is_quoted(void **state)
{
	(void)state;
	assert_string_equal(quote("plain `x` $x @x \\U+0041", KG_TEXT_PLAIN), "'plain `x` $x @x \\U+0041'");
	assert_string_equal(quote("'; system", KG_TEXT_PLAIN), "''.\"'\".'; system'");
	assert_string_equal(quote("a''b", KG_TEXT_PLAIN), "'a'.\"''\".'b'");
	assert_string_equal(quote("a\nb\x01\x7f\xff"
				  "c\xe2\x80\xae"
				  "d",
				  KG_TEXT_PLAIN),
			    "'a bcd'");
	assert_string_equal(quote("\\x{1}_%", KG_TEXT_TEX), "'\\textbackslash{}x\\{1\\}\\_\\%'");
}

static void half_widths_equal_the_library(void **state)
{
	static const double level[] = { 0.5, 0.8, 0.9, 0.95, 0.99, 0.999 };

	(void)state;
	for (double df = 1; df < 200; df++)
		for (size_t i = 0; i < sizeof level / sizeof level[0]; i++)
			assert_true(fabs(kg_student_half_width(level[i], df) / qt(0.5 + level[i] / 2, df, 1, 0) - 1) <
				    1e-4);
	for (size_t i = 0; i < sizeof level / sizeof level[0]; i++)
		assert_true(fabs(kg_normal_half_width(level[i]) - qnorm(0.5 + level[i] / 2, 0, 1, 1, 0)) < 1e-12);
}

/* Beside the closed form, its slow twin: the normal equations' residual sum is least at the line. */
static void line_is_the_least_squares_one(void **state)
{
	const double x[] = { 1, 2, 4, 7, 9 }, y[] = { 2, 3, 5, 9, 10 };
	struct kg_curve curve;
	double best = 0;

	(void)state;
	assert_true(kg_curve_line(x, y, 5, 0.95, &curve));
	for (int i = 0; i < 5; i++)
		best += pow(y[i] - curve.b0 - curve.b1 * (x[i] - curve.centre), 2);
	for (int k = -1; k <= 1; k += 2) {
		double other = 0, tilted = 0;

		for (int i = 0; i < 5; i++) {
			other += pow(y[i] - curve.b0 - 1e-3 * k - curve.b1 * (x[i] - curve.centre), 2);
			tilted += pow(y[i] - curve.b0 - (curve.b1 + 1e-3 * k) * (x[i] - curve.centre), 2);
		}
		assert_true(other > best && tilted > best);
	}
}

/* At the maximum the outcomes less their probabilities add up to zero, also weighted by x. */
static void logistic_solves_its_equations(void **state)
{
	const double x[] = { 1, 2, 3, 4, 5, 6, 7, 8 }, y[] = { 0, 0, 1, 0, 1, 1, 0, 1 },
		     split[] = { 0, 0, 0, 0, 1, 1, 1, 1 };
	struct kg_curve curve;
	double s0 = 0, s1 = 0;

	(void)state;
	assert_true(kg_curve_logistic(x, y, 8, 0.95, &curve));
	for (int i = 0; i < 8; i++) {
		double p, low, high;

		kg_curve_at(&curve, x[i], &p, &low, &high);
		assert_true(low < p && p < high);
		s0 += y[i] - p;
		s1 += (y[i] - p) * x[i];
	}
	assert_true(fabs(s0) < 1e-8 && fabs(s1) < 1e-8);
	assert_false(kg_curve_logistic(x, split, 8, 0.95, &curve));
}

static void classes_hold_all_values(void **state)
{
	struct kg_random random = kg_random_stream(3, 0, 0);

	(void)state;
	for (int trial = 0; trial < 300; trial++) {
		size_t n = 1 + kg_random_below(&random, 60), total = 0;
		double value[60], scale = pow(10, (double)kg_random_below(&random, 9) - 3);
		struct kg_classes classes;

		for (size_t i = 0; i < n; i++)
			value[i] = kg_random_normal(&random) * scale + (trial % 2 ? 5 * scale : 0);
		kg_classes_make(value, n, arena, &classes);
		assert_in_range(classes.count, 1, KG_CLASSES);
		for (size_t c = 0; c < classes.count; c++) {
			assert_true(classes.limit[c] < classes.limit[c + 1] || n == 1);
			total += classes.places[c];
		}
		assert_int_equal(total, n);
		for (size_t i = 0; i < n; i++)
			assert_true(value[i] >= classes.limit[0] - 1e-9 * scale &&
				    value[i] <= classes.limit[classes.count] + 1e-9 * scale);
	}
}

static void quantiles_are_type_7(void **state)
{
	double value[] = { 4, NAN, 1, 3, 2 };
	size_t n = kg_values_sort(value, 5);

	(void)state;
	assert_int_equal(n, 4);
	assert_true(fabs(kg_values_quantile(value, n, 0.25) - 1.75) < 1e-12);
	assert_true(fabs(kg_values_quantile(value, n, 0.5) - 2.5) < 1e-12);
	assert_true(kg_values_quantile(value, n, 1) == 4);
}

static void rings_hold_points(void **state)
{
	double x[] = { 0, 4, 4, 0, 0 }, y[] = { 0, 0, 4, 4, 0 };
	const struct kg_ring ring = { 5, x, y, false, 0 };

	(void)state;
	assert_true(kg_ring_holds(&ring, 2, 2));
	assert_false(kg_ring_holds(&ring, 5, 2));
	assert_false(kg_ring_holds(&ring, -1, 4));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(ticks_are_round_and_few),
		cmocka_unit_test(axes_are_no_longer_than_their_step_asks),
		cmocka_unit_test(years_are_whole_and_not_grouped),
		cmocka_unit_test(numbers_follow_the_language),
		cmocka_unit_test(numbers_are_normal),
		cmocka_unit_test(marks_do_not_widen_letters),
		cmocka_unit_test(lines_keep_all_words),
		cmocka_unit_test(labels_are_apart),
		cmocka_unit_test(text_is_quoted),
		cmocka_unit_test(half_widths_equal_the_library),
		cmocka_unit_test(line_is_the_least_squares_one),
		cmocka_unit_test(logistic_solves_its_equations),
		cmocka_unit_test(classes_hold_all_values),
		cmocka_unit_test(quantiles_are_type_7),
		cmocka_unit_test(rings_hold_points),
	};

	return cmocka_run_group_tests(tests, open_arena, close_arena);
}
