#include "stats/glm_terms.h"

#include <Rmath.h>

#include "stats/coefficient.h"
#include "stats/covariance.h"
#include "stats/negative_binomial_fit.h"

struct count_fit {
	enum kg_count_model model;
	struct kg_glm *glm;
	struct kg_glm_data data;
	struct kg_theta theta;
	enum kg_why why;
	double df;
};

/* Why the outcome is none that the model takes. */
static enum kg_why check_outcome(enum kg_count_model model, const struct kg_sample *sample)
{
	for (size_t i = 0; i < sample->n; i++) {
		if (sample->y[i] < 0)
			return KG_WHY_NEGATIVE;
		if (model != KG_COUNT_QUASI && sample->y[i] != floor(sample->y[i]))
			return KG_WHY_NOT_A_COUNT;
	}
	return KG_WHY_NONE;
}

static bool prepare(struct count_fit *fit, const struct kg_sample *sample, struct kg_arena *scratch)
{
	double *offset = sample->exposure ? KG_ARRAY(scratch, double, sample->n) : NULL;

	fit->glm = kg_glm_new(sample->n, sample->design->p, scratch);
	if (!fit->glm || (sample->exposure && !offset))
		return false;
	for (size_t i = 0; offset && i < sample->n; i++)
		offset[i] = log(sample->exposure[i]);
	fit->data = (struct kg_glm_data){
		.design = sample->design, .y = sample->y, .offset = offset, .weight = sample->weight
	};
	return true;
}

static void fit_model(struct count_fit *fit)
{
	if (fit->model == KG_COUNT_NEGATIVE_BINOMIAL)
		fit->why = kg_negative_binomial_fit(fit->glm, &fit->data, &fit->theta);
	else
		fit->why = kg_glm_fit(fit->glm, &fit->data);
	fit->df = (double)fit->glm->n - (double)fit->glm->qr->rank;
}

static double dispersion(const struct count_fit *fit)
{
	return fit->df > 0 ? fit->glm->pearson / fit->df : NAN;
}

/* A chi-squared measure of fit: Pearson's over its degrees of freedom, or the deviance. */
static struct kg_term fit_term(const struct count_fit *fit, const char *name, double estimate, double chi_squared)
{
	struct kg_term term = kg_term_new(name, NULL);

	if (fit->df < 1)
		return kg_term_none(name, NULL, KG_WHY_TOO_FEW);
	if (!isfinite(chi_squared))
		return kg_term_none(name, NULL, KG_WHY_OVERFLOW);
	term.estimate = estimate;
	term.statistic = chi_squared;
	term.df = fit->df;
	if (fit->model != KG_COUNT_QUASI)
		term.p_value = pchisq(chi_squared, fit->df, 0, 0);
	return term;
}

/* Limits on the scale of the logarithm, where the estimate is nearer to normal and stays positive. */
static struct kg_term theta_term(const struct count_fit *fit, double conf_level)
{
	struct kg_term term = kg_term_new("theta", NULL);
	double reach = qnorm((1 - conf_level) / 2, 0, 1, 0, 0) * fit->theta.std_error / fit->theta.estimate;

	if (isinf(fit->theta.estimate))
		return kg_term_none("theta", NULL, KG_WHY_NO_OVERDISPERSION);
	term.estimate = fit->theta.estimate;
	term.std_error = fit->theta.std_error;
	term.conf_low = fit->theta.estimate * exp(-reach);
	term.conf_high = fit->theta.estimate * exp(reach);
	return term;
}

static struct kg_term plain_term(const char *name, double value)
{
	struct kg_term term = kg_term_new(name, NULL);

	if (!isfinite(value))
		return kg_term_none(name, NULL, KG_WHY_OVERFLOW);
	term.estimate = value;
	return term;
}

static size_t summarise(const struct count_fit *fit, double conf_level, struct kg_term *out)
{
	double log_likelihood;
	size_t count = 0, parameters = fit->glm->qr->rank;

	if (fit->model == KG_COUNT_NEGATIVE_BINOMIAL) {
		out[count++] = theta_term(fit, conf_level);
		parameters++;
	}
	out[count++] = fit_term(fit, "dispersion", dispersion(fit), fit->glm->pearson);
	if (fit->model != KG_COUNT_NEGATIVE_BINOMIAL && fit->df >= 1)
		out[count++] = plain_term("se_inflation", sqrt(dispersion(fit)));
	out[count++] = fit_term(fit, "deviance", fit->glm->deviance, fit->glm->deviance);
	if (fit->model == KG_COUNT_QUASI)
		return count;
	log_likelihood = kg_glm_log_likelihood(fit->glm, &fit->data);
	out[count++] = plain_term("log_likelihood", log_likelihood);
	out[count++] = plain_term("aic", 2 * (double)parameters - 2 * log_likelihood);
	return count;
}

static size_t refuse(const struct kg_design *design, enum kg_why why, struct kg_term *out)
{
	for (size_t j = 0; j < design->p; j++)
		out[j] = kg_term_none(design->name[j], NULL, why);
	return design->p;
}

static size_t write_terms(const struct count_fit *fit, const struct kg_sample *sample, const struct kg_params *params,
			  struct kg_arena *scratch, struct kg_term *out)
{
	const struct kg_glm *glm = fit->glm;
	struct kg_fitted fitted = { glm->qr, glm->residual, fit->model == KG_COUNT_QUASI ? dispersion(fit) : 1,
				    sample->cluster };
	bool exact = glm->exact && (fit->model == KG_COUNT_QUASI || params->covariance != KG_COV_CLASSICAL);
	struct kg_covariance_made made = kg_covariance_make(params->covariance, &fitted, scratch);
	struct kg_coefficients coefficients = { .design = sample->design,
						.qr = glm->qr,
						.estimate = glm->coefficient,
						.infinite = glm->infinite,
						.covariance = made.undefined ? NULL : made.value,
						.clusters = made.clusters,
						.note = exact ? KG_WHY_EXACT_FIT : KG_WHY_NONE,
						.conf_level = params->conf_level,
						.classical = params->covariance == KG_COV_CLASSICAL,
						.df = fit->model == KG_COUNT_QUASI ? fit->df : INFINITY };

	if (!made.value)
		return 0;
	if (made.clusters)
		coefficients.df = (double)made.clusters - 1;
	kg_coefficient_terms(&coefficients, out);
	return glm->p + summarise(fit, params->conf_level, out + glm->p);
}

size_t kg_count_terms(enum kg_count_model model, const struct kg_sample *sample, const struct kg_params *params,
		      struct kg_arena *scratch, struct kg_term *out, size_t room)
{
	struct count_fit fit = { .model = model };
	enum kg_why why = check_outcome(model, sample);

	if (room < sample->design->p + KG_COUNT_SUMMARY)
		return 0;
	if (why != KG_WHY_NONE)
		return refuse(sample->design, why, out);
	if (!prepare(&fit, sample, scratch))
		return 0;
	fit_model(&fit);
	if (fit.why == KG_WHY_CONSTANT_OUTCOME || fit.why == KG_WHY_NOT_CONVERGED)
		return refuse(sample->design, fit.why, out);
	return write_terms(&fit, sample, params, scratch, out);
}
