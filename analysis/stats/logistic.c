#include <math.h>
#include <Rmath.h>
#include <string.h>

#include "stats/coefficient.h"
#include "stats/covariance.h"
#include "stats/logistic.h"
#include "stats/interval.h"

/* Every coefficient without an estimate, for the same reason. */
static size_t say_why(const struct kg_design *design, enum kg_why why, struct kg_term *out)
{
	for (size_t j = 0; j < design->p; j++)
		out[j] = kg_term_none(design->name[j], "log-odds", why);
	return design->p;
}

/* The maximum, and where it lies at infinity: which coefficients go there, and the others from the rows that are not
 * separated (Konis 2007, sec. 2.3). Rows set aside get no trials. */
static enum kg_separation maximise(struct kg_logit_problem *problem, struct kg_logit *fit, bool *infinite,
				   struct kg_arena *scratch)
{
	size_t n = problem->design->n, p = problem->design->p;
	enum kg_separation kind = KG_SEPARATION_NONE;
	double *trials = NULL;
	bool *found = KG_ARRAY(scratch, bool, p), *left = KG_ARRAY(scratch, bool, n);

	kg_logit_maximise(problem, fit);
	while (fit->why == KG_WHY_SEPARATION && kind != KG_SEPARATION_COMPLETE && found && left) {
		enum kg_separation now = kg_logit_separation(problem, fit, found, left);

		for (size_t j = 0; j < p; j++)
			infinite[j] |= found[j];
		if (kind == KG_SEPARATION_NONE || now == KG_SEPARATION_NONE)
			kind = now;
		if (now != KG_SEPARATION_QUASI)
			break;
		if (!trials && !(trials = KG_ARRAY(scratch, double, n)))
			break;
		for (size_t i = 0; i < n; i++)
			trials[i] = !left[i] ? 0 : problem->trials ? problem->trials[i] : 1;
		problem->trials = trials;
		memset(fit->coefficient, 0, p * sizeof *fit->coefficient);
		kg_logit_maximise(problem, fit);
	}
	return kind;
}

/* Wald limits and test; df: of the t distribution, infinite = normal. */
static void set_wald(struct kg_term *term, double variance, double df, double conf_level)
{
	double half = qt(kg_interval_tail(conf_level), df, 0, 0) * sqrt(variance);

	term->std_error = sqrt(variance);
	term->conf_low = term->estimate - half;
	term->conf_high = term->estimate + half;
	term->statistic = term->estimate / term->std_error;
	term->df = isfinite(df) ? df : NAN;
	term->p_value = 2 * pt(-fabs(term->statistic), df, 1, 0);
}

/* (y - m p) / sqrt(m p (1 - p)) */
static double *find_residuals(const struct kg_logit_problem *problem, const struct kg_logit *fit,
			      struct kg_arena *scratch)
{
	double *residual = KG_ARRAY(scratch, double, problem->design->n);

	for (size_t i = 0; residual && i < problem->design->n; i++) {
		double trials = problem->trials ? problem->trials[i] : 1, other = 1 / (1 + exp(fit->linear[i]));
		double excess = problem->success[i] * other - (trials - problem->success[i]) * fit->fitted[i];

		residual[i] = trials > 0 && fit->root_weight[i] > 0 ? excess / fit->root_weight[i] : 0;
	}
	return residual;
}

struct kg_covariance_made kg_logistic_covariance(const struct kg_logit_problem *problem, struct kg_logit *fit,
						 const struct kg_sample *sample, const struct kg_params *params,
						 struct kg_arena *scratch)
{
	struct kg_fitted fitted = { fit->full, NULL, 1, sample->cluster };

	kg_qr_factor(fit->full, problem->design, fit->root_weight);
	fitted.residual = find_residuals(problem, fit, scratch);
	return fitted.residual ? kg_covariance_make(params->covariance, &fitted, scratch)
			       : (struct kg_covariance_made){ 0 };
}

double kg_logistic_df(const struct kg_covariance_made *made, const struct kg_params *params)
{
	return params->covariance == KG_COV_CLUSTER ? (double)made->clusters - 1 : INFINITY;
}

/* Sets the k-th estimable coefficient from a covariance of those. */
static void set_estimable(const struct kg_logit *fit, const struct kg_covariance_made *made, size_t k,
			  const struct kg_params *params, struct kg_term *term)
{
	double df = kg_logistic_df(made, params);

	if (made->undefined)
		term->why = KG_WHY_TOO_FEW;
	else
		set_wald(term, made->value[k * fit->full->rank + k], df, params->conf_level);
	if (params->covariance == KG_COV_CLUSTER && made->clusters < KG_ENOUGH_CLUSTERS)
		term->why = KG_WHY_FEW_CLUSTERS;
}

