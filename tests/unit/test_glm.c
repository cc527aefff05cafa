/* glm: slow obvious twins, infinite coefficients, theta, and identities between covariances. Reference values are in
 * test_regress. */
#include "cases.h"

#include "base/random.h"
#include "stats/covariance.h"
#include "stats/negative_binomial_fit.h"

#define ROWS_MOST 60
#define COLUMNS_MOST 4

struct data {
	struct kg_design design;
	double x[ROWS_MOST * COLUMNS_MOST], y[ROWS_MOST], offset[ROWS_MOST], trials[ROWS_MOST];
};

static double draw_count(struct kg_random *random, double mu)
{
	double left = exp(-mu), count = -1;

	for (double product = 1; product > left; count++)
		product *= kg_random_uniform(random);
	return count;
}

static void draw(struct kg_random *random, struct data *data, size_t n, size_t p)
{
	data->design = (struct kg_design){ .n = n, .p = p, .x = data->x, .intercept = true };
	for (size_t i = 0; i < n; i++) {
		for (size_t j = 0; j < p; j++)
			data->x[j * n + i] = j == 0 ? 1 : kg_random_normal(random);
		data->offset[i] = kg_random_normal(random) / 4;
		data->trials[i] = 5 + floor(10 * kg_random_uniform(random));
		data->y[i] = fmin(draw_count(random, 2 * exp(0.3 * data->x[n + i] + data->offset[i])), data->trials[i]);
	}
}

/* Score and information of the textbook, long double. */
static void add_row(const struct data *data, enum kg_family family, const long double *b, size_t i,
		    long double a[COLUMNS_MOST][COLUMNS_MOST + 1])
{
	size_t n = data->design.n, p = data->design.p;
	long double eta = data->offset[i], mu, w;

	for (size_t j = 0; j < p; j++)
		eta += data->x[j * n + i] * b[j];
	mu = family == KG_FAMILY_BINOMIAL ? data->trials[i] / (1 + expl(-eta)) : expl(eta);
	w = family == KG_FAMILY_BINOMIAL ? mu * (1 - mu / data->trials[i]) : mu;
	for (size_t j = 0; j < p; j++) {
		for (size_t k = 0; k < p; k++)
			a[j][k] += w * data->x[j * n + i] * data->x[k * n + i];
		a[j][p] += (data->y[i] - mu) * data->x[j * n + i];
	}
}

static void fit_obviously(const struct data *data, enum kg_family family, long double *b)
{
	size_t p = data->design.p;

	memset(b, 0, p * sizeof *b);
	for (int step = 0; step < 50; step++) {
		long double a[COLUMNS_MOST][COLUMNS_MOST + 1] = { { 0 } };

		for (size_t i = 0; i < data->design.n; i++)
			add_row(data, family, b, i, a);
		for (size_t j = 0; j < p; j++)
			for (size_t r = 0; r < p; r++)
				for (size_t k = p + 1; k-- > j && r != j;)
					a[r][k] -= a[j][k] * a[r][j] / a[j][j];
		for (size_t j = 0; j < p; j++)
			b[j] += a[j][p] / a[j][j];
	}
}

static void fits_equal_newton_on_the_normal_equations(void **state)
{
	static const enum kg_family family[] = { KG_FAMILY_POISSON, KG_FAMILY_BINOMIAL };
	struct kg_random random = kg_random_stream(2, 0, 0);
	struct kg_arena *arena = kg_arena_new(0);
	struct kg_glm *glm = kg_glm_new(ROWS_MOST, COLUMNS_MOST, arena);

	(void)state;
	for (size_t round = 0; round < 200; round++) {
		struct data data;
		long double b[COLUMNS_MOST];
		struct kg_glm_data of = { .family = family[round % 2], .design = &data.design, .y = data.y };

		draw(&random, &data, 20 + round % 40, 2 + round % 3);
		of.offset = data.offset;
		of.trials = data.trials;
		assert_int_equal(kg_glm_fit(glm, &of), KG_WHY_NONE);
		fit_obviously(&data, of.family, b);
		for (size_t j = 0; j < data.design.p; j++)
			assert_true(fabs(glm->coefficient[j] - (double)b[j]) < 1e-12);
	}
	kg_arena_free(arena);
}

/* Two groups of five rows; the second has no events. */
static void a_level_without_events_is_infinite(void **state)
{
	static const double x[] = { 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1 };
	static const double y[] = { 2, 3, 1, 0, 4, 0, 0, 0, 0, 0 };
	const struct kg_design design = { .n = 10, .p = 2, .x = x, .intercept = true };
	struct kg_arena *arena = kg_arena_new(0);
	struct kg_glm *glm = kg_glm_new(10, 2, arena);

	(void)state;
	assert_int_equal(kg_glm_fit(glm, &(struct kg_glm_data){ .design = &design, .y = y }), KG_WHY_SEPARATION);
	assert_false(glm->infinite[0]);
	assert_true(glm->infinite[1]);
	kg_assert_digits(glm->coefficient[0], log(2), 10, "intercept beside an infinite coefficient");
	kg_arena_free(arena);
}

static void no_events_at_all_estimate_nothing(void **state)
{
	static const double one[] = { 1, 1, 1 }, zero[3] = { 0 };
	const struct kg_design design = { .n = 3, .p = 1, .x = one, .intercept = true };
	struct kg_glm_data data = { .design = &design, .y = zero };
	struct kg_arena *arena = kg_arena_new(0);
	struct kg_glm *glm = kg_glm_new(3, 1, arena);

	(void)state;
	assert_int_equal(kg_glm_fit(glm, &data), KG_WHY_CONSTANT_OUTCOME);
	data.family = KG_FAMILY_BINOMIAL;
	data.y = one;
	assert_int_equal(kg_glm_fit(glm, &data), KG_WHY_CONSTANT_OUTCOME);
	kg_arena_free(arena);
}

