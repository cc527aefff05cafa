/* diffusion: published and peer fits, curves that must come back, and the edges. */
#include "series.h"

#include <gsl/gsl_errno.h>

#include "stats/diffusion.h"

static struct kg_diffusion_options standard(bool flow)
{
	return (struct kg_diffusion_options){ .flow = flow, .ceiling = NAN, .step = 1, .unit = "sets" };
}

static size_t fit(const char *method, const struct kg_sample *sample, const struct kg_diffusion_options *own,
		  struct kg_arena *arena, struct kg_term *term)
{
	const struct kg_params params = { .conf_level = 0.95, .own = own };

	return kg_stat_find("diffusion", method)->fit(sample, &params, arena, term, KG_DIFFUSION_TERMS);
}

static double case_value(const struct kg_case *of)
{
	bool flow = strncmp(of->analysis, "bass", 4) == 0;
	const struct kg_diffusion_options own = standard(flow);
	struct kg_arena *arena = kg_arena_new(0);
	struct kg_term term[KG_DIFFUSION_TERMS];
	struct kg_test_series time, value;
	struct kg_sample sample = { .y = value.y, .x = time.y };
	double number;

	kg_test_series_read(of->inputs, NULL, &time);
	kg_test_series_read(of->inputs, flow ? "sales" : "population", &value);
	sample.n = time.n;
	number = kg_test_term(term, fit(of->analysis, &sample, &own, arena, term), of->term, of->quantity);
	kg_arena_free(arena);
	return number;
}

static void test_cases(void **state)
{
	(void)state;
	kg_cases_check("diffusion", case_value);
}

/* Points on a curve give the curve back: totals and flows, each method. */
static void test_recovers(void **state)
{
	static const char *const method[] = { "bass", "logistic", "gompertz" };
	struct kg_term term[KG_DIFFUSION_TERMS];

	(void)state;
	for (size_t m = 0; m < 3; m++) {
		struct kg_arena *arena = kg_arena_new(0);
		double x[20], y[20];
		const struct kg_sample sample = { .n = 20, .y = y, .x = x };
		const struct kg_diffusion_options own = standard(false);

		for (size_t i = 0; i < 20; i++) {
			double t = (double)i + 1, e = exp(-0.5 * (t - 8));

			x[i] = 2000 + (double)i;
			y[i] = m == 0	? 1000 * (1 - exp(-0.43 * t)) / (1 + 0.4 / 0.03 * exp(-0.43 * t))
			       : m == 1 ? 1000 / (1 + e)
					: 1000 * exp(-e);
		}
		assert_int_equal(fit(method[m], &sample, &own, arena, term), KG_DIFFUSION_TERMS);
		kg_assert_digits(term[0].estimate, 1000, 10, "ceiling");
		kg_assert_digits(term[1].estimate, m ? 0.5 : 0.03, 9, "rate or p");
		kg_assert_digits(term[2].estimate, m ? 2007 : 0.4, 9, "midpoint or q");
		kg_assert_digits(term[3].estimate, m ? 2007 : 1999 + log(0.4 / 0.03) / 0.43, 10, "peak time");
		kg_arena_free(arena);
	}
}

/* Before the bend the ceiling is a guess and the rows say so; a known ceiling is taken as it is. */
static void test_edges(void **state)
{
	const double x[] = { 2015, 2016, 2017, 2018, 2019, 2020 }, y[] = { 2, 3, 5, 8, 14, 22 };
	const double falls[] = { 2, 3, 5, 4, 14, 22 }, zero[6] = { 0 };
	struct kg_diffusion_options own = standard(false);
	struct kg_arena *arena = kg_arena_new(0);
	struct kg_term term[KG_DIFFUSION_TERMS];

	(void)state;
	own.ceiling = 131;
	fit("logistic", &(struct kg_sample){ .n = 6, .y = y, .x = x }, &own, arena, term);
	assert_true(term[0].estimate == 131 && isnan(term[0].std_error));
	assert_true(term[2].estimate > 2020);
	assert_int_equal(term[2].why, KG_WHY_BEFORE_INFLECTION);
	fit("logistic", &(struct kg_sample){ .n = 6, .y = falls, .x = x }, &own, arena, term);
	assert_int_equal(term[0].why, KG_WHY_FALLING_TOTAL);
	fit("bass", &(struct kg_sample){ .n = 6, .y = zero, .x = x }, &own, arena, term);
	assert_int_equal(term[0].why, KG_WHY_NO_SPREAD);
	kg_arena_free(arena);
}

