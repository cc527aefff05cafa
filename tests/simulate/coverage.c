/* coverage: how often 95 % intervals of the growth family hold the truth, in data made as each method assumes.
 * Prints a CSV table; the random streams are fixed, so it is the same every time. */
#include <gsl/gsl_errno.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/random.h"
#include "stats/diffusion.h"
#include "stats/joinpoint.h"
#include "stats/trend.h"

#define REPLICATES 4000
#define N_MOST 40
#define RATE 0.03 /* logarithmic growth per year */
#define BEND 10	  /* position of the joinpoint */
#define SLOPE_BEFORE 0.03
#define SLOPE_AFTER -0.02

struct series {
	size_t n;
	double x[N_MOST], y[N_MOST], exposure[N_MOST];
	bool population;
};

typedef void make(struct kg_random *random, struct series *series);

/* Poisson count: by inversion below 30, the sum of parts above. */
static double draw_count(struct kg_random *random, double mean)
{
	double count = 0, left, product = 1;

	for (; mean > 30; mean -= 30)
		count += draw_count(random, 30);
	left = exp(-mean);
	while ((product *= kg_random_uniform(random)) > left)
		count++;
	return count;
}

/* Gamma of whole-numbered shape with mean 1. */
static double draw_gamma(struct kg_random *random, int shape)
{
	double sum = 0;

	for (int i = 0; i < shape; i++)
		sum -= log(kg_random_uniform(random));
	return sum / shape;
}

static double growing(double start, size_t i)
{
	return start * exp(RATE * (double)i);
}

static void make_counts(struct kg_random *random, struct series *series)
{
	for (size_t i = 0; i < series->n; i++)
		series->y[i] = draw_count(random, growing(100, i));
}

static void make_rates(struct kg_random *random, struct series *series)
{
	series->population = true;
	for (size_t i = 0; i < series->n; i++) {
		series->exposure[i] = 10000 + 500.0 * (double)(i % 7);
		series->y[i] = draw_count(random, series->exposure[i] * growing(0.01, i));
	}
}

static void make_overdispersed(struct kg_random *random, struct series *series)
{
	for (size_t i = 0; i < series->n; i++)
		series->y[i] = draw_count(random, growing(100, i) * draw_gamma(random, 20));
}

static void make_log_normal(struct kg_random *random, struct series *series)
{
	for (size_t i = 0; i < series->n; i++)
		series->y[i] = growing(100, i) * exp(0.1 * kg_random_normal(random));
}

static void make_straight(struct kg_random *random, struct series *series)
{
	for (size_t i = 0; i < series->n; i++)
		series->y[i] = 50 + 2 * (double)i + 5 * kg_random_normal(random);
}

static void make_bent(struct kg_random *random, struct series *series)
{
	for (size_t i = 0; i < series->n; i++) {
		double before = fmin((double)i, BEND), after = fmax(0, (double)i - BEND);

		series->y[i] = 100 * exp(SLOPE_BEFORE * before + SLOPE_AFTER * after + 0.02 * kg_random_normal(random));
	}
}

static void make_s_curve(struct kg_random *random, struct series *series)
{
	for (size_t i = 0; i < series->n; i++)
		series->y[i] = 1000 / (1 + exp(-0.5 * ((double)i - 9))) + 100 + 0.5 * kg_random_normal(random);
	for (size_t i = 0; i < series->n; i++)
		series->y[i] -= 100;
}

static void make_adoptions(struct kg_random *random, struct series *series)
{
	double before = 0;

	for (size_t i = 0; i < series->n; i++) {
		double left = exp(-0.43 * (double)(i + 1)), share = (1 - left) / (1 + 0.4 / 0.03 * left);

		series->y[i] = fmax(0, 10000 * (share - before) + 30 * kg_random_normal(random));
		before = share;
	}
}

static const struct kg_trend_options trend_options = { .season = 1 };
static const struct kg_joinpoint_options chosen = { .rules = { SIZE_MAX, 2, 2 }, .from = NAN, .to = NAN };
static const struct kg_joinpoint_options known = { .rules = { 1, 2, 2 }, .from = NAN, .to = NAN };
static const struct kg_joinpoint_options resampled = {
	.rules = { 1, 2, 2 }, .from = NAN, .to = NAN, .empirical = true
};
static const struct kg_diffusion_options total = { .ceiling = NAN, .step = 1 };
static const struct kg_diffusion_options flow = { .flow = true, .ceiling = NAN, .step = 1 };

