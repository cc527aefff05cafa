#include "stats/diffusion.h"

/* Largest ratio q / p that a start may have. */
#define RATIO_MOST 1e6

static long double share(double t, double p, double q, long double *by_p, long double *by_q)
{
	long double left = expl(-((long double)p + q) * t), ratio = (long double)q / p;
	long double above = -expm1l(-((long double)p + q) * t), below = 1 + ratio * left;

	*by_p = (t * left * below + above * ratio * left * (1.0L / p + t)) / (below * below);
	*by_q = (t * left * below - above * left * (1.0L / p - ratio * t)) / (below * below);
	return above / below;
}

static void peak(double p, double q, double *time, double time_by[2], double *rate, double rate_by[2])
{
	double sum = p + q, log_ratio = log(q / p);

	*time = q > p ? log_ratio / sum : NAN;
	time_by[0] = -1 / (p * sum) - log_ratio / (sum * sum);
	time_by[1] = 1 / (q * sum) - log_ratio / (sum * sum);
	*rate = sum * sum / (4 * q);
	rate_by[0] = sum / (2 * q);
	rate_by[1] = sum / (2 * q) - sum * sum / (4 * q * q);
}

static void start(double middle, double width, double *p, double *q)
{
	double sum = 4 / width, ratio = fmin(exp(sum * middle), RATIO_MOST);

	*p = sum / (1 + ratio);
	*q = sum - *p;
}

/* Flow at time t as a share of the ceiling: (p + q)^2 / p e^-(p+q)t / (1 + (q/p) e^-(p+q)t)^2. */
static long double density(double t, double p, double q, long double *by_p, long double *by_q)
{
	long double sum = (long double)p + q, left = expl(-sum * t), below = 1 + q / (long double)p * left;
	long double rate = sum * sum / p * left / (below * below);
	long double below_p = -left * (q / ((long double)p * p) + q * (long double)t / p);
	long double below_q = left * (1 / (long double)p - q * (long double)t / p);

	*by_p = rate * (2 / sum - 1 / (long double)p - t - 2 * below_p / below);
	*by_q = rate * (2 / sum - t - 2 * below_q / below);
	return rate;
}

const struct kg_diffusion_curve kg_diffusion_bass = { share,	  peak,	      start, "m",   "p", "q",
						      "per year", "per year", NULL,  false, true };
const struct kg_diffusion_curve kg_diffusion_bass_density = { share,	  peak,	      start,   "m",   "p", "q",
							      "per year", "per year", density, false, true };
const struct kg_diffusion_curve kg_diffusion_bass_regression = { share,	     peak,	 start, "m",  "p", "q",
								 "per year", "per year", NULL,	true, true };

static size_t fit(const struct kg_sample *sample, const struct kg_params *params, struct kg_arena *scratch,
		  struct kg_term *out, size_t room)
{
	return kg_diffusion_fit(&kg_diffusion_bass, sample, params, scratch, out, room);
}

const struct kg_stat kg_stat_bass = {
	.program = "diffusion",
	.id = "bass",
	.title = "Bass diffusion curve",
	.formula = "N(t) = m (1 - e^-(p+q)t) / (1 + (q/p) e^-(p+q)t); flows m (F(t) - F(t-1)) by nonlinear least "
		   "squares; peak at "
		   "ln(q/p) / (p+q) with flow m (p+q)^2 / (4q) per year",
	.source =
	    "Bass (1969), Management Science 15: 215-227; Srinivasan & Mason (1986), Marketing Science 5: 169-178",
	.assumes = "Time counts from one period before the first adoption; totals are fitted as the flows between "
		   "them, because their "
		   "errors pile up. p: adoption of one's own accord, q: by imitation, both per year. Limits by t(n-3) "
		   "from the "
		   "derivatives at the solution. A curve whose peak lies beyond the data is noted: its ceiling is not "
		   "determined "
		   "by them; give --ceiling. Flows that fall from the start have no peak; where even q would fall "
		   "below 0 it is held there.",
	.agrees = "R nls on m * (F(t) - F(t-1))",
	.unit = "m: that of the value; p, q: per year; peak_time: year; peak_flow: per year",
	.needs = KG_NEEDS_Y | KG_NEEDS_X,
	.min_n = 4,
	.fit = fit,
	.terms_most = KG_DIFFUSION_TERMS,
};
