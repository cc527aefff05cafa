/* coverage_places: how often 95 % limits of ranks hold the true rank of a place, and how many places that differ from
 * the target by chance alone, or by as much more as the funnel is told of, lie within its limits. */
#include "coverage.h"

#include "stats/funnel.h"
#include "stats/rank.h"

#define PLACES 50
#define RANKED 200 /* maps */
#define FUNNELS 400

struct map {
	double y[PLACES], count[PLACES], exposure[PLACES], error[PLACES], truth[PLACES];
};

struct ranking {
	const char *name;
	double events; /* on average; 0: values with standard errors */
	int shape;     /* of the gamma distribution of true rates */
};

static void draw_ranked(const struct ranking *ranking, struct kg_random *random, struct map *map)
{
	for (size_t i = 0; i < PLACES; i++) {
		map->truth[i] = kg_draw_gamma(random, ranking->shape);
		map->exposure[i] = ranking->events;
		map->count[i] = kg_draw_count(random, ranking->events * map->truth[i]);
		map->error[i] = 0.1;
		map->y[i] = ranking->events > 0 ? map->count[i] / ranking->events
						: map->truth[i] + 0.1 * kg_random_normal(random);
	}
}

static double find_rank(const double *value, size_t of)
{
	double rank = 1;

	for (size_t i = 0; i < PLACES; i++)
		rank += value[i] > value[of];
	return rank;
}

static void run_ranking(const struct ranking *ranking, const char *method, uint32_t at)
{
	const struct kg_stat *stat = kg_stat_find("rank", method);
	bool quantile = strcmp(method, "rank") != 0;
	struct kg_arena *arena = kg_arena_new(0);
	struct kg_arena_mark mark = kg_arena_mark(arena);
	struct kg_tally tally = { 0, 0 };

	for (size_t r = 0; r < RANKED; r++) {
		struct kg_random random = kg_random_stream(8, at, (uint32_t)r);
		struct map map;
		struct kg_rank own = { .quantiles = 5, .exposure = map.exposure };
		struct kg_sample sample = { .n = PLACES, .y = map.y };
		struct kg_params params = { .conf_level = 0.95, .seed = 1, .stream = (uint32_t)r, .own = &own };
		struct kg_term term[PLACES];

		draw_ranked(ranking, &random, &map);
		own.count = ranking->events > 0 ? map.count : NULL;
		own.std_error = ranking->events > 0 ? NULL : map.error;
		stat->fit(&sample, &params, arena, term, PLACES);
		for (size_t i = 0; i < PLACES; i++) {
			double rank = find_rank(map.truth, i), truth = quantile ? ceil(rank * 5 / PLACES) : rank;

			tally.with++;
			tally.within += term[i].conf_low <= truth && truth <= term[i].conf_high;
		}
		kg_arena_rewind(arena, mark);
	}
	kg_arena_free(arena);
	printf("| rank | %s | %s | %s | %d | %zu | %.3f |\n", method, quantile ? "quantile" : "rank", ranking->name,
	       PLACES, tally.with, (double)tally.within / (double)tally.with);
	fflush(stdout);
}

struct funnel {
	const char *method, *name;
	const struct kg_funnel_method *of;
	double people, p; /* p: target */
	int shape;	  /* true rates vary by a gamma distribution of this shape; 0: not at all */
	enum kg_overdispersion how;
};

static void draw_funnel(const struct funnel *funnel, struct kg_random *random, struct map *map)
{
	for (size_t i = 0; i < PLACES; i++) {
		double rate = funnel->p * (funnel->shape ? kg_draw_gamma(random, funnel->shape) : 1);

		map->exposure[i] = round(funnel->people * (0.5 + kg_random_uniform(random)));
		map->count[i] = 0;
		if (!funnel->of->proportion)
			map->count[i] = kg_draw_count(random, map->exposure[i] * rate);
		for (size_t k = 0; funnel->of->proportion && k < (size_t)map->exposure[i]; k++)
			map->count[i] += kg_random_uniform(random) < rate;
	}
}

