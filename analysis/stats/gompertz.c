#include "stats/diffusion.h"

static long double share(double t, double rate, double midpoint, long double *by_rate, long double *by_midpoint)
{
	long double left = expl(-(long double)rate * (t - midpoint)), reached = expl(-left);
	long double slope =
	    left > 1e4L ? 0 : reached * left; /* far below the curve both are 0, and 0 x infinity is not */

	*by_rate = slope * ((long double)t - midpoint);
	*by_midpoint = -slope * rate;
	return reached;
}

static void peak(double rate, double midpoint, double *time, double time_by[2], double *flow, double flow_by[2])
{
	*time = midpoint;
	time_by[0] = 0;
	time_by[1] = 1;
	*flow = rate * exp(-1);
	flow_by[0] = exp(-1);
	flow_by[1] = 0;
}

static void start(double middle, double width, double *rate, double *midpoint)
{
	*rate = 3 / width;
	*midpoint = middle;
}

const struct kg_diffusion_curve kg_diffusion_gompertz = { share,      peak,   start, "ceiling", "rate", "midpoint",
							  "per year", "year", NULL,  false,	false };

static size_t fit(const struct kg_sample *sample, const struct kg_params *params, struct kg_arena *scratch,
		  struct kg_term *out, size_t room)
{
	return kg_diffusion_fit(&kg_diffusion_gompertz, sample, params, scratch, out, room);
}

const struct kg_stat kg_stat_gompertz = {
	.program = "diffusion",
	.id = "gompertz",
	.title = "Gompertz growth curve",
	.formula = "N(t) = ceiling exp(-e^(-rate (t - midpoint))) by nonlinear least squares; flows (--flow) as N(t) - "
		   "N(t-1); peak at "
		   "the midpoint, where N is ceiling / e, with flow ceiling rate / e per year",
	.source = "Gompertz (1825), Philosophical Transactions 115: 513-583; Winsor (1932), Proc. National Academy of "
		  "Sciences 18: 1-8",
	.assumes =
	    "Errors are independent and of equal variance, on the scale of the values given. Limits by t(n-3) from the "
	    "derivatives at the solution. A curve whose midpoint lies beyond the data is noted: its ceiling is not "
	    "determined by them; give --ceiling.",
	.agrees = "R nls on ceiling * exp(-exp(-rate * (t - midpoint)))",
	.unit = "ceiling: that of the value; rate: per year; midpoint, peak_time: year; peak_flow: per year",
	.needs = KG_NEEDS_Y | KG_NEEDS_X,
	.min_n = 4,
	.fit = fit,
	.terms_most = KG_DIFFUSION_TERMS,
};
