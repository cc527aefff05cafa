/* joinpoint: reference fits, exact search against all placements one by one, selection against the NCI program's. */
#include "series.h"

#include <Rmath.h>

#include "base/random.h"
#include "stats/joinpoint_average.h"

#define N_MOST 128

struct data {
	double x[N_MOST], y[N_MOST], weight[N_MOST];
	struct kg_points points;
};

/* "file series scale" of a case: times, values on the scale of the fit, and weights (rate / se)^2 where `se` is there.
 */
static void read_data(const char *file, const char *series, bool log_scale, struct data *data)
{
	struct kg_test_series time, value, error;
	bool weighted = strcmp(file, "nci_sample") == 0;
	char name[96];
	size_t n = 0;

	kg_test_series_read(file, NULL, &time);
	kg_test_series_read(file, series, &value);
	snprintf(name, sizeof name, "%s_se", series);
	if (weighted)
		kg_test_series_read(file, name, &error);
	for (size_t i = 0; i < time.n; i++) {
		if (isnan(value.y[i]))
			continue;
		data->x[n] = time.y[i];
		data->y[n] = log_scale ? log(value.y[i]) : value.y[i];
		data->weight[n++] = weighted ? value.y[i] * value.y[i] / error.y[i] / error.y[i] : 1;
	}
	data->points = (struct kg_points){ .n = n, .x = data->x, .y = data->y, .weight = data->weight };
}

static double piece_value(const struct kg_joinpoint_model *model, const struct kg_joinpoint_lines *lines, size_t j,
			  const char *quantity, bool log_scale)
{
	double std_error = kg_joinpoint_slope_se(lines, j), reach = std_error * qt(0.975, lines->df, 1, 0);
	double value = strcmp(quantity, "conf_low") == 0    ? model->slope[j] - reach
		       : strcmp(quantity, "conf_high") == 0 ? model->slope[j] + reach
							    : NAN;

	if (strcmp(quantity, "slope") == 0)
		return model->slope[j];
	if (strcmp(quantity, "slope_se") == 0)
		return std_error;
	if (strcmp(quantity, "p_value") == 0)
		return 2 * pt(-fabs(model->slope[j] / std_error), lines->df, 1, 0);
	return log_scale ? 100 * expm1(value) : value;
}

static double average_value(const struct kg_points *points, const struct kg_joinpoint_model *model,
			    const struct kg_joinpoint_lines *lines, const char *quantity, bool log_scale)
{
	struct kg_joinpoint_average average =
	    kg_joinpoint_average(points, model, lines, points->x[0], points->x[points->n - 1]);
	double df = model->placement.k ? INFINITY : lines->df, reach = average.independent_se * qt(0.975, df, 1, 0);
	double value = strcmp(quantity, "estimate") == 0   ? average.slope
		       : strcmp(quantity, "conf_low") == 0 ? average.slope - reach
							   : average.slope + reach;

	return log_scale ? 100 * expm1(value) : value;
}

static double case_value(const struct kg_case *of)
{
	const struct kg_joinpoint_rules rules = { (size_t)kg_case_input(of, "k", 0), 2, 2 };
	struct kg_placement best[KG_JOINPOINTS_MOST + 1];
	struct kg_arena *arena = kg_arena_new(0);
	struct kg_joinpoint_model model;
	struct kg_joinpoint_lines lines;
	char file[64], series[64], scale[16];
	struct data data;
	bool log_scale;

	assert_int_equal(sscanf(of->inputs, "%63s %63s %15s", file, series, scale), 3);
	log_scale = strcmp(scale, "log") == 0;
	read_data(file, series, log_scale, &data);
	assert_true(kg_joinpoint_search(&data.points, &rules, arena, best));
	assert_true(kg_joinpoint_fit(&data.points, &best[rules.most], arena, &model));
	assert_true(kg_joinpoint_criteria(&data.points, arena, &model));
	assert_true(kg_joinpoint_lines(&data.points, &best[rules.most], arena, &lines));
	kg_arena_free(arena);
	if (strncmp(of->term, "joinpoint_", 10) == 0)
		return data.x[model.placement.at[atoi(of->term + 10) - 1]];
	if (strncmp(of->term, "piece_", 6) == 0)
		return piece_value(&model, &lines, (size_t)atoi(of->term + 6) - 1, of->quantity, log_scale);
	if (strcmp(of->term, "average") == 0)
		return average_value(&data.points, &model, &lines, of->quantity, log_scale);
	return strcmp(of->quantity, "sse") == 0	   ? model.placement.sse
	       : strcmp(of->quantity, "bic") == 0  ? model.bic
	       : strcmp(of->quantity, "bic3") == 0 ? model.bic3
	       : strcmp(of->quantity, "wbic") == 0 ? model.wbic
						   : lines.df;
}

