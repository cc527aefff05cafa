#include "stats/pair.h"

static size_t fit(const struct kg_sample *sample, const struct kg_params *params, struct kg_arena *scratch,
		  struct kg_term *out, size_t room)
{
	(void)scratch;
	return kg_pair_score_fit(sample, params, false, out, room);
}

const struct kg_stat kg_stat_compare_score = {
	.program = "compare",
	.id = "score",
	.title = "difference, ratio and odds ratio of two proportions by score limits",
	.formula = "the same as miettinen-nurminen without the factor N/(N-1): Mee's limits of the difference, "
		   "Koopman's of the ratio",
	.source = "Mee 1984, Biometrics 40:1175-1176; Koopman 1984, Biometrics 40:513-517; Cornfield 1956",
	.assumes = "two independent groups; counts are binomial, each a part of its denominator",
	.agrees = "a slow grid search in the unit test, 9 digits; Newcombe's table II as printed",
	.unit = "difference: fraction; ratio and odds ratio: pure numbers",
	.needs = KG_NEEDS_Y | KG_NEEDS_EXPOSURE,
	.min_n = 2,
	.fit = fit,
	.terms_most = 3,
};
