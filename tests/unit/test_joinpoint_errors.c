/* joinpoint with jumps, weights, gaps and autocorrelated errors against generalised least squares by the book; and the
 * errors of averages and of a comparability ratio. */
#include "cases.h"

#include "base/random.h"
#include "stats/joinpoint_average.h"

#define N_MOST 24

struct data {
	double x[N_MOST], y[N_MOST], weight[N_MOST];
	struct kg_points points;
};

/* Solves A z = b by elimination with pivots, A n x n; returns log |det A|. */
static double eliminate(long double *a, long double *b, size_t n)
{
	double log_determinant = 0;

	for (size_t i = 0; i < n; i++) {
		size_t top = i;

		for (size_t r = i + 1; r < n; r++)
			top = fabsl(a[r * n + i]) > fabsl(a[top * n + i]) ? r : top;
		for (size_t c = 0; c < n; c++) {
			long double held = a[i * n + c];

			a[i * n + c] = a[top * n + c];
			a[top * n + c] = held;
		}
		long double held = b[i];
		b[i] = b[top];
		b[top] = held;
		log_determinant += log(fabs((double)a[i * n + i]));
		for (size_t r = 0; r < n; r++) {
			long double factor = r == i ? 0 : a[r * n + i] / a[i * n + i];

			for (size_t c = i; c < n; c++)
				a[r * n + c] -= factor * a[i * n + c];
			b[r] -= factor * b[i];
		}
	}
	for (size_t i = 0; i < n; i++)
		b[i] /= a[i * n + i];
	return log_determinant;
}

#define SLOW_MOST 20

/* Generalised least squares by the book: X'V^-1X with V written out. */
struct slow {
	double sse, deviance, coefficient[12];
};

static double slow_column(const struct kg_points *points, const struct kg_placement *placement, size_t column, size_t t)
{
	if (column < 2)
		return column ? points->x[t] - points->x[0] : 1;
	if (column < 2 + placement->k)
		return fmax(0, points->x[t] - points->x[placement->at[column - 2]]);
	return t >= points->jump[column - 2 - placement->k];
}

static void slow_solve(const struct kg_points *points, const double *column, long double *out, double *log_determinant)
{
	long double v[SLOW_MOST * SLOW_MOST];
	size_t n = points->n;

	for (size_t i = 0; i < n; i++) {
		out[i] = column[i];
		for (size_t j = 0; j < n; j++) {
			double distance = points->period ? (double)labs(points->period[i] - points->period[j])
							 : fabs((double)i - (double)j);

			v[i * n + j] = powl(points->autocorrelation, distance) /
				       sqrtl(points->weight ? (long double)points->weight[i] * points->weight[j] : 1);
		}
	}
	*log_determinant = eliminate(v, out, n);
}

static struct slow slow_fit(const struct kg_points *points, const struct kg_placement *placement)
{
	size_t n = points->n, p = 2 + placement->k + points->jumps;
	double x[12][SLOW_MOST], log_v, log_x, rest[SLOW_MOST] = { 0 };
	long double a[12 * 12], b[12], solved[SLOW_MOST], total = 0;
	struct slow slow = { 0 };

	for (size_t j = 0; j < p; j++)
		for (size_t t = 0; t < n; t++)
			x[j][t] = slow_column(points, placement, j, t);
	for (size_t j = 0; j <= p; j++) {
		slow_solve(points, j < p ? x[j] : points->y, solved, &log_v);
		for (size_t i = 0; i < p; i++) {
			long double sum = 0;

			for (size_t t = 0; t < n; t++)
				sum += x[i][t] * solved[t];
			*(j < p ? &a[i * p + j] : &b[i]) = sum;
		}
	}
	log_x = eliminate(a, b, p);
	for (size_t t = 0; t < n; t++) {
		rest[t] = points->y[t];
		for (size_t j = 0; j < p; j++)
			rest[t] -= (double)b[j] * x[j][t];
	}
	slow_solve(points, rest, solved, &log_v);
	for (size_t t = 0; t < n; t++)
		total += rest[t] * solved[t];
	for (size_t j = 0; j < p; j++)
		slow.coefficient[j] = (double)b[j];
	slow.sse = (double)total * (1 - points->autocorrelation * points->autocorrelation);
	slow.deviance = ((double)n - (double)p) * log((double)total) + log_v + log_x;
	return slow;
}

