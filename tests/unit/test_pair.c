#include "cases.h"

#include "stats/pair.h"

static struct kg_term fit(const char *family, const char *id, const double x[4], double level, const char *term)
{
	const struct kg_stat *stat = kg_stat_find(family, id);
	double y[] = { x[0], x[2] }, n[] = { x[1], x[3] };
	struct kg_sample sample = { .n = 2, .y = y, .exposure = n };
	struct kg_params params = { .conf_level = level, .multiplier = 1 };
	struct kg_term out[3];
	size_t count;

	assert_non_null(stat);
	count = stat->fit(&sample, &params, NULL, out, 3);
	for (size_t i = 0; i < count; i++)
		if (strcmp(out[i].term, term) == 0)
			return out[i];
	fail_msg("%s has no %s", id, term);
	return out[0];
}

static double value(const struct kg_case *of)
{
	const double x[] = { kg_case_input(of, "x1", NAN), kg_case_input(of, "n1", NAN), kg_case_input(of, "x2", NAN),
			     kg_case_input(of, "n2", NAN) };
	bool rates = strncmp(of->analysis, "rate-", 5) == 0;
	struct kg_term term = fit(rates ? "rate-ratio" : "compare", of->analysis + (rates ? 5 : 0), x, 0.95, of->term);

	return strcmp(of->quantity, "estimate") == 0   ? term.estimate
	       : strcmp(of->quantity, "conf_low") == 0 ? term.conf_low
	       : strcmp(of->quantity, "p_value") == 0  ? term.p_value
						       : term.conf_high;
}

static void test_cases(void **state)
{
	(void)state;
	kg_cases_check("pairs", value);
}

static double log_part(double x, double p)
{
	return x > 0 ? x * log(p) : 0;
}

/* Log-likelihood when group 1 follows from group 2 by the contrast. */
static double likelihood(const struct kg_pair *of, enum kg_contrast contrast, double by, double p2)
{
	double p1 = contrast == KG_DIFFERENCE ? p2 + by : contrast == KG_RATIO ? p2 * by : by * p2 / (1 - p2 + by * p2);

	if (p1 < 0 || p1 > 1)
		return -INFINITY;
	return log_part(of->x1, p1) + log_part(of->n1 - of->x1, 1 - p1) + log_part(of->x2, p2) +
	       log_part(of->n2 - of->x2, 1 - p2);
}

/* The likelihood profile is concave in p2 here: shrink by thirds. */
static double deviate_slowly(const struct kg_pair *of, enum kg_contrast contrast, double by)
{
	double low = contrast == KG_DIFFERENCE && by < 0 ? -by : 0;
	double high = contrast == KG_DIFFERENCE && by > 0 ? 1 - by
		      : contrast == KG_RATIO && by > 1	  ? 1 / by
							  : 1,
	       p1, p2;

	for (int step = 0; step < 300; step++) {
		double a = low + (high - low) / 3, b = high - (high - low) / 3;

		if (likelihood(of, contrast, by, a) < likelihood(of, contrast, by, b))
			low = a;
		else
			high = b;
	}
	p2 = (low + high) / 2;
	if (contrast == KG_DIFFERENCE) {
		p1 = p2 + by;
		return (of->x1 / of->n1 - of->x2 / of->n2 - by) / sqrt(p1 * (1 - p1) / of->n1 + p2 * (1 - p2) / of->n2);
	}
	if (contrast == KG_RATIO) {
		p1 = p2 * by;
		return (of->x1 / of->n1 - by * of->x2 / of->n2) /
		       sqrt(p1 * (1 - p1) / of->n1 + by * by * p2 * (1 - p2) / of->n2);
	}
	p1 = by * p2 / (1 - p2 + by * p2);
	return ((of->x1 / of->n1 - p1) / (p1 * (1 - p1)) - (of->x2 / of->n2 - p2) / (p2 * (1 - p2))) /
	       sqrt(1 / (of->n1 * p1 * (1 - p1)) + 1 / (of->n2 * p2 * (1 - p2)));
}

static void test_deviates_against_slow_maximum(void **state)
{
	static const struct kg_pair pair[] = {
		{ 56, 70, 48, 80 }, { 9, 10, 3, 10 }, { 5, 56, 0, 29 }, { 189, 11034, 104, 11037 }
	};
	static const double by[3][4] = { { -.3, -.01, .05, .2 }, { .3, .8, 1.5, 4 }, { .2, .7, 1.4, 9 } };

	(void)state;
	for (size_t i = 0; i < 4; i++)
		for (enum kg_contrast c = KG_DIFFERENCE; c <= KG_ODDS_RATIO; c++)
			for (size_t k = 0; k < 4; k++) {
				double slow = deviate_slowly(&pair[i], c, by[c][k]);

				/* A maximum is found to half the digits; the deviate inherits that. */
				kg_assert_digits(kg_pair_score_deviate(&pair[i], c, false, by[c][k]), slow, 5.5,
						 "deviate");
			}
}

