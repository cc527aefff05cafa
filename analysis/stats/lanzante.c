#include <Rmath.h>

#include "stats/order.h"
#include "stats/trend.h"

/* Rank sum of the first m of n values against its expectation, with the continuity correction. */
static double find_z(double sum, double m, double n, double tied)
{
	double off = fabs(sum - m * (n + 1) / 2);
	double variance = m * (n - m) / 12 * (n + 1 - tied / (n * (n - 1)));

	return off > 0.5 ? (off - 0.5) / sqrt(variance) : 0;
}

/* sum t^3 - t over groups of t ties. */
static double sum_ties(const struct kg_order *order)
{
	struct kg_ties ties = kg_order_ties(order);

	return ties.third + 6 * ties.pairs;
}

static size_t fit(const struct kg_sample *sample, const struct kg_params *params, struct kg_arena *scratch,
		  struct kg_term *out, size_t room)
{
	const double *y = kg_trend_values(sample, scratch);
	double n = (double)sample->n, *rank = KG_ARRAY(scratch, double, sample->n), sum = 0, most;
	struct kg_order order;
	size_t at;

	if (!y || !rank || !room)
		return 0;
	order = kg_order_make(y, sample->n, scratch);
	if (kg_arena_failed(scratch))
		return 0;
	out[0] = kg_term_new("change_point", "year");
	if (order.ndistinct == 1) {
		out[0].why = KG_WHY_NO_SPREAD;
		return 1;
	}
	kg_order_ranks(&order, rank);
	at = kg_trend_rank_split(rank, sample->n, &most);
	for (size_t i = 0; i <= at; i++)
		sum += rank[i];
	out[0].estimate = sample->x[at];
	out[0].statistic = find_z(sum, (double)at + 1, n, sum_ties(&order));
	out[0].p_value = fmin(1, kg_trend_p(out[0].statistic));
	most = floor(n / 2);
	out[0].why = kg_trend_reachable(kg_trend_p(find_z(most * (most + 1) / 2, most, n, 0)), params->conf_level);
	return 1;
}

const struct kg_stat kg_stat_lanzante = {
	.program = "trend",
	.id = "lanzante",
	.title = "Lanzante's procedure for a change point",
	.formula =
	    "the change is after the k with the largest |2 sum of the first k ranks - k(n+1)|; z = (|W - k(n+1)/2| - "
	    "0.5) / sqrt(k(n-k)/12 (n + 1 - sum (t^3 - t) / (n(n-1)))), W the rank sum of the first k values, t "
	    "sizes of ties",
	.source = "Lanzante (1996), International Journal of Climatology 16: 1197-1226",
	.assumes =
	    "Values are independent, at most one change in level. The p is that of the rank-sum test for a change at "
	    "a point known beforehand; as the point is the most extreme one, it is too small: compare pettitt. "
	    "The estimate is the last period before the change (the first of equal ones).",
	.unit = "change_point: the period; statistic: z",
	.agrees =
	    "R wilcox.test of the two parts (exact = FALSE); trend::lanzante.test, which takes the exact p for short "
	    "series",
	.needs = KG_NEEDS_Y | KG_NEEDS_X,
	.min_n = 4,
	.fit = fit,
	.terms_most = 1,
};