static void slow_search(const struct kg_points *points, const struct kg_joinpoint_rules *rules,
			struct kg_placement *now, size_t j, struct kg_placement *best)
{
	size_t from = j ? now->at[j - 1] + rules->min_between + 1 : rules->min_end;

	if (j == now->k) {
		double sse = slow_fit(points, now).sse;

		if (!(sse >= best->sse)) {
			*best = *now;
			best->sse = sse;
		}
		return;
	}
	for (now->at[j] = from; now->at[j] + rules->min_end < points->n; now->at[j]++)
		slow_search(points, rules, now, j + 1, best);
}

/* A wavering series with gaps, weights, jumps and autocorrelation. */
static void make_hard(struct kg_random *random, size_t round, struct data *data, long *period)
{
	double error = 0;

	for (size_t i = 0; i < 15; i++) {
		period[i] = (long)(2000 + i + (i > 6 ? round % 3 : 0));
		error = 0.6 * error + kg_random_normal(random);
		data->x[i] = (double)period[i];
		data->y[i] = fabs((double)i - 7) + (i >= 5 ? 3 : 0) + error;
		data->weight[i] = 0.2 + kg_random_uniform(random);
	}
	data->points = (struct kg_points){ .n = 15, .x = data->x, .y = data->y, .period = period };
	data->points.weight = round % 2 ? data->weight : NULL;
	data->points.autocorrelation = round % 4 < 2 ? 0 : round % 4 == 2 ? 0.7 : -0.4;
	data->points.jumps = round % 5 ? 1 + round % 2 : 0;
	data->points.jump[0] = 5;
	data->points.jump[1] = 10;
}

/* Jumps and autocorrelation: the search, the fit and the profile against all placements by generalised least squares.
 */
static void test_hard_search(void **state)
{
	const struct kg_joinpoint_rules rules = { 2, 2, 2 };
	struct kg_random random = kg_random_stream(21, 0, 0);
	struct kg_arena *arena = kg_arena_new(0);

	(void)state;
	for (size_t round = 0; round < 20; round++) {
		struct kg_placement best[KG_JOINPOINTS_MOST + 1];
		double profile[2 * 15];
		long period[15];
		struct data data;

		make_hard(&random, round, &data, period);
		assert_true(kg_joinpoint_search(&data.points, &rules, arena, best));
		for (size_t k = 0; k <= 2; k++) {
			struct kg_placement now = { .k = k }, slow = { .sse = INFINITY };
			struct kg_joinpoint_model model;
			struct slow fit;

			slow_search(&data.points, &rules, &now, 0, &slow);
			kg_assert_digits(best[k].sse, slow.sse, 8, "search");
			fit = slow_fit(&data.points, &best[k]);
			assert_true(kg_joinpoint_fit(&data.points, &best[k], arena, &model));
			kg_assert_digits(model.placement.sse, fit.sse, 10, "sse");
			kg_assert_digits(model.slope[0], fit.coefficient[1], 9, "slope");
			for (size_t i = 0; i < data.points.jumps; i++)
				kg_assert_digits(model.jump[i], fit.coefficient[2 + k + i], 9, "jump");
		}
		assert_true(kg_joinpoint_profile(&data.points, &rules, 2, arena, profile));
		kg_assert_digits(profile[best[2].at[0]], best[2].sse, 8, "profile at the first joinpoint");
		kg_assert_digits(profile[15 + best[2].at[1]], best[2].sse, 8, "profile at the second");
		for (size_t i = 0; i < 2 * 15; i++)
			assert_true(isnan(profile[i]) || profile[i] >= best[2].sse * (1 - 1e-8));
	}
	kg_arena_free(arena);
}

