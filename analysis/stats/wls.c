#include "stats/linear.h"

const struct kg_stat kg_stat_wls = {
	.program = "regress",
	.id = "wls",
	.title = "Linear regression by weighted least squares",
	.formula =
	    "b = argmin sum w (y - X b)^2; sigma^2 = sum w e^2 / (n - k); Var b = sigma^2 (X'WX)^-1, or robust as for "
	    "ols with sqrt(w) e in the place of e; R^2 with weighted sums of squares about the weighted mean",
	.source =
	    "Aitken (1935), On least squares and linear combinations of observations; Greene, Econometric Analysis, "
	    "chapter on generalised regression",
	.assumes =
	    "The variance of a row is inverse to its weight (a mean of w values, a count of w events); weights are no "
	    "frequencies: n is the number of rows. Otherwise as ols.",
	.unit = "unit of the outcome per unit of the covariate",
	.agrees = "R lm(weights = ), sandwich::vcovHC, sandwich::vcovCL(type = \"HC1\")",
	.needs = KG_NEEDS_Y | KG_NEEDS_DESIGN | KG_NEEDS_WEIGHT,
	.min_n = 1,
	.fit = kg_linear_terms,
};
