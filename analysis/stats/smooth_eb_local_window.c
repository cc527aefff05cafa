#include "stats/smooth.h"

/* Its call is kg_smooth_local. */
const struct kg_stat kg_stat_smooth_eb_local_window = {
	.program = "smooth",
	.id = "eb-local-window",
	.title = "small-area rates by local empirical Bayes, variance about the place's own mean",
	.formula = "m = sum x / sum n; s2 = sum n (x/n - m)^2 / sum n; a = s2 - m / mean n; estimate = m + a / (a +"
		   " m/n) (x/n - m) = (x + m^2/a) / (n + m/a); limits: gamma quantiles of shape x + m^2/a and rate "
		   "n + m/a; sums over the place and its neighbours",
	.source = "Marshall 1991, Applied Statistics 40:283-294",
	.assumes = "counts are Poisson; true rates of the places follow a gamma distribution with the mean and "
		   "variance found by moments; a negative variance is set to 0 and noted. The result is smoothed, "
		   "not standardised. Limits are posterior and ignore that mean and variance are estimated",
	.agrees = "GeoDa's definition in R and Python on North Carolina counties, 12 digits",
	.unit = "count per --multiplier of the population",
	.needs = KG_NEEDS_Y | KG_NEEDS_EXPOSURE,
	.min_n = 2,
};
