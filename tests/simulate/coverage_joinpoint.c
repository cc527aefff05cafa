/* coverage_joinpoint: intervals of joinpoint and diffusion. */
#include "coverage.h"
#include "stats/diffusion.h"
#include "stats/joinpoint.h"

#define BEND 10 /* position of the joinpoint */
#define SLOPE_BEFORE 0.03
#define SLOPE_AFTER -0.02

static void make_bent(struct kg_random *random, struct kg_trial_series *series)
{
	for (size_t i = 0; i < series->n; i++) {
		double before = fmin((double)i, BEND), after = fmax(0, (double)i - BEND);

		series->y[i] = 100 * exp(SLOPE_BEFORE * before + SLOPE_AFTER * after + 0.02 * kg_random_normal(random));
	}
}

static void make_faint(struct kg_random *random, struct kg_trial_series *series)
{
	for (size_t i = 0; i < series->n; i++) {
		double before = fmin((double)i, BEND), after = fmax(0, (double)i - BEND);

		series->y[i] = 100 * exp(SLOPE_BEFORE * before + SLOPE_AFTER * after + 0.06 * kg_random_normal(random));
	}
}

static void make_bent_counts(struct kg_random *random, struct kg_trial_series *series)
{
	for (size_t i = 0; i < series->n; i++) {
		double before = fmin((double)i, BEND), after = fmax(0, (double)i - BEND);

		series->y[i] = kg_draw_count(random, 400 * exp(SLOPE_BEFORE * before + SLOPE_AFTER * after));
	}
}

/* Standard errors of make_uneven: every other value is three times as uncertain. */
static const double uneven[] = { 1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1 };

static void make_uneven(struct kg_random *random, struct kg_trial_series *series)
{
	for (size_t i = 0; i < series->n; i++)
		series->y[i] =
		    2 * fmin((double)i, BEND) - fmax(0, (double)i - BEND) + uneven[i] * kg_random_normal(random);
}

/* Errors with autocorrelation 0.5. */
static void make_correlated(struct kg_random *random, struct kg_trial_series *series)
{
	double error = 0.02 * kg_random_normal(random);

	for (size_t i = 0; i < series->n; i++) {
		double before = fmin((double)i, BEND), after = fmax(0, (double)i - BEND);

		series->y[i] = 100 * exp(SLOPE_BEFORE * before + SLOPE_AFTER * after + error);
		error = 0.5 * error + 0.02 * sqrt(0.75) * kg_random_normal(random);
	}
}

/* The level falls by a tenth from the sixteenth value on. */
static void make_step(struct kg_random *random, struct kg_trial_series *series)
{
	make_bent(random, series);
	for (size_t i = 16; i < series->n; i++)
		series->y[i] *= 0.9;
}

static void make_s_curve(struct kg_random *random, struct kg_trial_series *series)
{
	for (size_t i = 0; i < series->n; i++)
		series->y[i] = 1000 / (1 + exp(-0.5 * ((double)i - 9))) + 100 + 0.5 * kg_random_normal(random);
	for (size_t i = 0; i < series->n; i++)
		series->y[i] -= 100;
}

static void make_adoptions(struct kg_random *random, struct kg_trial_series *series)
{
	double before = 0;

	for (size_t i = 0; i < series->n; i++) {
		double left = exp(-0.43 * (double)(i + 1)), share = (1 - left) / (1 + 0.4 / 0.03 * left);

		series->y[i] = fmax(0, 10000 * (share - before) + 30 * kg_random_normal(random));
		before = share;
	}
}

/* The rate at each time itself. */
static void make_rates(struct kg_random *random, struct kg_trial_series *series)
{
	for (size_t i = 0; i < series->n; i++) {
		double left = exp(-0.43 * (double)(i + 1)), below = 1 + 0.4 / 0.03 * left;

		series->y[i] =
		    fmax(0, 10000 * 0.43 * 0.43 / 0.03 * left / (below * below) + 30 * kg_random_normal(random));
	}
}

