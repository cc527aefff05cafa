/* growth of bounds: the range against every corner of the bounds, each fitted as if it were exact. */
#include "series.h"

#include "base/random.h"
#include "stats/growth.h"
#include "stats/growth_count_range.h"

#define COUNT(array) (sizeof(array) / sizeof(array)[0])
#define PERIODS 6

static const struct kg_params standard = { .conf_level = 0.95, .lag = 1, .base = KG_BASE_FIRST, .period_noun = "year" };

struct bounded {
	double x[PERIODS], y[PERIODS], low[PERIODS], high[PERIODS];
	double people[PERIODS], people_low[PERIODS], people_high[PERIODS];
};

static void draw_range(struct kg_random *random, double least, double spread, double out[3])
{
	out[0] = least + (double)kg_random_below(random, (uint32_t)spread);
	out[1] = out[2] = out[0];
	if (kg_random_below(random, 2))
		out[1] = floor(out[0] * .6), out[2] = floor(out[0] * 1.5);
}

static struct bounded draw(struct kg_random *random)
{
	struct bounded made;

	for (size_t i = 0; i < PERIODS; i++) {
		double range[3];

		made.x[i] = 2000 + (double)i;
		draw_range(random, 4, 80, range);
		made.y[i] = range[0], made.low[i] = range[1], made.high[i] = range[2];
		draw_range(random, 300, 900, range);
		made.people[i] = range[0], made.people_low[i] = range[1], made.people_high[i] = range[2];
	}
	return made;
}

/* The method's last term of this name for the sample. */
static struct kg_term fit_one(const char *method, const struct kg_sample *sample, const struct kg_growth *range,
			      struct kg_arena *arena, size_t at)
{
	struct kg_params params = standard;
	struct kg_term term[16];

	params.own = range;
	assert_true(kg_stat_find("growth", method)->fit(sample, &params, arena, term, COUNT(term)) > at);
	return term[at];
}

/* Least and greatest estimate of all corners: bit i of `corner` chooses an end of the count, bit PERIODS + i of the
 * population. */
static void try_corners(const char *method, const struct bounded *of, size_t at, struct kg_arena *arena, double out[2])
{
	out[0] = INFINITY;
	out[1] = -INFINITY;
	for (unsigned corner = 0; corner < 1U << 2 * PERIODS; corner++) {
		struct kg_arena_mark mark = kg_arena_mark(arena);
		double y[PERIODS], people[PERIODS], estimate;
		const struct kg_sample sample = { .n = PERIODS, .y = y, .x = of->x, .exposure = people };
		bool same = false;

		for (unsigned i = 0; i < PERIODS; i++) {
			bool up = corner >> i & 1, more = corner >> (PERIODS + i) & 1;

			same |= (up && of->low[i] == of->high[i]) || (more && of->people_low[i] == of->people_high[i]);
			y[i] = up ? of->high[i] : of->low[i];
			people[i] = more ? of->people_high[i] : of->people_low[i];
		}
		if (same)
			continue;
		estimate = fit_one(method, &sample, NULL, arena, at).estimate;
		out[0] = fmin(out[0], estimate);
		out[1] = fmax(out[1], estimate);
		kg_arena_rewind(arena, mark);
	}
}

static void check_method(const char *method, size_t at, int rounds)
{
	struct kg_random random = kg_random_stream(7, 0, 0);
	struct kg_arena *arena = kg_arena_new(0);

	for (int round = 0; round < rounds; round++) {
		const struct bounded of = draw(&random);
		const struct kg_sample sample = { .n = PERIODS, .y = of.y, .x = of.x, .exposure = of.people };
		const struct kg_growth range = { of.low, of.high, of.people_low, of.people_high };
		struct kg_term term = fit_one(method, &sample, &range, arena, at);
		double corner[2];

		try_corners(method, &of, at, arena, corner);
		if (corner[0] == corner[1]) {
			assert_true(isnan(term.bound_low) && isnan(term.bound_high));
			continue;
		}
		assert_int_equal(term.why, KG_WHY_BOUND);
		assert_float_equal(term.bound_low, corner[0], 1e-8 * (100 + fabs(corner[0])));
		assert_float_equal(term.bound_high, corner[1], 1e-8 * (100 + fabs(corner[1])));
		assert_true(term.bound_low <= term.estimate + 1e-9 && term.estimate <= term.bound_high + 1e-9);
	}
	kg_arena_free(arena);
}

