#include <math.h>
#include <Rmath.h>
#include <string.h>

#include "stats/coefficient.h"
#include "stats/logit_summary.h"
#include "stats/root.h"

#define TERMS 3

struct prediction {
	const struct kg_logit_problem *problem;
	double *linear; /* log-odds of each row from all other rows */
};

static double get_trials(const struct kg_logit_problem *problem, size_t i)
{
	return problem->trials ? problem->trials[i] : 1;
}

/* Fits without each row in turn, starting from the whole fit. */
static enum kg_why leave_one_out(const struct kg_logit_problem *problem, const struct kg_logit *whole,
				 struct kg_logit *fit, double *linear, struct kg_arena *scratch)
{
	size_t n = problem->design->n, p = problem->design->p;
	double *trials = KG_ARRAY(scratch, double, n);
	struct kg_logit_problem others = *problem;

	others.trials = trials;
	for (size_t i = 0; trials && i < n; i++)
		trials[i] = get_trials(problem, i);
	for (size_t i = 0; trials && i < n; i++) {
		trials[i] = 0;
		memcpy(fit->coefficient, whole->coefficient, p * sizeof *fit->coefficient);
		kg_logit_maximise(&others, fit);
		trials[i] = get_trials(problem, i);
		if (fit->why != KG_WHY_NONE)
			return fit->why;
		linear[i] = fit->linear[i];
	}
	return KG_WHY_NONE;
}

/* Expected less observed successes when all predictions are moved by `shift`. */
static double find_excess(const void *context, double shift)
{
	const struct prediction *of = context;
	long double excess = 0;

	for (size_t i = 0; i < of->problem->design->n; i++)
		excess += get_trials(of->problem, i) / (1 + exp(-of->linear[i] - shift)) - of->problem->success[i];
	return (double)excess;
}

/* The shift that makes predictions add up to the observed successes, and its standard error. */
static struct kg_term make_intercept(const struct prediction *of, double conf_level)
{
	double width = 1, shift;
	long double information = 0;

	while (width < 1e3 && find_excess(of, -width) * find_excess(of, width) > 0)
		width *= 2;
	shift = kg_root_find(find_excess, of, -width, width);
	for (size_t i = 0; i < of->problem->design->n; i++) {
		double p = 1 / (1 + exp(-of->linear[i] - shift));

		information += get_trials(of->problem, i) * p * (1 - p);
	}
	return kg_coefficient_term("calibration_intercept", shift, 1 / sqrt((double)information), INFINITY, conf_level);
}

/* Slope of a logistic regression on the predictions, tested against 1. */
static struct kg_term make_slope(const struct prediction *of, double conf_level, struct kg_arena *scratch)
{
	size_t n = of->problem->design->n;
	double *x = KG_ARRAY(scratch, double, 2 * n), covariance[4];
	struct kg_design design = { .n = n, .p = 2, .x = x, .intercept = true };
	struct kg_logit_problem problem = {
		&design, of->problem->success, of->problem->trials, false, KG_LOGIT_FREE, 0
	};
	struct kg_logit *fit = kg_logit_new(n, 2, scratch);
	struct kg_term term = kg_term_none("calibration_slope", NULL, KG_WHY_NOT_CONVERGED);

	if (!x || !fit)
		return term;
	for (size_t i = 0; i < n; i++) {
		x[i] = 1;
		x[n + i] = of->linear[i];
	}
	kg_logit_maximise(&problem, fit);
	kg_logit_covariance(&problem, fit, covariance, scratch);
	term.why = fit->full->collinear[1] ? KG_WHY_NO_SPREAD : fit->why;
	if (term.why != KG_WHY_NONE)
		return term;
	term = kg_coefficient_term("calibration_slope", fit->coefficient[1], sqrt(covariance[3]), INFINITY, conf_level);
	term.statistic = (term.estimate - 1) / term.std_error;
	term.p_value = 2 * pnorm(-fabs(term.statistic), 0, 1, 1, 0);
	return term;
}

static struct kg_term make_brier(const struct prediction *of)
{
	struct kg_term term = kg_term_new("brier", NULL);
	long double sum = 0, total = 0;

	for (size_t i = 0; i < of->problem->design->n; i++) {
		double m = get_trials(of->problem, i), y = of->problem->success[i], p = 1 / (1 + exp(-of->linear[i]));

		sum += y * (1 - p) * (1 - p) + (m - y) * p * p;
		total += m;
	}
	term.estimate = (double)(sum / total);
	return term;
}

static size_t fit_calibration(const struct kg_sample *sample, const struct kg_params *params, struct kg_arena *scratch,
			      struct kg_term *out, size_t room)
{
	const struct kg_design *design = sample->design;
	struct kg_logit_problem problem = { design, sample->y, sample->exposure, false, KG_LOGIT_FREE, 0 };
	struct kg_logit_totals totals = kg_logit_total(&problem);
	struct kg_logit *whole = kg_logit_new(design->n, design->p, scratch);
	struct kg_logit *fit = kg_logit_new(design->n, design->p, scratch);
	struct prediction of = { &problem, KG_ARRAY(scratch, double, design->n) };

	(void)room;
	if (!whole || !fit || !of.linear)
		return 0;
	out[0] = kg_term_none("calibration_slope", NULL, KG_WHY_CONSTANT_OUTCOME);
	if (totals.success <= 0 || totals.success >= totals.trials)
		return 1;
	kg_logit_maximise(&problem, whole);
	out[0].why = whole->why;
	if (whole->why == KG_WHY_NONE)
		out[0].why = leave_one_out(&problem, whole, fit, of.linear, scratch);
	if (out[0].why != KG_WHY_NONE)
		return 1;
	out[0] = make_intercept(&of, params->conf_level);
	out[1] = make_slope(&of, params->conf_level, scratch);
	out[2] = make_brier(&of);
	return kg_arena_failed(scratch) ? 0 : TERMS;
}

const struct kg_stat kg_stat_calibration = {
	.program = "attainment",
	.id = "calibration",
	.title = "Calibration of a logistic regression on rows it has not seen",
	.formula =
	    "each row is predicted by the fit to all others; calibration_intercept: the shift of the log-odds with "
	    "which predictions add up to the observed successes (0 is right); calibration_slope: coefficient of a "
	    "logistic regression on the predicted log-odds (1 is right, below 1 predictions are too extreme), tested "
	    "against 1; brier: mean squared error of the predicted probabilities",
	.source =
	    "Cox 1958, Biometrika 45: 562-565; Steyerberg et al. 2010, Epidemiology 21: 128-138; leaving one out: "
	    "Stone 1974, J. R. Stat. Soc. B 36: 111-147",
	.assumes =
	    "as logistic; the standard errors take the predictions as given; on the rows of the fit itself the slope "
	    "would be 1 and the intercept 0 by construction; n fits",
	.unit = "log-odds; slope without unit",
	.agrees = "R glm, refitted without each row",
	.needs = KG_NEEDS_Y | KG_NEEDS_DESIGN,
	.min_n = 3,
	.fit = fit_calibration,
	.terms_most = TERMS,
};
