/* coverage_spatial: how often spatial tests at the level 0.05 reject where neighbours have nothing in common: on a
 * square of SIDE x SIDE places that adjoin by an edge. */
#include "coverage.h"
#include "stats/weights.h"

#define SIDE 10
#define PLACES (SIDE * SIDE)
#define LEVEL 0.05
#define SERIES 4000
#define RESAMPLED_SERIES 2000 /* where p comes from permutations; a tenth of it for local methods */
#define PERMUTATIONS 199

typedef void fill(struct kg_random *random, double *value, double *other, double *people);

static void draw_normal(struct kg_random *random, double *value, double *other, double *people)
{
	for (size_t i = 0; i < PLACES; i++) {
		value[i] = kg_random_normal(random);
		other[i] = 0.6 * value[i] + 0.8 * kg_random_normal(random);
		people[i] = 1;
	}
}

static void draw_skewed(struct kg_random *random, double *value, double *other, double *people)
{
	draw_normal(random, value, other, people);
	for (size_t i = 0; i < PLACES; i++)
		value[i] = exp(value[i]);
}

/* Counts of one rate in populations of 500 to 20,000. */
static void draw_counts(struct kg_random *random, double *value, double *other, double *people)
{
	for (size_t i = 0; i < PLACES; i++) {
		people[i] = 500 * exp(log(40) * kg_random_uniform(random));
		value[i] = kg_draw_count(random, 0.005 * people[i]);
		other[i] = 0;
	}
}

static void draw_binary(struct kg_random *random, double *value, double *other, double *people)
{
	for (size_t i = 0; i < PLACES; i++) {
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
} trials[] = {
	{ "moran", "normal values", draw_normal, 'W', KG_GREATER, 0, SERIES },
	{ "moran", "normal values, two-sided", draw_normal, 'W', KG_TWO_SIDED, 0, SERIES },
	{ "moran", "log-normal values", draw_skewed, 'W', KG_GREATER, 0, SERIES },
	{ "moran", "log-normal values, permuted", draw_skewed, 'W', KG_GREATER, PERMUTATIONS, RESAMPLED_SERIES },
	{ "moran-rank", "log-normal values", draw_skewed, 'W', KG_GREATER, 0, SERIES },
	{ "geary", "normal values", draw_normal, 'W', KG_GREATER, 0, SERIES },
	{ "geary", "normal values, permuted", draw_normal, 'W', KG_GREATER, PERMUTATIONS, RESAMPLED_SERIES },
	{ "eb-moran", "one rate, 500 to 20,000 people", draw_counts, 'W', KG_GREATER, PERMUTATIONS, RESAMPLED_SERIES },
	{ "join-count", "40 % ones", draw_binary, 'B', KG_GREATER, 0, SERIES },
	{ "join-count", "40 % ones, permuted", draw_binary, 'B', KG_GREATER, PERMUTATIONS, RESAMPLED_SERIES },
	{ "bivariate-moran", "correlation 0.6 in each place", draw_normal, 'W', KG_TWO_SIDED, PERMUTATIONS,
	  RESAMPLED_SERIES },
	{ "lee", "correlation 0.6 in each place", draw_normal, 'W', KG_TWO_SIDED, PERMUTATIONS, RESAMPLED_SERIES },
	{ "local-moran", "normal values, each place", draw_normal, 'W', KG_TWO_SIDED, 999, RESAMPLED_SERIES / 10 },
	{ "local-moran", "log-normal values, each place", draw_skewed, 'W', KG_TWO_SIDED, 999, RESAMPLED_SERIES / 10 },
	{ "getis-ord", "normal values, each place", draw_normal, 'B', KG_TWO_SIDED, 0, RESAMPLED_SERIES / 10 },
	{ "getis-ord", "log-normal values, each place, permuted", draw_skewed, 'B', KG_TWO_SIDED, 999,
	  RESAMPLED_SERIES / 10 },
	{ "local-join-count", "40 % ones, each place with one", draw_binary, 'B', KG_GREATER, 0,
	  RESAMPLED_SERIES / 10 },
};

static void lay_squares(struct kg_weights *weights, char style, struct kg_arena *arena)
{
	size_t *start = KG_ARRAY(arena, size_t, PLACES + 1), links = 0;
	uint32_t *to = KG_ARRAY(arena, uint32_t, 4 * PLACES);
	double *raw = KG_ARRAY(arena, double, 4 * PLACES);

	for (uint32_t i = 0; i < PLACES; i++) {
		if (i >= SIDE)
			to[links++] = i - SIDE;
		if (i % SIDE > 0)
			to[links++] = i - 1;
		if (i % SIDE < SIDE - 1)
			to[links++] = i + 1;
		if (i < PLACES - SIDE)
			to[links++] = i + SIDE;
		start[i + 1] = links;
	}
	for (size_t k = 0; k < links; k++)
		raw[k] = 1;
	*weights = (struct kg_weights){ .n = PLACES, .start = start, .to = to };
	kg_weights_style(weights, raw, style, arena);
}

/* Adds the tests of one series: the first term of a global method, each place of a local one. */
static void add_tests(const struct trial *trial, const struct kg_weights *weights, size_t series, size_t *tests,
		      size_t *rejected)
{
	struct kg_arena *arena = kg_arena_new(0);
	struct kg_random random = kg_random_stream(1, 77, (uint32_t)series);
	struct kg_spatial_own own = { weights, trial->alternative };
	const struct kg_stat *stat = kg_stat_find("spatial", trial->method);
	double value[PLACES], other[PLACES], people[PLACES];
	struct kg_sample sample = { .n = PLACES, .y = value, .exposure = people };
	struct kg_params params = { .conf_level = 0.95,
				    .seed = 2,
				    .stream = (uint32_t)series,
				    .permutations = trial->permutations,
				    .threads = 1,
				    .own = &own };
	struct kg_term *term = KG_ARRAY(arena, struct kg_term, PLACES + 8);
	size_t count;

	trial->draw(&random, value, other, people);
	sample.x = stat->needs & KG_NEEDS_X ? other : NULL;
	count = stat->fit(&sample, &params, arena, term, PLACES + 8);
	for (size_t k = 0; k < (count == PLACES ? PLACES : 1); k++) {
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

		lay_squares(&weights, trials[t].style, arena);
		for (size_t series = 0; series < trials[t].series; series++)
			add_tests(&trials[t], &weights, series, &tests, &rejected);
		printf("| spatial | %s | %s | %d | %zu | %.3f |\n", trials[t].method, trials[t].setting, PLACES, tests,
		       (double)rejected / (double)tests);
		fflush(stdout);
	}
	kg_arena_free(arena);
	return 0;
}
