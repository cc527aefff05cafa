#include "stats/glm_terms.h"

static size_t fit(const struct kg_sample *sample, const struct kg_params *params, struct kg_arena *scratch,
		  struct kg_term *out, size_t room)
{
	return kg_count_terms(KG_COUNT_POISSON, sample, params, scratch, out, room);
}

const struct kg_stat kg_stat_regress_poisson = {
	.program = "regress",
	.id = "poisson",
	.title = "Poisson regression of counts",
	.formula = "ln E(y) = X b + ln(offset), by maximum likelihood (iteratively reweighted least squares); Var b = "
		   "(X'WX)^-1, W = diag(mu), or robust by --covariance; dispersion = sum (y - mu)^2 / mu / (n - k), "
		   "tested by chi-squared with n - k degrees of freedom; exp(b) is a rate ratio",
	.source = "Nelder & Wedderburn (1972), Generalized linear models; McCullagh & Nelder (1989), Generalized "
		  "Linear Models",
	.assumes = "Whole counts of independent events, variance equal to the mean. A dispersion well above 1 means "
		   "that standard errors are too small by its square root: use quasi-poisson, negative-binomial or a "
		   "robust covariance. Rows with an offset of zero are left out and listed. A coefficient that the "
		   "data drive to infinity (a level without events) is named. se_inflation is the square root of the "
		   "dispersion.",
	.unit = "log of the expected count",
	.agrees = "R glm(family = poisson), sandwich::sandwich",
	.needs = KG_NEEDS_Y | KG_NEEDS_DESIGN,
	.min_n = 1,
	.fit = fit,
};
