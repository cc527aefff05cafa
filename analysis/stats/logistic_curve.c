#include "stats/diffusion.h"

static long double share(double t, double rate, double midpoint, long double *by_rate, long double *by_midpoint)
{
	long double reached = 1 / (1 + expl(-(long double)rate * (t - midpoint)));

	*by_rate = reached * (1 - reached) * ((long double)t - midpoint);
	*by_midpoint = -reached * (1 - reached) * rate;
	return reached;
}

static void peak(double rate, double midpoint, double *time, double time_by[2], double *flow, double flow_by[2])
{
	*time = midpoint;
	time_by[0] = 0;
	time_by[1] = 1;
	*flow = rate / 4;
	flow_by[0] = 0.25;
	flow_by[1] = 0;
}

static void start(double middle, double width, double *rate, double *midpoint)
{
	*rate = 4 / width;
	*midpoint = middle;
}

const struct kg_diffusion_curve kg_diffusion_logistic = { share,      peak,   start, "ceiling", "rate", "midpoint",
							  "per year", "year", NULL,  false,	false };

static size_t fit(const struct kg_sample *sample, const struct kg_params *params, struct kg_arena *scratch,
		  struct kg_term *out, size_t room)
{
	return kg_diffusion_fit(&kg_diffusion_logistic, sample, params, scratch, out, room);
}

const struct kg_stat kg_stat_logistic_curve = {
	.program = "diffusion",
	.id = "logistic",
	.title = "Logistic growth curve",
	.formula = "N(t) = ceiling / (1 + e^(-rate (t - midpoint))) by nonlinear least squares; flows (--flow) as N(t) "
		   "- N(t-1); "
		   "peak at the midpoint with flow ceiling rate / 4 per year",
	.source = "Verhulst (1838), Correspondance mathematique et physique 10: 113-121; Griliches (1957), "
		  "Econometrica 25: 501-522",
	.assumes =
	    "Errors are independent and of equal variance, on the scale of the values given. Limits by t(n-3) from the "
	    "derivatives at the solution. A curve whose midpoint lies beyond the data is noted: its ceiling is not "
	    "determined by them; give --ceiling.",
	.agrees = "R nls with SSlogis",
	.unit = "ceiling: that of the value; rate: per year; midpoint, peak_time: year; peak_flow: per year",
	.needs = KG_NEEDS_Y | KG_NEEDS_X,
	.min_n = 4,
	.fit = fit,
	.terms_most = KG_DIFFUSION_TERMS,
};
