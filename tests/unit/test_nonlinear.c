/* nonlinear: the 27 nonlinear sets of the NIST Statistical Reference Datasets from both starts. The data are read from
 * ../shared (or $KENG_SHARED); without it the test is skipped. Derivatives by complex steps, exact to rounding. */
#include "cases.h"

#include <complex.h>
#include <gsl/gsl_errno.h>

#include "stats/nonlinear.h"

#define N_MOST 256
/* Far below rounding, so that the imaginary part over it is the derivative. */
#define COMPLEX_STEP 1e-30

typedef long double complex model(const long double complex *b, const long double *x);

static long double complex misra1a(const long double complex *b, const long double *x)
{
	return b[0] * (1 - cexpl(-b[1] * x[0]));
}

static long double complex chwirut(const long double complex *b, const long double *x)
{
	return cexpl(-b[0] * x[0]) / (b[1] + b[2] * x[0]);
}

static long double complex lanczos(const long double complex *b, const long double *x)
{
	return b[0] * cexpl(-b[1] * x[0]) + b[2] * cexpl(-b[3] * x[0]) + b[4] * cexpl(-b[5] * x[0]);
}

static long double complex gauss(const long double complex *b, const long double *x)
{
	long double complex one = (x[0] - b[3]) / b[4], two = (x[0] - b[6]) / b[7];

	return b[0] * cexpl(-b[1] * x[0]) + b[2] * cexpl(-one * one) + b[5] * cexpl(-two * two);
}

static long double complex danwood(const long double complex *b, const long double *x)
{
	return b[0] * cpowl(x[0], b[1]);
}

static long double complex misra1b(const long double complex *b, const long double *x)
{
	long double complex base = 1 + b[1] * x[0] / 2;

	return b[0] * (1 - 1 / (base * base));
}

static long double complex kirby2(const long double complex *b, const long double *x)
{
	long double t = x[0];

	return (b[0] + b[1] * t + b[2] * t * t) / (1 + b[3] * t + b[4] * t * t);
}

static long double complex cubic_ratio(const long double complex *b, const long double *x)
{
	long double t = x[0];

	return (b[0] + b[1] * t + b[2] * t * t + b[3] * t * t * t) / (1 + b[4] * t + b[5] * t * t + b[6] * t * t * t);
}

static long double complex nelson(const long double complex *b, const long double *x)
{
	return b[0] - b[1] * x[0] * cexpl(-b[2] * x[1]);
}

static long double complex mgh17(const long double complex *b, const long double *x)
{
	return b[0] + b[1] * cexpl(-x[0] * b[3]) + b[2] * cexpl(-x[0] * b[4]);
}

static long double complex misra1c(const long double complex *b, const long double *x)
{
	return b[0] * (1 - 1 / csqrtl(1 + 2 * b[1] * x[0]));
}

static long double complex misra1d(const long double complex *b, const long double *x)
{
	return b[0] * b[1] * x[0] / (1 + b[1] * x[0]);
}

static long double complex roszman1(const long double complex *b, const long double *x)
{
	return b[0] - b[1] * x[0] - catanl(b[2] / (x[0] - b[3])) / M_PIl;
}

static long double complex enso(const long double complex *b, const long double *x)
{
	double t = 2 * M_PIl * x[0];

	return b[0] + b[1] * cos(t / 12) + b[2] * sin(t / 12) + b[4] * ccosl(t / b[3]) + b[5] * csinl(t / b[3]) +
	       b[7] * ccosl(t / b[6]) + b[8] * csinl(t / b[6]);
}

static long double complex mgh09(const long double complex *b, const long double *x)
{
	long double t = x[0];

	return b[0] * (t * t + t * b[1]) / (t * t + t * b[2] + b[3]);
}

static long double complex rat42(const long double complex *b, const long double *x)
{
	return b[0] / (1 + cexpl(b[1] - b[2] * x[0]));
}

static long double complex mgh10(const long double complex *b, const long double *x)
{
	return b[0] * cexpl(b[1] / (x[0] + b[2]));
}

static long double complex eckerle4(const long double complex *b, const long double *x)
{
	long double complex z = (x[0] - b[2]) / b[1];

	return b[0] / b[1] * cexpl(-z * z / 2);
}

static long double complex rat43(const long double complex *b, const long double *x)
{
	return b[0] / cpowl(1 + cexpl(b[1] - b[2] * x[0]), 1 / b[3]);
}

static long double complex bennett5(const long double complex *b, const long double *x)
{
	return b[0] * cpowl(b[1] + x[0], -1 / b[2]);
}

static const struct set {
	const char *name;
	model *value;
} sets[] = {
	{ "Misra1a", misra1a },	    { "Chwirut2", chwirut },  { "Chwirut1", chwirut },	{ "Lanczos3", lanczos },
	{ "Gauss1", gauss },	    { "Gauss2", gauss },      { "DanWood", danwood },	{ "Misra1b", misra1b },
	{ "Kirby2", kirby2 },	    { "Hahn1", cubic_ratio }, { "Nelson", nelson },	{ "MGH17", mgh17 },
	{ "Lanczos1", lanczos },    { "Lanczos2", lanczos },  { "Gauss3", gauss },	{ "Misra1c", misra1c },
	{ "Misra1d", misra1d },	    { "Roszman1", roszman1 }, { "ENSO", enso },		{ "MGH09", mgh09 },
	{ "Thurber", cubic_ratio }, { "BoxBOD", misra1a },    { "Rat42", rat42 },	{ "MGH10", mgh10 },
	{ "Eckerle4", eckerle4 },   { "Rat43", rat43 },	      { "Bennett5", bennett5 },
};

