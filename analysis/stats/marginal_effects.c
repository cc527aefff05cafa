#include <math.h>
#include <Rmath.h>

#include "stats/attainment.h"
#include "stats/coefficient.h"
#include "stats/logistic.h"

/* A mean over the cases and its derivatives by the coefficients that can be estimated. */
struct average {
	long double value, *gradient;
};

struct fitted {
	const struct kg_sample *sample;
	const struct kg_params *params;
	struct kg_logit *fit;
	struct kg_covariance_made made;
	long double total; /* trials */
	struct kg_arena *scratch;
};

static double get_trials(const struct kg_sample *sample, size_t i)
{
	return sample->exposure ? sample->exposure[i] : 1;
}

static long double find_linear(const struct fitted *of, const struct kg_design *design, size_t i)
{
	long double sum = 0;

	for (size_t k = 0; k < of->fit->full->rank; k++) {
		size_t j = of->fit->full->column[k];

		sum += of->fit->coefficient[j] * kg_design_value(design, i, j);
	}
	return sum;
}

/* Mean probability over the cases of a design. */
static struct average average_risk(const struct fitted *of, const struct kg_design *design)
{
	size_t rank = of->fit->full->rank;
	struct average risk = { 0, KG_ARRAY(of->scratch, long double, rank) };

	for (size_t i = 0; risk.gradient && i < design->n; i++) {
		long double share = get_trials(of->sample, i) / of->total;
		long double p = 1 / (1 + expl(-find_linear(of, design, i)));

		risk.value += share * p;
		for (size_t k = 0; k < rank; k++)
			risk.gradient[k] += share * p * (1 - p) * kg_design_value(design, i, of->fit->full->column[k]);
	}
	return risk;
}

/* Mean of p (1 - p) d'b, d the derivative of a case's row by the variable, from a small step. */
static struct average average_slope(const struct fitted *of, const struct kg_contrast *contrast)
{
	const struct kg_qr *qr = of->fit->full;
	struct average slope = { 0, KG_ARRAY(of->scratch, long double, qr->rank) };

	for (size_t i = 0; slope.gradient && i < contrast->low.n; i++) {
		long double p = 1 / (1 + expl(-find_linear(of, of->sample->design, i))), change = 0;
		long double weight = get_trials(of->sample, i) / of->total * p * (1 - p);

		change =
		    (find_linear(of, &contrast->high, i) - find_linear(of, &contrast->low, i)) / contrast->width[i];
		slope.value += weight * change;
		for (size_t k = 0; k < qr->rank; k++) {
			size_t j = qr->column[k];
			long double step =
			    kg_design_value(&contrast->high, i, j) - kg_design_value(&contrast->low, i, j);

			slope.gradient[k] +=
			    weight * (step / contrast->width[i] +
				      (1 - 2 * p) * change * kg_design_value(of->sample->design, i, j));
		}
	}
	return slope;
}

/* Standard error by the delta method. */
static double find_error(const struct fitted *of, const long double *gradient)
{
	size_t rank = of->fit->full->rank;
	long double variance = 0;

	for (size_t a = 0; a < rank; a++)
		for (size_t b = 0; b < rank; b++)
			variance += gradient[a] * of->made.value[a * rank + b] * gradient[b];
	return sqrt((double)variance);
}

static struct kg_term make_term(const struct fitted *of, const char *name, const char *unit,
				const struct average *effect)
{
	double df = kg_logistic_df(&of->made, of->params);
	struct kg_term term = kg_coefficient_term(name, (double)effect->value,
						  of->made.undefined ? NAN : find_error(of, effect->gradient), df,
						  of->params->conf_level);

	term.unit = unit;
	if (of->made.undefined)
		term.why = KG_WHY_TOO_FEW;
	else if (of->params->covariance == KG_COV_CLUSTER && of->made.clusters < KG_ENOUGH_CLUSTERS)
		term.why = KG_WHY_FEW_CLUSTERS;
	return term;
}

