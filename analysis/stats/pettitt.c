#include "stats/order.h"
#include "stats/trend.h"

static double approximate_p(double k, double n)
{
	return fmin(1, 2 * exp(-6 * k * k / (n * n * n + n * n)));
}

static size_t fit(const struct kg_sample *sample, const struct kg_params *params, struct kg_arena *scratch,
		  struct kg_term *out, size_t room)
{
	const double *y = kg_trend_values(sample, scratch);
	double n = (double)sample->n, *rank = KG_ARRAY(scratch, double, sample->n), most;
	struct kg_order order;
	size_t at;

	if (!y || !rank || !room)
		return 0;
	order = kg_order_make(y, sample->n, scratch);
	if (kg_arena_failed(scratch))
		return 0;
	kg_order_ranks(&order, rank);
	at = kg_trend_rank_split(rank, sample->n, &most);
	out[0] = kg_term_new("change_point", "year");
	if (order.ndistinct == 1) {
		out[0].why = KG_WHY_NO_SPREAD;
		return 1;
	}
	out[0].estimate = sample->x[at];
	out[0].statistic = most;
	out[0].p_value = approximate_p(most, n);
	out[0].why = kg_trend_reachable(approximate_p(floor(n / 2) * ceil(n / 2), n), params->conf_level);
	return 1;
}

const struct kg_stat kg_stat_pettitt = {
	.program = "trend",
	.id = "pettitt",
	.title = "Pettitt's test for a change point",
	.formula = "U[t] = 2 sum of the first t ranks - t(n+1); K = max |U[t]|; p about 2 exp(-6 K^2 / (n^3 + n^2)), "
		   "at most 1",
	.source = "Pettitt (1979), Applied Statistics 28: 126-135",
	.assumes = "Values are independent, at most one change in level. The estimate is the last period before the "
		   "change (the "
		   "first of those with the same K). The p is a fair approximation below 0.5.",
	.unit = "change_point: the period; k: largest difference of ranks",
	.agrees = "R trend::pettitt.test",
	.needs = KG_NEEDS_Y | KG_NEEDS_X,
	.min_n = 4,
	.fit = fit,
	.terms_most = 1,
};
