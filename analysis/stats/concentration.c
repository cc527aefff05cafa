#include <math.h>

#include "stats/slope_index.h"
#include "stats/spread_range.h"

/* Twice the covariance of value and midpoint rank over the mean. */
static double measure(const struct kg_sample *sample, const struct kg_params *params, struct kg_arena *scratch)
{
	double *midpoint = KG_ARRAY(scratch, double, sample->n);
	long double people = kg_spread_total(sample), mean = kg_spread_mean(sample), sum = 0;

	(void)params;
	if (!midpoint || !kg_slope_midpoints(sample, scratch, midpoint))
		return NAN;
	for (size_t i = 0; i < sample->n; i++)
		sum += sample->weight[i] / people * (sample->y[i] - mean) * (midpoint[i] - 0.5L);
	return (double)(2 * sum / mean);
}

/* Amount per person of the whole that lies at ranks above each place, half of its own rank's. */
static bool add_above(const struct kg_sample *sample, struct kg_arena *scratch, double *above)
{
	const size_t *order = kg_slope_order(sample->x, sample->n, scratch);
	long double people = kg_spread_total(sample), sum = 0;

	for (size_t to = sample->n, from; order && to > 0; to = from) {
		long double here = 0;

		for (from = to; from > 0 && sample->x[order[from - 1]] == sample->x[order[to - 1]]; from--)
			here += (long double)sample->weight[order[from - 1]] * sample->y[order[from - 1]];
		for (size_t k = from; k < to; k++)
			above[order[k]] = (double)((sum + here / 2) / people);
		sum += here;
	}
	return order;
}

/* 2/m (y r + amount above) - (C + 1) (1 + y/m) */
bool kg_concentration_influence(const struct kg_sample *sample, const struct kg_params *params, double value,
				struct kg_arena *scratch, double *influence)
{
	double *midpoint = KG_ARRAY(scratch, double, sample->n);
	long double mean = kg_spread_mean(sample);

	(void)params;
	if (!midpoint || !kg_slope_midpoints(sample, scratch, midpoint) || !add_above(sample, scratch, influence))
		return false;
	for (size_t i = 0; i < sample->n; i++)
		influence[i] = (double)(2 / mean * (sample->y[i] * midpoint[i] + influence[i]) -
					(value + 1) * (1 + sample->y[i] / mean));
	return true;
}

static const struct kg_spread concentration = { "concentration", measure, kg_concentration_influence, -1, 1, true };

static size_t fit(const struct kg_sample *sample, const struct kg_params *params, struct kg_arena *scratch,
		  struct kg_term *out, size_t room)
{
	if (!room)
		return 0;
	out[0] = kg_spread_bounded(&concentration, sample, params, scratch);
	return 1;
}

const struct kg_stat kg_stat_concentration = {
	.program = "inequality",
	.id = "concentration",
	.title = "concentration index",
	.formula =
	    "C = 2 cov(y, r) / mean, r the midpoint of the cumulative population in order of --rank; above 0: the "
	    "value gathers at high ranks; limits, from 5 places on: estimate - se times quantiles of (resample - "
	    "estimate) / its own se over --replicates (999) resamples of the places, se from the influence of "
	    "each place on the index (--ci studentised), or by --ci bca or percentile",
	.source =
	    "Kakwani, Wagstaff & van Doorslaer 1997, Journal of Econometrics 77:87-103; limits: Efron 1982, The "
	    "Jackknife, the Bootstrap and Other Resampling Plans, chapter 10",
	.assumes =
	    "values are amounts per person of at least 0; weights are persons. Studentised limits hold 86 % with "
	    "5 places, 92 % with 10 and 20 and 94 % from 50 on",
	.agrees = "equals gini where the rank is the value itself, in the unit test, 13 digits",
	.unit = "a pure number: 0 is equality",
	.needs = KG_NEEDS_Y | KG_NEEDS_X | KG_NEEDS_WEIGHT,
	.min_n = 2,
	.fit = fit,
	.terms_most = 1,
};
