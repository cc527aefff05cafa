#include <math.h>

#include "stats/pair.h"
#include "stats/proportion.h"

static size_t fit(const struct kg_sample *sample, const struct kg_params *params, struct kg_arena *scratch,
		  struct kg_term *out, size_t room)
{
	struct kg_pair pair;
	enum kg_why why = kg_pair_read(sample, false, &pair);
	double total = pair.x1 + pair.x2, share = pair.n1 / (pair.n1 + pair.n2), odds = pair.n2 / pair.n1;
	struct kg_interval limit;

	(void)scratch;
	if (!room)
		return 0;
	out[0] = kg_pair_term(&pair, KG_RATIO);
	if (why != KG_WHY_NONE)
		out[0] = kg_term_none(out[0].term, out[0].unit, why);
	if (why != KG_WHY_NONE || total == 0)
		return 1;
	limit = kg_proportion_clopper_pearson(pair.x1, total, params->conf_level);
	out[0].conf_low = limit.low / (1 - limit.low) * odds;
	out[0].conf_high = limit.high / (1 - limit.high) * odds;
	out[0].p_value =
	    fmin(1, 2 * fmin(pbinom(pair.x1, total, share, 1, 0), pbinom(pair.x1 - 1, total, share, 0, 0)));
	return 1;
}

const struct kg_stat kg_stat_rate_pair_exact = {
	.program = "rate-ratio",
	.id = "exact",
	.title = "ratio of two rates, exact given the total (conditional binomial)",
	.formula = "limits of P from Clopper-Pearson for x1 of x1+x2, turned into r = P n2 / ((1-P) n1); p = twice "
		   "the smaller binomial tail at P = n1/(n1+n2)",
	.source = "Przyborowski & Wilenski 1940, Biometrika 31:313-323; Rothman, Greenland & Lash 2008, chapter 14",
	.assumes = "two independent Poisson counts over known populations",
	.agrees = "R and Python on the reference pairs, 12 digits",
	.unit = "ratio: a pure number",
	.needs = KG_NEEDS_Y | KG_NEEDS_EXPOSURE,
	.min_n = 2,
	.fit = fit,
	.terms_most = 1,
};
