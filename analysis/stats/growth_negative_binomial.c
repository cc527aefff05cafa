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
	.formula =
	    "ln E(x[t]) = a + b t + ln(population), variance m + m^2 / theta (NB2), by maximum likelihood; APC "
	    "= 100 (exp(b) - 1), limits from b with t(n-2); standard errors times the square root of the dispersion = "
	    "Pearson chi-squared / (n - 2) where that is above 1",
	.source =
	    "Lawless (1987), Canadian Journal of Statistics 15: 209-225; Venables & Ripley (2002), Modern "
	    "Applied Statistics with S; McCullagh & Nelder (1989), Generalized Linear Models, section 9.2 (dispersion)",
	.assumes = "Whole counts, zeros allowed, variance rising with the square of the mean. Eight periods or "
		   "more: with fewer, limits are too narrow; those of theta need about 40. theta is estimated from the "
		   "same counts, which the "
		   "dispersion and "
		   "t make up for; regress leaves that out, as R does. Where theta is infinite the fit is that of "
		   "poisson. The intercept is the logarithm at year 0. A series break starts a new series. "
		   "Bounds are taken at their stated figures.",
	.unit = "apc: % per year; theta: dispersion parameter",
	.agrees = "R MASS::glm.nb(x ~ t + offset(log(n))) in estimates and theta; its standard errors are not widened",
	.needs = KG_NEEDS_Y | KG_NEEDS_X,
	.min_n = 3,
	.fit = fit,
	.terms_most = KG_GROWTH_COUNT_TERMS,
};