static void run_funnel(const struct funnel *funnel, uint32_t at)
{
	struct kg_arena *arena = kg_arena_new(0);
	size_t places = 0, inner = 0, outer = 0;

	for (size_t r = 0; r < FUNNELS; r++) {
		struct kg_random random = kg_random_stream(9, at, (uint32_t)r);
		struct map map;
		struct kg_sample sample = { .n = PLACES, .y = map.count, .exposure = map.exposure };
		struct kg_funnel_spread spread;

		draw_funnel(funnel, &random, &map);
		spread = kg_funnel_spread_make(funnel->of, &sample, funnel->p, arena);
		for (size_t i = 0; i < PLACES; i++) {
			struct kg_funnel_place place = kg_funnel_place_make(funnel->of, map.count[i], map.exposure[i],
									    funnel->p, &spread, funnel->how);

			places++;
			inner += place.value >= place.limit_95.low && place.value <= place.limit_95.high;
			outer += place.value >= place.limit_998.low && place.value <= place.limit_998.high;
		}
	}
	kg_arena_free(arena);
	printf("| funnel | %s | %s | %d | %zu | %.3f | %.4f |\n", funnel->method, funnel->name, PLACES, places,
	       (double)inner / (double)places, (double)outer / (double)places);
	fflush(stdout);
}

int main(void)
{
	static const struct ranking ranking[] = { { "5 events each", 5, 5 },
						  { "50 events each", 50, 5 },
						  { "50 events each, rates little apart", 50, 50 },
						  { "values with standard errors", 0, 20 } };
	const struct kg_funnel_method *const poisson = &kg_funnel_method_poisson, *const normal = &kg_funnel_method_normal;
	const struct kg_funnel_method *const binomial = &kg_funnel_method_binomial;
	const struct kg_funnel_method *const wilson = &kg_funnel_method_wilson;
	const struct funnel funnel[] = {
		{ "poisson", "5 events each", poisson, 500, 0.01, 0, KG_DISPERSION_NONE },
		{ "poisson", "50 events each", poisson, 5000, 0.01, 0, KG_DISPERSION_NONE },
		{ "poisson", "50 events, overdispersed, not told", poisson, 5000, 0.01, 30, KG_DISPERSION_NONE },
		{ "poisson", "50 events, overdispersed, multiplicative", poisson, 5000, 0.01, 30,
		  KG_DISPERSION_MULTIPLICATIVE },
		{ "poisson", "50 events, overdispersed, additive", poisson, 5000, 0.01, 30, KG_DISPERSION_ADDITIVE },
		{ "normal", "5 events each", normal, 500, 0.01, 0, KG_DISPERSION_NONE },
		{ "normal", "50 events each", normal, 5000, 0.01, 0, KG_DISPERSION_NONE },
		{ "binomial", "p 0.1 of 50", binomial, 50, 0.1, 0, KG_DISPERSION_NONE },
		{ "binomial", "p 0.3 of 200", binomial, 200, 0.3, 0, KG_DISPERSION_NONE },
		{ "wilson", "p 0.1 of 50", wilson, 50, 0.1, 0, KG_DISPERSION_NONE },
		{ "wilson", "p 0.3 of 200", wilson, 200, 0.3, 0, KG_DISPERSION_NONE },
	};

	gsl_set_error_handler_off();
	puts("| program | method | term | setting | n | intervals | coverage |");
	puts("| --- | --- | --- | --- | ---: | ---: | ---: |");
	for (uint32_t k = 0; k < sizeof ranking / sizeof ranking[0]; k++) {
		run_ranking(&ranking[k], "rank", k);
		run_ranking(&ranking[k], "quantile", k);
	}
	puts("\n| program | method | setting | n | places | within 95 % | within 99.8 % |");
	puts("| --- | --- | --- | ---: | ---: | ---: | ---: |");
	for (uint32_t k = 0; k < sizeof funnel / sizeof funnel[0]; k++)
		run_funnel(&funnel[k], k);
	return 0;
}
