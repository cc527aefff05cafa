#include <Rmath.h>

#include "stats/order.h"
#include "stats/trend.h"

/* Factor on Var S from the autocorrelations of the ranks of the detrended series; lags that are not significant count
 * as zero. */
static double inflate(const double *rank, size_t n, size_t lag_max, double conf_level)
{
	double reach = qnorm(0.5 + conf_level / 2, 0, 1, 1, 0) / sqrt((double)n), count = (double)n, sum = 0;

	for (size_t k = 1; k < n && k <= lag_max; k++) {
		double r = kg_trend_autocorrelation(rank, n, k), left = (double)(n - k);

		if (fabs(r) > reach)
			sum += left * (left - 1) * (left - 2) * r;
	}
	return 1 + 2 / (count * (count - 1) * (count - 2)) * sum;
}

static size_t fit(const struct kg_sample *sample, const struct kg_params *params, struct kg_arena *scratch,
		  struct kg_term *out, size_t room)
{
	const struct kg_trend_options *own = params->own;
	const double *y = kg_trend_values(sample, scratch);
	size_t n = sample->n, written;
	double *rank = KG_ARRAY(scratch, double, n), *position = kg_trend_positions(sample->x, n, scratch), *rest,
	       factor;
	struct kg_trend_score score;
	struct kg_order order;

	if (!y || !rank || !position || room < 2)
		return 0;
	rest = kg_trend_remove(position, y, n, kg_trend_sen(sample->x, y, n, scratch), scratch);
	if (!rest)
		return 0;
	order = kg_order_make(rest, n, scratch);
	score = kg_trend_score(y, n, scratch);
	if (kg_arena_failed(scratch))
		return 0;
	kg_order_ranks(&order, rank);
	factor = inflate(rank, n, own->lag_max ? own->lag_max : n - 1, params->conf_level);
	written = kg_trend_report(&score, score.variance * (factor > 0 ? factor : 1), params, false, scratch, out);
	for (size_t k = 0; factor <= 0 && k < written && out[k].why == KG_WHY_NONE; k++)
		out[k].why = KG_WHY_NEGATIVE_VARIANCE;
	return written;
}

const struct kg_stat kg_stat_hamed_rao = {
	.program = "trend",
	.id = "hamed-rao",
	.title = "Mann-Kendall test for autocorrelated values, Hamed and Rao's variance",
	.formula = "Var S is multiplied by 1 + 2 / (n(n-1)(n-2)) sum over lags k of (n-k)(n-k-1)(n-k-2) r[k], r[k] the "
		   "autocorrelation of the ranks after removing the Theil-Sen trend, taken as 0 inside +-z / sqrt(n)",
	.source = "Hamed & Rao (1998), Journal of Hydrology 204: 182-196",
	.assumes = "All lags, or those up to --lag-max. Remaining values are taken as consecutive. Where the corrected "
		   "variance is "
		   "not positive the uncorrected one is used, with a note.",
	.unit = "tau: -1 to 1; s: pairs rising less pairs falling",
	.agrees = "Python pymannkendall.hamed_rao_modification_test",
	.needs = KG_NEEDS_Y | KG_NEEDS_X,
	.min_n = 4,
	.fit = fit,
	.terms_most = 2,
};
