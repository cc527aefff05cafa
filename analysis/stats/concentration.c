#include <math.h>
#include <stdlib.h>

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

static size_t fit(const struct kg_sample *sample, const struct kg_params *params, struct kg_arena *scratch,
		  struct kg_term *out, size_t room)
{
	if (!room)
		return 0;
	out[0] = kg_spread_bounded(measure, "concentration", sample, params, scratch);
	return 1;
}

const struct kg_stat kg_stat_concentration = {
	.program = "inequality",
	.id = "concentration",
	.title = "concentration index",
	.formula = "C = 2 cov(y, r) / mean, r the midpoint of the cumulative population in order of --rank; above "
		   "0: the value gathers at high ranks; limits: percentiles of --replicates (999) resamples of the "
		   "places",
	.source = "Kakwani, Wagstaff & van Doorslaer 1997, Journal of Econometrics 77:87-103",
	.assumes = "values are amounts per person of at least 0; weights are persons; limits are a little narrow with "
		   "fewer than 100 places",
	.agrees = "equals gini where the rank is the value itself, in the unit test, 13 digits",
	.unit = "a pure number: 0 is equality",
	.needs = KG_NEEDS_Y | KG_NEEDS_X | KG_NEEDS_WEIGHT,
	.min_n = 2,
	.fit = fit,
	.terms_most = 1,
};
