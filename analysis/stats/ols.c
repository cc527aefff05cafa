#include "stats/linear.h"

static size_t fit(const struct kg_sample *sample, const struct kg_params *params, struct kg_arena *scratch,
		  struct kg_term *out, size_t room)
{
	struct kg_sample unweighted = *sample;

	unweighted.weight = NULL;
	return kg_linear_terms(&unweighted, params, scratch, out, room);
}

const struct kg_stat kg_stat_ols = {
	.program = "regress",
	.id = "ols",
	.title = "Linear regression by ordinary least squares",
	.formula = "b = argmin sum (y - X b)^2; sigma^2 = RSS / (n - k); Var b = sigma^2 (X'X)^-1 (classical), or by "
		   "--covariance hc0 to hc3 (White, MacKinnon & White) or cluster: CR1 with the factor "
		   "G/(G-1) (n-1)/(n-k) and t with G-1 degrees of freedom; R^2 = 1 - RSS / TSS, TSS about the mean, "
		   "about zero when the formula has no intercept; F = Wald statistic / number of covariates",
	.source =
	    "Golub (1965), Numerical methods for solving linear least squares problems; White (1980); MacKinnon & "
	    "White (1985); Liang & Zeger (1986)",
	.assumes =
	    "The mean of y is linear in the coefficients and rows are independent (within clusters they need not "
	    "be, from about 40 clusters on); classical: equal variance as well. Collinear columns are named and "
	    "left out, the first ones stay.",
	.unit = "unit of the outcome per unit of the covariate",
	.agrees = "NIST StRD linear regression, all 11 sets; R lm, sandwich::vcovHC, sandwich::vcovCL(type = \"HC1\")",
	.needs = KG_NEEDS_Y | KG_NEEDS_DESIGN,
	.min_n = 1,
	.fit = fit,
};
