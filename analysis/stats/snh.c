#include "stats/trend.h"

/* T[k] = k z1^2 + (n - k) z2^2 of values standardised with the sample's mean and standard deviation; z1, z2: means up
 * to and after k. */
static double measure(const double *y, size_t n, long double *sum, size_t *at)
{
	long double squares;
	double most = -1;

	*at = 0;
	if (!kg_trend_partial_sums(y, n, sum, &squares))
		return NAN;
	for (size_t k = 1; k < n; k++) {
		double value = (double)(sum[k - 1] * sum[k - 1] * (n - 1) / squares * (1.0L / k + 1.0L / (n - k)));

		if (value > most) {
			most = value;
			*at = k - 1;
		}
	}
	return most;
}

static size_t fit(const struct kg_sample *sample, const struct kg_params *params, struct kg_arena *scratch,
		  struct kg_term *out, size_t room)
{
	size_t replicates = kg_trend_replicates("snh", params->replicates);

	return room ? kg_trend_change(measure, replicates, sample, params, scratch, out) : 0;
}

const struct kg_stat kg_stat_snh = {
	.program = "trend",
	.id = "snh",
	.title = "Standard normal homogeneity test for a change point",
	.formula = "T[k] = k z1^2 + (n-k) z2^2, z1 and z2 the means before and after k of the standardised values; T = "
		   "max T[k]; "
		   "p = (b+1)/(m+1), b of m simulated normal series reaching T",
	.source = "Alexandersson (1986), Journal of Climatology 6: 661-675",
	.assumes = "Normal, independent values, at most one change in level. The estimate is the last period before "
		   "the change. "
		   "--replicates series (9,999) from --seed.",
	.unit = "change_point: the period; statistic without unit",
	.agrees = "R trend::snh.test",
	.needs = KG_NEEDS_Y | KG_NEEDS_X,
	.min_n = 4,
	.fit = fit,
	.terms_most = 1,
};