static void test_cases(void **state)
{
	(void)state;
	kg_cases_check("joinpoint", case_value);
}

/* Tries every placement from joinpoint `j` on. */
static void try_all(const struct kg_points *points, const struct kg_joinpoint_rules *rules, struct kg_placement *now,
		    size_t j, struct kg_placement *best)
{
	size_t from = j ? now->at[j - 1] + rules->min_between + 1 : rules->min_end;

	if (j == now->k) {
		struct kg_arena *arena = kg_arena_new(0);
		struct kg_joinpoint_model model;

		assert_true(kg_joinpoint_fit(points, now, arena, &model));
		if (!(model.placement.sse >= best->sse))
			*best = model.placement;
		kg_arena_free(arena);
		return;
	}
	for (now->at[j] = from; now->at[j] + rules->min_end < points->n; now->at[j]++)
		try_all(points, rules, now, j + 1, best);
}

/* Random walks, pure noise and small whole numbers (many ties), with and without weights. */
static void test_search_is_exact(void **state)
{
	struct kg_random random = kg_random_stream(11, 0, 0);
	struct kg_arena *arena = kg_arena_new(0);

	(void)state;
	for (size_t round = 0; round < 60; round++) {
		const struct kg_joinpoint_rules rules = { 3, 2, round % 3 };
		struct kg_placement best[KG_JOINPOINTS_MOST + 1];
		struct data data = { .points = { .n = 16 + round % 5, .x = data.x, .y = data.y } };
		double walk = 0;

		data.points.weight = round % 2 ? data.weight : NULL;

		for (size_t i = 0; i < data.points.n; i++) {
			walk += kg_random_normal(&random);
			data.x[i] = 2000 + (double)i + (round % 7 == 0 ? kg_random_uniform(&random) : 0);
			data.y[i] = round % 4 == 0   ? kg_random_below(&random, 3)
				    : round % 4 == 1 ? kg_random_normal(&random)
						     : walk;
			data.weight[i] = 0.1 + kg_random_uniform(&random);
		}
		assert_true(kg_joinpoint_search(&data.points, &rules, arena, best));
		for (size_t k = 1; k <= 3; k++) {
			struct kg_placement now = { .k = k }, slow = { .sse = INFINITY };

			try_all(&data.points, &rules, &now, 0, &slow);
			assert_true(fabs(best[k].sse - slow.sse) <= 1e-9 * slow.sse);
		}
	}
	kg_arena_free(arena);
}

