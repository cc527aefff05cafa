#include "stats/growth_count.h"

static size_t fit(const struct kg_sample *sample, const struct kg_params *params, struct kg_arena *scratch,
		  struct kg_term *out, size_t room)
{
	return kg_growth_count(KG_COUNT_QUASI, sample, params, scratch, out, room);
}

const struct kg_stat kg_stat_growth_quasi_poisson = {
	.program = "growth",
	.id = "quasi-poisson",
	.title = "Annual percent change of counts by quasi-Poisson regression",
	.formula = "as poisson, with standard errors times the square root of the dispersion = Pearson chi-squared / "
		   "(n - 2), and t(n-2)",
	.source = "Wedderburn (1974), Biometrika 61: 439-447",
	.assumes = "Variance proportional to the mean, that of the negative binomial model NB1. The intercept is the "
		   "logarithm at year 0. A series break starts "
		   "a new series. Bounds give the sharp range of the APC.",
	.unit = "apc: % per year; dispersion: ratio of variance to mean",
	.agrees = "R glm(x ~ t, quasipoisson, offset = log(n))",
	.needs = KG_NEEDS_Y | KG_NEEDS_X,
	.min_n = 3,
	.fit = fit,
	.terms_most = KG_GROWTH_COUNT_TERMS,
};