/* Difference and ratio of the mean risks with one level and with the other; limits of the ratio by its logarithm. */
static size_t compare_levels(const struct fitted *of, const struct kg_contrast *contrast, struct kg_term *out)
{
	struct average high = average_risk(of, &contrast->high), low = average_risk(of, &contrast->low);
	struct average difference = { high.value - low.value, high.gradient };
	struct average ratio = { logl(high.value / low.value), low.gradient };

	if (!high.gradient || !low.gradient)
		return 0;
	for (size_t k = 0; k < of->fit->full->rank; k++) {
		long double h = high.gradient[k], l = low.gradient[k];

		difference.gradient[k] = h - l;
		ratio.gradient[k] = h / high.value - l / low.value;
	}
	out[0] = make_term(of, contrast->name, "difference of probabilities", &difference);
	out[1] = make_term(of, kg_arena_format(of->scratch, "risk_ratio:%s", contrast->name), NULL, &ratio);
	out[1].estimate = exp(out[1].estimate);
	out[1].conf_low = exp(out[1].conf_low);
	out[1].conf_high = exp(out[1].conf_high);
	return 2;
}

static enum kg_why maximise(const struct kg_logit_problem *problem, struct kg_logit *fit)
{
	struct kg_logit_totals totals = kg_logit_total(problem);

	if (totals.success <= 0 || totals.success >= totals.trials)
		return KG_WHY_CONSTANT_OUTCOME;
	kg_logit_maximise(problem, fit);
	return fit->why;
}

static size_t fit_effects(const struct kg_sample *sample, const struct kg_params *params, struct kg_arena *scratch,
			  struct kg_term *out, size_t room)
{
	const struct kg_attainment_own *own = params->own;
	const struct kg_design *design = sample->design;
	struct kg_logit_problem problem = { design, sample->y, sample->exposure, false, KG_LOGIT_FREE, 0 };
	struct fitted of = { .sample = sample,
			     .params = params,
			     .fit = kg_logit_new(design->n, design->p, scratch),
			     .scratch = scratch };
	enum kg_why why;
	size_t count = 0;

	if (!of.fit)
		return 0;
	why = maximise(&problem, of.fit);
	if (why == KG_WHY_NONE)
		of.made = kg_logistic_covariance(&problem, of.fit, sample, params, scratch);
	for (size_t i = 0; i < design->n; i++)
		of.total += get_trials(sample, i);
	for (size_t c = 0; c < own->ncontrast && count + 2 <= room; c++) {
		const struct kg_contrast *contrast = &own->contrast[c];
		struct average slope;

		if (why != KG_WHY_NONE) {
			out[count++] = kg_term_none(contrast->name, NULL, why);
		} else if (!contrast->width) {
			count += compare_levels(&of, contrast, out + count);
		} else {
			slope = average_slope(&of, contrast);
			if (slope.gradient)
				out[count++] = make_term(&of, contrast->name, "probability per unit", &slope);
		}
	}
	return kg_arena_failed(scratch) ? 0 : count;
}

const struct kg_stat kg_stat_marginal_effects = {
	.program = "attainment",
	.id = "marginal-effects",
	.title = "Average marginal effects in a logistic regression",
	.formula =
	    "of a number z: mean over the cases of dp/dz = p (1 - p) d'b, d the derivative of the case's row of the "
	    "model by z, interactions and transformations included; of a level of a factor, or of 1 against 0: the "
	    "mean "
	    "probability with every case at that level less that with every case at the reference (difference), and "
	    "their quotient (risk_ratio); se by the delta method, that of a ratio and its limits by its logarithm",
	.source = "Williams 2012, Stata J. 12: 308-331; Norton, Miller and Kleinman 2013, Stata J. 13: 492-509; delta "
		  "method: Oehlert 1992, Am. Stat. 46: 27-29",
	.assumes =
	    "as logistic; an average over the cases at hand, whose covariates are taken as fixed; a difference is "
	    "causal only where the covariates hold all that matters for both; limits and test want some 400 "
	    "rows, with fewer test the coefficient of logistic",
	.unit = "probability per unit of the variable; differences: probability; ratios without unit",
	.agrees = "R glm with margins; Stata margins, dydx()",
	.needs = KG_NEEDS_Y | KG_NEEDS_DESIGN,
	.min_n = 2,
	.fit = fit_effects,
	.terms_most = 0,
};
