/* coverage_spatial: how often spatial tests at the level 0.05 reject where neighbours have nothing in common: on a
 * square of places that adjoin by an edge, or all that are at most some steps away. */
#include <stdlib.h>

#include "coverage.h"
#include "stats/weights.h"

#define SIDE 10
#define SIDE_MOST 40
#define PLACES_MOST (SIDE_MOST * SIDE_MOST)
#define LEVEL 0.05
#define SERIES 4000
#define RESAMPLED_SERIES 2000 /* where p comes from permutations; a tenth of it for local methods */
#define PERMUTATIONS 199

typedef void fill(struct kg_random *random, size_t places, double *value, double *other, double *people);

static void draw_normal(struct kg_random *random, size_t places, double *value, double *other, double *people)
{
	for (size_t i = 0; i < places; i++) {
		value[i] = kg_random_normal(random);
		other[i] = 0.6 * value[i] + 0.8 * kg_random_normal(random);
		people[i] = 1;
	}
}

static void draw_skewed(struct kg_random *random, size_t places, double *value, double *other, double *people)
{
	draw_normal(random, places, value, other, people);
	for (size_t i = 0; i < places; i++)
		value[i] = exp(value[i]);
}

/* Counts of one rate in populations of 500 to 20,000. */
static void draw_counts(struct kg_random *random, size_t places, double *value, double *other, double *people)
{
	for (size_t i = 0; i < places; i++) {
		people[i] = 500 * exp(log(40) * kg_random_uniform(random));
		value[i] = kg_draw_count(random, 0.005 * people[i]);
		other[i] = 0;
	}
}

static void draw_binary(struct kg_random *random, size_t places, double *value, double *other, double *people)
{
	for (size_t i = 0; i < places; i++) {
		value[i] = kg_random_uniform(random) < 0.4;
		other[i] = 0;
		people[i] = 1;
	}
}

static const struct trial {
	const char *method, *setting;
	fill *draw;
	char style;
	enum kg_alternative alternative;
	size_t permutations, series;
	uint32_t side;	/* 0: SIDE */
	uint32_t reach; /* 0: neighbours across an edge; k: all up to k steps along either side */
} trials[] = {
	{ "moran", "normal values", draw_normal, 'W', KG_GREATER, 0, .series = SERIES },
	{ "moran", "normal values, two-sided", draw_normal, 'W', KG_TWO_SIDED, 0, .series = SERIES },
	{ "moran", "log-normal values", draw_skewed, 'W', KG_GREATER, 0, .series = SERIES },
	{ "moran", "log-normal values, permuted", draw_skewed, 'W', KG_GREATER, PERMUTATIONS,
	  .series = RESAMPLED_SERIES },
	{ "moran-rank", "log-normal values", draw_skewed, 'W', KG_GREATER, 0, .series = SERIES },
	{ "geary", "normal values", draw_normal, 'W', KG_GREATER, 0, .series = SERIES },
	{ "geary", "normal values, permuted", draw_normal, 'W', KG_GREATER, PERMUTATIONS, .series = RESAMPLED_SERIES },
	{ "eb-moran", "one rate, 500 to 20,000 people", draw_counts, 'W', KG_GREATER, PERMUTATIONS,
	  .series = RESAMPLED_SERIES },
	{ "join-count", "40 % ones", draw_binary, 'B', KG_GREATER, 0, .series = SERIES },
	{ "join-count", "40 % ones, permuted", draw_binary, 'B', KG_GREATER, PERMUTATIONS, .series = RESAMPLED_SERIES },
	{ "join-count", "40 % ones, permuted", draw_binary, 'B', KG_GREATER, PERMUTATIONS, .series = RESAMPLED_SERIES,
	  .side = 20 },
	{ "join-count", "40 % ones, permuted", draw_binary, 'B', KG_GREATER, PERMUTATIONS, .series = RESAMPLED_SERIES,
	  .side = 30 },
	{ "bivariate-moran", "correlation 0.6 in each place", draw_normal, 'W', KG_TWO_SIDED, PERMUTATIONS,
	  .series = RESAMPLED_SERIES },
	{ "lee", "correlation 0.6 in each place", draw_normal, 'W', KG_TWO_SIDED, PERMUTATIONS,
	  .series = RESAMPLED_SERIES },
	{ "local-moran", "normal values, each place", draw_normal, 'W', KG_TWO_SIDED, 999,
	  .series = RESAMPLED_SERIES / 10 },
	{ "local-moran", "log-normal values, each place", draw_skewed, 'W', KG_TWO_SIDED, 999,
	  .series = RESAMPLED_SERIES / 10 },
	{ "getis-ord", "normal values, each place", draw_normal, 'B', KG_TWO_SIDED, 0,
	  .series = RESAMPLED_SERIES / 10 },
	{ "getis-ord", "log-normal values, each place, permuted", draw_skewed, 'B', KG_TWO_SIDED, 999,
	  .series = RESAMPLED_SERIES / 10 },
	{ "local-join-count", "40 % ones, each place with one", draw_binary, 'B', KG_GREATER, 0,
	  .series = RESAMPLED_SERIES / 10 },
	{ "local-join-count", "40 % ones, 24 neighbours", draw_binary, 'B', KG_GREATER, 0,
	  .series = RESAMPLED_SERIES / 10, .side = 20, .reach = 2 },
	{ "local-join-count", "40 % ones, 224 neighbours", draw_binary, 'B', KG_GREATER, 0,
	  .series = RESAMPLED_SERIES / 10, .side = 40, .reach = 7 },
};