/* Flows that only fall: no peak, and q at 0 where it would be below. The slow twin looks on a fine grid of q. */
static void test_falling(void **state)
{
	double x[10], decay[10], steep[10];
	const struct kg_diffusion_options own = standard(true);
	struct kg_arena *arena = kg_arena_new(0);
	struct kg_term term[KG_DIFFUSION_TERMS];

	(void)state;
	for (size_t i = 0; i < 10; i++) {
		x[i] = 2010 + (double)i;
		decay[i] = 1000 * (exp(-0.2 * (double)i) - exp(-0.2 * ((double)i + 1)));
		steep[i] = decay[i] * (i == 0 ? 1.5 : 1);
	}
	fit("bass", &(struct kg_sample){ .n = 10, .y = decay, .x = x }, &own, arena, term);
	kg_assert_digits(term[0].estimate, 1000, 6, "m");
	kg_assert_digits(term[1].estimate, 0.2, 6, "p");
	assert_true(fabs(term[2].estimate) < 1e-6 && isnan(term[3].estimate));
	assert_int_equal(term[3].why, KG_WHY_NO_PEAK);
	fit("bass", &(struct kg_sample){ .n = 10, .y = steep, .x = x }, &own, arena, term);
	assert_true(term[2].estimate == 0 && isnan(term[2].conf_low));
	assert_int_equal(term[2].why, KG_WHY_NO_IMITATION);
	assert_true(term[1].estimate > 0.2 && term[1].conf_low < term[1].estimate);
	kg_arena_free(arena);
}

/* A known ceiling is kept by the regression, too; data after the bend say so. */
static void test_regression_and_late(void **state)
{
	double x[12], flow[12], total = 0;
	struct kg_diffusion_options own = standard(true);
	struct kg_arena *arena = kg_arena_new(0);
	struct kg_term term[KG_DIFFUSION_TERMS];

	(void)state;
	for (size_t i = 0; i < 12; i++) {
		x[i] = (double)i + 1;
		flow[i] = (0.03 + 0.4 * total / 500) * (500 - total);
		total += flow[i];
	}
	for (int known = 0; known < 2; known++) {
		own.ceiling = known ? 500 : NAN;
		fit("bass-regression", &(struct kg_sample){ .n = 12, .y = flow, .x = x }, &own, arena, term);
		kg_assert_digits(term[0].estimate, 500, 9, "m");
		kg_assert_digits(term[1].estimate, 0.03, 9, "p");
		kg_assert_digits(term[2].estimate, 0.4, 9, "q");
	}
	own.ceiling = NAN;
	for (size_t i = 0; i < 12; i++)
		flow[i] = 1000 / (1 + exp(-0.4 * (x[i] + 6))) - 1000 / (1 + exp(-0.4 * (x[i] + 5)));
	fit("logistic", &(struct kg_sample){ .n = 12, .y = flow, .x = x }, &own, arena, term);
	kg_assert_digits(term[2].estimate, -6, 6, "midpoint before the data");
	assert_int_equal(term[2].why, KG_WHY_AFTER_INFLECTION);
	assert_int_equal(term[0].why, KG_WHY_AFTER_INFLECTION);
	assert_int_equal(term[1].why, KG_WHY_NONE);
	kg_arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_cases), cmocka_unit_test(test_recovers),
					    cmocka_unit_test(test_edges), cmocka_unit_test(test_falling),
					    cmocka_unit_test(test_regression_and_late) };

	gsl_set_error_handler_off();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
