#include <math.h>

#include "stats/slope_index.h"
#include "stats/spread.h"
#include "stats/weights.h"

/* Differences between neighbours, each pair weighted with both populations, over `whole` = 2 W^2 mean: their part of
 * the Gini coefficient. */
struct apart {
	const struct kg_weights *weights;
	const double *y, *people;
	long double whole;
	double gini, expected; /* expected: of the part of places that are not neighbours */
};

static long double add_links(const struct apart *of, const uint32_t *order)
{
	long double sum = 0;

	for (size_t i = 0; i < of->weights->n; i++) {
		size_t a = order ? order[i] : i;

		for (size_t k = of->weights->start[i]; k < of->weights->start[i + 1]; k++) {
			size_t b = order ? order[of->weights->to[k]] : of->weights->to[k];

			sum += (long double)of->people[a] * of->people[b] * fabs(of->y[a] - of->y[b]);
		}
	}
	return sum;
}

static double measure_ordered(const void *data, const uint32_t *order, struct kg_arena *scratch)
{
	const struct apart *of = data;

	(void)scratch;
	return of->gini - (double)(add_links(of, order) / of->whole) - of->expected;
}

static size_t fit(const struct kg_sample *sample, const struct kg_params *params, struct kg_arena *scratch,
		  struct kg_term *out, size_t room)
{
	const struct kg_spatial_own *own = params->own;
	struct kg_sample places = *sample, moved = *sample;
	struct apart of = { own->weights, sample->y, sample->exposure, 0, 0, 0 };
	struct kg_resampled statistic = { &of, NULL, measure_ordered };
	double pairs = (double)sample->n * ((double)sample->n - 1);
	long double people;

	places.weight = moved.x = sample->exposure;
	out[0] = kg_term_none("gini_not_neighbours", NULL, kg_spread_refuse(&places));
	if (out[0].why != KG_WHY_NONE || room < 4)
		return 1;
	people = kg_spread_total(&places);
	of.whole = 2 * people * people * kg_spread_mean(&places);
	of.gini = kg_gini(&places, scratch);
	of.expected = of.gini * (1 - (double)own->weights->start[sample->n] / pairs);
	out[0].estimate = of.gini - (double)(add_links(&of, NULL) / of.whole);
	out[0].p_value = kg_spatial_permute(&statistic, &moved, params, out[0].estimate - of.expected, scratch);
	for (int k = 1; k < 4; k++)
		out[k] = kg_term_new(k == 1 ? "expected" : k == 2 ? "gini_neighbours" : "gini", NULL);
	out[1].estimate = of.expected;
	out[2].estimate = of.gini - out[0].estimate;
	out[3].estimate = of.gini;
	return 4;
}

const struct kg_stat kg_stat_gini_neighbours = {
	.program = "spatial",
	.id = "gini-neighbours",
	.title = "Gini coefficient, split into pairs of neighbours and other pairs",
	.formula =
	    "G = sum over pairs of n_i n_j |y_i - y_j| / (2 N^2 mean), n the --population (else 1); gini_neighbours = its "
	    "terms of linked places, gini_not_neighbours = G less those; expected = G (1 - links / (n (n - 1))), the "
	    "mean over all orders of the places; p: share of --permutations (999) with as large a part of places that are "
	    "not neighbours (greater: neighbours are alike)",
	.source = "Rey & Smith 2013, A spatial decomposition of the Gini coefficient, Letters in Spatial and Resource "
		  "Sciences 6:55-70",
	.assumes = "values are amounts per person of at least 0; places can stand anywhere, each with its population; who "
		   "neighbours whom counts, not by what weight. The part of neighbours is small where a place has few of "
		   "them: compare it with what is expected",
	.unit = "a pure number: 0 is equality",
	.agrees = "sums over all pairs in R on North Carolina counties, 12 digits; mean and p over all orders of six "
		  "places in the unit test, 12 digits",
	.needs = KG_NEEDS_Y,
	.min_n = 4,
	.fit = fit,
	.terms_most = 4,
};