static void make_gompertz(struct kg_random *random, struct kg_trial_series *series)
{
	for (size_t i = 0; i < series->n; i++)
		series->y[i] = 1000 * exp(-exp(-0.3 * ((double)i - 8))) + 100 + 0.5 * kg_random_normal(random);
	for (size_t i = 0; i < series->n; i++)
		series->y[i] = fmax(i ? series->y[i - 1] : 0, series->y[i] - 100);
}

#define RULES(most) .rules = { most, 2, 2 }, .comparability = { NAN, 0 }
static const struct kg_joinpoint_options chosen = { RULES(SIZE_MAX) };
static const struct kg_joinpoint_options known = { RULES(1) };
static const struct kg_joinpoint_options delta = { RULES(1), .limits = KG_LIMITS_DELTA };
static const struct kg_joinpoint_options delta_chosen = { RULES(SIZE_MAX), .limits = KG_LIMITS_DELTA };
static const struct kg_joinpoint_options resampled = { RULES(1), .limits = KG_LIMITS_EMPIRICAL };
static const struct kg_joinpoint_options given = { RULES(1), .limits = KG_LIMITS_DELTA, .autocorrelation = 0.5 };
static const struct kg_joinpoint_options estimated = { RULES(1), .limits = KG_LIMITS_DELTA, .autocorrelation = NAN };
static const struct kg_joinpoint_options step = { RULES(1), .limits = KG_LIMITS_DELTA, .jumps = 1, .jump = { 16 } };
static const struct kg_joinpoint_options counted = { RULES(1), .scale = KG_SCALE_POISSON, .limits = KG_LIMITS_DELTA };
static const struct kg_joinpoint_options weighted = { RULES(1), .scale = KG_SCALE_LINEAR, .std_error = uneven };
static const struct kg_diffusion_options total = { .ceiling = NAN, .step = 1 };
static const struct kg_diffusion_options flow = { .flow = true, .ceiling = NAN, .step = 1 };

static double average(double last)
{
	return 100 * expm1((SLOPE_BEFORE * BEND + SLOPE_AFTER * (last - BEND)) / last);
}

#define JOINPOINT(term, setting, fill, n, truth, own)                                                                  \
	{                                                                                                              \
		"joinpoint", "joinpoint", term, setting, fill, n, truth, &own, 0, 0                                    \
	}
#define RESAMPLED(term, setting, fill, n, truth, own)                                                                  \
	{                                                                                                              \
		"joinpoint", "joinpoint", term, setting, fill, n, truth, &own, 999, 0                                  \
	}
#define DIFFUSION(method, term, setting, fill, truth, own)                                                             \
	{                                                                                                              \
		"diffusion", method, term, setting, fill, 20, truth, &own, 0, 0                                        \
	}

