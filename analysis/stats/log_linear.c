#include <Rmath.h>

#include "stats/coefficient.h"
#include "stats/covariance.h"
#include "stats/growth.h"
#include "stats/line.h"

/* What is added to a count of zero so that it has a logarithm (NCI Joinpoint, SEER*Stat). */
#define ZERO_COUNT 0.5

/* Logarithms of the values, and the weights (counts) where there is a population. */
struct logs {
	long double *y, *low, *high;
	double *weight;
	bool bounded;
	enum kg_why why, note;
};

/* A count of zero in a population becomes ZERO_COUNT. */
static struct kg_growth_value take_value(const struct kg_sample *sample, const struct kg_params *params, size_t i,
					 struct logs *logs)
{
	struct kg_growth_value at = kg_growth_at(sample, params, i);

	if (!sample->exposure || sample->y[i] != 0)
		return at;
	logs->note = KG_WHY_HALF_ADDED;
	at.value = at.low = at.high = (long double)ZERO_COUNT / sample->exposure[i];
	return at;
}

static struct logs take_logs(const struct kg_sample *sample, const struct kg_params *params, struct kg_arena *scratch)
{
	struct logs logs = { .y = KG_ARRAY(scratch, long double, sample->n),
			     .low = KG_ARRAY(scratch, long double, sample->n),
			     .high = KG_ARRAY(scratch, long double, sample->n),
			     .weight = sample->exposure ? KG_ARRAY(scratch, double, sample->n) : NULL };

	if (kg_arena_failed(scratch))
		return logs;
	for (size_t i = 0; i < sample->n; i++) {
		struct kg_growth_value at = take_value(sample, params, i, &logs);

		if (at.why != KG_WHY_NONE)
			logs.why = at.why;
		else if (at.value <= 0)
			logs.why = at.value < 0 ? KG_WHY_NEGATIVE : KG_WHY_ZERO_VALUE;
		if (logs.why != KG_WHY_NONE)
			return logs;
		logs.y[i] = logl(at.value);
		logs.low[i] = logl(at.low > 0 ? at.low : 0);
		logs.high[i] = logl(at.high);
		logs.bounded |= at.low != at.high;
		if (logs.weight)
			logs.weight[i] = sample->y[i] > 0 ? sample->y[i] : ZERO_COUNT;
	}
	return logs;
}

/* The slope is a sum of the logs with coefficients w (x - mean) / Sxx: its range follows from their signs. */
static void bound_slope(const struct kg_sample *sample, const struct logs *logs, const struct kg_line *line,
			struct kg_term *term)
{
	long double low = 0, high = 0;

	for (size_t i = 0; i < sample->n; i++) {
		long double pull = (logs->weight ? logs->weight[i] : 1) * (sample->x[i] - line->mean_x) / line->sxx;

		low += pull * (pull > 0 ? logs->low[i] : pull < 0 ? logs->high[i] : 0);
		high += pull * (pull > 0 ? logs->high[i] : pull < 0 ? logs->low[i] : 0);
	}
	term->bound_low = (double)(100 * expm1l(low));
	term->bound_high = (double)(100 * expm1l(high));
	term->why = KG_WHY_BOUND;
}

/* Both rows with the covariance asked for, as for the same model under regress. False: memory is out. */
static bool report_robust(const struct kg_sample *sample, const struct kg_params *params, const struct logs *logs,
			  const struct kg_line *line, struct kg_arena *scratch, struct kg_term *out)
{
	static const char *const name[] = { "intercept", "apc" };
	const double estimate[] = { (double)line->intercept, (double)line->slope };
	size_t n = sample->n;
	double *x = kg_growth_line(sample, scratch), *root = KG_ARRAY(scratch, double, n);
	double *residual = KG_ARRAY(scratch, double, n);
	const struct kg_design design = { .n = n, .p = 2, .x = x, .name = name, .intercept = true };
	struct kg_qr *qr = kg_qr_new(n, 2, scratch);
	struct kg_coefficients from = { .design = &design, .qr = qr, .estimate = estimate, .note = logs->note };
	struct kg_covariance_made made;
	struct kg_term term[2];

	if (kg_arena_failed(scratch))
		return false;
	for (size_t i = 0; i < n; i++) {
		root[i] = logs->weight ? sqrt(logs->weight[i]) : 1;
		residual[i] = (double)(root[i] * (logs->y[i] - line->intercept - line->slope * sample->x[i]));
	}
	kg_qr_factor(qr, &design, root);
	made = kg_covariance_make(params->covariance, &(struct kg_fitted){ qr, residual, 1, sample->cluster }, scratch);
	from.covariance = made.undefined ? NULL : made.value;
	from.clusters = made.clusters;
	from.conf_level = params->conf_level;
	from.df = made.clusters ? (double)made.clusters - 1 : line->df;
	if (made.value)
		kg_coefficient_terms(&from, term);
	out[0] = kg_growth_percent(&term[1]);
	out[1] = term[0];
	out[1].unit = "log";
	return made.value;
}