static void test_limits_solve_their_equation(void **state)
{
	static const struct kg_pair pair[] = {
		{ 56, 70, 48, 80 }, { 9, 10, 3, 10 }, { 189, 11034, 104, 11037 }, { 1e5, 1e7, 2e5, 1e7 }
	};
	double z = kg_interval_z(0.95);

	(void)state;
	for (size_t i = 0; i < 4; i++)
		for (enum kg_contrast c = KG_DIFFERENCE; c <= KG_ODDS_RATIO; c++) {
			struct kg_interval limit = kg_pair_score(&pair[i], c, true, 0.95);

			kg_assert_digits(kg_pair_score_deviate(&pair[i], c, true, limit.low), z, 9, "lower");
			kg_assert_digits(kg_pair_score_deviate(&pair[i], c, true, limit.high), -z, 9, "upper");
		}
}

/* Newcombe 1998 II, example (a): Mee and Miettinen-Nurminen; Koopman 1984: 36/40 against 16/80. */
static void test_published(void **state)
{
	static const double a[] = { 56, 70, 48, 80 }, koopman[] = { 36, 40, 16, 80 };
	struct kg_term mee = fit("compare", "score", a, .95, "difference");
	struct kg_term mn = fit("compare", "miettinen-nurminen", a, .95, "difference");
	struct kg_term ratio = fit("compare", "koopman", koopman, .95, "ratio");

	(void)state;
	assert_float_equal(mee.conf_low, .0533, .5e-4);
	assert_float_equal(mee.conf_high, .3377, .5e-4);
	assert_float_equal(mn.conf_low, .0528, .5e-4);
	assert_float_equal(mn.conf_high, .3382, .5e-4);
	assert_float_equal(ratio.conf_low, 2.94, .5e-2);
	assert_float_equal(ratio.conf_high, 7.15, .5e-2);
}

static void test_edges(void **state)
{
	static const double none[] = { 0, 10, 0, 20 }, all[] = { 10, 10, 0, 20 }, same[] = { 10, 10, 20, 20 };

	(void)state;
	assert_true(fit("compare", "score", none, .95, "difference").conf_high < 1);
	assert_int_equal(fit("compare", "score", none, .95, "ratio").why, KG_WHY_ZERO_BASE);
	assert_true(isinf(fit("compare", "score", all, .95, "ratio").conf_high));
	assert_true(fit("compare", "score", all, .95, "difference").conf_low > 0.5);
	assert_float_equal(fit("compare", "score", same, .95, "difference").estimate, 0, 0);
	assert_true(fit("compare", "newcombe", same, .95, "ratio").conf_low < 1);
	assert_int_equal(fit("rate-ratio", "score", none, .95, "ratio").why, KG_WHY_ZERO_BASE);
}

/* An odds ratio is that of the other outcome with the groups swapped, also where a group has all or none. */
static void test_odds_ratio_of_the_other_outcome(void **state)
{
	static const char *const method[] = { "newcombe", "miettinen-nurminen", "score" };
	static const double none[] = { 0, 10, 5, 10 }, all[] = { 10, 10, 5, 10 };
	static const double half[] = { 2, 4, 4, 4 }, big[] = { 1e7, 1e7, 5e6, 1e7 };

	(void)state;
	for (size_t m = 0; m < 3; m++) {
		struct kg_term least = fit("compare", method[m], none, .95, "odds_ratio");
		struct kg_term most = fit("compare", method[m], all, .95, "odds_ratio");

		assert_true(least.estimate == 0 && least.conf_low == 0);
		assert_true(isinf(most.conf_high) && most.why == KG_WHY_ZERO_BASE);
		kg_assert_digits(most.conf_low, 1 / least.conf_high, 12, method[m]);
		least = fit("compare", method[m], half, .95, "odds_ratio");
		assert_true(least.conf_low == 0 && least.conf_high > 0 && isfinite(least.conf_high));
		most = fit("compare", method[m], big, .95, "odds_ratio");
		assert_true(most.conf_low > 1e5 && isinf(most.conf_high));
	}
}

/* Score limits of a rate difference by walking: at the limit the deviate built from the fitted rates is z. */
static void test_rate_difference(void **state)
{
	static const double x[] = { 41, 28010, 15, 19017 };
	struct kg_term term = fit("rate-ratio", "score", x, .95, "difference");
	double z = kg_interval_z(.95), edge[] = { term.conf_low, term.conf_high };

	(void)state;
	for (int k = 0; k < 2; k++) {
		double low = fmax(0, -edge[k]), high = 1;

		for (int step = 0; step < 400; step++) {
			double r = (low + high) / 2, up = x[0] / (r + edge[k]) - x[1] + x[2] / r - x[3];

			if (up > 0)
				low = r;
			else
				high = r;
		}
		kg_assert_digits((x[0] / x[1] - x[2] / x[3] - edge[k]) / sqrt((low + edge[k]) / x[1] + low / x[3]),
				 k ? -z : z, 9, "deviate at the limit");
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_cases),
		cmocka_unit_test(test_deviates_against_slow_maximum),
		cmocka_unit_test(test_limits_solve_their_equation),
		cmocka_unit_test(test_published),
		cmocka_unit_test(test_edges),
		cmocka_unit_test(test_odds_ratio_of_the_other_outcome),
		cmocka_unit_test(test_rate_difference),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
