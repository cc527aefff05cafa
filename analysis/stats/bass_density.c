#include "stats/diffusion.h"

static size_t fit(const struct kg_sample *sample, const struct kg_params *params, struct kg_arena *scratch,
		  struct kg_term *out, size_t room)
{
	return kg_diffusion_fit(&kg_diffusion_bass_density, sample, params, scratch, out, room);
}

const struct kg_stat kg_stat_bass_density = {
	.program = "diffusion",
	.id = "bass-density",
	.title = "Bass diffusion curve, flows taken as its rate",
	.formula = "flow = m (p+q)^2 / p e^-(p+q)t / (1 + (q/p) e^-(p+q)t)^2 by nonlinear least squares: the rate at "
		   "the end of "
		   "a period stands for the flow of the period",
	.source = "Bass (1969), Management Science 15: 215-227; Cowpertwait & Metcalfe (2009), Introductory Time "
		  "Series with R, "
		  "section 3.3",
	.assumes = "Periods are short against the spread: the rate changes little within one. Otherwise bass. Limits "
		   "by t(n-3) "
		   "from the derivatives at the solution; notes as for bass.",
	.agrees = "R nls; the printed fit of the book",
	.unit = "m: that of the value; p, q: per year; peak_time: year; peak_flow: per year",
	.needs = KG_NEEDS_Y | KG_NEEDS_X,
	.min_n = 4,
	.fit = fit,
	.terms_most = KG_DIFFUSION_TERMS,
};
