/* coverage_smooth: how often 95 % limits of smoothed rates hold the true rate of a place. True rates are gamma
 * distributed; on the map of 10 x 10 places, each beside up to eight, their mean rises threefold from one side to the
 * other. */
#include "coverage.h"

#include <stdlib.h>

#include "stats/smooth_doubt.h"

#define INTERVALS 8000
#define SIDE 10
#define MOST (SIDE * SIDE)
#define SHAPE 5

struct setting {
	const char *method, *name;
	size_t places;
	double events;
	bool uneven; /* populations differ up to twelvefold */
};

struct map {
	double y[MOST], exposure[MOST], truth[MOST], mean[MOST];
	size_t first[MOST + 1], of[8 * MOST];
	struct kg_smooth_prior prior[MOST], without[MOST];
};

static void link_squares(struct map *map)
{
	size_t count = 0;

	for (int i = 0; i < MOST; i++) {
		map->first[i] = count;
		for (int j = 0; j < MOST; j++)
			if (i != j && abs(i % SIDE - j % SIDE) <= 1 && abs(i / SIDE - j / SIDE) <= 1)
				map->of[count++] = (size_t)j;
	}
	map->first[MOST] = count;
}

static void draw_map(const struct setting *setting, bool local, struct kg_random *random, struct map *map)
{
	for (size_t i = 0; i < setting->places; i++) {
		double rise = local ? (1 + 2 * (double)(i % SIDE) / (SIDE - 1)) / 2 : 1;
		double size = setting->uneven ? exp(2.5 * (kg_random_uniform(random) - 0.5)) / 1.28 : 1;

		map->exposure[i] = 100 * setting->events * size;
		map->truth[i] = 0.01 * rise * kg_draw_gamma(random, SHAPE);
		map->y[i] = kg_draw_count(random, map->exposure[i] * map->truth[i]);
	}
}

/* Prior of place i and, into `without`, those with one place left out; returns how many. */
static size_t find_prior(const struct setting *setting, const struct kg_sample *sample, struct map *map, size_t i)
{
	const struct kg_smooth_neighbours neighbours = { map->first, map->of };
	const double *about = strcmp(setting->method, "eb-local") == 0 ? map->mean : NULL;

	if (strcmp(setting->method, "eb-global") == 0) {
		map->prior[i] = kg_smooth_global(sample);
		kg_smooth_global_without(sample, map->without);
		return sample->n;
	}
	for (size_t j = 0; j < sample->n && i == 0; j++)
		map->mean[j] = kg_smooth_local(sample, &neighbours, j, NULL).mean;
	map->prior[i] = kg_smooth_local(sample, &neighbours, i, about);
	kg_smooth_local_without(sample, &neighbours, i, about, map->without);
	return 1 + map->first[i + 1] - map->first[i];
}

static void add_term(const struct kg_term *term, double truth, struct kg_tally *tally)
{
	if (isnan(term->conf_low))
		return;
	tally->with++;
	tally->within += truth >= term->conf_low && truth <= term->conf_high;
}

static void run_setting(const struct setting *setting, uint32_t at)
{
	const struct kg_params params = { .conf_level = 0.95, .multiplier = 1 };
	static const char *const name[] = { "jackknife", "posterior" };
	static struct map map;
	struct kg_tally tally[2] = { { 0, 0 }, { 0, 0 } };

	link_squares(&map);
	for (size_t r = 0; r < INTERVALS / setting->places; r++) {
		struct kg_random random = kg_random_stream(5, at, (uint32_t)r);
		const struct kg_sample sample = { .n = setting->places, .y = map.y, .exposure = map.exposure };

		draw_map(setting, strcmp(setting->method, "eb-global") != 0, &random, &map);
		for (size_t i = 0; i < sample.n; i++) {
			size_t k = find_prior(setting, &sample, &map, i);
			double y = map.y[i], n = map.exposure[i];
			double doubt = kg_smooth_doubt(&map.prior[i], map.without, k, y, n);
			double known = kg_smooth_variance(&map.prior[i], y, n);
			struct kg_term term = kg_smooth_term(&map.prior[i], y, n, doubt, &params);

			add_term(&term, map.truth[i], &tally[0]);
			term = kg_smooth_term(&map.prior[i], y, n, known, &params);
			add_term(&term, map.truth[i], &tally[1]);
		}
	}
	for (int k = 0; k < 2; k++)
		printf("| smooth | %s | rate | %s, %s | %zu | %zu | %.3f |\n", setting->method, setting->name, name[k],
		       setting->places, tally[k].with, (double)tally[k].within / (double)tally[k].with);
	fflush(stdout);
}

int main(void)
{
	static const struct setting setting[] = {
		{ "eb-global", "10 events each", 20, 10, false },
		{ "eb-global", "10 events each", 100, 10, false },
		{ "eb-global", "3 events each", 20, 3, false },
		{ "eb-global", "1 event each", 100, 1, false },
		{ "eb-global", "3 to 37 events", 20, 10, true },
		{ "eb-global", "3 to 37 events", 100, 10, true },
		{ "eb-local", "10 events each", MOST, 10, false },
		{ "eb-local", "100 events each", MOST, 100, false },
		{ "eb-local", "3 to 37 events", MOST, 10, true },
		{ "eb-local-window", "10 events each", MOST, 10, false },
		{ "eb-local-window", "100 events each", MOST, 100, false },
		{ "eb-local-window", "3 to 37 events", MOST, 10, true },
	};

	puts("| program | method | term | setting | n | intervals | coverage |");
	puts("| --- | --- | --- | --- | ---: | ---: | ---: |");
	for (size_t k = 0; k < sizeof setting / sizeof setting[0]; k++)
		run_setting(&setting[k], (uint32_t)k);
	return 0;
}
