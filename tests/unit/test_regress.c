/* regress: certified and reference values through the whole program, and the kernel beside a slow obvious twin. A case
 * reads `FILE[#GROUP] FORMULA [| OPTION VALUE]...`; FILE is a table of tests/cases/data, GROUP a value of its first
 * column. */
#include "programs.h"

#include "base/random.h"
#include "regress.h"
#include "stats/linear.h"
#include "table/source.h"

struct request {
	char text[1024];
	const char *group;
	char path[128];
	struct kg_regress_options options;
	const char *method;
};

static void set_option(struct request *request, const char *name, const char *value)
{
	const char **field = strcmp(name, "offset") == 0       ? &request->options.offset
			     : strcmp(name, "weights") == 0    ? &request->options.weights
			     : strcmp(name, "cluster") == 0    ? &request->options.cluster
			     : strcmp(name, "covariance") == 0 ? &request->options.covariance
							       : NULL;

	assert_non_null(field);
	*field = value;
}

static void read_request(const struct kg_case *of, struct request *request)
{
	char *rest = request->text, *file, *part;

	memset(request, 0, sizeof *request);
	snprintf(request->text, sizeof request->text, "%s", of->inputs);
	file = strsep(&rest, " ");
	snprintf(request->path, sizeof request->path, "tests/cases/data/%.*s.csv", (int)strcspn(file, "#"), file);
	request->group = strchr(file, '#') ? strchr(file, '#') + 1 : NULL;
	request->options.formula = strsep(&rest, "|");
	request->options.covariance = "classical";
	while ((part = strsep(&rest, "|"))) {
		char *name = strsep(&part, " ") ? strsep(&part, " ") : NULL;

		set_option(request, name, strsep(&part, " "));
	}
	request->method = of->analysis;
	request->options.method = (struct kg_names){ &request->method, 1 };
}

static const struct kg_table *run_request(const struct request *request, struct kg_arena *arena)
{
	struct kg_error error = { 0 };
	struct kg_source source;
	const struct kg_table *table;
	struct kg_context context = { .arena = arena, .threads = 1, .conf_level = 0.95 };
	struct kg_result *result;
	const char *by;

	if (kg_source_open(request->path, arena, &source, &error) != KG_OK ||
	    kg_source_read(&source, &(struct kg_read){ 0 }, arena, &table, &error) != KG_OK)
		fail_msg("%s", error.what);
	by = table->column[0].name;
	context.by = (struct kg_names){ &by, request->group != NULL };
	if (kg_program_find("regress")->run(&request->options, &table, 1, &context, &result, &error) != KG_OK)
		fail_msg("%s", error.what);
	return result->table;
}

/* The cell of a case; "exp estimate" and "1/estimate": what others print in its place. */
static double find_value(const struct kg_table *table, const struct request *request, const struct kg_case *of)
{
	bool power = strncmp(of->quantity, "exp ", 4) == 0, inverse = strncmp(of->quantity, "1/", 2) == 0;
	const char *name = of->quantity + (power ? 4 : inverse ? 2 : 0);
	const struct kg_column *term = kg_table_find(table, "term"), *value = kg_table_find(table, name);

	assert_non_null(value);
	for (size_t i = 0; i < table->nrow; i++) {
		double cell = kg_column_real(value, i);

		if (strcmp(kg_column_text(term, i), of->term) == 0 &&
		    (!request->group || strcmp(kg_column_text(&table->column[0], i), request->group) == 0))
			return power ? exp(cell) : inverse ? 1 / cell : cell;
	}
	return NAN;
}

static double evaluate(const struct kg_case *of)
{
	struct kg_arena *arena = kg_arena_new(0);
	struct request request;
	double value;

	read_request(of, &request);
	value = find_value(run_request(&request, arena), &request, of);
	kg_arena_free(arena);
	if (getenv("KENG_DIGITS"))
		printf("# %4.1f %s %s %s %s\n", kg_digits(value, of->expected), of->analysis, of->inputs, of->term,
		       of->quantity);
	return value;
}

static void nist_values_agree(void **state)
{
	(void)state;
	assert_int_equal(kg_cases_check("strd-linear", evaluate), 141);
}

static void reference_values_agree(void **state)
{
	(void)state;
	kg_cases_check("regress", evaluate);
}

/* Normal equations by Gauss-Jordan: b of X'WX b = X'Wy. */
static void solve_obviously(const struct kg_design *design, const double *y, const double *w, double *b)
{
	long double a[8][9] = { { 0 } };
	size_t p = design->p, n = design->n;

	for (size_t i = 0; i < n; i++)
		for (size_t j = 0; j < p; j++) {
			long double wx = (long double)w[i] * design->x[j * n + i];

			for (size_t k = 0; k < p; k++)
				a[j][k] += wx * design->x[k * n + i];
			a[j][p] += wx * y[i];
		}
	for (size_t j = 0; j < p; j++)
		for (size_t r = 0; r < p; r++) {
			long double factor = a[r][j] / a[j][j];

			for (size_t k = j; k <= p && r != j; k++)
				a[r][k] -= factor * a[j][k];
		}
	for (size_t j = 0; j < p; j++)
		b[j] = (double)(a[j][p] / a[j][j]);
}

