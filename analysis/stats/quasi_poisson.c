#include "stats/glm_terms.h"

static size_t fit(const struct kg_sample *sample, const struct kg_params *params, struct kg_arena *scratch,
		  struct kg_term *out, size_t room)
{
	return kg_count_terms(KG_COUNT_QUASI, sample, params, scratch, out, room);
}

const struct kg_stat kg_stat_regress_quasi_poisson = {
	.program = "regress",
	.id = "quasi-poisson",
	.title = "Poisson regression with estimated dispersion",
	.formula = "coefficients as poisson; Var b = phi (X'WX)^-1 with phi = sum (y - mu)^2 / mu / (n - k) (Pearson); "
		   "tests and limits by t(n - k)",
	.source =
	    "Wedderburn (1974), Quasi-likelihood functions, generalized linear models, and the Gauss-Newton method",
	.assumes = "Variance proportional to the mean, that of the negative binomial model NB1; values need not be "
		   "whole, but not negative. There is no likelihood.",
	.unit = "log of the expected count",
	.agrees = "R glm(family = quasipoisson)",
	.needs = KG_NEEDS_Y | KG_NEEDS_DESIGN,
	.min_n = 1,
	.fit = fit,
};
