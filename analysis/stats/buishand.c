#include "stats/trend.h"

/* Range of the adjusted partial sums, over their standard deviation and the root of n. */
static double measure(const double *y, size_t n, long double *sum, size_t *at)
{
	long double squares, least = 0, most = 0;

	*at = 0;
	if (!kg_trend_partial_sums(y, n, sum, &squares))
		return NAN;
	for (size_t k = 0; k + 1 < n; k++) {
		least = fminl(least, sum[k]);
		most = fmaxl(most, sum[k]);
		if (fabsl(sum[k]) > fabsl(sum[*at]))
			*at = k;
	}
	return (double)((most - least) / sqrtl(squares));
}

static size_t fit(const struct kg_sample *sample, const struct kg_params *params, struct kg_arena *scratch,
		  struct kg_term *out, size_t room)
{
	size_t replicates = kg_trend_replicates("buishand", params->replicates);

	return room ? kg_trend_change(measure, replicates, sample, params, scratch, out) : 0;
}

const struct kg_stat kg_stat_buishand = {
	.program = "trend",
	.id = "buishand",
	.title = "Buishand's range test for a change point",
	.formula =
	    "S[k] = sum of the first k deviations from the mean, D^2 = mean of the squared deviations; R / sqrt(n) "
	    "= (max S[k] - min S[k]) / (D sqrt(n)), S[0] = 0 included; p = (b+1)/(m+1), b of m simulated normal "
	    "series reaching it",
	.source = "Buishand (1982), Journal of Hydrology 58: 11-27",
	.assumes =
	    "Normal, independent values, at most one change in level. The estimate is the last period before the "
	    "change, where |S[k]| is largest. --replicates series (9,999) from --seed.",
	.unit = "change_point: the period; statistic without unit",
	.agrees =
	    "Buishand's table of critical values; R trend::br.test, whose D has the divisor n - 1: statistic times "
	    "sqrt(n / (n - 1))",
	.needs = KG_NEEDS_Y | KG_NEEDS_X,
	.min_n = 4,
	.fit = fit,
	.terms_most = 1,
};
