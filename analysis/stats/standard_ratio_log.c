#include <math.h>

#include "stats/standard.h"

/* Standard error of log(R1 / R2); NaN without events. */
static double find_error(const struct kg_direct pair[2])
{
	long double first = pair[0].variance / (pair[0].rate * pair[0].rate);

	return pair[0].rate > 0 ? (double)sqrtl(first + pair[1].variance / (pair[1].rate * pair[1].rate)) : NAN;
}

static struct kg_interval find_limits(const struct kg_direct pair[2], double tail)
{
	double factor = exp(qnorm(tail, 0, 1, 0, 0) * find_error(pair)), ratio = (double)(pair[0].rate / pair[1].rate);

	return (struct kg_interval){ ratio / factor, ratio * factor };
}

static size_t fit(const struct kg_sample *sample, const struct kg_params *params, struct kg_arena *scratch,
		  struct kg_term *out, size_t room)
{
	size_t count = kg_direct_ratio(params, find_limits, out, room);

	(void)sample, (void)scratch;
	if (!count || !(out[0].estimate > 0))
		return count;
	out[0].statistic = log(out[0].estimate) / find_error(params->own);
	out[0].p_value = 2 * pnorm(fabs(out[0].statistic), 0, 1, 0, 0);
	return count;
}

const struct kg_stat kg_stat_standard_ratio_log = {
	.program = "standardised-ratio",
	.id = "log-normal",
	.title = "ratio of two directly standardised rates with normal limits on the log scale",
	.formula = "R1 / R2 with --compare naming R2; s^2 = V1 / R1^2 + V2 / R2^2; limits R1 / R2 times exp(-+ z s); "
		   "test of the ratio against 1: log(R1 / R2) / s as normal deviate",
	.source = "Breslow & Day 1987, Statistical Methods in Cancer Research II, section 2.2",
	.assumes = "Poisson counts, many events in both; two places without common events (not a place within a region "
		   "that holds it)",
	.agrees = "R and Python on Danish lung cancer, 12 digits",
	.unit = "ratio",
	.min_n = 1,
	.fit = fit,
	.terms_most = 1,
};