struct data {
	const struct set *set;
	long double x[N_MOST][2];
	double y[N_MOST], y_low[N_MOST];
	size_t n, p;
	double start[2][KG_NONLINEAR_MOST], estimate[KG_NONLINEAR_MOST], std_error[KG_NONLINEAR_MOST];
};

static long double value(const long double *parameter, const void *context, size_t i, double *gradient)
{
	const struct data *data = context;
	long double complex b[KG_NONLINEAR_MOST];
	long double plain;

	for (size_t j = 0; j < data->p; j++)
		b[j] = parameter[j];
	plain = creall(data->set->value(b, data->x[i]));
	for (size_t j = 0; j < data->p; j++) {
		long double step = COMPLEX_STEP * fmaxl(fabsl(parameter[j]), 1);

		b[j] = parameter[j] + step * I;
		gradient[j] = (double)(cimagl(data->set->value(b, data->x[i])) / step);
		b[j] = parameter[j];
	}
	return plain;
}

static FILE *open_shared(const char *name, const char *ending)
{
	const char *shared = getenv("KENG_SHARED");
	char path[512];

	snprintf(path, sizeof path, "%s/reference/nist-strd/nonlinear/%s%s", shared ? shared : "../shared", name,
		 ending);
	return fopen(path, "r");
}

static void read_values(const struct set *set, struct data *data)
{
	FILE *file = open_shared(set->name, ".csv");
	char line[256];

	assert_non_null(file);
	assert_non_null(fgets(line, sizeof line, file));
	for (data->n = 0; fgets(line, sizeof line, file); data->n++) {
		long double *x = data->x[data->n], y = 0;

		assert_true(sscanf(line, "%Lf,%Lf,%Lf", &y, &x[0], &x[1]) >= 2);
		if (strcmp(set->name, "Nelson") == 0)
			y = logl(y);
		data->y[data->n] = (double)y;
		data->y_low[data->n] = (double)(y - data->y[data->n]);
	}
	fclose(file);
}

static void read_certified(const struct set *set, struct data *data)
{
	FILE *file = open_shared(set->name, ".expected.csv");
	char line[512];

	assert_non_null(file);
	data->p = 0;
	while (fgets(line, sizeof line, file)) {
		char what[32];
		double number;
		size_t b;

		if (sscanf(line, "nls,b%zu,%31[^,],%lf", &b, what, &number) != 3)
			continue;
		data->p = b > data->p ? b : data->p;
		if (strcmp(what, "start1") == 0)
			data->start[0][b - 1] = number;
		else if (strcmp(what, "start2") == 0)
			data->start[1][b - 1] = number;
		else if (strcmp(what, "estimate") == 0)
			data->estimate[b - 1] = number;
		else if (strcmp(what, "se") == 0)
			data->std_error[b - 1] = number;
	}
	fclose(file);
}

/* Least digits over the estimates. */
static double count_digits(const struct data *data, const double *got, const double *certified)
{
	double least = 15;

	for (size_t j = 0; j < data->p; j++)
		least = fmin(least, kg_digits(got[j], certified[j]));
	return least;
}

/* The residuals of Lanczos1 are 1e-13 of values near 1: long double leaves six to seven digits of them. */
static double error_digits(const struct set *set)
{
	return strcmp(set->name, "Lanczos1") == 0 ? 6 : 9;
}

static void check_set(const struct set *set, size_t start)
{
	struct kg_arena *arena = kg_arena_new(0);
	struct data data = { .set = set };
	struct kg_nonlinear problem = { .value = value, .data = &data, .y = data.y, .y_low = data.y_low };
	struct kg_nonlinear_fit fit;
	double estimate, std_error;

	read_values(set, &data);
	read_certified(set, &data);
	problem.n = data.n;
	problem.p = data.p;
	assert_true(kg_nonlinear_solve(&problem, data.start[start], arena, &fit));
	estimate = count_digits(&data, fit.parameter, data.estimate);
	std_error = count_digits(&data, fit.std_error, data.std_error);
	if (getenv("KENG_VERBOSE"))
		print_message("%-9s start %zu %s estimates %.1f errors %.1f digits\n", set->name, start + 1,
			      fit.why == KG_WHY_NONE ? "converged" : "stopped  ", estimate, std_error);
	kg_arena_free(arena);
	if (fit.why != KG_WHY_NONE || estimate < 10 || std_error < error_digits(set))
		fail_msg("%s from start %zu: %s, %.1f digits, errors %.1f", set->name, start + 1,
			 fit.why == KG_WHY_NONE ? "converged" : "stopped", estimate, std_error);
}

static void check_start(size_t start)
{
	FILE *file = open_shared("models", ".csv");

	if (!file) {
		skip();
		return;
	}
	fclose(file);
	for (size_t s = 0; s < sizeof sets / sizeof sets[0]; s++)
		check_set(&sets[s], start);
}

static void test_far_start(void **state)
{
	(void)state;
	check_start(0);
}

static void test_near_start(void **state)
{
	(void)state;
	check_start(1);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_near_start), cmocka_unit_test(test_far_start) };

	gsl_set_error_handler_off();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
