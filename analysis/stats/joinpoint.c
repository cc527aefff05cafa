#include "stats/joinpoint.h"

#include <Rmath.h>
#include <string.h>

#include "stats/joinpoint_average.h"

/* What a count of zero counts as under a logarithm (NCI Joinpoint). */
#define ZERO_COUNT 0.5
/* Residual sum of squares, relative to the spread of the values, that is nothing but rounding. */
#define ROUNDING 1e-22

struct fitting {
	const struct kg_sample *sample;
	const struct kg_params *params;
	const struct kg_joinpoint_options *own;
	struct kg_arena *scratch;
	struct kg_points points;
	double *y, *weight;
	enum kg_why why, note;
	bool exact; /* residuals are nothing but rounding */
	struct kg_joinpoint_rules rules;
	struct kg_placement best[KG_JOINPOINTS_MOST + 1];
	struct kg_joinpoint_model model;
	struct kg_joinpoint_resample resample;
};

/* Value and weight of one point on the scale of the fit. */
static void take_point(struct fitting *fitting, size_t i)
{
	const struct kg_sample *sample = fitting->sample;
	const struct kg_joinpoint_options *own = fitting->own;
	bool poisson = own->scale == KG_SCALE_POISSON;
	double value = sample->y[i], per = sample->exposure ? sample->exposure[i] : 1;

	if (poisson && (value < 0 || value != nearbyint(value)))
		fitting->why = KG_WHY_NOT_A_COUNT;
	if (poisson && value == 0) {
		value = ZERO_COUNT;
		fitting->note = KG_WHY_HALF_ADDED;
	}
	fitting->weight[i] = poisson ? value : 1;
	fitting->y[i] = value / per;
	if (own->std_error) {
		double error = own->std_error[i] / (own->scale == KG_SCALE_LOG ? value : per);

		fitting->weight[i] = 1 / (error * error);
		if (!(own->std_error[i] > 0))
			fitting->why = KG_WHY_NO_UNCERTAINTY;
	}
	if (own->scale == KG_SCALE_LINEAR)
		return;
	if (value <= 0)
		fitting->why = value < 0 ? KG_WHY_NEGATIVE : KG_WHY_ZERO_VALUE;
	fitting->y[i] = (double)logl((long double)value / per);
}

static bool take_points(struct fitting *fitting)
{
	size_t n = fitting->sample->n;

	fitting->y = KG_ARRAY(fitting->scratch, double, n);
	fitting->weight = KG_ARRAY(fitting->scratch, double, n);
	if (!fitting->y || !fitting->weight)
		return false;
	for (size_t i = 0; i < n; i++)
		take_point(fitting, i);
	fitting->points = (struct kg_points){ n, fitting->sample->x, fitting->y, fitting->weight };
	return true;
}

/* As many joinpoints as asked for, or as the length suggests, as far as they fit in. */
static void limit_rules(struct fitting *fitting)
{
	size_t n = fitting->points.n;

	fitting->rules = fitting->own->rules;
	if (fitting->rules.most == SIZE_MAX)
		fitting->rules.most = kg_joinpoint_most(n);
	while (!kg_joinpoint_allows(&fitting->rules, n, fitting->rules.most))
		fitting->rules.most--;
}

static double criterion(const struct kg_joinpoint_model *model, enum kg_joinpoint_select select)
{
	return select == KG_SELECT_BIC ? model->bic : select == KG_SELECT_BIC3 ? model->bic3 : model->wbic;
}

/* The fewest joinpoints that leave no residual but rounding; SIZE_MAX when none do. */
static size_t find_perfect(const struct fitting *fitting)
{
	const struct kg_points *points = &fitting->points;
	long double w = 0, mean = 0, spread = 0;

	for (size_t i = 0; i < points->n; i++) {
		w += points->weight[i];
		mean += points->weight[i] * points->y[i];
	}
	for (size_t i = 0; i < points->n; i++)
		spread += points->weight[i] * (points->y[i] - mean / w) * (points->y[i] - mean / w);
	for (size_t k = 0; k <= fitting->rules.most; k++)
		if (fitting->best[k].sse <= ROUNDING * spread)
			return k;
	return SIZE_MAX;
}

static bool choose_model(struct fitting *fitting)
{
	struct kg_joinpoint_model model;
	size_t chosen = find_perfect(fitting);

	fitting->exact = chosen != SIZE_MAX;
	if (chosen == SIZE_MAX && fitting->own->select == KG_SELECT_PERMUTATION) {
		int few = kg_joinpoint_permute(&fitting->points, &fitting->rules, fitting->best, fitting->params,
					       fitting->scratch);

		if (few < 0)
			return false;
		chosen = (size_t)few;
	}
	for (size_t k = 0; k <= fitting->rules.most; k++) {
		if ((chosen != SIZE_MAX && k != chosen) || isnan(fitting->best[k].sse))
			continue;
		if (!kg_joinpoint_fit(&fitting->points, &fitting->best[k], fitting->scratch, &model))
			return false;
		if (k == 0 || k == chosen ||
		    criterion(&model, fitting->own->select) < criterion(&fitting->model, fitting->own->select))
			fitting->model = model;
	}
	return true;
}

