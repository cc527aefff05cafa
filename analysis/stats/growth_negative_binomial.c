#include "stats/growth_count.h"

static size_t fit(const struct kg_sample *sample, const struct kg_params *params, struct kg_arena *scratch,
		  struct kg_term *out, size_t room)
{
	return kg_growth_count(KG_COUNT_NEGATIVE_BINOMIAL, sample, params, scratch, out, room);
}

const struct kg_stat kg_stat_growth_negative_binomial = {
	.program = "growth",
	.id = "negative-binomial",
	.title = "Annual percent change of counts by negative binomial regression",
	.formula = "ln E(x[t]) = a + b t + ln(population), variance m + m^2 / theta (NB2), by maximum likelihood; APC "
		   "= 100 (exp(b) - 1)",
	.source = "Lawless (1987), Canadian Journal of Statistics 15: 209-225; Venables & Ripley (2002), Modern "
		  "Applied Statistics with S",
	.assumes = "Whole counts, zeros allowed, variance rising with the square of the mean. Standard errors take "
		   "theta as known. The intercept is the logarithm at year 0. A series break starts a new series.",
	.unit = "apc: % per year; theta: dispersion parameter",
	.agrees = "R MASS::glm.nb(x ~ t + offset(log(n)))",
	.needs = KG_NEEDS_Y | KG_NEEDS_X,
	.min_n = 3,
	.fit = fit,
	.terms_most = KG_GROWTH_COUNT_TERMS,
};
