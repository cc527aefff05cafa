#include "stats/growth_count.h"

static size_t fit(const struct kg_sample *sample, const struct kg_params *params, struct kg_arena *scratch,
		  struct kg_term *out, size_t room)
{
	return kg_growth_count(KG_COUNT_POISSON, sample, params, scratch, out, room);
}

const struct kg_stat kg_stat_growth_poisson = {
	.program = "growth",
	.id = "poisson",
	.title = "Annual percent change of counts by Poisson regression",
	.formula = "ln E(x[t]) = a + b t + ln(population), by maximum likelihood; APC = 100 (exp(b) - 1), limits from "
		   "b with the normal distribution; dispersion = Pearson chi-squared / (n - 2)",
	.source = "Nelder & Wedderburn (1972), Generalized linear models; Frome & Checkoway (1985), American Journal "
		  "of Epidemiology 121: 309-323",
	.assumes = "Whole counts of independent events, zeros allowed, variance equal to the mean; a dispersion above "
		   "1 makes the limits too narrow by its square root: use quasi-poisson, negative-binomial or "
		   "--covariance. The intercept is the logarithm at year 0. A series break starts a new series. Bounds "
		   "give the sharp range of the APC.",
	.unit = "apc: % per year; intercept: log of the expected count",
	.agrees = "R glm(x ~ t, poisson, offset = log(n))",
	.needs = KG_NEEDS_Y | KG_NEEDS_X,
	.min_n = 3,
	.fit = fit,
	.terms_most = KG_GROWTH_COUNT_TERMS,
};