/* Times at which the joinpoint may lie: its profile sum of squares is within F(1, df) of the least. */
static void limit_joinpoint(const struct fitting *fitting, size_t j, const double *profile, struct kg_term *term)
{
	const struct kg_points *points = &fitting->points;
	double df = (double)points->n - 2 * (double)fitting->model.placement.k - 2;
	double most = fitting->model.placement.sse * (1 + qf(fitting->params->conf_level, 1, df, 1, 0) / df);

	for (size_t i = 0; df > 0 && i < points->n; i++) {
		if (!(profile[j * points->n + i] <= most) && i != fitting->model.placement.at[j])
			continue;
		if (isnan(term->conf_low))
			term->conf_low = points->x[i];
		term->conf_high = points->x[i];
	}
}

static size_t write_joinpoints(struct fitting *fitting, struct kg_term *out)
{
	size_t k = fitting->model.placement.k, n = fitting->points.n;
	double *profile = KG_ARRAY(fitting->scratch, double, k *n + 1);

	if (!profile || (k && !kg_joinpoint_profile(&fitting->points, &fitting->rules, k, fitting->scratch, profile)))
		return 0;
	for (size_t j = 0; j < k; j++) {
		out[j] = kg_term_new(kg_arena_format(fitting->scratch, "joinpoint_%zu", j + 1), "year");
		out[j].estimate = fitting->points.x[fitting->model.placement.at[j]];
		if (fitting->resample.draw)
			kg_joinpoint_quantiles(&fitting->resample, j, fitting->params->conf_level, fitting->scratch,
					       &out[j].conf_low, &out[j].conf_high);
		else
			limit_joinpoint(fitting, j, profile, &out[j]);
	}
	return k;
}

static void test_slope(double slope, double std_error, double df, bool log, double conf_level, struct kg_term *term)
{
	double reach = std_error * qt(0.5 + conf_level / 2, df, 1, 0);

	term->std_error = log ? 100 * exp(slope) * std_error : std_error;
	term->conf_low = log ? 100 * expm1(slope - reach) : slope - reach;
	term->conf_high = log ? 100 * expm1(slope + reach) : slope + reach;
	if (!(std_error > 0))
		return;
	term->df = df;
	term->statistic = slope / std_error;
	term->p_value = 2 * pt(-fabs(term->statistic), df, 1, 0);
}

/* A slope as a change per year: percent on the log scales. df = INFINITY: normal. */
static void write_slope(const struct fitting *fitting, double slope, double std_error, double df, struct kg_term *term)
{
	bool log = fitting->own->scale != KG_SCALE_LINEAR;

	term->estimate = log ? 100 * expm1(slope) : slope;
	term->why = fitting->exact ? KG_WHY_EXACT_FIT : fitting->note;
	if (!fitting->exact)
		test_slope(slope, std_error, df, log, fitting->params->conf_level, term);
}

/* Replaces the limits by quantiles of resampled series. */
static void limit_by_quantiles(const struct fitting *fitting, size_t column, struct kg_term *term)
{
	double low, high;

	if (!fitting->resample.draw)
		return;
	kg_joinpoint_quantiles(&fitting->resample, column, fitting->params->conf_level, fitting->scratch, &low, &high);
	term->conf_low = fitting->own->scale != KG_SCALE_LINEAR ? 100 * expm1(low) : low;
	term->conf_high = fitting->own->scale != KG_SCALE_LINEAR ? 100 * expm1(high) : high;
}

static size_t write_slopes(struct fitting *fitting, struct kg_term *out)
{
	const struct kg_joinpoint_model *model = &fitting->model;
	bool log = fitting->own->scale != KG_SCALE_LINEAR;
	const char *unit = log ? "% per year" : "per year";
	size_t k = model->placement.k;
	struct kg_joinpoint_average average =
	    kg_joinpoint_average(&fitting->points, model, fitting->own->from, fitting->own->to);

	for (size_t j = 0; j <= k; j++) {
		out[j] = kg_term_new(kg_arena_format(fitting->scratch, log ? "apc_%zu" : "slope_%zu", j + 1), unit);
		write_slope(fitting, model->slope[j], model->slope_se[j], model->df, &out[j]);
		limit_by_quantiles(fitting, k + j, &out[j]);
	}
	out[k + 1] = kg_term_new(log ? "aapc" : "average_slope", unit);
	write_slope(fitting, average.slope, average.std_error, average.piece == SIZE_MAX ? INFINITY : model->df,
		    &out[k + 1]);
	limit_by_quantiles(fitting, 2 * k + 1, &out[k + 1]);
	return k + 2;
}

/* An average has no meaning outside the data. */
static bool has_range(const struct fitting *fitting)
{
	return fitting->own->from >= fitting->points.x[0] &&
	       fitting->own->to <= fitting->points.x[fitting->points.n - 1] && fitting->own->from < fitting->own->to;
}

