#include "stats/reconcile.h"

#include <float.h>

#include "stats/stat.h"

void kg_addends_add(struct kg_addends *sum, double value, double low, double high)
{
	if (isnan(value)) {
		sum->n_missing++;
		return;
	}
	sum->n++;
	sum->sum += value;
	sum->low += low;
	sum->high += high;
	sum->magnitude += fabs(value);
	sum->bounded |= low < high;
}

/* The number with the fewest decimals that is within the slack. */
static double settle(long double value, long double slack)
{
	long double power = 1;

	if (fabsl(value) <= slack)
		return 0;
	for (int decimals = 0; decimals < DBL_DIG && isfinite(value); decimals++, power *= 10) {
		long double rounded = roundl(value * power) / power;

		if (fabsl(rounded - value) <= slack)
			return (double)rounded;
	}
	return (double)value;
}

/* Each decimal such as 0.1 is off by half a unit of its last binary digit at most. */
static long double find_slack(const struct kg_addends *sum)
{
	return sum->magnitude * (DBL_EPSILON / 2);
}

double kg_addends_sum(const struct kg_addends *sum)
{
	return settle(sum->sum, find_slack(sum));
}

struct kg_term kg_reconcile(const struct kg_addends *parts, const struct kg_addends *reported, double tolerance)
{
	long double slack = find_slack(parts) + find_slack(reported);
	struct kg_term term = kg_term_new(NULL, NULL);
	double low, high;

	if (parts->n_missing || reported->n_missing || !reported->n) {
		term.why = KG_WHY_MISSING;
		return term;
	}
	term.estimate = settle(parts->sum - reported->sum, slack);
	if (!isfinite(term.estimate) || !isfinite((double)parts->sum))
		return kg_term_none(NULL, NULL, KG_WHY_OVERFLOW);
	low = settle(parts->low - reported->high, slack);
	high = settle(parts->high - reported->low, slack);
	if (parts->bounded || reported->bounded) {
		term.bound_low = low;
		term.bound_high = high;
		term.why = KG_WHY_BOUND;
	}
	if (low > tolerance || high < -tolerance)
		term.why = KG_WHY_DIFFERS;
	return term;
}

/* Its call is kg_reconcile. */
const struct kg_stat kg_stat_reconcile = {
	.program = "reconcile",
	.id = "sum-of-parts",
	.title = "sums of parts against the figure reported for the whole",
	.formula =
	    "difference = sum over the parts minus the reported figure; with bounds, from (sum of the least minus "
	    "the most reported) to (sum of the most minus the least reported). They differ when no value of that "
	    "range is within --tolerance of 0",
	.source =
	    "balance edits: Fellegi & Holt 1976, Journal of the American Statistical Association 71:17-35; ranges: "
	    "Moore 1966, Interval Analysis, chapter 2",
	.assumes = "values are counts or amounts, which add; rates do not: compare their counts and populations. Parts "
		   "are all there: a part with a missing value leaves the sum unknown, a part without a row shows as a "
		   "difference",
	.agrees = "census of 2019: the communes of Hòa Bình sum to its ten districts and to 854,131, to the person",
	.unit = "the value's own",
	.needs = KG_NEEDS_Y,
	.min_n = 1,
};
