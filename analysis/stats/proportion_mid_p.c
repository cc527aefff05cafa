#include "stats/proportion.h"

#include <math.h>

#include "stats/root.h"

struct problem {
	double successes, trials, tail;
	bool upper;
};

/* Mid-P tail minus the wanted tail at probability `p`. */
static double miss(const void *context, double p)
{
	const struct problem *of = context;
	double at = dbinom(of->successes, of->trials, p, 0) / 2;

	if (of->upper)
		return (of->successes > 0 ? pbinom(of->successes - 1, of->trials, p, 1, 0) : 0) + at - of->tail;
	return pbinom(of->successes, of->trials, p, 0, 0) + at - of->tail;
}

/* in: successes of trials, rounded to whole; out: limits within 0 to 1, inside the exact ones. */
struct kg_interval kg_proportion_mid_p(double successes, double trials, double conf_level)
{
	double x = nearbyint(successes), n = nearbyint(trials);
	struct kg_interval exact = kg_proportion_clopper_pearson(x, n, conf_level);
	struct problem low = { x, n, kg_interval_tail(conf_level), false }, high = low;

	high.upper = true;
	return (struct kg_interval){ x > 0 ? kg_root_find(miss, &low, exact.low, exact.high) : 0,
				     x < n ? kg_root_find(miss, &high, exact.low, exact.high) : 1 };
}

static size_t fit(const struct kg_sample *sample, const struct kg_params *params, struct kg_arena *scratch,
		  struct kg_term *out, size_t room)
{
	(void)scratch;
	return kg_proportion_fit(sample, params, kg_proportion_mid_p, out, room);
}

const struct kg_stat kg_stat_proportion_mid_p = {
	.program = "proportion",
	.id = "mid-p",
	.title = "proportion with mid-P binomial limits",
	.formula = "limits p with P(X > x; p) + P(X = x; p)/2 = alpha/2 (lower) and P(X < x; p) + P(X = x; p)/2 = "
		   "alpha/2 (upper)",
	.source = "Lancaster 1961, JASA 56:223-234; Newcombe 1998, Statistics in Medicine 17:857-872, method 6",
	.assumes = "x successes among n independent trials of one probability; rows of a group add; x and n are whole "
		   "numbers",
	.agrees = "Newcombe 1998 table I as printed; a slow search in the unit test, 10 digits",
	.unit = "fraction, 0 to 1",
	.needs = KG_NEEDS_Y | KG_NEEDS_EXPOSURE,
	.min_n = 1,
	.fit = fit,
	.terms_most = 1,
};
