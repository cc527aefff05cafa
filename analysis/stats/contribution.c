#include "stats/growth.h"

struct kg_term kg_contribution(const struct kg_growth_value *from, const struct kg_growth_value *to,
			       const struct kg_growth_value *rest, const char *unit)
{
	struct kg_term term = kg_term_new("contribution", unit);
	long double low = to->low - from->high, high = to->high - from->low;

	if (from->value + rest->value <= 0) {
		term.why = KG_WHY_ZERO_BASE;
		return term;
	}
	term.estimate = (double)(100 * ((to->value - from->value) / (from->value + rest->value)));
	if (from->low == from->high && to->low == to->high && rest->low == rest->high)
		return term;
	/* The share falls in `from`, rises in `to`, and shrinks towards 0 as the rest grows. */
	low = isinf(from->high) ? -1 : low / (from->high + (low < 0 ? rest->low : rest->high));
	high = high / (from->low + (high < 0 ? rest->high : rest->low));
	term.bound_low = (double)(100 * low);
	term.bound_high = (double)(100 * high);
	term.why = KG_WHY_BOUND;
	return term;
}

const struct kg_stat kg_stat_contribution = {
	.program = "growth",
	.id = "contribution",
	.title = "Contribution of each group to the growth of the total",
	.formula = "100 (x[g,t] - x[g,t-k]) / X[t-k], X the sum over the groups of --by; in percentage points of the "
		   "total's growth",
	.source = "International Monetary Fund (2018), Quarterly National Accounts Manual, 2017 edition",
	.assumes =
	    "Groups do not overlap and their sum has a meaning. Every group has a value in both periods, else no group "
	    "gets a contribution for that period. The last rows, with empty group cells, are the growth of the "
	    "total: the contributions add up to it.",
	.unit = "percentage points of the growth of the total",
	.agrees = "R 100 * diff(x) / head(rowSums(x), -1)",
	.needs = KG_NEEDS_Y | KG_NEEDS_PERIOD,
	.min_n = 2,
};
