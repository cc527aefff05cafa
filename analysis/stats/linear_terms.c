#include <Rmath.h>

#include "stats/coefficient.h"
#include "stats/covariance.h"
#include "stats/linear.h"

static double r_squared(const struct kg_linear *linear)
{
	return linear->total > 0 ? (double)(1 - linear->rss / linear->total) : NAN;
}

static struct kg_term summary(const char *name, double value, enum kg_why why)
{
	struct kg_term term = kg_term_new(name, NULL);

	term.estimate = value;
	term.why = isinf(value) ? KG_WHY_OVERFLOW : why;
	return term;
}

/* F with the covariance asked for: the ratio of mean squares for the classical one, else Wald / number. */
static struct kg_term f_statistic(const struct kg_linear *linear, const struct kg_coefficients *coefficients,
				  enum kg_covariance kind, struct kg_arena *scratch)
{
	struct kg_term term = kg_term_new("f_statistic", NULL);
	size_t tested;
	double wald = kg_coefficient_wald(coefficients, scratch, &tested);

	if (tested == 0 || linear->df < 1)
		return kg_term_none("f_statistic", NULL, KG_WHY_TOO_FEW);
	if (linear->exact)
		return kg_term_none("f_statistic", NULL, KG_WHY_EXACT_FIT);
	if (kind == KG_COV_CLASSICAL)
		wald = (double)((linear->total - linear->rss) / (linear->rss / linear->df));
	term.estimate = term.statistic = wald / (double)tested;
	term.df = coefficients->df;
	term.p_value = pf(term.estimate, (double)tested, coefficients->df, 0, 0);
	if (!isfinite(term.estimate))
		return kg_term_none("f_statistic", NULL, isnan(term.estimate) ? KG_WHY_TOO_FEW : KG_WHY_OVERFLOW);
	return term;
}

static void summarise(const struct kg_linear *linear, const struct kg_design *design, struct kg_term *out)
{
	double r2 = r_squared(linear), rows = (double)design->n - design->intercept;
	enum kg_why why = isnan(r2) ? KG_WHY_NO_SPREAD : KG_WHY_NONE;

	out[0] = summary("r_squared", r2, why);
	if (linear->df < 1) {
		out[1] = kg_term_none("adj_r_squared", NULL, KG_WHY_TOO_FEW);
		out[2] = kg_term_none("sigma", NULL, KG_WHY_TOO_FEW);
		return;
	}
	out[1] = summary("adj_r_squared", 1 - (1 - r2) * rows / linear->df, why);
	out[2] = summary("sigma", (double)sqrtl(linear->rss / linear->df), KG_WHY_NONE);
	out[2].df = linear->df;
}

/* A fit with the covariance asked for. */
struct model {
	const struct kg_linear *linear;
	const double *covariance; /* NULL = not defined */
	size_t clusters;
	double df; /* of t */
};

static bool fit_model(const struct kg_sample *sample, const struct kg_params *params, struct kg_arena *scratch,
		      struct model *model)
{
	struct kg_covariance_made made;
	struct kg_fitted fitted;

	model->linear = kg_linear_fit(sample->design, sample->y, sample->weight, scratch);
	if (!model->linear)
		return false;
	fitted = (struct kg_fitted){ model->linear->qr, model->linear->residual,
				     (double)(model->linear->rss / model->linear->df), sample->cluster };
	made = kg_covariance_make(params->covariance, &fitted, scratch);
	model->covariance = made.undefined || model->linear->df < 1 ? NULL : made.value;
	model->clusters = made.clusters;
	model->df = made.clusters ? (double)made.clusters - 1 : model->linear->df;
	return made.value != NULL;
}

size_t kg_linear_terms(const struct kg_sample *sample, const struct kg_params *params, struct kg_arena *scratch,
		       struct kg_term *out, size_t room)
{
	struct kg_coefficients coefficients;
	struct model model;
	size_t p = sample->design->p;

	if (room < p + KG_LINEAR_SUMMARY || !fit_model(sample, params, scratch, &model))
		return 0;
	coefficients = (struct kg_coefficients){ .design = sample->design,
						 .qr = model.linear->qr,
						 .estimate = model.linear->coefficient,
						 .covariance = model.covariance,
						 .clusters = model.clusters,
						 .conf_level = params->conf_level,
						 .df = model.df,
						 .classical = params->covariance == KG_COV_CLASSICAL,
						 .note = model.linear->exact ? KG_WHY_EXACT_FIT : KG_WHY_NONE };
	kg_coefficient_terms(&coefficients, out);
	summarise(model.linear, sample->design, out + p);
	out[p + 3] = f_statistic(model.linear, &coefficients, params->covariance, scratch);
	return p + KG_LINEAR_SUMMARY;
}

/* Variance of the expectation at row i: x'Vx. */
static double row_variance(const struct model *model, const struct kg_design *design, size_t i)
{
	const struct kg_qr *qr = model->linear->qr;
	long double sum = 0;

	for (size_t a = 0; a < qr->rank; a++)
		for (size_t b = 0; b < qr->rank; b++)
			sum += (long double)design->x[qr->column[a] * design->n + i] *
			       model->covariance[a * qr->rank + b] * design->x[qr->column[b] * design->n + i];
	return (double)sum;
}

bool kg_linear_band(const struct kg_sample *sample, const struct kg_params *params, struct kg_arena *arena,
		    struct kg_band *band)
{
	const struct kg_design *design = sample->design;
	struct model model;
	double t;

	*band = (struct kg_band){ KG_ARRAY(arena, double, design->n), KG_ARRAY(arena, double, design->n),
				  KG_ARRAY(arena, double, design->n) };
	if (kg_arena_failed(arena) || !fit_model(sample, params, arena, &model))
		return false;
	t = qt((1 - params->conf_level) / 2, model.df, 0, 0);
	for (size_t i = 0; i < design->n; i++) {
		double half = model.covariance ? t * sqrt(row_variance(&model, design, i)) : NAN;

		for (size_t j = 0; j < design->p; j++)
			band->fitted[i] += design->x[j * design->n + i] * model.linear->coefficient[j];
		band->low[i] = band->fitted[i] - half;
		band->high[i] = band->fitted[i] + half;
	}
	return true;
}
