#include "stats/trend.h"

/* Sum of the squared partial sums, over the variance and n (n + 1). */
static double measure(const double *y, size_t n, long double *sum, size_t *at)
{
	long double squares, total = 0;

	*at = 0;
	if (!kg_trend_partial_sums(y, n, sum, &squares))
		return NAN;
	for (size_t k = 0; k + 1 < n; k++) {
		total += sum[k] * sum[k];
		if (fabsl(sum[k]) > fabsl(sum[*at]))
			*at = k;
	}
	return (double)(total / (squares * (n + 1)));
}

static size_t fit(const struct kg_sample *sample, const struct kg_params *params, struct kg_arena *scratch,
		  struct kg_term *out, size_t room)
{
	size_t replicates = kg_trend_replicates("buishand-u", params->replicates);

	return room ? kg_trend_change(measure, replicates, sample, params, scratch, out) : 0;
}

const struct kg_stat kg_stat_buishand_u = {
	.program = "trend",
	.id = "buishand-u",
	.title = "Buishand's U test for a change point",
	.formula =
	    "S[k] = sum of the first k deviations from the mean, D^2 = mean of the squared deviations; U = sum over "
	    "k < n of (S[k] / D)^2 / (n (n+1)); p = (b+1)/(m+1), b of m simulated normal series reaching it",
	.source = "Buishand (1984), Journal of Hydrology 73: 51-69",
	.assumes =
	    "Normal, independent values, at most one change in level; more powerful than the range test for a change "
	    "in the middle. The estimate is the last period before the change, where |S[k]| is largest. "
	    "--replicates series (9,999) from --seed.",
	.unit = "change_point: the period; statistic without unit",
	.agrees = "R trend::bu.test, whose D has the divisor n - 1: statistic times n / (n - 1)",
	.needs = KG_NEEDS_Y | KG_NEEDS_X,
	.min_n = 4,
	.fit = fit,
	.terms_most = 1,
};