/* The profile of a joinpoint is the least sum of squares of all placements with it there. */
static void test_profile(void **state)
{
	const struct kg_joinpoint_rules rules = { 2, 2, 2 };
	struct kg_random random = kg_random_stream(12, 0, 0);
	struct kg_arena *arena = kg_arena_new(0);
	struct data data = { .points = { .n = 15, .x = data.x, .y = data.y } };
	double profile[2 * 15];

	(void)state;
	for (size_t i = 0; i < 15; i++) {
		data.x[i] = (double)i;
		data.y[i] = kg_random_normal(&random) + fabs((double)i - 7);
	}
	assert_true(kg_joinpoint_profile(&data.points, &rules, 2, arena, profile));
	for (size_t at = 2; at < 10; at++) {
		double least = INFINITY;

		for (size_t other = at + 3; other < 13; other++) {
			const struct kg_placement both = { 2, { at, other }, 0 };
			struct kg_joinpoint_model model;

			assert_true(kg_joinpoint_fit(&data.points, &both, arena, &model));
			least = fmin(least, model.placement.sse);
		}
		kg_assert_digits(profile[at], least, 9, "profile");
	}
	assert_true(isnan(profile[1]) && isnan(profile[15 + 13]));
	kg_arena_free(arena);
}

/* NCI's counts of joinpoints by weighted BIC for eleven English series (its exported models). */
static void test_selection(void **state)
{
	static const struct {
		const char *series;
		int joinpoints;
	} chosen[] = {
		{ "breast_women_50plus_attributable", 1 },
		{ "breast_women_50plus_nonattributable", 0 },
		{ "breast_women_50plus", 0 },
		{ "colorectum_men_50plus_attributable", 2 },
		{ "colorectum_women_50plus_attributable", 1 },
		{ "colorectum_men_50plus_nonattributable", 2 },
		{ "colorectum_women_20_49_nonattributable", 0 },
		{ "colorectum_women_50plus_nonattributable", 2 },
		{ "colorectum_men_20_49", 0 },
		{ "colorectum_men_50plus", 2 },
		{ "colorectum_women_20_49", 0 },
	};
	struct kg_joinpoint_options own = { .rules = { SIZE_MAX, 2, 2 }, .comparability = { .ratio = NAN } };
	const struct kg_params params = { .conf_level = 0.95, .own = &own };
	struct kg_term term[64];

	(void)state;
	for (size_t i = 0; i < sizeof chosen / sizeof chosen[0]; i++) {
		struct kg_arena *arena = kg_arena_new(0);
		struct data data;
		struct kg_sample sample;
		int count = 0;

		read_data("nci_england_cancer", chosen[i].series, false, &data);
		sample = (struct kg_sample){ .n = data.points.n, .y = data.y, .x = data.x };
		for (size_t k = kg_stat_find("joinpoint", "joinpoint")->fit(&sample, &params, arena, term, 64); k--;)
			count += strncmp(term[k].term, "joinpoint_", 10) == 0;
		assert_int_equal(count, chosen[i].joinpoints);
		kg_arena_free(arena);
	}
}

/* One clear bend is found by the permutation test, none in noise; the same answer twice. */
static void test_permutation(void **state)
{
	const struct kg_joinpoint_options own = { .rules = { 2, 2, 2 }, .select = KG_SELECT_PERMUTATION };
	const struct kg_params params = { .conf_level = 0.95, .seed = 1, .permutations = 499, .own = &own };
	struct kg_random random = kg_random_stream(5, 0, 0);
	struct data data = { .points = { .n = 25, .x = data.x, .y = data.y } };
	struct kg_arena *arena = kg_arena_new(0);
	struct kg_placement best[KG_JOINPOINTS_MOST + 1];

	(void)state;
	for (int bends = 0; bends < 2; bends++) {
		for (size_t i = 0; i < 25; i++) {
			data.x[i] = (double)i;
			data.y[i] = kg_random_normal(&random) + bends * fabs((double)i - 12);
		}
		assert_true(kg_joinpoint_search(&data.points, &own.rules, arena, best));
		assert_int_equal(kg_joinpoint_permute(&data.points, &own.rules, &params, arena), bends);
		assert_int_equal(kg_joinpoint_permute(&data.points, &own.rules, &params, arena), bends);
	}
	kg_arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_cases),	    cmocka_unit_test(test_search_is_exact),
		cmocka_unit_test(test_profile),	    cmocka_unit_test(test_selection),
		cmocka_unit_test(test_permutation),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
