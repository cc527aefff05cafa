#include <math.h>
#include <Rmath.h>
#include <string.h>

#include "stats/interval.h"
#include "stats/logit_summary.h"
#include "stats/root.h"

#define TERMS_BESIDES 2

/* Coefficient j with its limits, and the test against the fit without it (Wald: of estimate / std_error). */
static struct kg_term test_coefficient(const struct kg_logit_problem *problem, const struct kg_logit *fit, size_t j,
				       double std_error, const struct kg_params *params, struct kg_arena *scratch)
{
	struct kg_term term = kg_term_new(problem->design->name[j], "log-odds");
	struct kg_profile limits;

	term.estimate = fit->coefficient[j];
	term.std_error = std_error;
	if (params->interval && strcmp(params->interval, "wald") == 0) {
		term.conf_low = term.estimate - kg_interval_z(params->conf_level) * std_error;
		term.conf_high = term.estimate + kg_interval_z(params->conf_level) * std_error;
		term.statistic = term.estimate / std_error;
		term.p_value = 2 * pnorm(-fabs(term.statistic), 0, 1, 1, 0);
		return term;
	}
	limits = kg_logit_profile(problem, fit, j, std_error, params->conf_level, scratch);
	term.conf_low = limits.low;
	term.conf_high = limits.high;
	term.statistic = 2 * (fit->objective - kg_logit_profile_at(problem, fit, j, 0, scratch));
	term.df = 1;
	term.p_value = pchisq(fmax(0, term.statistic), 1, 0, 0);
	return term;
}

struct intercept {
	const struct kg_logit_problem *problem;
	const struct kg_logit *fit;
};

/* Expected less observed successes when the linear predictor is moved by `shift`. */
static double find_excess(const void *context, double shift)
{
	const struct intercept *of = context;
	const struct kg_logit_problem *problem = of->problem;
	long double excess = 0;

	for (size_t i = 0; i < problem->design->n; i++) {
		double trials = problem->trials ? problem->trials[i] : 1;

		excess += trials / (1 + exp(-of->fit->linear[i] - shift)) - problem->success[i];
	}
	return (double)excess;
}

/* The intercept for which fitted probabilities add up to the observed successes (FLIC); none is finite when all or no
 * trials succeed. */
static struct kg_term correct_intercept(const struct kg_logit_problem *problem, const struct kg_logit *fit)
{
	struct intercept of = { problem, fit };
	struct kg_term term = kg_term_new("intercept_flic", NULL);
	double width = 1, successes = 0, trials = 0;

	for (size_t i = 0; i < problem->design->n; i++) {
		successes += problem->success[i];
		trials += problem->trials ? problem->trials[i] : 1;
	}
	if (successes <= 0 || successes >= trials)
		return kg_term_none("intercept_flic", NULL, KG_WHY_CONSTANT_OUTCOME);
	while (width < 1e3 && find_excess(&of, -width) * find_excess(&of, width) > 0)
		width *= 2;
	term.estimate = fit->coefficient[0] + kg_root_find(find_excess, &of, -width, width);
	return term;
}

static size_t say_why(const struct kg_design *design, enum kg_why why, struct kg_term *out)
{
	for (size_t j = 0; j < design->p; j++)
		out[j] = kg_term_none(design->name[j], "log-odds", why);
	return design->p;
}

static size_t fit_firth(const struct kg_sample *sample, const struct kg_params *params, struct kg_arena *scratch,
			struct kg_term *out, size_t room)
{
	const struct kg_design *design = sample->design;
	struct kg_logit_problem problem = { design, sample->y, sample->exposure, true, KG_LOGIT_FREE, 0 };
	struct kg_logit *fit = kg_logit_new(design->n, design->p, scratch);
	double *covariance = KG_ARRAY(scratch, double, design->p * design->p);
	size_t p = design->p;

	(void)room;
	if (!fit || !covariance)
		return 0;
	kg_logit_maximise(&problem, fit);
	if (fit->why != KG_WHY_NONE)
		return say_why(design, fit->why, out);
	kg_logit_covariance(&problem, fit, covariance, scratch);
	for (size_t j = 0; j < p; j++)
		out[j] = fit->full->collinear[j]
			     ? kg_term_none(design->name[j], "log-odds", KG_WHY_COLLINEAR)
			     : test_coefficient(&problem, fit, j, sqrt(covariance[j * p + j]), params, scratch);
	out[p] = kg_term_new("penalised_log_likelihood", NULL);
	out[p].estimate = fit->objective;
	if (!design->intercept || fit->full->collinear[0])
		return p + 1;
	out[p + 1] = correct_intercept(&problem, fit);
	return p + TERMS_BESIDES;
}

const struct kg_stat kg_stat_firth = {
	.program = "attainment",
	.id = "firth",
	.title = "Logistic regression by Firth's penalised likelihood",
	.formula =
	    "coefficients maximise log likelihood + log|I| / 2, I the information; limits where the profile has "
	    "fallen by half a chi-squared quantile; statistic: twice its fall at 0, chi-squared on 1; se from the "
	    "inverse information; intercept_flic: the intercept with which fitted probabilities add up to the "
	    "observed successes",
	.source =
	    "Firth 1993, Biometrika 80: 27-38; Heinze and Schemper 2002, Stat. Med. 21: 2409-2419; FLIC: Puhr et al. "
	    "2017, Stat. Med. 36: 2302-2317",
	.assumes = "as logistic; finite also under separation and with few events; collinear covariates make log|I| "
		   "infinite and are left out; with four or five successes its test rejects less often than it says",
	.unit = "log-odds; odds_ratio beside them",
	.agrees = "R brglm2 and logistf (logistf prints another se)",
	.needs = KG_NEEDS_Y | KG_NEEDS_DESIGN,
	.min_n = 2,
	.fit = fit_firth,
};