/* The estimated autocorrelation has the largest restricted likelihood at its placement, and that is the best one. */
static void test_correlate(void **state)
{
	const struct kg_joinpoint_rules rules = { 1, 2, 2 };
	struct kg_random random = kg_random_stream(22, 0, 0);
	struct kg_arena *arena = kg_arena_new(0);

	(void)state;
	for (size_t round = 0; round < 6; round++) {
		struct kg_placement best, now = { .k = 1 }, slow = { .sse = INFINITY };
		double at, least;
		long period[15];
		struct data data;

		make_hard(&random, round, &data, period);
		assert_true(kg_joinpoint_correlate(&data.points, &rules, 1, arena, &best));
		slow_search(&data.points, &rules, &now, 0, &slow);
		/* a bend at a jump or just before it is the same model: the sums are compared, not the places */
		kg_assert_digits(slow_fit(&data.points, &best).sse, slow.sse, 9, "best placement");
		at = data.points.autocorrelation;
		least = slow_fit(&data.points, &best).deviance;
		for (double other = -0.98; other < 0.99; other += 0.02) {
			data.points.autocorrelation = other;
			assert_true(slow_fit(&data.points, &best).deviance >= least - 1e-9);
		}
		assert_true(fabs(at) < 0.99);
	}
	kg_arena_free(arena);
}

/* Variance of a line's value at x, by the formula of simple regression. */
static double line_variance(const double *t, size_t n, double x)
{
	double mean = 0, sxx = 0;

	for (size_t i = 0; i < n; i++)
		mean += t[i] / (double)n;
	for (size_t i = 0; i < n; i++)
		sxx += (t[i] - mean) * (t[i] - mean);
	return 1 / (double)n + (x - mean) * (x - mean) / sxx;
}

/* The delta method's error of an average over two pieces: values at both ends from two lines of their own. */
static void test_delta(void **state)
{
	struct kg_random random = kg_random_stream(23, 0, 0);
	const struct kg_placement placement = { 1, { 9 }, 0 };
	struct data data = { .points = { .n = 21, .x = data.x, .y = data.y } };
	struct kg_arena *arena = kg_arena_new(0);
	struct kg_joinpoint_average average;
	struct kg_joinpoint_model model;
	struct kg_joinpoint_lines lines;
	double sigma, error;

	(void)state;
	for (size_t i = 0; i < 21; i++) {
		data.x[i] = 1990 + (double)i;
		data.y[i] = kg_random_normal(&random);
	}
	assert_true(kg_joinpoint_fit(&data.points, &placement, arena, &model));
	assert_true(kg_joinpoint_lines(&data.points, &placement, arena, &lines));
	average = kg_joinpoint_average(&data.points, &model, &lines, 1992, 2010);
	assert_int_equal((int)lines.df, 16);
	/* the first piece has 9 points around 1994 with a sum of squares of 60 */
	sigma = kg_joinpoint_slope_se(&lines, 0) * sqrt(60);
	error = sigma * sqrt(line_variance(data.x, 9, 1992) + line_variance(data.x + 10, 11, 2010)) / 18;
	kg_assert_digits(average.delta_se, error, 10, "delta");
	kg_assert_digits(
	    average.slope,
	    (kg_joinpoint_value(&data.points, &model, 2010) - kg_joinpoint_value(&data.points, &model, 1992)) / 18, 9,
	    "average");
	average = kg_joinpoint_average(&data.points, &model, &lines, 1991, 1997);
	kg_assert_digits(average.delta_se, kg_joinpoint_slope_se(&lines, 0), 12, "within one piece");
	kg_arena_free(arena);
}

/* The band of a straight line is that of simple regression; with a bend and a jump its square over sigma^2 is how far
 * the fit moves at a point whose value moves by 1. */
