#include "stats/pair.h"

static size_t fit(const struct kg_sample *sample, const struct kg_params *params, struct kg_arena *scratch,
		  struct kg_term *out, size_t room)
{
	(void)scratch;
	return kg_pair_score_fit(sample, params, true, out, room);
}

const struct kg_stat kg_stat_compare_miettinen_nurminen = {
	.program = "compare",
	.id = "miettinen-nurminen",
	.title = "difference, ratio and odds ratio of two proportions by score limits with Miettinen and "
		 "Nurminen's correction",
	.formula = "limits where the score deviate (estimate minus supposed value over its standard error at the "
		   "restricted maximum likelihood proportions, variance times N/(N-1)) is -+ z; test: pooled z "
		   "times sqrt((N-1)/N)",
	.source = "Miettinen & Nurminen 1985, Statistics in Medicine 4:213-226",
	.assumes = "two independent groups; counts are binomial, each a part of its denominator",
	.agrees = "a slow grid search in the unit test, 9 digits; Newcombe's table II as printed",
	.unit = "difference: fraction; ratio and odds ratio: pure numbers",
	.needs = KG_NEEDS_Y | KG_NEEDS_EXPOSURE,
	.min_n = 2,
	.fit = fit,
	.terms_most = 3,
};
