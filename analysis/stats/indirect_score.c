#include "stats/standard.h"

static void test(double observed, double expected, struct kg_term *ratio)
{
	double apart = observed - expected;

	ratio->statistic = apart * apart / expected;
	ratio->df = 1;
	ratio->p_value = pchisq(ratio->statistic, 1, 0, 0);
}

static size_t fit(const struct kg_sample *sample, const struct kg_params *params, struct kg_arena *scratch,
		  struct kg_term *out, size_t room)
{
	static const struct kg_indirect_method method = { kg_count_score, test };

	(void)scratch;
	return kg_indirect_fit(sample, params, &method, out, room);
}

const struct kg_stat kg_stat_indirect_score = {
	.program = "indirect",
	.id = "score",
	.title = "indirectly standardised ratio and rate with score limits",
	.formula = "expected E = sum over strata of the reference's rate times population; ratio = O / E; rate = "
		   "ratio times the reference's crude rate; limits of O divided by E; p of the ratio against 1: (O - "
		   "E)^2 / E as chi-squared with 1 degree of freedom",
	.source = "Breslow & Day 1987, Statistical Methods in Cancer Research II, section 2.3; Rao 1948, Mathematical "
		  "Proceedings of the Cambridge Philosophical Society 44:50-57",
	.assumes = "the observed count is Poisson; the reference's rates are known without error; ratios of two "
		   "places are not comparable with each other",
	.agrees = "R and Python on five ratios, chi-squared 12 digits; limits as those of a rate",
	.unit = "ratio: a pure number; rate: count per --multiplier of the population",
	.needs = KG_NEEDS_Y | KG_NEEDS_EXPOSURE | KG_NEEDS_WEIGHT,
	.min_n = 1,
	.fit = fit,
	.terms_most = 2,
};
