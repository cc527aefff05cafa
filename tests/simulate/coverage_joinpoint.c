/* coverage_joinpoint: intervals of joinpoint and diffusion. */
#include "coverage.h"
#include "stats/diffusion.h"
#include "stats/joinpoint.h"

#define BEND 10 /* position of the joinpoint */
#define SLOPE_BEFORE 0.03
#define SLOPE_AFTER -0.02
#define PERIODS 21

static void make_bent(struct kg_random *random, struct kg_trial_series *series)
{
	for (size_t i = 0; i < series->n; i++) {
		double before = fmin((double)i, BEND), after = fmax(0, (double)i - BEND);

		series->y[i] = 100 * exp(SLOPE_BEFORE * before + SLOPE_AFTER * after + 0.02 * kg_random_normal(random));
	}
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

static const struct kg_joinpoint_options chosen = { .rules = { SIZE_MAX, 2, 2 }, .from = { NAN }, .to = { NAN } };
static const struct kg_joinpoint_options known = { .rules = { 1, 2, 2 }, .from = { NAN }, .to = { NAN } };
static const struct kg_joinpoint_options resampled = {
	.rules = { 1, 2, 2 }, .from = { NAN }, .to = { NAN }, .limits = KG_LIMITS_EMPIRICAL
};
static const struct kg_diffusion_options total = { .ceiling = NAN, .step = 1 };
static const struct kg_diffusion_options flow = { .flow = true, .ceiling = NAN, .step = 1 };

int main(void)
{
	const double apc = 100 * expm1(SLOPE_BEFORE), last = PERIODS - 1;
	const double aapc = 100 * expm1((SLOPE_BEFORE * BEND + SLOPE_AFTER * (last - BEND)) / last);
	const struct kg_trial trials[] = {
		{ "joinpoint", "joinpoint", "apc_1", "one bend, known number", make_bent, 21, .truth = apc,
		  .own = &known },
		{ "joinpoint", "joinpoint", "joinpoint_1", "one bend, known number", make_bent, 21, .truth = BEND,
		  .own = &known },
		{ "joinpoint", "joinpoint", "aapc", "one bend, known number", make_bent, 21, .truth = aapc,
		  .own = &known },
		{ "joinpoint", "joinpoint", "aapc", "one bend, number chosen", make_bent, 21, .truth = aapc,
		  .own = &chosen },
		{ "joinpoint", "joinpoint", "aapc", "one bend, empirical limits", make_bent, 21, .truth = aapc,
		  .own = &resampled, .replicates = 199 },
		{ "joinpoint", "joinpoint", "apc_1", "one bend, empirical limits", make_bent, 21, .truth = apc,
		  .own = &resampled, .replicates = 199 },
		{ "diffusion", "logistic", "ceiling", "totals past the bend", make_s_curve, 20, .truth = 1000,
		  .own = &total },
		{ "diffusion", "logistic", "peak_time", "totals past the bend", make_s_curve, 20, .truth = 9,
		  .own = &total },
		{ "diffusion", "bass", "m", "flows past the peak", make_adoptions, 20, .truth = 10000, .own = &flow },
		{ "diffusion", "bass", "q", "flows past the peak", make_adoptions, 20, .truth = 0.4, .own = &flow },
		{ "diffusion", "bass", "peak_flow", "flows past the peak", make_adoptions, 20,
		  .truth = 10000 * 0.43 * 0.43 / 1.6, .own = &flow },
	};

	puts("| program | method | term | setting | n | intervals | coverage |");
	puts("| --- | --- | --- | --- | ---: | ---: | ---: |");
	kg_trials_run(trials, sizeof trials / sizeof trials[0], 20201117);
	return 0;
}