static void test_count_models(void **state)
{
	(void)state;
	check_method("poisson", 0, 12);
	check_method("quasi-poisson", 0, 3);
}

/* theta is estimated from the same counts, so that a corner need not be the farthest: the range holds all of them, and
 * reaches little beyond. */
static void test_negative_binomial(void **state)
{
	struct kg_random random = kg_random_stream(11, 0, 0);
	struct kg_arena *arena = kg_arena_new(0);

	(void)state;
	for (int round = 0; round < 4; round++) {
		const struct bounded of = draw(&random);
		const struct kg_sample sample = { .n = PERIODS, .y = of.y, .x = of.x, .exposure = of.people };
		const struct kg_growth range = { of.low, of.high, of.people_low, of.people_high };
		struct kg_term term = fit_one("negative-binomial", &sample, &range, arena, 0);
		double corner[2], width;

		try_corners("negative-binomial", &of, 0, arena, corner);
		width = corner[1] - corner[0];
		assert_int_equal(term.why, KG_WHY_BOUND);
		assert_true(term.bound_low <= corner[0] + 1e-6 * width && term.bound_low >= corner[0] - 0.1 * width);
		assert_true(term.bound_high >= corner[1] - 1e-6 * width && term.bound_high <= corner[1] + 0.1 * width);
	}
	kg_arena_free(arena);
}

static void test_rates_of_bounds(void **state)
{
	(void)state;
	check_method("cagr", 0, 20);
}

/* 10 and 20 of unknown more: the later without end leaves the slope without upper end, the earlier without lower. */
static void test_open_ends(void **state)
{
	const double x[] = { 2000, 2001, 2002 }, y[] = { 10, 20, 40 }, late[] = { 10, 20, INFINITY },
		     early[] = { INFINITY, 20, 40 }, middle[] = { 10, INFINITY, 40 };
	const struct kg_sample sample = { .n = 3, .y = y, .x = x };
	const struct kg_growth open_late = { y, late, NULL, NULL }, open_early = { y, early, NULL, NULL };
	const struct kg_growth open_middle = { y, middle, NULL, NULL };
	struct kg_term term = { .estimate = 100 };

	(void)state;
	kg_growth_count_range(&sample, &open_late, &term);
	assert_float_equal(term.bound_low, 100, 1e-10);
	assert_true(isinf(term.bound_high));
	kg_growth_count_range(&sample, &open_early, &term);
	assert_float_equal(term.bound_low, -100, 1e-12);
	assert_float_equal(term.bound_high, 100, 1e-10);
	kg_growth_count_range(&sample, &open_middle, &term); /* all in the middle: no growth */
	assert_float_equal(term.bound_low, 0, 1e-10);
	assert_float_equal(term.bound_high, 100, 1e-10);
}

/* Nobody known to be there later: the rate has no upper end. */
static void test_population_down_to_zero(void **state)
{
	const double x[] = { 2000, 2001, 2002 }, y[] = { 10, 20, 40 }, people[] = { 100, 100, 100 };
	const double low[] = { 100, 100, 0 };
	const long period[] = { 2000, 2001, 2002 };
	const struct kg_sample sample = { .n = 3, .y = y, .x = x, .exposure = people, .period = period };
	const struct kg_growth range = { NULL, NULL, low, people };
	struct kg_arena *arena = kg_arena_new(0);
	struct kg_term term = fit_one("cagr", &sample, &range, arena, 0);

	(void)state;
	assert_float_equal(term.bound_low, 100, 1e-10);
	assert_true(isinf(term.bound_high));
	term = fit_one("change", &sample, &range, arena, 2);
	assert_float_equal(term.bound_low, 100, 1e-10);
	assert_true(isinf(term.bound_high));
	kg_arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_count_models),
		cmocka_unit_test(test_negative_binomial),
		cmocka_unit_test(test_rates_of_bounds),
		cmocka_unit_test(test_open_ends),
		cmocka_unit_test(test_population_down_to_zero),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
