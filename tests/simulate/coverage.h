/* coverage: how often 95 % intervals hold the truth, in data made as each method assumes. A family lists its trials in
 * coverage_<family>.c; the random streams are fixed, so the table is the same every time. */
#ifndef KG_TESTS_COVERAGE_H
#define KG_TESTS_COVERAGE_H

#include <gsl/gsl_errno.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/random.h"
#include "stats/stat.h"

#define KG_SERIES_MOST 400
#define KG_TRIAL_SERIES 4000
#define KG_TRIAL_TERMS 64

struct kg_trial_series {
	size_t n;
	double x[KG_SERIES_MOST], y[KG_SERIES_MOST], exposure[KG_SERIES_MOST], weight[KG_SERIES_MOST];
	uint32_t cluster[KG_SERIES_MOST];
	bool population, weighted;
};

typedef void kg_trial_fill(struct kg_random *random, struct kg_trial_series *series);

struct kg_trial {
	const char *program, *method, *term, *setting;
	kg_trial_fill *fill;
	size_t n;
	double truth;
	const void *own;
	size_t replicates; /* not 0: limits are resampled, on a quarter of the series */
	enum kg_covariance covariance;
};

/* Poisson count: products of uniform numbers, in parts of mean 30. */
static inline double kg_draw_count(struct kg_random *random, double mean)
{
	double count = 0;

	for (;; mean -= 30) {
		double product = 1, left = exp(-fmin(mean, 30));

		while ((product *= kg_random_uniform(random)) > left)
			count++;
		if (mean <= 30)
			return count;
	}
}

/* Gamma of whole-numbered shape with mean 1. */
static inline double kg_draw_gamma(struct kg_random *random, int shape)
{
	double sum = 0;

	for (int i = 0; i < shape; i++)
		sum -= log(kg_random_uniform(random));
	return sum / shape;
}

struct kg_tally {
	size_t with, within;
};

static inline void kg_trial_once(const struct kg_trial *trial, struct kg_random *random, size_t replicate,
				 struct kg_arena *arena, struct kg_tally *tally)
{
	const struct kg_params params = { .conf_level = 0.95,
					  .seed = 1,
					  .stream = (uint32_t)replicate,
					  .replicates = trial->replicates,
					  .covariance = trial->covariance,
					  .period_noun = "year",
					  .own = trial->own };
	struct kg_trial_series series = { .n = trial->n };
	struct kg_term term[KG_TRIAL_TERMS];
	struct kg_sample sample = { .n = trial->n, .y = series.y, .x = series.x, .cluster = series.cluster };
	size_t count;

	for (size_t i = 0; i < series.n; i++)
		series.x[i] = (double)i;
	trial->fill(random, &series);
	sample.exposure = series.population ? series.exposure : NULL;
	sample.weight = series.weighted ? series.weight : NULL;
	count = kg_stat_find(trial->program, trial->method)->fit(&sample, &params, arena, term, KG_TRIAL_TERMS);
	for (size_t k = 0; k < count; k++) {
		if (strcmp(term[k].term, trial->term) != 0 || (isnan(term[k].conf_low) && isnan(term[k].conf_high)))
			continue;
		tally->with++;
		tally->within += !(trial->truth < term[k].conf_low) && !(trial->truth > term[k].conf_high);
	}
}

static inline void kg_trials_run(const struct kg_trial *trial, size_t count, uint64_t seed)
{
	gsl_set_error_handler_off();
	for (size_t t = 0; t < count; t++, trial++) {
		struct kg_arena *arena = kg_arena_new(0);
		struct kg_arena_mark mark = kg_arena_mark(arena);
		size_t series = trial->replicates ? KG_TRIAL_SERIES / 4 : KG_TRIAL_SERIES;
		struct kg_tally tally = { 0, 0 };

		for (size_t r = 0; r < series; r++) {
			struct kg_random random = kg_random_stream(seed, (uint32_t)t, (uint32_t)r);

			kg_trial_once(trial, &random, r, arena, &tally);
			kg_arena_rewind(arena, mark);
		}
		printf("| %s | %s | %s | %s | %zu | %zu | %.3f |\n", trial->program, trial->method, trial->term,
		       trial->setting, trial->n, tally.with,
		       tally.with ? (double)tally.within / (double)tally.with : 0);
		kg_arena_free(arena);
	}
}

#endif
