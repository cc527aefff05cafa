/* Ranges of smoothed rates beside a grid over the numbers that are bounds. */
#include "programs.h"

#include <math.h>

#include "base/random.h"
#include "stats/smooth_range.h"

enum { MOST = 12, TRIALS = 25 };

/* A map; the first `nfree` counts have ends, and the populations of the first `nwide` places. */
struct trial {
	size_t n, nfree, nwide, steps;
	double count[MOST], people[MOST], count_low[MOST], count_high[MOST], people_low[MOST], people_high[MOST];
};

/* The estimate as it stands in Marshall (1991), written out. */
static double estimate(size_t n, const double *count, const double *people, size_t place)
{
	double sum = 0, all = 0, spread = 0, mean, excess;

	for (size_t i = 0; i < n; i++) {
		sum += count[i];
		all += people[i];
	}
	mean = sum / all;
	for (size_t i = 0; i < n; i++)
		spread += people[i] * pow(count[i] / people[i] - mean, 2);
	excess = fmax(spread / all - mean / (all / (double)n), 0);
	return excess + mean > 0
		   ? mean + excess / (excess + mean / people[place]) * (count[place] / people[place] - mean)
		   : mean;
}

/* Neighbours stand beside each other in a row. */
static double estimate_local(const struct trial *of, const double *count, const double *people, size_t place, bool each)
{
	double mean[MOST], spread = 0, all = 0, k = 0, excess;

	for (size_t i = 0; i < of->n; i++) {
		double sum = 0, around = 0;

		for (size_t j = i ? i - 1 : 0; j < of->n && j <= i + 1; j++) {
			sum += count[j];
			around += people[j];
		}
		mean[i] = sum / around;
	}
	for (size_t j = place ? place - 1 : 0; j < of->n && j <= place + 1; j++) {
		spread += people[j] * pow(count[j] / people[j] - mean[each ? j : place], 2);
		all += people[j];
		k++;
	}
	excess = fmax(spread / all - mean[place] / (all / k), 0);
	return excess + mean[place] > 0 ? mean[place] + excess / (excess + mean[place] / people[place]) *
							    (count[place] / people[place] - mean[place])
					: mean[place];
}

enum form { GLOBAL, LOCAL, LOCAL_EACH };

static struct kg_box_range look_everywhere(const struct trial *of, size_t place, enum form form)
{
	struct kg_box_range range = { INFINITY, -INFINITY };
	double count[MOST], people[MOST];
	size_t points = 1;

	memcpy(count, of->count, sizeof count);
	memcpy(people, of->people, sizeof people);
	for (size_t f = 0; f < of->nfree + of->nwide; f++)
		points *= of->steps + 1;
	for (size_t point = 0; point < points; point++) {
		size_t rest = point;
		double value;

		for (size_t f = 0; f < of->nfree; f++, rest /= of->steps + 1)
			count[f] = of->count_low[f] + (of->count_high[f] - of->count_low[f]) *
							  (double)(rest % (of->steps + 1)) / (double)of->steps;
		for (size_t f = 0; f < of->nwide; f++, rest /= of->steps + 1)
			people[f] = of->people_low[f] + (of->people_high[f] - of->people_low[f]) *
							    (double)(rest % (of->steps + 1)) / (double)of->steps;
		value = form == GLOBAL ? estimate(of->n, count, people, place)
				       : estimate_local(of, count, people, place, form == LOCAL_EACH);
		range.low = fmin(range.low, value);
		range.high = fmax(range.high, value);
	}
	return range;
}

static void draw(struct kg_random *random, struct trial *trial)
{
	for (size_t i = 0; i < trial->n; i++) {
		trial->count[i] = trial->count_low[i] = trial->count_high[i] =
		    2 + floor(40 * kg_random_uniform(random));
		trial->people[i] = trial->people_low[i] = trial->people_high[i] =
		    200 + floor(900 * kg_random_uniform(random));
		if (i < trial->nfree)
			trial->count_high[i] += floor(trial->count[i] * 2 * kg_random_uniform(random)) + 1;
		if (i < trial->nwide)
			trial->people_low[i] *= .7;
	}
}

static struct kg_smooth_bounds ends_of(const struct trial *trial)
{
	return (struct kg_smooth_bounds){ trial->count_low, trial->count_high, trial->people_low, trial->people_high };
}

