#include "stats/diffusion.h"

static size_t fit(const struct kg_sample *sample, const struct kg_params *params, struct kg_arena *scratch,
		  struct kg_term *out, size_t room)
{
	return kg_diffusion_fit(&kg_diffusion_bass_regression, sample, params, scratch, out, room);
}

const struct kg_stat kg_stat_bass_regression = {
	.program = "diffusion",
	.id = "bass-regression",
	.title = "Bass diffusion curve by regression",
	.formula = "flow = a + b N + c N^2 by least squares, N the total before the period; m = (-b - sqrt(b^2 - 4ac)) "
		   "/ (2c), p = "
		   "a / m, q = -c m",
	.source = "Bass (1969), Management Science 15: 215-227",
	.assumes = "Errors of the flows are independent and of equal variance. Reads a differential equation over "
		   "whole periods: "
		   "p and q come out as per period, and biased where a period is long, which "
		   "limits (t(n-3), delta method) do not allow for: to repeat published fits; otherwise bass. no-curve "
		   "where the parabola has no positive root.",
	.agrees = "R lm on the total and its square",
	.unit = "m: that of the value; p, q: per year; peak_time: year; peak_flow: per year",
	.needs = KG_NEEDS_Y | KG_NEEDS_X,
	.min_n = 4,
	.fit = fit,
	.terms_most = KG_DIFFUSION_TERMS,
};