static bool is_neighbour(uint32_t side, uint32_t reach, uint32_t i, uint32_t j)
{
	uint32_t across = (uint32_t)abs((int)(i % side) - (int)(j % side));
	uint32_t along = (uint32_t)abs((int)(i / side) - (int)(j / side));

	return i != j && (reach ? across <= reach && along <= reach : across + along == 1);
}

static void lay_squares(struct kg_weights *weights, const struct trial *trial, struct kg_arena *arena)
{
	uint32_t side = trial->side ? trial->side : SIDE, places = side * side, most = 2 * trial->reach + 1;
	size_t *start = KG_ARRAY(arena, size_t, places + 1), links = 0;
	uint32_t *to = KG_ARRAY(arena, uint32_t, (size_t)places * (most * most + 4));
	double *raw = KG_ARRAY(arena, double, (size_t)places *(most * most + 4));

	for (uint32_t i = 0; i < places; i++) {
		for (uint32_t j = 0; j < places; j++)
			if (is_neighbour(side, trial->reach, i, j))
				to[links++] = j;
		start[i + 1] = links;
	}
	for (size_t k = 0; k < links; k++)
		raw[k] = 1;
	*weights = (struct kg_weights){ .n = places, .start = start, .to = to };
	kg_weights_style(weights, raw, trial->style, arena);
}

/* Adds the tests of one series: the first term of a global method, each place of a local one. */
static void add_tests(const struct trial *trial, const struct kg_weights *weights, size_t series, size_t *tests,
		      size_t *rejected)
{
	struct kg_arena *arena = kg_arena_new(0);
	struct kg_random random = kg_random_stream(1, 77, (uint32_t)series);
	struct kg_spatial_own own = { weights, trial->alternative };
	const struct kg_stat *stat = kg_stat_find("spatial", trial->method);
	size_t places = weights->n;
	double value[PLACES_MOST], other[PLACES_MOST], people[PLACES_MOST];
	struct kg_sample sample = { .n = places, .y = value, .exposure = people };
	struct kg_params params = { .conf_level = 0.95,
				    .seed = 2,
				    .stream = (uint32_t)series,
				    .permutations = trial->permutations,
				    .threads = 1,
				    .own = &own };
	struct kg_term *term = KG_ARRAY(arena, struct kg_term, places + 8);
	size_t count;

	trial->draw(&random, places, value, other, people);
	sample.x = stat->needs & KG_NEEDS_X ? other : NULL;
	count = stat->fit(&sample, &params, arena, term, places + 8);
	for (size_t k = 0; k < (count == places ? places : 1); k++) {
		*tests += !isnan(term[k].p_value);
		*rejected += term[k].p_value <= LEVEL;
	}
	kg_arena_free(arena);
}

int main(void)
{
	struct kg_arena *arena = kg_arena_new(0);

	puts("| program | method | setting | places | tests | rejected at 0.05 |");
	puts("| --- | --- | --- | ---: | ---: | ---: |");
	for (size_t t = 0; t < sizeof trials / sizeof trials[0]; t++) {
		size_t tests = 0, rejected = 0;
		struct kg_weights weights;

		lay_squares(&weights, &trials[t], arena);
		for (size_t series = 0; series < trials[t].series; series++)
			add_tests(&trials[t], &weights, series, &tests, &rejected);
		printf("| spatial | %s | %s | %zu | %zu | %.3f |\n", trials[t].method, trials[t].setting, weights.n,
		       tests, (double)rejected / (double)tests);
		fflush(stdout);
	}
	kg_arena_free(arena);
	return 0;
}
