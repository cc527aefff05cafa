#include "stats/smooth.h"

/* Its call is kg_smooth_local. */
const struct kg_stat kg_stat_smooth_eb_local = {
	.program = "smooth",
	.id = "eb-local",
	.title = "small-area rates by local empirical Bayes",
	.formula =
	    "over the place and its neighbours, s2 about each one's own surrounding mean, as in R spdep: m = "
	    "sum x / sum n; s2 = sum n (x/n - m)^2 / sum n; a = s2 - m / mean n; estimate = m + a / (a + m/n) "
	    "(x/n - m) = (x + m^2/a) / (n + m/a); limits: quantiles of the gamma distribution with that mean "
	    "and, --ci jackknife, the variance v - (k-1)/k sum (v_u - v) + (k-1)/k sum (estimate_u - "
	    "estimate)^2, v = (x + m^2/a) / (n + m/a)^2, u each of the k places left out of m and a in turn; "
	    "--ci posterior: the variance v",
	.source = "Marshall 1991, Applied Statistics 40:283-294; limits: Jiang, Lahiri & Wan 2002, Annals of Statistics "
		  "30:1782-1810",
	.assumes = "counts are Poisson; true rates of the places follow a gamma distribution with the mean and "
		   "variance found by moments; a negative variance is set to 0 and noted. The result is smoothed, "
		   "not standardised. Jackknife limits hold 92 to 95 % with eight neighbours, posterior ones, "
		   "which take mean and variance as known, 84 to 94 %",
	.agrees = "R spdep EBlocal and Python on North Carolina counties, 12 digits",
	.unit = "count per --multiplier of the population",
	.needs = KG_NEEDS_Y | KG_NEEDS_EXPOSURE,
	.min_n = 2,
};
