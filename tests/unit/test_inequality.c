#include "programs.h"

#include "stats/slope_index.h"

static struct kg_case_run run;

/* The line at the lowest rank, which the two indices imply: (intercept + sii) / intercept = rii. */
static double find_intercept(const struct kg_case *of)
{
	struct kg_case sii = *of, rii = *of;

	sii.quantity = rii.quantity = "estimate";
	rii.term = "rii";
	return kg_case_cell(&run, &sii) / (kg_case_cell(&run, &rii) - 1);
}

static double value(const struct kg_case *of)
{
	return strcmp(of->quantity, "intercept") == 0 ? find_intercept(of) : kg_case_cell(&run, of);
}

static void test_cases(void **state)
{
	(void)state;
	kg_cases_check("inequality", value);
	kg_arena_free(run.arena);
}

#define PLACES 7
static double y[PLACES] = { 3, 1, 4, 1, 5, 9, 2.5 }, weight[PLACES] = { 10, 20, 5, 7, 30, 2, 11 }, one[PLACES];
static uint32_t region[PLACES] = { 0, 0, 1, 1, 2, 2, 2 };

static struct kg_term fit(const char *id, const char *name, const double *weights, double epsilon)
{
	struct kg_arena *arena = kg_arena_new(0);
	struct kg_inequality own = { .epsilon = epsilon };
	struct kg_sample sample = { .n = PLACES, .y = y, .x = y, .weight = weights, .stratum = region };
	struct kg_params params = { .conf_level = .95, .seed = 1, .replicates = 199, .own = &own };
	struct kg_term term[3] = { 0 };
	size_t count = kg_stat_find("inequality", id)->fit(&sample, &params, arena, term, 3);

	kg_arena_free(arena);
	for (size_t k = 0; k < count; k++)
		if (strcmp(term[k].term, name) == 0)
			return term[k];
	return kg_term_none(name, NULL, KG_WHY_MISSING);
}

static void test_gini_against_all_pairs(void **state)
{
	double sum = 0, people = 0, all = 0;

	(void)state;
	for (int i = 0; i < PLACES; i++) {
		one[i] = 1;
		people += weight[i];
		all += weight[i] * y[i];
		for (int j = 0; j < PLACES; j++)
			sum += weight[i] * weight[j] * fabs(y[i] - y[j]);
	}
	kg_assert_digits(fit("gini", "gini", weight, 0).estimate, sum / (2 * people * all), 13, "gini");
	kg_assert_digits(fit("concentration", "concentration", weight, 0).estimate, sum / (2 * people * all), 13,
			 "rank = value");
	kg_assert_digits(fit("gini", "gini_corrected", one, 0).estimate, fit("gini", "gini", one, 0).estimate * 7 / 6,
			 14, "corrected");
	assert_int_equal(fit("gini", "gini_corrected", weight, 0).why, KG_WHY_MISSING);
}

static void test_theil_by_region(void **state)
{
	double people = 0, all = 0, total = 0, between = 0, within = 0;

	(void)state;
	for (int i = 0; i < PLACES; i++) {
		people += weight[i];
		all += weight[i] * y[i];
	}
	for (uint32_t r = 0; r < 3; r++) {
		double w = 0, a = 0, t = 0;

		for (int i = 0; i < PLACES; i++)
			if (region[i] == r) {
				w += weight[i];
				a += weight[i] * y[i];
			}
		for (int i = 0; i < PLACES; i++)
			if (region[i] == r)
				t += weight[i] / w * (y[i] * w / a) * log(y[i] * w / a);
		between += a / all * log(a / w / (all / people));
		within += a / all * t;
	}
	total = between + within;
	kg_assert_digits(fit("theil", "theil_total", weight, 0).estimate, total, 13, "total");
	kg_assert_digits(fit("theil", "theil_between", weight, 0).estimate, between, 13, "between");
	kg_assert_digits(fit("theil", "theil_within", weight, 0).estimate, within, 12, "within");
	/* all 5,040 orders of the places gone through in R 4.2.2 */
	kg_assert_digits(fit("theil", "theil_between", weight, 0).p_value, 1776. / 5040, 14, "p between");
}

static void test_atkinson(void **state)
{
	double people = 0, all = 0, logs = 0, inverse = 0;

	(void)state;
	for (int i = 0; i < PLACES; i++) {
		people += weight[i];
		all += weight[i] * y[i];
		logs += weight[i] * log(y[i]);
		inverse += weight[i] / y[i];
	}
	kg_assert_digits(fit("atkinson", "atkinson", weight, 1).estimate, 1 - exp(logs / people) / (all / people), 12,
			 "e = 1");
	kg_assert_digits(fit("atkinson", "atkinson", weight, 2).estimate, 1 - people / inverse / (all / people), 12,
			 "e = 2");
}

/* The standard error against that of the measure's change with each weight, by central differences. */
static void test_error_by_differences(void **state)
{
	static const struct {
		const char *id, *term;
		double epsilon;
	} of[] = { { "gini", "gini", 0 },	       { "theil", "theil_total", 0 },	{ "theil", "theil_between", 0 },
		   { "theil", "theil_within", 0 },     { "atkinson", "atkinson", .5 },	{ "atkinson", "atkinson", 1 },
		   { "atkinson", "atkinson", 2 },      { "concentration", "concentration", 0 } };
	const double step = 1e-5;

	(void)state;
	for (size_t k = 0; k < sizeof of / sizeof of[0]; k++) {
		double square = 0;

		for (int i = 0; i < PLACES; i++) {
			double kept = weight[i], up, down;

			weight[i] = kept * (1 + step);
			up = fit(of[k].id, of[k].term, weight, of[k].epsilon).estimate;
			weight[i] = kept * (1 - step);
			down = fit(of[k].id, of[k].term, weight, of[k].epsilon).estimate;
			weight[i] = kept;
			square += (up - down) / (2 * step) * (up - down) / (2 * step);
		}
		kg_assert_digits(fit(of[k].id, of[k].term, weight, of[k].epsilon).std_error,
				 sqrt(square * PLACES / (PLACES - 1)), 7, of[k].term);
	}
}

/* Places that are nearly equal: e / 2 times the squared coefficient of variation. */
static void test_atkinson_of_nearly_equal_places(void **state)
{
	double kept[PLACES], square = 0;

	(void)state;
	memcpy(kept, y, sizeof y);
	for (int i = 0; i < PLACES; i++) {
		y[i] = 1 + 1e-7 * (i - PLACES / 2);
		one[i] = 1;
		square += 1e-14 * (i - PLACES / 2) * (i - PLACES / 2) / PLACES;
	}
	kg_assert_digits(fit("atkinson", "atkinson", one, 2).estimate, square, 6, "e = 2");
	memcpy(y, kept, sizeof y);
}

static void test_limits_surround_and_repeat(void **state)
{
	struct kg_term a = fit("gini", "gini", weight, 0), b = fit("gini", "gini", weight, 0);

	(void)state;
	assert_true(a.conf_low < a.estimate && a.estimate < a.conf_high);
	assert_true(a.conf_low == b.conf_low && a.conf_high == b.conf_high);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_cases),
		cmocka_unit_test(test_gini_against_all_pairs),
		cmocka_unit_test(test_theil_by_region),
		cmocka_unit_test(test_atkinson),
		cmocka_unit_test(test_error_by_differences),
		cmocka_unit_test(test_atkinson_of_nearly_equal_places),
		cmocka_unit_test(test_limits_surround_and_repeat),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
