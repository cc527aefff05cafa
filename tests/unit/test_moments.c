/* moments: NIST's certified values, quartiles, and slow obvious twins. */
#include "cases.h"

#include "base/random.h"
#include "stats/moments.h"

/* Most values of one data set. */
#define VALUES_MOST 5000

struct sample {
	size_t n;
	double y[VALUES_MOST];
};

static void read_set(const char *dataset, struct sample *sample)
{
	FILE *file = fopen("tests/cases/data/strd-univariate.csv", "r");
	size_t length = strlen(dataset);
	char line[64];

	assert_non_null(file);
	sample->n = 0;
	while (fgets(line, sizeof line, file))
		if (strncmp(line, dataset, length) == 0 && line[length] == ',')
			sample->y[sample->n++] = strtod(line + length + 1, NULL);
	fclose(file);
	assert_true(sample->n > 0);
}

static double find_term(const char *analysis, const char *name, const struct kg_sample *of)
{
	struct kg_arena *arena = kg_arena_new(0);
	const struct kg_params params = { 0 };
	struct kg_term term[5];
	size_t count = kg_stat_find("describe", analysis)->fit(of, &params, arena, term, 5);
	double found = NAN;

	for (size_t i = 0; i < count; i++)
		if (strcmp(term[i].term, name) == 0)
			found = term[i].estimate;
	kg_arena_free(arena);
	return found;
}

static double evaluate(const struct kg_case *of)
{
	static struct sample sample;

	read_set(of->inputs, &sample);
	return find_term(of->analysis, of->term, &(struct kg_sample){ .n = sample.n, .y = sample.y });
}

static void nist_values_agree(void **state)
{
	(void)state;
	assert_int_equal(kg_cases_check("strd-univariate", evaluate), 27);
}

/* Quartiles of 1, 2, ..., n by definition 7: 1 + (n - 1) p. */
static void quartiles_follow_definition_7(void **state)
{
	double y[10];

	(void)state;
	for (size_t n = 1; n <= 10; n++) {
		struct kg_sample sample = { .n = n, .y = y };

		for (size_t i = 0; i < n; i++)
			y[i] = (double)(n - i);
		assert_true(find_term("quantiles", "min", &sample) == 1);
		assert_true(find_term("quantiles", "q1", &sample) == 1 + (double)(n - 1) / 4);
		assert_true(find_term("quantiles", "median", &sample) == 1 + (double)(n - 1) / 2);
		assert_true(find_term("quantiles", "q3", &sample) == 1 + (double)(n - 1) * 3 / 4);
		assert_true(find_term("quantiles", "max", &sample) == (double)n);
	}
}

static void one_value_has_no_spread(void **state)
{
	const double y[] = { 0.1, 0.1, 0.1 };

	(void)state;
	assert_true(isnan(find_term("moments", "sd", &(struct kg_sample){ .n = 1, .y = y })));
	assert_true(find_term("moments", "sd", &(struct kg_sample){ .n = 3, .y = y }) == 0);
	assert_true(isnan(find_term("autocorrelation", "autocorrelation", &(struct kg_sample){ .n = 3, .y = y })));
}

/* The definition over a whole calendar, gaps as NaN. */
static void gaps_part_neighbours(void **state)
{
	const double calendar[] = { 3, 1, NAN, 4, 1, 5, NAN, NAN, 9, 2, 6 };
	double y[11], mean = 31.0 / 8, products = 0, squares = 0;
	long period[11];
	size_t n = 0;

	(void)state;
	for (long t = 0; t < 11; t++) {
		if (isnan(calendar[t]))
			continue;
		y[n] = calendar[t];
		period[n++] = t;
		squares += (calendar[t] - mean) * (calendar[t] - mean);
		if (t && !isnan(calendar[t - 1]))
			products += (calendar[t] - mean) * (calendar[t - 1] - mean);
	}
	kg_assert_digits(kg_autocorrelation(y, period, n), products / squares, 14, "r1");
}

/* Integers far from zero: the twin works on the small remainders, which double holds exactly. */
static void distance_from_zero_costs_no_digits(void **state)
{
	enum { COUNT = 1000 };
	struct kg_random random = kg_random_stream(3, 0, 0);
	double far[COUNT], near[COUNT];

	(void)state;
	for (size_t i = 0; i < COUNT; i++) {
		near[i] = kg_random_below(&random, 1000);
		far[i] = 1e15 + near[i];
	}
	kg_assert_digits(kg_standard_deviation(far, COUNT), kg_standard_deviation(near, COUNT), 14.5, "sd");
	kg_assert_digits(kg_autocorrelation(far, NULL, COUNT), kg_autocorrelation(near, NULL, COUNT), 13, "r1");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nist_values_agree),
		cmocka_unit_test(quartiles_follow_definition_7),
		cmocka_unit_test(one_value_has_no_spread),
		cmocka_unit_test(gaps_part_neighbours),
		cmocka_unit_test(distance_from_zero_costs_no_digits),
	};

	return cmocka_run_group_tests_name("moments", tests, NULL, NULL);
}
