/* coverage_inequality: how often 95 % intervals of inequality among places and of smoothed rates hold the truth. */
#include "coverage.h"

#include "stats/slope_index.h"
#include "stats/smooth.h"

#define SERIES 4000
#define SIGMA 0.5 /* of the logs of the values */
#define ALONG 0.6 /* correlation of the logs with the rank */
#define RESAMPLES 999

static const struct kg_inequality own = { .epsilon = 0.5 };

/* Places of a log-normal distribution, the same weight each. */
static void fill_spread(struct kg_random *random, struct kg_trial_series *series)
{
	const double apart = sqrt(1 - ALONG * ALONG);

	series->weighted = true;
	for (size_t i = 0; i < series->n; i++) {
		series->weight[i] = 1;
		series->x[i] = kg_random_normal(random);
		series->y[i] = exp(SIGMA * (ALONG * series->x[i] + apart * kg_random_normal(random)));
	}
}

struct measure {
	const char *method, *term;
	double truth;
	size_t sizes; /* numbers of places that are tried */
};

static void run_spread(const struct measure *measure, size_t places, uint64_t seed)
{
	const struct kg_trial trial = { "inequality", measure->method, measure->term,  "log-normal places",
					fill_spread,  places,	       measure->truth, &own,
					RESAMPLES,    KG_COV_CLASSICAL };

	kg_trials_run(&trial, 1, seed);
}

/* Posterior limits of places whose true rates are gamma distributed. */
static void run_smoothing(size_t places, double people, const char *setting)
{
	struct kg_tally tally = { 0, 0 };

	for (size_t r = 0; r < SERIES / places; r++) {
		struct kg_random random = kg_random_stream(5, (uint32_t)places, (uint32_t)r);
		double y[100], exposure[100], truth[100];
		const struct kg_sample sample = { .n = places, .y = y, .exposure = exposure };
		const struct kg_params params = { .conf_level = 0.95, .multiplier = 1 };
		struct kg_smooth_prior prior;

		for (size_t i = 0; i < places; i++) {
			exposure[i] = people;
			truth[i] = 0.01 * kg_draw_gamma(&random, 5);
			y[i] = kg_draw_count(&random, people * truth[i]);
		}
		prior = kg_smooth_global(&sample);
		for (size_t i = 0; i < places; i++) {
			struct kg_term term = kg_smooth_term(&prior, y[i], people, &params);

			if (isnan(term.conf_low))
				continue;
			tally.with++;
			tally.within += truth[i] >= term.conf_low && truth[i] <= term.conf_high;
		}
	}
	printf("| smooth | eb-global | rate | %s | %zu | %zu | %.3f |\n", setting, places, tally.with,
	       (double)tally.within / (double)tally.with);
}

int main(void)
{
	static const size_t places[] = { 20, 100, 50, 200, 400 };
	const struct measure measure[] = {
		{ "gini", "gini", erf(SIGMA / 2), 5 },
		{ "gini", "gini_corrected", erf(SIGMA / 2), 2 },
		{ "theil", "theil_total", SIGMA * SIGMA / 2, 2 },
		{ "atkinson", "atkinson", -expm1(-own.epsilon * SIGMA * SIGMA / 2), 2 },
		{ "concentration", "concentration", erf(SIGMA * ALONG / 2), 2 },
	};

	puts("| program | method | term | setting | n | intervals | coverage |");
	puts("| --- | --- | --- | --- | ---: | ---: | ---: |");
	for (size_t m = 0; m < sizeof measure / sizeof measure[0]; m++)
		for (size_t n = 0; n < measure[m].sizes; n++)
			run_spread(&measure[m], places[n], 6);
	run_smoothing(20, 1000, "20 places, 10 events each");
	run_smoothing(100, 1000, "100 places, 10 events each");
	run_smoothing(100, 100, "100 places, 1 event each");
	return 0;
}