static void theta_is_at_the_top_of_the_likelihood(void **state)
{
	struct kg_random random = kg_random_stream(3, 0, 0);
	struct kg_arena *arena = kg_arena_new(0);
	struct kg_glm *glm = kg_glm_new(ROWS_MOST, COLUMNS_MOST, arena);
	struct kg_theta theta;
	struct data data;
	size_t found = 0;

	(void)state;
	for (size_t round = 0; round < 50; round++) {
		struct kg_glm_data of = { .design = &data.design, .y = data.y };
		double top;

		draw(&random, &data, 50, 2);
		for (size_t i = 0; i < 50; i++)
			data.y[i] = floor(data.y[i] * 3 * kg_random_uniform(&random));
		if (kg_negative_binomial_fit(glm, &of, &theta) == KG_WHY_NO_OVERDISPERSION)
			continue;
		top = kg_glm_log_likelihood(glm, &of);
		for (int side = -1; side <= 1; side += 2) {
			of.theta = theta.estimate * (1 + side * 1e-3);
			assert_true(kg_glm_log_likelihood(glm, &of) < top);
		}
		found++;
	}
	assert_true(found > 40);
	kg_arena_free(arena);
}

/* Large counts that vary hardly more than Poisson's: digammas cancel to the last digits. The score equations solved
 * with 50 digits (mpmath 1.3.0). */
static void theta_of_large_counts_is_found(void **state)
{
	static const double x[] = { 1, 1, 1, 1, 1, -2, -1, 0, 1, 2 }, y[] = { 844947, 850500, 855840, 861260, 871724 };
	const struct kg_design design = { .n = 5, .p = 2, .x = x, .intercept = true };
	struct kg_glm_data data = { .design = &design, .y = y };
	struct kg_arena *arena = kg_arena_new(0);
	struct kg_glm *glm = kg_glm_new(5, 2, arena);
	struct kg_theta theta;

	(void)state;
	assert_int_equal(kg_negative_binomial_fit(glm, &data, &theta), KG_WHY_NONE);
	kg_assert_digits(theta.estimate, 700183.94381695617696, 10, "theta");
	kg_assert_digits(glm->coefficient[1], 0.0075014041952841395959, 9, "slope");
	kg_arena_free(arena);
}

static void even_counts_have_no_theta(void **state)
{
	static const double one[] = { 1, 1, 1, 1 }, y[] = { 5, 6, 5, 6 };
	const struct kg_design design = { .n = 4, .p = 1, .x = one, .intercept = true };
	struct kg_glm_data data = { .design = &design, .y = y };
	struct kg_arena *arena = kg_arena_new(0);
	struct kg_glm *glm = kg_glm_new(4, 1, arena);
	struct kg_theta theta;

	(void)state;
	assert_int_equal(kg_negative_binomial_fit(glm, &data, &theta), KG_WHY_NO_OVERDISPERSION);
	assert_true(isinf(theta.estimate));
	kg_assert_digits(glm->coefficient[0], log(5.5), 14, "coefficient of the Poisson fit");
	kg_arena_free(arena);
}

/* Clusters of one row with CR1 are hc1; one cluster, and leverage 1 with hc3, have no covariance. */
static void covariances_agree_where_they_must(void **state)
{
	struct kg_random random = kg_random_stream(4, 0, 0);
	struct kg_arena *arena = kg_arena_new(0);
	struct kg_glm *glm = kg_glm_new(ROWS_MOST, COLUMNS_MOST, arena);
	uint32_t cluster[ROWS_MOST], one[ROWS_MOST] = { 0 };
	struct data data;
	struct kg_fitted fitted;
	struct kg_covariance_made hc1, rows, single;

	(void)state;
	draw(&random, &data, 30, 3);
	data.y[7] = 3;
	for (uint32_t i = 0; i < 30; i++) {
		cluster[i] = 29 - i;
		data.x[60 + i] = i == 7;
	}
	assert_int_equal(kg_glm_fit(glm, &(struct kg_glm_data){ .design = &data.design, .y = data.y }), KG_WHY_NONE);
	fitted = (struct kg_fitted){ glm->qr, glm->residual, 1, cluster };
	hc1 = kg_covariance_make(KG_COV_HC1, &fitted, arena);
	rows = kg_covariance_make(KG_COV_CLUSTER, &fitted, arena);
	assert_int_equal(rows.clusters, 30);
	for (size_t k = 0; k < 9; k++)
		assert_true(fabs(rows.value[k] - hc1.value[k]) <= 1e-14 * fabs(hc1.value[0]));
	fitted.cluster = one;
	single = kg_covariance_make(KG_COV_CLUSTER, &fitted, arena);
	assert_true(single.undefined);
	assert_true(kg_covariance_make(KG_COV_HC3, &fitted, arena).undefined);
	assert_false(kg_covariance_make(KG_COV_HC0, &fitted, arena).undefined);
	kg_arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(fits_equal_newton_on_the_normal_equations),
		cmocka_unit_test(a_level_without_events_is_infinite),
		cmocka_unit_test(no_events_at_all_estimate_nothing),
		cmocka_unit_test(theta_is_at_the_top_of_the_likelihood),
		cmocka_unit_test(even_counts_have_no_theta),
		cmocka_unit_test(theta_of_large_counts_is_found),
		cmocka_unit_test(covariances_agree_where_they_must),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
