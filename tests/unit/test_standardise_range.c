/* Ranges of standardised figures beside a grid over the cells that are bounds. */
#include "programs.h"

#include <math.h>

#include "base/random.h"
#include "standardise_range.h"
#include "stats/bounded_range.h"

enum { PLACES = 3, STRATA = 2, CELLS = PLACES * STRATA, FREE = 5, STEPS = 4, TRIALS = 40 };

/* Events and population of each place and stratum; the first of each kind belong to place 0. */
struct cells {
	double events[CELLS], people[CELLS];
};

struct trial {
	struct cells stated, low, high;
	double standard[STRATA];
	bool own, indirect, as_rate, compare;
};

static double sum_standard(const struct trial *of, const struct cells *at, size_t s, bool events)
{
	double sum = 0;

	for (size_t p = 0; p < PLACES; p++)
		sum += events ? at->events[p * STRATA + s] : at->people[p * STRATA + s];
	return of->own ? sum : of->standard[s];
}

static double direct(const struct trial *of, const struct cells *at, size_t place)
{
	double above = 0, below = 0;

	for (size_t s = 0; s < STRATA; s++) {
		double weight = sum_standard(of, at, s, false), rate = at->events[place * STRATA + s];

		above += weight * rate / at->people[place * STRATA + s];
		below += weight;
	}
	return above / below;
}

static double indirect(const struct trial *of, const struct cells *at)
{
	double observed = 0, expected = 0, events = 0, people = 0;

	for (size_t s = 0; s < STRATA; s++) {
		double x = sum_standard(of, at, s, true), n = sum_standard(of, at, s, false);

		observed += at->events[s];
		expected += at->people[s] * x / n;
		events += x;
		people += n;
	}
	return observed / expected * (of->as_rate ? events / people : 1);
}

static double figure(const struct trial *of, const struct cells *at)
{
	if (of->indirect)
		return indirect(of, at);
	return of->compare ? direct(of, at, 0) / direct(of, at, 1) : direct(of, at, 0);
}

/* Least and most over the grid of the first cells that have ends. */
static void look_everywhere(const struct trial *of, double *least, double *most)
{
	struct cells at = of->stated;
	double *cell[FREE];
	const double *low[FREE], *high[FREE];
	size_t nfree = 0, points = 1;

	for (size_t i = 0; i < CELLS; i++) {
		if (of->low.events[i] < of->high.events[i] && nfree < FREE)
			cell[nfree] = &at.events[i], low[nfree] = &of->low.events[i],
			high[nfree++] = &of->high.events[i];
		if (of->low.people[i] < of->high.people[i] && nfree < FREE)
			cell[nfree] = &at.people[i], low[nfree] = &of->low.people[i],
			high[nfree++] = &of->high.people[i];
	}
	for (size_t f = 0; f < nfree; f++)
		points *= STEPS + 1;
	*least = INFINITY;
	*most = -INFINITY;
	for (size_t point = 0; point < points; point++) {
		size_t rest = point;
		double value;

		for (size_t f = 0; f < nfree; f++, rest /= STEPS + 1)
			*cell[f] = *low[f] + (*high[f] - *low[f]) * (double)(rest % (STEPS + 1)) / STEPS;
		value = figure(of, &at);
		*least = fmin(*least, value);
		*most = fmax(*most, value);
	}
}

static struct kg_box_range ask(const struct trial *of, struct kg_arena *arena)
{
	struct kg_standard_strata strata = { .count = STRATA, .own = of->own, .bounded = of->own };
	struct kg_strata_group group[PLACES];
	struct kg_term term = kg_term_none("rate", NULL, KG_WHY_NONE);
	double weight[STRATA] = { 0 }, events = 0, people = 0;

	assert_true(kg_strata_figures_make(&strata.standard, STRATA, arena));
	assert_true(kg_strata_figures_make(&strata.people, STRATA, arena));
	for (size_t p = 0; p < PLACES; p++) {
		group[p] = (struct kg_strata_group){ .sum.bounded = true };
		assert_true(kg_strata_figures_make(&group[p].events, STRATA, arena));
		assert_true(kg_strata_figures_make(&group[p].population, STRATA, arena));
		for (size_t s = 0; s < STRATA; s++) {
			size_t i = p * STRATA + s;

			kg_strata_figures_add(&group[p].events, s, of->stated.events[i], of->low.events[i],
					      of->high.events[i]);
			kg_strata_figures_add(&group[p].population, s, of->stated.people[i], of->low.people[i],
					      of->high.people[i]);
			if (of->indirect)
				kg_strata_figures_add(&strata.standard, s, of->stated.events[i], of->low.events[i],
						      of->high.events[i]);
			kg_strata_figures_add(of->indirect ? &strata.people : &strata.standard, s, of->stated.people[i],
					      of->low.people[i], of->high.people[i]);
		}
	}
	for (size_t s = 0; s < STRATA; s++) {
		weight[s] = of->own ? strata.standard.stated[s] : of->standard[s];
		events += strata.standard.stated[s];
		people += strata.people.stated[s];
		if (of->indirect)
			weight[s] = strata.standard.stated[s] / strata.people.stated[s];
	}
	strata.weight = weight;
	strata.crude = events / people;
	term.estimate = 1;
	kg_standard_range(&(struct kg_standard_figure){ &strata, &group[0], of->compare ? &group[1] : NULL,
							of->indirect, of->as_rate },
			  1, arena, &term);
	return (struct kg_box_range){ term.bound_low, term.bound_high };
}

static void draw(struct kg_random *random, struct trial *trial)
{
	size_t nfree = 0;

	for (size_t i = 0; i < CELLS; i++) {
		trial->stated.events[i] = trial->low.events[i] = trial->high.events[i] =
		    1 + floor(20 * kg_random_uniform(random));
		trial->stated.people[i] = trial->low.people[i] = trial->high.people[i] =
		    100 + floor(200 * kg_random_uniform(random));
		if (nfree < FREE && kg_random_uniform(random) < .5 && ++nfree)
			trial->high.events[i] *= 2;
		if (nfree < FREE && kg_random_uniform(random) < .3 && ++nfree)
			trial->low.people[i] *= .5;
	}
	for (size_t s = 0; s < STRATA; s++)
		trial->standard[s] = 1 + floor(1000 * kg_random_uniform(random));
}

static void check(bool own, bool is_indirect, bool as_rate, bool compare)
{
	struct kg_random random = kg_random_stream(7, 0, 0);

	for (int t = 0; t < TRIALS; t++) {
		struct trial trial = { .own = own, .indirect = is_indirect, .as_rate = as_rate, .compare = compare };
		struct kg_arena *arena = kg_arena_new(0);
		struct kg_box_range found;
		double least, most;

		draw(&random, &trial);
		look_everywhere(&trial, &least, &most);
		found = ask(&trial, arena);
		assert_true(found.low <= least * (1 + 1e-9));
		assert_true(found.high >= most * (1 - 1e-9));
		assert_true(found.low >= least * .97 && found.high <= most * 1.03); /* between the grid's points */
		kg_arena_free(arena);
	}
}

static void test_exact_standard(void **state)
{
	(void)state;
	check(false, false, false, false);
	check(false, false, false, true);
}

static void test_standard_of_the_data(void **state)
{
	(void)state;
	check(true, false, false, false);
	check(true, false, false, true);
	check(true, true, false, false);
	check(true, true, true, false);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_exact_standard),
		cmocka_unit_test(test_standard_of_the_data),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