static const struct trial {
	const char *program, *method, *term, *setting;
	make *fill;
	size_t n, replicates;
	const void *own;
	double truth;
} trials[] = {
	{ "growth", "cagr", "cagr", "Poisson counts from 100", make_counts, 10, 0, NULL, 0 },
	{ "growth", "log-linear", "apc", "log-normal errors 10 %", make_log_normal, 10, 0, NULL, 0 },
	{ "growth", "log-linear", "apc", "counts from 100 in populations", make_rates, 10, 0, NULL, 0 },
	{ "growth", "poisson", "apc", "Poisson counts from 100", make_counts, 10, 0, NULL, 0 },
	{ "growth", "poisson", "apc", "counts from 100 in populations", make_rates, 10, 0, NULL, 0 },
	{ "growth", "quasi-poisson", "apc", "counts with gamma variation", make_overdispersed, 15, 0, NULL, 0 },
	{ "growth", "negative-binomial", "apc", "counts with gamma variation", make_overdispersed, 15, 0, NULL, 0 },
	{ "growth", "negative-binomial", "apc", "counts with gamma variation", make_overdispersed, 40, 0, NULL, 0 },
	{ "trend", "theil-sen", "slope", "normal errors", make_straight, 10, 0, &trend_options, 2 },
	{ "trend", "theil-sen", "slope", "normal errors", make_straight, 25, 0, &trend_options, 2 },
	{ "joinpoint", "joinpoint", "apc_1", "one bend, known number", make_bent, 21, 0, &known, 0 },
	{ "joinpoint", "joinpoint", "joinpoint_1", "one bend, known number", make_bent, 21, 0, &known, BEND },
	{ "joinpoint", "joinpoint", "aapc", "one bend, known number", make_bent, 21, 0, &known, 1 },
	{ "joinpoint", "joinpoint", "aapc", "one bend, number chosen", make_bent, 21, 0, &chosen, 1 },
	{ "joinpoint", "joinpoint", "aapc", "one bend, empirical limits", make_bent, 21, 199, &resampled, 1 },
	{ "joinpoint", "joinpoint", "apc_1", "one bend, empirical limits", make_bent, 21, 199, &resampled, 0 },
	{ "diffusion", "logistic", "ceiling", "totals past the bend", make_s_curve, 20, 0, &total, 1000 },
	{ "diffusion", "logistic", "peak_time", "totals past the bend", make_s_curve, 20, 0, &total, 9 },
	{ "diffusion", "bass", "m", "flows past the peak", make_adoptions, 20, 0, &flow, 10000 },
	{ "diffusion", "bass", "q", "flows past the peak", make_adoptions, 20, 0, &flow, 0.4 },
	{ "diffusion", "bass", "peak_flow", "flows past the peak", make_adoptions, 20, 0, &flow,
	  10000 * 0.43 * 0.43 / 1.6 },
};

/* The change per year in percent that the series are made with. */
static double true_value(const struct trial *trial)
{
	if (strcmp(trial->program, "growth") == 0)
		return 100 * expm1(RATE);
	if (strcmp(trial->term, "apc_1") == 0)
		return 100 * expm1(SLOPE_BEFORE);
	if (strcmp(trial->term, "aapc") == 0)
		return 100 * expm1((SLOPE_BEFORE * BEND + SLOPE_AFTER * ((double)trial->n - 1 - BEND)) /
				   ((double)trial->n - 1));
	return trial->truth;
}

struct tally {
	size_t with, within;
};

static void run_once(const struct trial *trial, size_t number, size_t replicate, struct kg_arena *arena,
		     struct tally *tally)
{
	struct kg_random random = kg_random_stream(20201117, (uint32_t)number, (uint32_t)replicate);
	const struct kg_stat *stat = kg_stat_find(trial->program, trial->method);
	const struct kg_params params = { .conf_level = 0.95,
					  .seed = 1,
					  .stream = (uint32_t)replicate,
					  .replicates = trial->replicates,
					  .period_noun = "year",
					  .own = trial->own };
	struct series series = { .n = trial->n };
	struct kg_term term[64];
	struct kg_sample sample;
	size_t count;

	for (size_t i = 0; i < series.n; i++)
		series.x[i] = (double)i;
	trial->fill(&random, &series);
	sample = (struct kg_sample){
		.n = series.n, .y = series.y, .x = series.x, .exposure = series.population ? series.exposure : NULL
	};
	count = stat->fit(&sample, &params, arena, term, 64);
	for (size_t k = 0; k < count; k++) {
		if (strcmp(term[k].term, trial->term) != 0 || isnan(term[k].conf_low) || isnan(term[k].conf_high))
			continue;
		tally->with++;
		tally->within += term[k].conf_low <= true_value(trial) && true_value(trial) <= term[k].conf_high;
	}
}

int main(void)
{
	gsl_set_error_handler_off();
	puts("program,method,term,setting,n,intervals,coverage");
	for (size_t t = 0; t < sizeof trials / sizeof trials[0]; t++) {
		const struct trial *trial = &trials[t];
		struct kg_arena *arena = kg_arena_new(0);
		struct kg_arena_mark mark = kg_arena_mark(arena);
		struct tally tally = { 0, 0 };
		size_t replicates = trial->replicates ? REPLICATES / 4 : REPLICATES;

		for (size_t r = 0; r < replicates; r++) {
			run_once(trial, t, r, arena, &tally);
			kg_arena_rewind(arena, mark);
		}
		printf("%s,%s,%s,\"%s\",%zu,%zu,%.3f\n", trial->program, trial->method, trial->term, trial->setting,
		       trial->n, tally.with, tally.with ? (double)tally.within / (double)tally.with : 0);
		kg_arena_free(arena);
	}
	return 0;
}
