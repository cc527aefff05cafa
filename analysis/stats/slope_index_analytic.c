#include <Rmath.h>
#include <math.h>

#include "stats/slope_index.h"

static double find_quantile(const struct kg_slope_line *line, double conf_level)
{
	double tail = (1 - conf_level) / 2;

	return isinf(line->df) ? qnorm(tail, 0, 1, 0, 0) : line->df > 0 ? qt(tail, line->df, 0, 0) : NAN;
}

/* Standard deviation of a function of intercept and slope with these derivatives. */
static double propagate(const struct kg_slope_line *line, double by_intercept, double by_slope)
{
	return sqrt(by_intercept * by_intercept * line->var_intercept + by_slope * by_slope * line->var_slope +
		    2 * by_intercept * by_slope * line->covariance);
}

static void test(struct kg_term *term, const struct kg_slope_line *line, double z)
{
	term->statistic = z;
	term->df = line->df;
	term->p_value = isinf(line->df) ? 2 * pnorm(-fabs(z), 0, 1, 1, 0) : 2 * pt(-fabs(z), line->df, 1, 0);
}

static void describe(const struct kg_slope_line *line, enum kg_transform transform, double conf_level,
		     struct kg_term out[2])
{
	double end = line->intercept + line->slope, bottom = kg_transform_back(transform, line->intercept);
	double top = kg_transform_back(transform, end), d_bottom = kg_transform_slope(transform, line->intercept);
	double d_top = kg_transform_slope(transform, end), q = find_quantile(line, conf_level), reach;

	out[0] = kg_term_new("sii", NULL);
	out[0].estimate = top - bottom;
	out[0].std_error = propagate(line, d_top - d_bottom, d_top);
	out[0].conf_low = out[0].estimate - q * out[0].std_error;
	out[0].conf_high = out[0].estimate + q * out[0].std_error;
	test(&out[0], line, out[0].estimate / out[0].std_error);
	out[1] = kg_term_new("rii", "ratio");
	out[1].estimate = top / bottom;
	if (!(top > 0 && bottom > 0))
		return;
	reach = propagate(line, d_top / top - d_bottom / bottom, d_top / top);
	out[1].std_error = out[1].estimate * reach;
	out[1].conf_low = out[1].estimate * exp(-q * reach);
	out[1].conf_high = out[1].estimate * exp(q * reach);
	test(&out[1], line, log(out[1].estimate) / reach);
}

static size_t fit(const struct kg_sample *sample, const struct kg_params *params, struct kg_arena *scratch,
		  struct kg_term *out, size_t room)
{
	const struct kg_inequality *of = params->own;
	double *midpoint = KG_ARRAY(scratch, double, sample->n), *value = KG_ARRAY(scratch, double, sample->n);
	double *error = KG_ARRAY(scratch, double, sample->n);
	struct kg_slope_line line;
	enum kg_why why;

	if (!midpoint || !value || !error || room < 2 || !kg_slope_midpoints(sample, scratch, midpoint))
		return 0;
	why = kg_transform_values(of, sample, value, error);
	line = kg_slope_line_fit(sample, midpoint, value, of->std_error ? error : NULL);
	if (why == KG_WHY_NONE && !isfinite(line.slope))
		why = KG_WHY_NO_SPREAD;
	describe(&line, of->transform, params->conf_level, out);
	for (size_t k = 0; k < 2 && why != KG_WHY_NONE; k++)
		out[k] = kg_term_none(out[k].term, out[k].unit, why);
	kg_slope_ranges(sample, params, scratch, out);
	return 2;
}

const struct kg_stat kg_stat_slope_index_analytic = {
	.program = "inequality",
	.id = "slope-index",
	.title = "slope and relative index of inequality",
	.formula =
	    "y (or ln y, logit y) = a + b r by least squares weighted by population, r the midpoint of the cumulative "
	    "population in order of --rank; sii = Y(1) - Y(0), rii = Y(1) / Y(0), the fitted values at the ends. "
	    "Limits: "
	    "errors of the values carried through (--std-error), else residuals and t(n-2); rii on the log scale",
	.source = "Pamuk 1985, Population Studies 39:17-31; Mackenbach & Kunst 1997, Social Science & Medicine "
		  "44:757-771; PHE, "
		  "Technical Guide: Slope index of inequality",
	.assumes = "the value changes in a line (or a line of its log or logit) along the ranked population",
	.agrees = "PHEindicatormethods 2.1.0 phe_sii: indices 11 digits; limits within 5 percent, its simulation error",
	.unit = "sii: of the value; rii: a pure number",
	.needs = KG_NEEDS_Y | KG_NEEDS_X | KG_NEEDS_WEIGHT,
	.min_n = 3,
	.fit = fit,
	.terms_most = 2,
};
