#include "stats/auc.h"

#include <math.h>

#include "stats/order.h"

/* Mid-ranks of the scores of one outcome among themselves, in the order of the rows. */
static double *rank_within(const double *score, const double *outcome, double which, size_t n, struct kg_arena *scratch)
{
	double *part = KG_ARRAY(scratch, double, n), *rank = KG_ARRAY(scratch, double, n);
	struct kg_order order;
	size_t m = 0;

	for (size_t i = 0; part && i < n; i++)
		if (outcome[i] == which)
			part[m++] = score[i];
	if (!part || !rank)
		return NULL;
	order = kg_order_make(part, m, scratch);
	if (!order.index)
		return NULL;
	kg_order_ranks(&order, rank);
	return rank;
}

struct placements {
	long double sum, square;
	double count;
};

/* Share of the other outcome that each row of this one lies above: (rank among all - rank within) / others. */
static struct placements place(const double *overall, const double *within, const double *outcome, double which,
			       size_t n)
{
	struct placements found = { 0, 0, 0 };
	double others = 0;

	for (size_t i = 0; i < n; i++)
		others += outcome[i] != which;
	for (size_t i = 0, k = 0; i < n; i++)
		if (outcome[i] == which) {
			long double share = (overall[i] - within[k++]) / others;

			found.sum += share;
			found.square += share * share;
			found.count++;
		}
	return found;
}

static long double find_variance(const struct placements *placed)
{
	long double mean = placed->sum / placed->count;

	return (placed->square - placed->sum * mean) / (placed->count - 1) / placed->count;
}

struct kg_auc kg_auc_estimate(const double *score, const double *outcome, size_t n, struct kg_arena *scratch)
{
	struct kg_arena_mark mark = kg_arena_mark(scratch);
	struct kg_order order = kg_order_make(score, n, scratch);
	double *overall = KG_ARRAY(scratch, double, n ? n : 1);
	double *one = rank_within(score, outcome, 1, n, scratch), *zero = rank_within(score, outcome, 0, n, scratch);
	struct kg_auc auc = { NAN, NAN };

	if (order.index && overall && one && zero) {
		struct placements successes, failures;

		kg_order_ranks(&order, overall);
		successes = place(overall, one, outcome, 1, n);
		failures = place(overall, zero, outcome, 0, n);
		if (successes.count && failures.count)
			auc.estimate = (double)(successes.sum / successes.count);
		if (successes.count > 1 && failures.count > 1)
			auc.std_error = sqrt(fmax(0, (double)(find_variance(&successes) + find_variance(&failures))));
	}
	kg_arena_rewind(scratch, mark);
	return auc;
}

struct kg_interval kg_auc_limits(struct kg_auc auc, double conf_level)
{
	double spread = auc.estimate * (1 - auc.estimate), half;

	if (!(auc.std_error > 0) || !(spread > 0))
		return (struct kg_interval){ NAN, NAN };
	half = kg_interval_z(conf_level) * auc.std_error / spread;
	return (struct kg_interval){ 1 / (1 + exp(-(log(auc.estimate / (1 - auc.estimate)) - half))),
				     1 / (1 + exp(-(log(auc.estimate / (1 - auc.estimate)) + half))) };
}