static struct kg_term change_per_year(const struct kg_line *line, double conf_level)
{
	struct kg_term term = kg_term_new("apc", "% per year");
	long double reach = line->slope_se * qt(0.5 + conf_level / 2, line->df, 1, 0);

	term.estimate = (double)(100 * expm1l(line->slope));
	term.std_error = (double)(100 * expl(line->slope) * line->slope_se);
	term.conf_low = (double)(100 * expm1l(line->slope - reach));
	term.conf_high = (double)(100 * expm1l(line->slope + reach));
	term.df = line->df;
	if (line->slope_se > 0) {
		term.statistic = (double)(line->slope / line->slope_se);
		term.p_value = 2 * pt(-fabs(term.statistic), line->df, 1, 0);
	}
	return term;
}

static struct kg_term intercept(const struct kg_line *line, double conf_level)
{
	struct kg_term term = kg_term_new("intercept", "log");
	long double reach = line->intercept_se * qt(0.5 + conf_level / 2, line->df, 1, 0);

	term.estimate = (double)line->intercept;
	term.std_error = (double)line->intercept_se;
	term.conf_low = (double)(line->intercept - reach);
	term.conf_high = (double)(line->intercept + reach);
	term.df = line->df;
	if (line->intercept_se > 0) {
		term.statistic = (double)(line->intercept / line->intercept_se);
		term.p_value = 2 * pt(-fabs(term.statistic), line->df, 1, 0);
	}
	return term;
}

static size_t fit(const struct kg_sample *sample, const struct kg_params *params, struct kg_arena *scratch,
		  struct kg_term *out, size_t room)
{
	struct logs logs = take_logs(sample, params, scratch);
	struct kg_line line;

	if (room < 2 || kg_arena_failed(scratch))
		return 0;
	if (logs.why != KG_WHY_NONE) {
		out[0] = kg_term_none("apc", "% per year", logs.why);
		out[1] = kg_term_none("intercept", "log", logs.why);
		return 2;
	}
	line = kg_line_fit(sample->x, logs.y, logs.weight, sample->n);
	if (params->covariance != KG_COV_CLASSICAL && !line.exact) {
		if (!report_robust(sample, params, &logs, &line, scratch, out))
			return 0;
	} else {
		out[0] = change_per_year(&line, params->conf_level);
		out[1] = intercept(&line, params->conf_level);
		out[0].why = out[1].why = line.exact ? KG_WHY_EXACT_FIT : logs.note;
	}
	if (logs.bounded)
		bound_slope(sample, &logs, &line, &out[0]);
	return 2;
}

const struct kg_stat kg_stat_log_linear = {
	.program = "growth",
	.id = "log-linear",
	.title = "Annual percent change from a straight line through the logarithms",
	.formula = "ln x[t] = a + b t + e by least squares; APC = 100 (exp(b) - 1); limits from b with t(n-2). With a "
		   "population "
		   "ln(count / population) is fitted with the counts as weights",
	.source = "Kleinbaum, Kupper & Muller (1988), Applied Regression Analysis and Other Multivariable Methods; "
		  "National Cancer Institute, SEER*Stat: annual percent change",
	.assumes = "All values are positive (a count of zero in a population counts as 0.5 and is noted), errors of "
		   "the logarithms "
		   "are independent and of equal variance (with a population: of variance inverse to the count). The "
		   "intercept is "
		   "the logarithm at year 0. A series break starts a new series. The standard error of the APC is by "
		   "the delta "
		   "method. --covariance hc0 to hc3 and --cluster give the standard errors of the same model under "
		   "regress. Bounds give the sharp range of the APC.",
	.unit = "apc: % per year; intercept: log of the value",
	.agrees = "R lm(log(x) ~ t), lm(log(x / n) ~ t, weights = x)",
	.needs = KG_NEEDS_Y | KG_NEEDS_X,
	.min_n = 3,
	.fit = fit,
	.terms_most = 2,
};
