#include "stats/funnel.h"

/* Its call is kg_funnel_spread_make. */
const struct kg_stat kg_stat_funnel_dispersion = {
	.program = "funnel",
	.id = "dispersion",
	.title = "target and spread of all places together, and the test whether they differ by more than chance",
	.formula = "z = (x/n - T) / sqrt(V), V = T/n, for proportions T (1-T) / n; phi = mean z^2, with the test of "
		   "sum z^2 as chi-squared on the number of places (less one where T is theirs); phi_winsorised: z "
		   "held at their 10th and 90th percentiles (type 7); tau^2 = max(0, (sum z_w^2 - (k - 1)) / (sum 1/V "
		   "- sum V^-2 / sum 1/V)) over k places",
	.source = "Spiegelhalter 2005, Statistics in Medicine 24:1185-1202",
	.assumes = "places are independent; for the test, expected counts of 5 or so and more",
	.agrees =
	    "target, phi, winsorised phi and chi-squared of R and Python on North Carolina counties and US states, "
	    "11 digits",
	.unit = "target and tau: as the value; phi: 1 is chance alone",
	.needs = KG_NEEDS_Y | KG_NEEDS_EXPOSURE,
	.min_n = 1,
};
