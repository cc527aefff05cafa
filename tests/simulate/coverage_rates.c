/* coverage_rates: how often 95 % intervals of rates, proportions, their contrasts and standardised rates
 * hold the truth. */
#include "coverage.h"

#include "stats/standard.h"

#define SERIES 4000
#define PLACES 5
#define STRATA 5

struct draw {
	double y[PLACES], x[PLACES], exposure[PLACES], weight[PLACES];
	size_t n;
	const void *own;
	struct kg_direct pair[2];
	double crude;
};

/* Sizes and chances of one setting; what they mean is the filler's. */
struct setting {
	const char *name;
	double n[2], p[2];
};

struct trial {
	const char *family, *term; /* every method of the family is tried */
	void (*fill)(struct kg_random *random, const struct setting *setting, struct draw *draw);
	double (*truth)(const struct setting *setting);
	struct setting setting;
};

/* Successes among n. */
static double draw_successes(struct kg_random *random, double n, double p)
{
	double count = 0;

	for (size_t i = 0; i < (size_t)n; i++)
		count += kg_random_uniform(random) < p;
	return count;
}

static void fill_rate(struct kg_random *random, const struct setting *setting, struct draw *draw)
{
	draw->n = 1;
	draw->y[0] = kg_draw_count(random, setting->n[0] * setting->p[0]);
	draw->exposure[0] = setting->n[0];
}

static void fill_proportion(struct kg_random *random, const struct setting *setting, struct draw *draw)
{
	draw->n = 1;
	draw->y[0] = draw_successes(random, setting->n[0], setting->p[0]);
	draw->exposure[0] = setting->n[0];
}

static void fill_two_rates(struct kg_random *random, const struct setting *setting, struct draw *draw)
{
	draw->n = 2;
	for (size_t i = 0; i < 2; i++) {
		draw->y[i] = kg_draw_count(random, setting->n[i] * setting->p[i]);
		draw->exposure[i] = setting->n[i];
	}
}

static void fill_two_proportions(struct kg_random *random, const struct setting *setting, struct draw *draw)
{
	draw->n = 2;
	for (size_t i = 0; i < 2; i++) {
		draw->y[i] = draw_successes(random, setting->n[i], setting->p[i]);
		draw->exposure[i] = setting->n[i];
	}
}

static double take_one(const struct setting *setting)
{
	return setting->p[0];
}

static double take_difference(const struct setting *setting)
{
	return setting->p[0] - setting->p[1];
}

static double take_ratio(const struct setting *setting)
{
	return setting->p[0] / setting->p[1];
}

/* Five ages whose rates rise fourfold and whose people thin out, against a standard that does not. */
static void fill_strata(struct kg_random *random, const struct setting *setting, size_t which, struct draw *draw)
{
	draw->n = STRATA;
	for (size_t s = 0; s < STRATA; s++) {
		draw->exposure[s] = setting->n[which] * (double)(STRATA - s);
		draw->weight[s] = 1;
		draw->y[s] = kg_draw_count(random, draw->exposure[s] * setting->p[which] * pow(2, (double)s / 2));
	}
}

static double take_standardised(const struct setting *setting)
{
	double sum = 0;

	for (size_t s = 0; s < STRATA; s++)
		sum += setting->p[0] * pow(2, (double)s / 2);
	return sum / STRATA;
}

static void fill_direct(struct kg_random *random, const struct setting *setting, struct draw *draw)
{
	fill_strata(random, setting, 0, draw);
	memcpy(draw->x, draw->y, sizeof draw->x);
}

static void fill_indirect(struct kg_random *random, const struct setting *setting, struct draw *draw)
{
	fill_strata(random, setting, 0, draw);
	for (size_t s = 0; s < STRATA; s++)
		draw->weight[s] = setting->p[0] * pow(2, (double)s / 2);
	draw->crude = setting->p[0];
	draw->own = &draw->crude;
}

static double take_unity(const struct setting *setting)
{
	(void)setting;
	return 1;
}

static void fill_direct_pair(struct kg_random *random, const struct setting *setting, struct draw *draw)
{
	for (size_t k = 0; k < 2; k++) {
		const struct kg_sample sample = {
			.n = STRATA, .y = draw->y, .exposure = draw->exposure, .weight = draw->weight
		};

		fill_strata(random, setting, k, draw);
		if (kg_direct_make(&sample, &draw->pair[k]) != KG_WHY_NONE)
			draw->pair[k].rate = 0;
	}
	draw->own = draw->pair;
}