/* How much of its value a range may go beyond the grid's, whose points miss kinks where the variance becomes 0; and
 * stay within it, where it comes from a search that has no proof. */
struct slack {
	double wider, narrower;
};

static void check(struct trial trial, enum form form, struct slack slack)
{
	struct kg_random random = kg_random_stream(11, (uint32_t)form, (uint32_t)trial.nfree);

	for (int t = 0; t < TRIALS; t++) {
		struct kg_arena *arena = kg_arena_new(0);
		struct kg_sample sample = { .n = trial.n, .y = trial.count, .exposure = trial.people };
		struct kg_smooth_bounds bounds = ends_of(&trial);
		size_t first[MOST + 1] = { 0 }, of[2 * MOST], links = 0;
		struct kg_box_range found[MOST];

		draw(&random, &trial);
		for (size_t i = 0; i < trial.n; i++) {
			if (i)
				of[links++] = i - 1;
			if (i + 1 < trial.n)
				of[links++] = i + 1;
			first[i + 1] = links;
		}
		if (form == GLOBAL)
			assert_true(kg_smooth_global_range(&sample, &bounds, arena, found));
		for (size_t i = 0; i < trial.n; i++) {
			struct kg_smooth_neighbours neighbours = { first, of };
			struct kg_box_range grid = look_everywhere(&trial, i, form);

			if (form != GLOBAL)
				assert_true(kg_smooth_local_range(
				    &(struct kg_smooth_area){ &sample, &bounds, &neighbours, form == LOCAL_EACH }, i,
				    arena, &found[i]));
			if (isnan(found[i].low)) { /* far from all bounds */
				assert_true(grid.high - grid.low < 1e-15);
				continue;
			}
			assert_true(found[i].low <= grid.low * (1 + slack.narrower));
			assert_true(found[i].high >= grid.high * (1 - slack.narrower));
			assert_true(found[i].low >= grid.low * (1 - slack.wider) &&
				    found[i].high <= grid.high * (1 + slack.wider));
		}
		kg_arena_free(arena);
	}
}

static void test_all_places(void **state)
{
	(void)state;
	check((struct trial){ .n = 5, .nfree = 1, .steps = 2000 }, GLOBAL, (struct slack){ 2e-4, 1e-9 });
	check((struct trial){ .n = 5, .nfree = 3, .steps = 20 }, GLOBAL, (struct slack){ .01, 1e-9 });
	check((struct trial){ .n = 9, .nfree = 7, .steps = 4 }, GLOBAL, (struct slack){ .05, 1e-9 });
	check((struct trial){ .n = 4, .nfree = 2, .nwide = 2, .steps = 10 }, GLOBAL, (struct slack){ .02, .005 });
}

static void test_neighbours(void **state)
{
	(void)state;
	check((struct trial){ .n = 7, .nfree = 3, .steps = 10 }, LOCAL, (struct slack){ .03, 1e-9 });
	check((struct trial){ .n = 7, .nfree = 3, .steps = 10 }, LOCAL_EACH, (struct slack){ .05, .005 });
	check((struct trial){ .n = 7, .nfree = 2, .nwide = 1, .steps = 10 }, LOCAL_EACH, (struct slack){ .05, .005 });
}

/* A count without an upper end: the place's own rate has none; that of another tends to its raw rate and a little. */
static void test_open_end(void **state)
{
	struct kg_arena *arena = kg_arena_new(0);
	double count[] = { 30, 5, 9 }, people[] = { 1000, 800, 1200 }, low[] = { 30, 5, 9 },
	       high[] = { INFINITY, 5, 9 };
	struct kg_sample sample = { .n = 3, .y = count, .exposure = people };
	struct kg_smooth_bounds bounds = { low, high, people, people };
	struct kg_box_range found[3];

	(void)state;
	assert_true(kg_smooth_global_range(&sample, &bounds, arena, found));
	assert_true(isinf(found[0].high) && found[0].low > 0);
	/* as the count grows: m + a / (a + m / n) (x / n - m) -> x / n + 1 / n / (N / n0 - 1) */
	assert_true(found[1].high >= 5 / 800. + 1 / 800. / (3000. / 1000 - 1) * (1 - 1e-6));
	assert_true(isfinite(found[1].high));
	kg_arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_all_places),
		cmocka_unit_test(test_neighbours),
		cmocka_unit_test(test_open_end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