static void set_profile(const struct kg_logit_problem *problem, const struct kg_logit *fit, size_t j,
			const struct kg_params *params, struct kg_arena *scratch, struct kg_term *term)
{
	struct kg_profile limits = kg_logit_profile(problem, fit, j, term->std_error, params->conf_level, scratch);

	term->conf_low = limits.low;
	term->conf_high = limits.high;
}

/* What is wanted of the coefficients. */
struct request {
	const struct kg_sample *sample;
	const struct kg_params *params;
};

static void set_coefficients(const struct kg_logit_problem *problem, struct kg_logit *fit, const bool *infinite,
			     const struct request *request, struct kg_arena *scratch, struct kg_term *out)
{
	const struct kg_params *params = request->params;
	bool profile = params->interval && strcmp(params->interval, "profile") == 0;
	struct kg_covariance_made made = kg_logistic_covariance(problem, fit, request->sample, params, scratch);

	for (size_t j = 0; j < problem->design->p; j++)
		out[j] = kg_term_none(problem->design->name[j], "log-odds",
				      infinite[j] ? KG_WHY_SEPARATION : KG_WHY_COLLINEAR);
	for (size_t k = 0; made.value && k < fit->full->rank; k++) {
		size_t j = fit->full->column[k];

		if (infinite[j])
			continue;
		out[j].why = KG_WHY_NONE;
		out[j].estimate = fit->coefficient[j];
		set_estimable(fit, &made, k, params, &out[j]);
		if (profile)
			set_profile(problem, fit, j, params, scratch, &out[j]);
	}
}

static size_t say_complete(const struct kg_design *design, const bool *infinite, struct kg_term *out)
{
	for (size_t j = 0; j < design->p; j++)
		out[j] = kg_term_none(design->name[j], "log-odds",
				      infinite[j] ? KG_WHY_SEPARATION : KG_WHY_SEPARATED_BY_OTHERS);
	return design->p;
}

size_t kg_logistic_fit(const struct kg_sample *sample, const struct kg_params *params, struct kg_arena *scratch,
		       struct kg_term *out, struct kg_logit **fitted)
{
	const struct kg_design *design = sample->design;
	struct kg_logit_problem problem = { design, sample->y, sample->exposure, false, KG_LOGIT_FREE, 0 };
	struct kg_logit_totals totals = kg_logit_total(&problem);
	struct kg_logit *fit = kg_logit_new(design->n, design->p, scratch);
	bool *infinite = KG_ARRAY(scratch, bool, design->p);
	enum kg_separation separation;

	*fitted = fit;
	if (!fit || !infinite)
		return 0;
	fit->why = KG_WHY_CONSTANT_OUTCOME;
	if (totals.success <= 0 || totals.success >= totals.trials)
		return say_why(design, KG_WHY_CONSTANT_OUTCOME, out);
	separation = maximise(&problem, fit, infinite, scratch);
	if (kg_arena_failed(scratch))
		return 0;
	if (separation == KG_SEPARATION_COMPLETE) {
		fit->why = KG_WHY_SEPARATION;
		return say_complete(design, infinite, out);
	}
	if (fit->why != KG_WHY_NONE)
		return say_why(design, fit->why, out);
	set_coefficients(&problem, fit, infinite, &(struct request){ sample, params }, scratch, out);
	if (separation == KG_SEPARATION_QUASI) {
		fit->why = KG_WHY_SEPARATION;
		return design->p;
	}
	return design->p + kg_logit_summary(&problem, fit, params->conf_level, scratch, out + design->p);
}

static size_t fit_logistic(const struct kg_sample *sample, const struct kg_params *params, struct kg_arena *scratch,
			   struct kg_term *out, size_t room)
{
	struct kg_logit *fit;

	(void)room;
	return kg_logistic_fit(sample, params, scratch, out, &fit);
}

const struct kg_stat kg_stat_logistic = {
	.program = "attainment",
	.id = "logistic",
	.title = "Logistic regression by maximum likelihood",
	.formula = "log(p / (1 - p)) = b0 + b1 x1 + ...; coefficients maximise sum y log p + (m - y) log(1 - p); "
		   "z = b / se, se from the inverse information; limits b -+ z se; odds ratio exp(b)",
	.source =
	    "Cox 1958, J. R. Stat. Soc. B 20: 215-242; McCullagh and Nelder 1989, Generalized Linear Models, ch. 4; "
	    "separation: Albert and Anderson 1984, Biometrika 71: 1-10",
	.assumes = "outcomes independent given the covariates; log-odds linear in them; about ten of the rarer outcome "
		   "for each coefficient; where a covariate separates the outcomes there is no estimate: use firth",
	.unit = "log-odds; odds_ratio beside them",
	.agrees = "R glm(family = binomial)",
	.needs = KG_NEEDS_Y | KG_NEEDS_DESIGN,
	.min_n = 2,
	.fit = fit_logistic,
};