static const struct trial trials[] = {
	{ "participation", "rate", fill_rate, take_one, { "2 events", { 1000, 0 }, { 0.002, 0 } } },
	{ "participation", "rate", fill_rate, take_one, { "10 events", { 1000, 0 }, { 0.01, 0 } } },
	{ "participation", "rate", fill_rate, take_one, { "100 events", { 1000, 0 }, { 0.1, 0 } } },
	{ "proportion", "proportion", fill_proportion, take_one, { "p 0.1", { 20, 0 }, { 0.1, 0 } } },
	{ "proportion", "proportion", fill_proportion, take_one, { "p 0.5", { 20, 0 }, { 0.5, 0 } } },
	{ "proportion", "proportion", fill_proportion, take_one, { "p 0.02", { 200, 0 }, { 0.02, 0 } } },
	{ "proportion", "proportion", fill_proportion, take_one, { "p 0.3", { 200, 0 }, { 0.3, 0 } } },
	{ "compare",
	  "difference",
	  fill_two_proportions,
	  take_difference,
	  { "0.1 and 0.2", { 20, 30 }, { 0.1, 0.2 } } },
	{ "compare",
	  "difference",
	  fill_two_proportions,
	  take_difference,
	  { "0.3 and 0.4", { 100, 80 }, { 0.3, 0.4 } } },
	{ "compare", "ratio", fill_two_proportions, take_ratio, { "0.1 and 0.2", { 20, 30 }, { 0.1, 0.2 } } },
	{ "compare", "ratio", fill_two_proportions, take_ratio, { "0.3 and 0.4", { 100, 80 }, { 0.3, 0.4 } } },
	{ "rate-ratio",
	  "difference",
	  fill_two_rates,
	  take_difference,
	  { "5 and 8 events", { 500, 400 }, { 0.01, 0.02 } } },
	{ "rate-ratio",
	  "ratio",
	  fill_two_rates,
	  take_ratio,
	  { "5 and 8 events", { 500, 400 }, { 0.01, 0.02 } } },
	{ "rate-ratio",
	  "ratio",
	  fill_two_rates,
	  take_ratio,
	  { "50 and 80 events", { 5000, 4000 }, { 0.01, 0.02 } } },
	{ "standardise",
	  "rate",
	  fill_direct,
	  take_standardised,
	  { "about 15 events", { 500, 0 }, { 0.001, 0 } } },
	{ "standardise",
	  "rate",
	  fill_direct,
	  take_standardised,
	  { "about 150 events", { 5000, 0 }, { 0.001, 0 } } },
	{ "standardised-ratio",
	  "ratio",
	  fill_direct_pair,
	  take_ratio,
	  { "about 15 and 30", { 500, 500 }, { 0.001, 0.002 } } },
	{ "standardised-ratio",
	  "ratio",
	  fill_direct_pair,
	  take_ratio,
	  { "about 150 and 300", { 5000, 5000 }, { 0.001, 0.002 } } },
	{ "indirect", "ratio", fill_indirect, take_unity, { "about 5 events", { 150, 0 }, { 0.001, 0 } } },
	{ "indirect", "ratio", fill_indirect, take_unity, { "about 50 events", { 1500, 0 }, { 0.001, 0 } } },
};

static void try_once(const struct trial *trial, const struct kg_stat *stat, size_t replicate, struct kg_arena *arena,
		     struct kg_tally *tally)
{
	struct kg_random random = kg_random_stream(4, (uint32_t)(trial - trials), (uint32_t)replicate);
	struct draw draw = { 0 };
	double truth = trial->truth(&trial->setting);
	struct kg_term term[KG_TRIAL_TERMS];
	size_t count;

	trial->fill(&random, &trial->setting, &draw);
	const struct kg_sample sample = { .n = draw.n,
					  .y = draw.y,
					  .x = draw.x,
					  .exposure = draw.exposure,
					  .weight = trial->family[0] == 'p' ? NULL : draw.weight };
	const struct kg_params params = { .conf_level = 0.95,
					  .multiplier = 1,
					  .seed = 1,
					  .stream = (uint32_t)replicate,
					  .threads = 1,
					  .own = draw.own };

	count = stat->fit(&sample, &params, arena, term, KG_TRIAL_TERMS);
	for (size_t k = 0; k < count; k++) {
		if (strcmp(term[k].term, trial->term) != 0 || (isnan(term[k].conf_low) && isnan(term[k].conf_high)))
			continue;
		tally->with++;
		tally->within += !(truth < term[k].conf_low) && !(truth > term[k].conf_high);
	}
}

static void run_trial(const struct trial *trial, const struct kg_stat *stat)
{
	struct kg_arena *arena = kg_arena_new(0);
	struct kg_arena_mark mark = kg_arena_mark(arena);
	struct kg_tally tally = { 0, 0 };

	for (size_t r = 0; r < SERIES; r++) {
		try_once(trial, stat, r, arena, &tally);
		kg_arena_rewind(arena, mark);
	}
	kg_arena_free(arena);
	if (tally.with)
		printf("| %s | %s | %s | %s | %g | %zu | %.3f |\n", trial->family, stat->id, trial->term,
		       trial->setting.name, trial->setting.n[0], tally.with, (double)tally.within / (double)tally.with);
}

int main(void)
{
	size_t nstat;
	const struct kg_stat *const *stat = kg_stat_all(&nstat);

	gsl_set_error_handler_off();
	puts("| program | method | term | setting | n | intervals | coverage |");
	puts("| --- | --- | --- | --- | ---: | ---: | ---: |");
	for (size_t t = 0; t < sizeof trials / sizeof trials[0]; t++)
		for (size_t i = 0; i < nstat; i++)
			if (strcmp(stat[i]->program, trials[t].family) == 0 && stat[i]->fit)
				run_trial(&trials[t], stat[i]);
	return 0;
}
