#include <Rmath.h>

#include "stats/growth.h"
#include "stats/moments.h"

/* A year less a day: calendar years have 365 or 366 days. */
#define SPAN_LEAST (1 - 1 / 365.2425)

/* ln of the mean yearly ratio and its standard error (NaN: not counts); `why` when there is none. */
struct rate {
	long double log, low, high, years;
	double se;
	enum kg_why why;
};

static struct rate measure(const struct kg_sample *sample, const struct kg_params *params)
{
	size_t last = sample->n - 1;
	struct kg_growth_value from = kg_growth_at(sample, params, 0), to = kg_growth_at(sample, params, last);
	struct kg_growth_value ratio = kg_growth_ratio(&from, &to);
	struct rate rate = { .years = (long double)sample->x[last] - sample->x[0], .se = NAN, .why = ratio.why };

	if (rate.years < SPAN_LEAST)
		rate.why = KG_WHY_SHORT_SPAN;
	else if (from.value < 0 || to.value < 0)
		rate.why = KG_WHY_NEGATIVE;
	if (rate.why != KG_WHY_NONE)
		return rate;
	rate.log = logl(ratio.value) / rate.years;
	rate.low = logl(ratio.low) / rate.years;
	rate.high = logl(ratio.high) / rate.years;
	if (kg_growth_counts(sample) && to.value > 0)
		rate.se = (double)(sqrtl(1.0L / sample->y[0] + 1.0L / sample->y[last]) / rate.years);
	return rate;
}

static struct kg_term grow(const struct rate *rate, double z)
{
	struct kg_term term = kg_term_new("cagr", "% per year");

	term.estimate = (double)(100 * expm1l(rate->log));
	if (!isnan(rate->se)) {
		term.std_error = (double)(100 * expl(rate->log) * rate->se);
		term.conf_low = (double)(100 * expm1l(rate->log - z * rate->se));
		term.conf_high = (double)(100 * expm1l(rate->log + z * rate->se));
		term.statistic = (double)rate->log / rate->se;
		term.p_value = 2 * pnorm(-fabs(term.statistic), 0, 1, 1, 0);
	}
	if (rate->low != rate->high) {
		term.bound_low = (double)(100 * expm1l(rate->low));
		term.bound_high = (double)(100 * expm1l(rate->high));
		term.why = KG_WHY_BOUND;
	}
	return term;
}

/* ln 2 / log over a range of logs around `at`: falls on either side of 0, so the ends change places. Where 0 lies in
 * the range the times beyond it are of the other sign: the end on that side is open. */
static void invert(long double at, long double low, long double high, double *shorter, double *longer)
{
	bool crosses = low <= 0 && high >= 0;

	*shorter = crosses && at < 0 ? -INFINITY : (double)(logl(2) / high);
	*longer = crosses && at > 0 ? INFINITY : (double)(logl(2) / low);
}

static struct kg_term double_time(const struct rate *rate, double z)
{
	struct kg_term term = kg_term_new("doubling_time", "years");

	if (rate->log == 0 || isinf(rate->log)) {
		term.why = rate->log == 0 ? KG_WHY_NO_SPREAD : KG_WHY_ZERO_VALUE;
		return term;
	}
	term.estimate = (double)(logl(2) / rate->log);
	if (!isnan(rate->se)) {
		term.std_error = fabs(term.estimate) * rate->se / fabs((double)rate->log);
		invert(rate->log, rate->log - z * rate->se, rate->log + z * rate->se, &term.conf_low, &term.conf_high);
	}
	if (rate->low != rate->high) {
		invert(rate->log, rate->low, rate->high, &term.bound_low, &term.bound_high);
		term.why = KG_WHY_BOUND;
	}
	return term;
}

static size_t fit(const struct kg_sample *sample, const struct kg_params *params, struct kg_arena *scratch,
		  struct kg_term *out, size_t room)
{
	struct rate rate = measure(sample, params);
	double z = qnorm(0.5 + params->conf_level / 2, 0, 1, 1, 0);

	(void)scratch;
	if (room < 2)
		return 0;
	if (rate.why != KG_WHY_NONE) {
		out[0] = kg_term_none("cagr", "% per year", rate.why);
		out[1] = kg_term_none("doubling_time", "years", rate.why);
		return 2;
	}
	out[0] = grow(&rate, z);
	if (out[0].why == KG_WHY_NONE && !sample->exposure && !kg_has_spread(sample->y, sample->n))
		out[0].why = KG_WHY_NO_SPREAD;
	out[1] = double_time(&rate, z);
	return 2;
}

const struct kg_stat kg_stat_cagr = {
	.program = "growth",
	.id = "cagr",
	.title = "Compound annual growth rate",
	.formula = "100 ((x[T] / x[0])^(1/years) - 1); doubling time ln 2 / ln(1 + g), negative = halving time",
	.source =
	    "Preston, Heuveline & Guillot (2001), Demography: Measuring and Modeling Population Processes, ch. 1; "
	    "Rothman, Greenland & Lash (2008), Modern Epidemiology, ch. 14 (variance of the log of a ratio of counts)",
	.assumes =
	    "First and last value are positive and at least a year apart; years are true elapsed time. Only the two "
	    "ends "
	    "count. When all values are whole numbers, zero or more, they are taken as counts and the interval is that "
	    "of "
	    "a ratio of two Poisson counts, Var ln(x[T]/x[0]) = 1/x[0] + 1/x[T] (a population is taken as known); "
	    "otherwise there is no interval. With fewer than about ten events at an end the interval is wider than it "
	    "says. The interval of a doubling time is open when it includes no growth. A "
	    "series "
	    "break starts a new series.",
	.unit = "% per year; doubling time in years",
	.agrees = "R (x[n] / x[1])^(1 / (t[n] - t[1])) - 1",
	.needs = KG_NEEDS_Y | KG_NEEDS_X,
	.min_n = 2,
	.fit = fit,
	.terms_most = 2,
};
