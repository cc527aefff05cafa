#include "stats/standard.h"

static size_t fit(const struct kg_sample *sample, const struct kg_params *params, struct kg_arena *scratch,
		  struct kg_term *out, size_t room)
{
	static const struct kg_indirect_method method = { kg_count_exact, kg_indirect_test_exact };

	(void)scratch;
	return kg_indirect_fit(sample, params, &method, out, room);
}

const struct kg_stat kg_stat_indirect_exact = {
	.program = "indirect",
	.id = "exact",
	.title = "indirectly standardised ratio and rate with exact Poisson limits",
	.formula = "expected E = sum over strata of the reference's rate times population; ratio = O / E; rate = "
		   "ratio times the reference's crude rate; limits of O divided by E; p of the ratio against 1: twice "
		   "the smaller Poisson tail at E",
	.source = "Breslow & Day 1987, Statistical Methods in Cancer Research II, sections 2.3 and 2.7",
	.assumes = "the observed count is Poisson; the reference's rates are known without error; ratios of two "
		   "places are not comparable with each other",
	.agrees = "PHEindicatormethods 2.1.0 phe_isr at 95 and 99.8 percent and R, Python on Danish lung cancer, 12 "
		  "digits; p 10 digits",
	.unit = "ratio: a pure number; rate: count per --multiplier of the population",
	.needs = KG_NEEDS_Y | KG_NEEDS_EXPOSURE | KG_NEEDS_WEIGHT,
	.min_n = 1,
	.fit = fit,
	.terms_most = 2,
};
