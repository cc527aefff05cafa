/* coverage_inequality: how often 95 % intervals of inequality among places hold the truth: a log-normal distribution of
 * values, the same weight each or weights that go with the value. Weighting shifts the logs, so the truth is the same.
 */
#include "coverage.h"

#include "stats/slope_index.h"

#define SERIES 1000
#define SIGMA 0.5  /* of the logs of the values */
#define ALONG 0.6  /* correlation of the logs with the rank */
#define WEIGHT 0.7 /* of the logs of the weights; their correlation with those of the values is 0.5 */
#define REGIONS 5
#define STEP 0.3 /* between the means of the logs of neighbouring regions */
#define RESAMPLES 999

struct draw {
	double y[KG_SERIES_MOST], x[KG_SERIES_MOST], weight[KG_SERIES_MOST];
	uint32_t region[KG_SERIES_MOST];
};

struct measure {
	uint32_t stream; /* of random numbers */
	const char *method, *term, *interval;
	double truth, epsilon;
	bool weighted, regions;
	size_t places[5];
};

static void fill(const struct measure *measure, size_t places, struct kg_random *random, struct draw *draw)
{
	const double apart = sqrt(1 - ALONG * ALONG);

	for (size_t i = 0; i < places; i++) {
		double z, w;

		draw->x[i] = kg_random_normal(random);
		z = ALONG * draw->x[i] + apart * kg_random_normal(random);
		w = 0.5 * z + sqrt(0.75) * kg_random_normal(random);
		draw->weight[i] = measure->weighted ? exp(WEIGHT * w) : 1;
		draw->region[i] = measure->regions ? (uint32_t)(i % REGIONS) : 0;
		draw->y[i] = exp(SIGMA * z + STEP * draw->region[i]);
	}
}

static void run_measure(const struct measure *measure, size_t places)
{
	const struct kg_stat *stat = kg_stat_find("inequality", measure->method);
	const struct kg_inequality own = { .epsilon = measure->epsilon };
	struct kg_arena *arena = kg_arena_new(0);
	struct kg_arena_mark mark = kg_arena_mark(arena);
	struct kg_tally tally = { 0, 0 };

	for (size_t r = 0; r < SERIES; r++) {
		struct kg_random random = kg_random_stream(6, measure->stream, (uint32_t)r);
		struct draw draw;
		struct kg_sample sample = {
			.n = places, .y = draw.y, .x = draw.x, .weight = draw.weight, .stratum = draw.region
		};
		struct kg_params params = { .conf_level = 0.95,
					    .seed = 1,
					    .stream = (uint32_t)r,
					    .replicates = RESAMPLES,
					    .interval = measure->interval,
					    .own = &own };
		struct kg_term term[3];
		size_t count;

		fill(measure, places, &random, &draw);
		count = stat->fit(&sample, &params, arena, term, 3);
		for (size_t k = 0; k < count; k++)
			if (strcmp(term[k].term, measure->term) == 0 && !isnan(term[k].conf_low)) {
				tally.with++;
				tally.within +=
				    term[k].conf_low <= measure->truth && measure->truth <= term[k].conf_high;
			}
		kg_arena_rewind(arena, mark);
	}
	kg_arena_free(arena);
	printf("| inequality | %s | %s | ", measure->method, measure->term);
	if (measure->epsilon > 0)
		printf("e = %g, ", measure->epsilon);
	printf("%s%s%s | %zu | %zu | %.3f |\n", measure->interval, measure->weighted ? ", weighted" : "",
	       measure->regions ? ", 5 regions" : "", places, tally.with, (double)tally.within / (double)tally.with);
	fflush(stdout);
}

/* Theil's index between the regions, of equal size. */
static double find_between(void)
{
	double mean = 0, sum = 0;

	for (int s = 0; s < REGIONS; s++)
		mean += exp(STEP * s) / REGIONS;
	for (int s = 0; s < REGIONS; s++)
		sum += exp(STEP * s) / mean * log(exp(STEP * s) / mean) / REGIONS;
	return sum;
}

#define ATKINSON(e) (-expm1(-(e) * SIGMA * SIGMA / 2))

int main(void)
{
	static const char best[] = "studentised", percentile[] = "percentile", bca[] = "bca";
	const double gini = erf(SIGMA / 2), theil = SIGMA * SIGMA / 2, along = erf(SIGMA * ALONG / 2);
	const struct measure measure[] = {
		{ 0, "gini", "gini", best, gini, 0, false, false, { 5, 10, 20, 50, 200 } },
		{ 1, "gini", "gini", best, gini, 0, true, false, { 20, 50, 200 } },
		{ 2, "gini", "gini", bca, gini, 0, false, false, { 20, 100 } },
		{ 3, "gini", "gini", percentile, gini, 0, false, false, { 20, 100, 400 } },
		{ 4, "theil", "theil_total", best, theil, 0, false, false, { 5, 10, 20, 50 } },
		{ 7, "theil", "theil_total", percentile, theil, 0, false, false, { 20 } },
		{ 8, "theil", "theil_between", best, find_between(), 0, false, true, { 20 } },
		{ 9, "theil", "theil_within", best, theil, 0, false, true, { 20 } },
		{ 10, "atkinson", "atkinson", best, ATKINSON(0.5), 0.5, false, false, { 5, 10, 20, 50, 200 } },
		{ 11, "atkinson", "atkinson", best, ATKINSON(1), 1, false, false, { 20, 50 } },
		{ 12, "atkinson", "atkinson", best, ATKINSON(2), 2, false, false, { 20, 50 } },
		{ 13, "atkinson", "atkinson", best, ATKINSON(0.5), 0.5, true, false, { 20, 50, 200 } },
		{ 14, "atkinson", "atkinson", bca, ATKINSON(0.5), 0.5, false, false, { 20, 100 } },
		{ 15, "atkinson", "atkinson", percentile, ATKINSON(0.5), 0.5, false, false, { 20, 100, 400 } },
		{ 16, "concentration", "concentration", best, along, 0, false, false, { 5, 10, 20, 50, 200 } },
		{ 17, "concentration", "concentration", best, along, 0, true, false, { 20, 50, 200 } },
		{ 18, "concentration", "concentration", bca, along, 0, false, false, { 20, 100 } },
		{ 19, "concentration", "concentration", percentile, along, 0, false, false, { 20, 100 } },
	};

	puts("| program | method | term | setting | n | intervals | coverage |");
	puts("| --- | --- | --- | --- | ---: | ---: | ---: |");
	for (size_t m = 0; m < sizeof measure / sizeof measure[0]; m++)
		for (size_t n = 0; n < 5 && measure[m].places[n]; n++)
			run_measure(&measure[m], measure[m].places[n]);
	return 0;
}