static size_t refuse(const struct fitting *fitting, enum kg_why why, struct kg_term *out)
{
	bool log = fitting->own->scale != KG_SCALE_LINEAR;

	out[0] = kg_term_none(log ? "apc_1" : "slope_1", log ? "% per year" : "per year", why);
	out[1] = kg_term_none(log ? "aapc" : "average_slope", log ? "% per year" : "per year", why);
	return 2;
}

/* From the sample to the chosen model; fitting->why: there is none. False when memory is out. */
static bool find_model(struct fitting *fitting)
{
	if (!take_points(fitting))
		return false;
	if (fitting->why != KG_WHY_NONE)
		return true;
	limit_rules(fitting);
	return kg_joinpoint_search(&fitting->points, &fitting->rules, fitting->scratch, fitting->best) &&
	       choose_model(fitting);
}

static size_t fit(const struct kg_sample *sample, const struct kg_params *params, struct kg_arena *scratch,
		  struct kg_term *out, size_t room)
{
	struct kg_joinpoint_options own = *(const struct kg_joinpoint_options *)params->own;
	struct kg_params ranged = *params;
	struct fitting fitting = { .sample = sample, .params = &ranged, .own = &own, .scratch = scratch };
	size_t count;

	ranged.own = &own;
	own.from = isnan(own.from) ? sample->x[0] : own.from;
	own.to = isnan(own.to) ? sample->x[sample->n - 1] : own.to;
	if (room < 3 * KG_JOINPOINTS_MOST + 3 || !find_model(&fitting))
		return 0;
	if (fitting.why != KG_WHY_NONE)
		return refuse(&fitting, fitting.why, out);
	if (own.empirical && !fitting.exact &&
	    !kg_joinpoint_resample(&fitting.points, &fitting.rules, &fitting.model, &ranged, scratch,
				   &fitting.resample))
		return 0;
	count = write_joinpoints(&fitting, out);
	count += write_slopes(&fitting, out + count);
	if (!has_range(&fitting))
		out[count - 1] = kg_term_none(out[count - 1].term, out[count - 1].unit, KG_WHY_GAP);
	return count;
}

bool kg_joinpoint_curve(const struct kg_sample *sample, const struct kg_params *params, struct kg_arena *scratch,
			double *fitted, bool *bend)
{
	struct fitting fitting = { .sample = sample, .params = params, .own = params->own, .scratch = scratch };

	if (!find_model(&fitting))
		return false;
	if (fitting.why != KG_WHY_NONE)
		return true;
	for (size_t i = 0; i < sample->n; i++) {
		double value = kg_joinpoint_value(&fitting.points, &fitting.model, sample->x[i]);

		fitted[i] = fitting.own->scale == KG_SCALE_LINEAR ? value : exp(value);
	}
	for (size_t j = 0; j < fitting.model.placement.k; j++)
		bend[fitting.model.placement.at[j]] = true;
	return true;
}

const struct kg_stat kg_stat_joinpoint = {
	.program = "joinpoint",
	.id = "joinpoint",
	.title = "Joinpoint regression: a trend of straight pieces that meet",
	.formula = "ln x[t] = a + b t + sum d[j] (t - tau[j])+ by (weighted) least squares over all placements of tau "
		   "on observed "
		   "times; APC = 100 (exp(slope) - 1); AAPC the same of the slopes' mean weighted by length; BIC = "
		   "ln(SSE/n) + (2k+2) "
		   "ln(n)/n, BIC3 with 3k+2, weighted BIC = (1-w) BIC + w BIC3, w the largest partial R2 of a "
		   "joinpoint in its two "
		   "pieces",
	.source = "Kim, Fay, Feuer & Midthune (2000), Statistics in Medicine 19: 335-351; Clegg, Hankey, Tiwari, Feuer "
		  "& Edwards "
		  "(2009), Statistics in Medicine 28: 3670-3682; Kim and others (2022), Journal of Applied Statistics, "
		  "data-driven choice of a model selection method; Lerman (1980), "
		  "Applied Statistics "
		  "29: 77-84; National Cancer Institute, Joinpoint Help",
	.assumes =
	    "Independent errors. Limits of an APC: separate lines of the pieces without their joinpoints, pooled "
	    "variance, t with "
	    "(n-k) - 2(k+1) degrees of freedom. AAPC: pieces independent (wide limits), normal (t within one piece). "
	    "Joinpoints: where "
	    "the profile sum of squares is within F(1, n-2k-2). --ci empirical: quantiles over resampled residuals "
	    "with joinpoints "
	    "placed anew (1,000), which carry their uncertainty. Permutation test: 4,499 draws, sequential, level "
	    "alpha / (Kmax - k), "
	    "stopped when decided. Weights: --std-error, or counts (poisson). A series break starts a new series.",
	.unit = "apc, aapc: % per year; joinpoint: the period",
	.agrees = "NCI Joinpoint program (grid search, parametric limits); brute force over all placements",
	.needs = KG_NEEDS_Y | KG_NEEDS_X,
	.min_n = 4,
	.fit = fit,
	.terms_most = 3 * KG_JOINPOINTS_MOST + 3,
};
