#include "stats/glm_terms.h"

static size_t fit(const struct kg_sample *sample, const struct kg_params *params, struct kg_arena *scratch,
		  struct kg_term *out, size_t room)
{
	return kg_count_terms(KG_COUNT_NEGATIVE_BINOMIAL, sample, params, scratch, out, room);
}

const struct kg_stat kg_stat_regress_negative_binomial = {
	.program = "regress",
	.id = "negative-binomial",
	.title = "Negative binomial regression of counts (NB2)",
	.formula = "ln E(y) = X b + ln(offset), Var y = mu + mu^2 / theta; b and theta by maximum likelihood; Var b = "
		   "(X'WX)^-1 with W = diag(mu / (1 + mu / theta)), theta from its observed information, limits of "
		   "theta on the scale of its logarithm",
	.source = "Lawless (1987), Negative binomial and mixed Poisson regression; Venables & Ripley (2002), Modern "
		  "Applied Statistics with S, section 7.4",
	.assumes =
	    "Whole counts of independent events whose rates vary by a gamma distribution. Where counts vary no more "
	    "than Poisson counts, theta is infinite: its row says so and the coefficients are those of poisson.",
	.unit = "log of the expected count; theta: dispersion parameter",
	.agrees = "R MASS::glm.nb iterated to full convergence",
	.needs = KG_NEEDS_Y | KG_NEEDS_DESIGN,
	.min_n = 1,
	.fit = fit,
};