int main(void)
{
	const double apc = 100 * expm1(SLOPE_BEFORE), later = 100 * expm1(SLOPE_AFTER);
	const struct kg_trial trials[] = {
		JOINPOINT("apc_1", "one bend", make_bent, 21, apc, known),
		JOINPOINT("apc_2", "one bend", make_bent, 21, later, known),
		JOINPOINT("apc_1", "one bend, number chosen", make_bent, 21, apc, chosen),
		JOINPOINT("apc_1", "faint bend", make_faint, 31, apc, known),
		JOINPOINT("joinpoint_1", "one bend", make_bent, 21, BEND, known),
		JOINPOINT("joinpoint_1", "faint bend", make_faint, 31, BEND, known),
		JOINPOINT("aapc", "one bend, parametric", make_bent, 21, average(20), known),
		JOINPOINT("aapc", "one bend, delta", make_bent, 21, average(20), delta),
		JOINPOINT("aapc", "one bend, delta, number chosen", make_bent, 21, average(20), delta_chosen),
		JOINPOINT("aapc", "faint bend, delta", make_faint, 31, average(30), delta),
		RESAMPLED("aapc", "one bend, empirical", make_bent, 21, average(20), resampled),
		RESAMPLED("aapc", "one bend, empirical", make_bent, 41, average(40), resampled),
		RESAMPLED("apc_1", "one bend, empirical", make_bent, 21, apc, resampled),
		RESAMPLED("apc_1", "one bend, empirical", make_bent, 41, apc, resampled),
		RESAMPLED("joinpoint_1", "faint bend, empirical", make_faint, 31, BEND, resampled),
		JOINPOINT("apc_1", "autocorrelation 0.5 overlooked", make_correlated, 31, apc, delta),
		JOINPOINT("apc_1", "autocorrelation 0.5 given", make_correlated, 31, apc, given),
		JOINPOINT("aapc", "autocorrelation 0.5 given, delta", make_correlated, 31, average(30), given),
		JOINPOINT("apc_2", "autocorrelation 0.5 estimated", make_correlated, 41, later, estimated),
		JOINPOINT("aapc", "autocorrelation 0.5 estimated, delta", make_correlated, 41, average(40), estimated),
		JOINPOINT("apc_2", "autocorrelation 0.5 estimated", make_correlated, 100, later, estimated),
		JOINPOINT("aapc", "autocorrelation 0.5 estimated, delta", make_correlated, 100, average(99), estimated),
		JOINPOINT("jump_1", "one bend and a step", make_step, 31, -10, step),
		JOINPOINT("apc_2", "one bend and a step", make_step, 31, later, step),
		JOINPOINT("aapc", "one bend and a step, delta", make_step, 31, average(30), step),
		DIFFUSION("logistic", "ceiling", "totals past the bend", make_s_curve, 1000, total),
		DIFFUSION("logistic", "rate", "totals past the bend", make_s_curve, 0.5, total),
		DIFFUSION("logistic", "peak_time", "totals past the bend", make_s_curve, 9, total),
		DIFFUSION("logistic", "peak_flow", "totals past the bend", make_s_curve, 125, total),
		DIFFUSION("gompertz", "ceiling", "totals past the bend", make_gompertz, 1000, total),
		DIFFUSION("gompertz", "rate", "totals past the bend", make_gompertz, 0.3, total),
		DIFFUSION("gompertz", "midpoint", "totals past the bend", make_gompertz, 8, total),
		DIFFUSION("gompertz", "peak_flow", "totals past the bend", make_gompertz, 300 * exp(-1), total),
		DIFFUSION("bass", "m", "flows past the peak", make_adoptions, 10000, flow),
		DIFFUSION("bass", "p", "flows past the peak", make_adoptions, 0.03, flow),
		DIFFUSION("bass", "q", "flows past the peak", make_adoptions, 0.4, flow),
		DIFFUSION("bass", "peak_time", "flows past the peak", make_adoptions, log(0.4 / 0.03) / 0.43 - 1, flow),
		DIFFUSION("bass", "peak_flow", "flows past the peak", make_adoptions, 10000 * 0.43 * 0.43 / 1.6, flow),
		JOINPOINT("apc_1", "one bend, counts from 400", make_bent_counts, 21, apc, counted),
		JOINPOINT("aapc", "one bend, counts from 400, delta", make_bent_counts, 21, average(20), counted),
		JOINPOINT("slope_1", "one bend, linear, standard errors given", make_uneven, 21, 2, weighted),
		JOINPOINT("joinpoint_1", "one bend, linear, standard errors given", make_uneven, 21, BEND, weighted),
		DIFFUSION("bass-density", "m", "rates past the peak", make_rates, 10000, flow),
		DIFFUSION("bass-density", "p", "rates past the peak", make_rates, 0.03, flow),
		DIFFUSION("bass-density", "q", "rates past the peak", make_rates, 0.4, flow),
		DIFFUSION("bass-regression", "m", "flows past the peak", make_adoptions, 10000, flow),
		DIFFUSION("bass-regression", "q", "flows past the peak", make_adoptions, 0.4, flow),
	};

	puts("| program | method | term | setting | n | intervals | coverage |");
	puts("| --- | --- | --- | --- | ---: | ---: | ---: |");
	kg_trials_run(trials, sizeof trials / sizeof trials[0], 20201117);
	return 0;
}
