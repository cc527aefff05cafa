#include "base/random.h"
#include "stats/trend.h"

/* Random series behind a p when --replicates is not given. */
#define REPLICATES 9999

/* Largest T[k] = k z1^2 + (n - k) z2^2 over k, of values standardised with the sample's mean and standard deviation;
 * z1, z2: means up to and after k. NaN when the values do not vary. */
static double find_most(const double *y, size_t n, size_t *at)
{
	long double mean = 0, squares = 0, sum = 0;
	double most = -1;

	for (size_t i = 0; i < n; i++)
		mean += y[i];
	mean /= n;
	for (size_t i = 0; i < n; i++)
		squares += (y[i] - mean) * (y[i] - mean);
	if (!(squares > 0))
		return NAN;
	for (size_t k = 1; k < n; k++) {
		double value;

		sum += y[k - 1] - mean;
		value = (double)(sum * sum * (n - 1) / squares * (1.0L / k + 1.0L / (n - k)));
		if (value > most) {
			most = value;
			*at = k - 1;
		}
	}
	return most;
}

static size_t count_replicates(const struct kg_params *params)
{
	return params->replicates ? params->replicates : REPLICATES;
}

static double simulate_p(double most, size_t n, const struct kg_params *params, double *room)
{
	size_t replicates = count_replicates(params), above = 0, at;

	for (size_t r = 0; r < replicates; r++) {
		struct kg_random random = kg_random_stream(params->seed, params->stream, (uint32_t)r);

		for (size_t i = 0; i < n; i++)
			room[i] = kg_random_normal(&random);
		above += find_most(room, n, &at) >= most;
	}
	return ((double)above + 1) / ((double)replicates + 1);
}

static size_t fit(const struct kg_sample *sample, const struct kg_params *params, struct kg_arena *scratch,
		  struct kg_term *out, size_t room)
{
	const double *y = kg_trend_values(sample, scratch);
	double *simulated = KG_ARRAY(scratch, double, sample->n), most;
	size_t at = 0;

	if (!y || !simulated || !room)
		return 0;
	most = find_most(y, sample->n, &at);
	out[0] = kg_term_new("change_point", "year");
	if (isnan(most)) {
		out[0].why = KG_WHY_NO_SPREAD;
		return 1;
	}
	out[0].estimate = sample->x[at];
	out[0].statistic = most;
	out[0].p_value = simulate_p(most, sample->n, params, simulated);
	out[0].why = kg_trend_reachable(1 / ((double)count_replicates(params) + 1), params->conf_level);
	return 1;
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