/* Random design: ones and normals; p at most 8. */
static void draw(struct kg_random *random, struct kg_design *design, double *x, double *y, double *w)
{
	for (size_t i = 0; i < design->n; i++) {
		for (size_t j = 0; j < design->p; j++)
			x[j * design->n + i] = j == 0 ? 1 : kg_random_normal(random);
		y[i] = kg_random_normal(random) + x[design->n + i];
		w[i] = kg_random_uniform(random) + 0.1;
	}
	design->x = x;
}

static void kernel_equals_the_normal_equations(void **state)
{
	struct kg_random random = kg_random_stream(1, 0, 0);
	double x[8 * 40], y[40], w[40], b[8];

	(void)state;
	for (size_t round = 0; round < 100; round++) {
		struct kg_design design = { .n = 10 + round % 30, .p = 2 + round % 7, .intercept = true };
		struct kg_arena *arena = kg_arena_new(0);
		const struct kg_linear *linear;

		draw(&random, &design, x, y, w);
		linear = kg_linear_fit(&design, y, w, arena);
		solve_obviously(&design, y, w, b);
		for (size_t j = 0; j < design.p; j++)
			kg_assert_digits(linear->coefficient[j], b[j], 11, "coefficient");
		kg_arena_free(arena);
	}
}

/* Fits y on columns of ones, x and x2, and returns the workspace. */
static const struct kg_linear *fit_three(const double *x, const double *x2, const double *y, size_t n,
					 struct kg_arena *arena)
{
	double *column = KG_ARRAY(arena, double, 3 * n);
	struct kg_design design = { .n = n, .p = 3, .x = column, .intercept = true };

	for (size_t i = 0; i < n; i++) {
		column[i] = 1;
		column[n + i] = x[i];
		column[2 * n + i] = x2[i];
	}
	return kg_linear_fit(&design, y, NULL, arena);
}

static void collinear_columns_are_set_aside(void **state)
{
	const double x[] = { 0.1, 0.7, 0.3, 1.9, 0.2 }, y[] = { 1, 2, 2, 3, 1 };
	const double double_x[] = { 0.2 + 1, 1.4 + 1, 0.6 + 1, 3.8 + 1, 0.4 + 1 }, zero[5] = { 0 };
	const double *second[] = { double_x, zero };
	struct kg_arena *arena = kg_arena_new(0);

	(void)state;
	for (size_t k = 0; k < 2; k++) {
		const struct kg_linear *linear = fit_three(x, second[k], y, 5, arena);

		assert_int_equal(linear->qr->rank, 2);
		assert_false(linear->qr->collinear[1]);
		assert_true(linear->qr->collinear[2]);
		assert_true(linear->coefficient[2] == 0);
		assert_true(linear->df == 3);
	}
	kg_arena_free(arena);
}

static void near_collinear_columns_stay(void **state)
{
	const double x[] = { 1e9, 1e9 + 1, 1e9 + 2, 1e9 + 4, 1e9 + 3 }, y[] = { 1, 2, 2, 3, 1 };
	const double x2[] = { 1e9 + 3, 1e9 + 1, 1e9 + 2, 1e9 + 4, 1e9 + 3 };
	struct kg_arena *arena = kg_arena_new(0);

	(void)state;
	assert_int_equal(fit_three(x, x2, y, 5, arena)->qr->rank, 3);
	kg_arena_free(arena);
}

static void an_exact_fit_has_no_residuals(void **state)
{
	const double x[] = { 0.1, 0.2, 0.3, 0.4, 0.5 }, x2[] = { 7, 1, 8, 2, 8 };
	struct kg_arena *arena = kg_arena_new(0);
	const struct kg_linear *linear;
	double y[5];

	(void)state;
	for (size_t i = 0; i < 5; i++)
		y[i] = 1.1 + 3.3 * x[i] - 0.7 * x2[i];
	linear = fit_three(x, x2, y, 5, arena);
	assert_true(linear->exact);
	assert_true(linear->rss == 0);
	y[2] += 1e-12;
	assert_false(fit_three(x, x2, y, 5, arena)->exact);
	kg_arena_free(arena);
}

static struct kg_case_run run;

static double held_value(const struct kg_case *of)
{
	return kg_case_cell(&run, of);
}

/* At a profile limit, the coefficient held there, the deviance has risen by the quantile of chi-squared. */
static void test_profile_limits_lie_on_the_likelihood(void **state)
{
	(void)state;
	kg_cases_check("profile", held_value);
	kg_arena_free(run.arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(kernel_equals_the_normal_equations),
		cmocka_unit_test(collinear_columns_are_set_aside),
		cmocka_unit_test(near_collinear_columns_stay),
		cmocka_unit_test(an_exact_fit_has_no_residuals),
		cmocka_unit_test(nist_values_agree),
		cmocka_unit_test(reference_values_agree),
		cmocka_unit_test(test_profile_limits_lie_on_the_likelihood),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