static void test_band(void **state)
{
	struct kg_random random = kg_random_stream(25, 0, 0);
	struct kg_arena *arena = kg_arena_new(0);
	struct kg_placement placement = { 0, { 0 }, 0 };
	struct kg_joinpoint_model model;
	double band[15], sigma, moved;
	long period[15];
	struct data data;

	(void)state;
	make_hard(&random, 0, &data, period);
	data.points.jumps = 0;
	assert_true(kg_joinpoint_fit(&data.points, &placement, arena, &model));
	assert_true(kg_joinpoint_band(&data.points, &model, arena, band));
	sigma = sqrt(model.placement.sse / 13);
	kg_assert_digits(band[3], sigma * sqrt(line_variance(data.x, 15, data.x[3])), 10, "line");
	data.points.jumps = 1;
	placement = (struct kg_placement){ 1, { 9 }, 0 };
	assert_true(kg_joinpoint_fit(&data.points, &placement, arena, &model));
	assert_true(kg_joinpoint_band(&data.points, &model, arena, band));
	sigma = sqrt(model.placement.sse / 10); /* the place of the bend counts */
	for (size_t t = 0; t < 15; t += 7) {
		double before = kg_joinpoint_fitted(&data.points, &model, t);
		struct kg_joinpoint_model again;

		data.y[t] += 1;
		assert_true(kg_joinpoint_fit(&data.points, &placement, arena, &again));
		data.y[t] -= 1;
		moved = kg_joinpoint_fitted(&data.points, &again, t) - before;
		kg_assert_digits(band[t], sigma * sqrt(moved), 8, "hat value");
	}
	kg_arena_free(arena);
}

/* A joinpoint beside the jump: the jump's error is none of the lines', nor is that of an average across it. */
static void test_beside(void **state)
{
	const struct kg_placement placement = { 1, { 4 }, 0 };
	struct kg_random random = kg_random_stream(26, 0, 0);
	struct kg_arena *arena = kg_arena_new(0);
	struct kg_joinpoint_model model;
	struct kg_joinpoint_lines lines;
	long period[15];
	struct data data;

	(void)state;
	make_hard(&random, 1, &data, period);
	data.points.jumps = 1;
	assert_true(kg_joinpoint_fit(&data.points, &placement, arena, &model));
	assert_true(kg_joinpoint_lines(&data.points, &placement, arena, &lines));
	assert_true(isnan(kg_joinpoint_jump_se(&lines, &data.points, 0)) && model.jump_se[0] > 0);
	assert_true(kg_joinpoint_slope_se(&lines, 0) > 0 && kg_joinpoint_slope_se(&lines, 1) > 0);
	assert_true(kg_joinpoint_average(&data.points, &model, &lines, 2001, 2012).unsettled);
	assert_false(kg_joinpoint_average(&data.points, &model, &lines, 2005, 2012).unsettled);
	kg_arena_free(arena);
}

/* A ratio that is not exact adds the square of what the slope makes of it. */
static void test_comparability(void **state)
{
	double x[16], y[16], slope[3], with, without;
	const struct kg_sample sample = { .n = 16, .y = y, .x = x };
	struct kg_joinpoint_options own = {
		.rules = { 0, 2, 2 }, .jumps = 1, .jump = { 2008 }, .comparability = { 0.8, 0 }
	};
	const struct kg_params params = { .conf_level = 0.95, .own = &own };
	struct kg_random random = kg_random_stream(24, 0, 0);
	struct kg_arena *arena = kg_arena_new(0);
	struct kg_term term[64];

	(void)state;
	for (size_t i = 0; i < 16; i++) {
		x[i] = 2000 + (double)i;
		y[i] = exp(0.02 * (double)i + 0.05 * kg_random_normal(&random)) / (i < 8 ? 0.8 : 1);
	}
	for (int i = 0; i < 3; i++) {
		own.comparability.ratio = 0.8 * (1 + (i - 1) * 1e-5);
		kg_stat_find("joinpoint", "joinpoint")->fit(&sample, &params, arena, term, 64);
		slope[i] = log1p(term[0].estimate / 100);
	}
	own.comparability.ratio = 0.8;
	kg_stat_find("joinpoint", "joinpoint")->fit(&sample, &params, arena, term, 64);
	without = term[0].std_error / (100 + term[0].estimate);
	own.comparability.variance = 0.01;
	kg_stat_find("joinpoint", "joinpoint")->fit(&sample, &params, arena, term, 64);
	with = term[0].std_error / (100 + term[0].estimate);
	kg_assert_digits(with * with - without * without, 0.01 * pow((slope[2] - slope[0]) / (2 * 0.8e-5), 2), 5,
			 "shared error");
	kg_arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_hard_search), cmocka_unit_test(test_correlate),
					    cmocka_unit_test(test_delta),	cmocka_unit_test(test_comparability),
					    cmocka_unit_test(test_band),	cmocka_unit_test(test_beside) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
