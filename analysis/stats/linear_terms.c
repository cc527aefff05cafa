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
	term.why = why;
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
	if (isnan(term.estimate))
		term.why = KG_WHY_TOO_FEW;
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

size_t kg_linear_terms(const struct kg_sample *sample, const struct kg_params *params, struct kg_arena *scratch,
		       struct kg_term *out, size_t room)
{
	const struct kg_linear *linear = kg_linear_fit(sample->design, sample->y, sample->weight, scratch);
	struct kg_covariance_made made;
	struct kg_fitted fitted;
	struct kg_coefficients coefficients;

	if (!linear || room < sample->design->p + KG_LINEAR_SUMMARY)
		return 0;
	fitted =
	    (struct kg_fitted){ linear->qr, linear->residual, (double)(linear->rss / linear->df), sample->cluster };
	made = kg_covariance_make(params->covariance, &fitted, scratch);
	if (!made.value)
		return 0;
	coefficients = (struct kg_coefficients){ .design = sample->design,
						 .qr = linear->qr,
						 .estimate = linear->coefficient,
						 .covariance = made.undefined ? NULL : made.value,
						 .clusters = made.clusters,
						 .conf_level = params->conf_level,
						 .df = made.clusters ? (double)made.clusters - 1 : linear->df,
						 .note = linear->exact ? KG_WHY_EXACT_FIT : KG_WHY_NONE };
	kg_coefficient_terms(&coefficients, out);
	summarise(linear, sample->design, out + linear->p);
	out[linear->p + 3] = f_statistic(linear, &coefficients, params->covariance, scratch);
	return linear->p + KG_LINEAR_SUMMARY;
}
