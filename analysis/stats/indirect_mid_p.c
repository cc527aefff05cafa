#include "stats/standard.h"

static size_t fit(const struct kg_sample *sample, const struct kg_params *params, struct kg_arena *scratch,
		  struct kg_term *out, size_t room)
{
	static const struct kg_indirect_method method = { kg_count_mid_p, kg_indirect_test_mid_p };

	(void)scratch;
	return kg_indirect_fit(sample, params, &method, out, room);
}

const struct kg_stat kg_stat_indirect_mid_p = {
	.program = "indirect",
	.id = "mid-p",
	.title = "indirectly standardised ratio and rate with mid-P Poisson limits",
	.formula = "expected E = sum over strata of the reference's rate times population; ratio = O / E; rate = "
		   "ratio times the reference's crude rate; limits of O divided by E; p of the ratio against 1: twice "
		   "the smaller Poisson tail at E, half the probability of O itself left out",
	.source = "Lancaster 1961, JASA 56:223-234; Rothman, Greenland & Lash 2008, Modern Epidemiology, chapter 14",
	.assumes = "the observed count is Poisson; the reference's rates are known without error; ratios of two "
		   "places are not comparable with each other",
	.agrees = "R and Python on five ratios, p 10 digits; limits as those of a rate",
	.unit = "ratio: a pure number; rate: count per --multiplier of the population",
	.needs = KG_NEEDS_Y | KG_NEEDS_EXPOSURE | KG_NEEDS_WEIGHT,
	.min_n = 1,
	.fit = fit,
	.terms_most = 2,
};
