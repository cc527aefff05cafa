#include <Rmath.h>
#include <string.h>

#include "stats/joinpoint_average.h"
#include "stats/joinpoint_series.h"

#define TERMS_MOST (2 * KG_JOINPOINTS_MOST + 1 + KG_RANGES_MOST + KG_JUMPS_MOST + 1)

struct fitting {
	const struct kg_params *params;
	const struct kg_joinpoint_options *own;
	struct kg_arena *scratch;
	struct kg_joinpoint_series series;
	struct kg_joinpoint_model model;
	struct kg_joinpoint_lines lines;
	struct kg_joinpoint_resample resample;
};

static bool is_log(const struct fitting *fitting)
{
	return fitting->own->scale != KG_SCALE_LINEAR;
}

/* Times at which the joinpoint may lie: its profile sum of squares is within F(1, df) of the least. */
static void limit_joinpoint(const struct fitting *fitting, size_t j, const double *profile, struct kg_term *term)
{
	const struct kg_points *points = &fitting->series.points;
	const struct kg_placement *placement = &fitting->model.placement;
	double df = (double)points->n - 2 * (double)placement->k - 2 - (double)points->jumps;
	double most = placement->sse * (1 + qf(fitting->params->conf_level, 1, df, 1, 0) / df);

	for (size_t i = 0; df > 0 && i < points->n; i++) {
		if (!(profile[j * points->n + i] <= most) && i != placement->at[j])
			continue;
		if (isnan(term->conf_low))
			term->conf_low = points->x[i];
		term->conf_high = points->x[i];
	}
}

static bool write_joinpoints(struct fitting *fitting, struct kg_term *out)
{
	const struct kg_points *points = &fitting->series.points;
	size_t k = fitting->model.placement.k;
	double *profile = KG_ARRAY(fitting->scratch, double, k * points->n + 1);

	if (!profile || (k && !kg_joinpoint_profile(points, &fitting->series.rules, k, fitting->scratch, profile)))
		return false;
	for (size_t j = 0; j < k; j++) {
		out[j] = kg_term_new(kg_arena_format(fitting->scratch, "joinpoint_%zu", j + 1), "year");
		out[j].estimate = points->x[fitting->model.placement.at[j]];
		if (fitting->resample.draw)
			kg_joinpoint_quantiles(&fitting->resample, j, fitting->params->conf_level, fitting->scratch,
					       &out[j].conf_low, &out[j].conf_high);
		else
			limit_joinpoint(fitting, j, profile, &out[j]);
	}
	return true;
}

/* An estimated slope or step on the scale of the fit. df = INFINITY: normal. */
struct effect {
	double value, std_error, df;
	size_t column; /* of the resampled */
};

static void test_effect(const struct effect *effect, bool log, double conf_level, struct kg_term *term)
{
	double reach = effect->std_error * qt(0.5 + conf_level / 2, effect->df, 1, 0);

	term->std_error = log ? 100 * exp(effect->value) * effect->std_error : effect->std_error;
	term->conf_low = log ? 100 * expm1(effect->value - reach) : effect->value - reach;
	term->conf_high = log ? 100 * expm1(effect->value + reach) : effect->value + reach;
	if (!(effect->std_error > 0))
		return;
	term->df = effect->df;
	term->statistic = effect->value / effect->std_error;
	term->p_value = 2 * pt(-fabs(term->statistic), effect->df, 1, 0);
}

/* In percent on the log scales; limits from resampled series replace the others where there are any. */
static struct kg_term write_effect(const struct fitting *fitting, const char *name, const char *unit,
				   const struct effect *effect)
{
	struct kg_term term = kg_term_new(name, unit);
	bool log = is_log(fitting);
	double low, high;

	term.estimate = log ? 100 * expm1(effect->value) : effect->value;
	term.why = fitting->series.exact ? KG_WHY_EXACT_FIT : fitting->series.note;
	if (!fitting->series.exact)
		test_effect(effect, log, fitting->params->conf_level, &term);
	if (!fitting->resample.draw)
		return term;
	kg_joinpoint_quantiles(&fitting->resample, effect->column, fitting->params->conf_level, fitting->scratch, &low,
			       &high);
	term.conf_low = log ? 100 * expm1(low) : low;
	term.conf_high = log ? 100 * expm1(high) : high;
	return term;
}

static void write_slopes(const struct fitting *fitting, struct kg_term *out)
{
	bool log = is_log(fitting);
	size_t k = fitting->model.placement.k;

	for (size_t j = 0; j <= k; j++) {
		const struct effect effect = { fitting->model.slope[j], kg_joinpoint_slope_se(&fitting->lines, j),
					       fitting->lines.df, k + j };

		out[j] = write_effect(fitting, kg_arena_format(fitting->scratch, log ? "apc_%zu" : "slope_%zu", j + 1),
				      log ? "% per year" : "per year", &effect);
	}
}

/* An average has no meaning outside the data. */
static bool has_range(const struct fitting *fitting, size_t r)
{
	const struct kg_points *points = &fitting->series.points;

	return fitting->own->from[r] >= points->x[0] && fitting->own->to[r] <= points->x[points->n - 1] &&
	       fitting->own->from[r] < fitting->own->to[r];
}

static void write_averages(const struct fitting *fitting, struct kg_term *out)
{
	const char *name = is_log(fitting) ? "aapc" : "average_slope";
	const char *unit = is_log(fitting) ? "% per year" : "per year";
	bool delta = fitting->own->limits == KG_LIMITS_DELTA;

	for (size_t r = 0; r < fitting->own->ranges; r++) {
		struct kg_joinpoint_average average =
		    kg_joinpoint_average(&fitting->series.points, &fitting->model, &fitting->lines,
					 fitting->own->from[r], fitting->own->to[r]);
		const struct effect effect = { average.slope, delta ? average.delta_se : average.independent_se,
					       delta || average.piece != SIZE_MAX ? fitting->lines.df : INFINITY,
					       2 * fitting->model.placement.k + 1 + r };

		out[r] = has_range(fitting, r) ? write_effect(fitting, name, unit, &effect)
					       : kg_term_none(name, unit, KG_WHY_GAP);
		if (average.unsettled && has_range(fitting, r) && average.piece == SIZE_MAX)
			out[r].why = KG_WHY_BESIDE_JOINPOINT;
	}
}

static void write_jumps(const struct fitting *fitting, struct kg_term *out)
{
	const struct kg_points *points = &fitting->series.points;

	for (size_t i = 0; i < points->jumps; i++) {
		double std_error = kg_joinpoint_jump_se(&fitting->lines, points, i);
		const struct effect effect = { fitting->model.jump[i],
					       isnan(std_error) ? fitting->model.jump_se[i] : std_error,
					       fitting->lines.df,
					       2 * fitting->model.placement.k + 1 + fitting->own->ranges + i };

		out[i] = write_effect(fitting, kg_arena_format(fitting->scratch, "jump_%zu", i + 1),
				      is_log(fitting) ? "%" : NULL, &effect);
		if (isnan(std_error) && !isnan(fitting->model.jump_se[i]))
			out[i].why = KG_WHY_BESIDE_JOINPOINT;
	}
}

static size_t write_all(struct fitting *fitting, struct kg_term *out)
{
	size_t k = fitting->model.placement.k, count = 2 * k + 1;

	if (!write_joinpoints(fitting, out))
		return 0;
	write_slopes(fitting, out + k);
	write_averages(fitting, out + count);
	count += fitting->own->ranges;
	write_jumps(fitting, out + count);
	count += fitting->series.points.jumps;
	if (fitting->own->autocorrelation == 0)
		return count;
	out[count] = kg_term_new("autocorrelation", NULL);
	out[count].estimate = fitting->model.autocorrelation;
	return count + 1;
}

static size_t refuse(const struct fitting *fitting, enum kg_why why, struct kg_term *out)
{
	const char *unit = is_log(fitting) ? "% per year" : "per year";

	out[0] = kg_term_none(is_log(fitting) ? "apc_1" : "slope_1", unit, why);
	for (size_t r = 0; r < fitting->own->ranges; r++)
		out[1 + r] = kg_term_none(is_log(fitting) ? "aapc" : "average_slope", unit, why);
	return 1 + fitting->own->ranges;
}

static size_t fit(const struct kg_sample *sample, const struct kg_params *params, struct kg_arena *scratch,
		  struct kg_term *out, size_t room)
{
	struct kg_joinpoint_options own = *(const struct kg_joinpoint_options *)params->own;
	struct kg_params ranged = *params;
	struct fitting fitting = { .params = &ranged, .own = &own, .scratch = scratch };

	ranged.own = &own;
	if (own.ranges == 0) {
		own.ranges = 1;
		own.from[0] = sample->x[0];
		own.to[0] = sample->x[sample->n - 1];
	}
	if (room < TERMS_MOST || !kg_joinpoint_series_make(sample, &own, scratch, &fitting.series))
		return 0;
	if (fitting.series.why != KG_WHY_NONE)
		return refuse(&fitting, fitting.series.why, out);
	if (!kg_joinpoint_choose(&fitting.series, &ranged, scratch, &fitting.model) ||
	    !kg_joinpoint_lines(&fitting.series.points, &fitting.model.placement, scratch, &fitting.lines))
		return 0;
	if (own.limits == KG_LIMITS_EMPIRICAL && !fitting.series.exact &&
	    !kg_joinpoint_resample(&fitting.series.points, &fitting.series.rules, &fitting.model, &ranged, scratch,
				   &fitting.resample))
		return 0;
	return write_all(&fitting, out);
}

bool kg_joinpoint_curve(const struct kg_sample *sample, const struct kg_params *params, struct kg_arena *scratch,
			const struct kg_joinpoint_drawn *drawn)
{
	const struct kg_joinpoint_options *own = params->own;
	double *std_error = KG_ARRAY(scratch, double, sample->n), reach;
	struct kg_joinpoint_series series;
	struct kg_joinpoint_model model;

	if (!std_error || !kg_joinpoint_series_make(sample, own, scratch, &series))
		return false;
	if (series.why != KG_WHY_NONE)
		return true;
	if (!kg_joinpoint_choose(&series, params, scratch, &model) ||
	    !kg_joinpoint_band(&series.points, &model, scratch, std_error))
		return false;
	reach = qt(0.5 + params->conf_level / 2,
		   (double)sample->n - 2 * (double)model.placement.k - 2 - (double)series.points.jumps, 1, 0);
	for (size_t i = 0; i < sample->n; i++) {
		double value = kg_joinpoint_fitted(&series.points, &model, i), side = reach * std_error[i];
		bool linear = own->scale == KG_SCALE_LINEAR, early = own->jumps && sample->x[i] < own->jump[0];
		double back = early && !isnan(own->comparability.ratio) ? own->comparability.ratio : 1;

		drawn->fitted[i] = (linear ? value : exp(value)) / back;
		drawn->low[i] = (linear ? value - side : exp(value - side)) / back;
		drawn->high[i] = (linear ? value + side : exp(value + side)) / back;
	}
	for (size_t j = 0; j < model.placement.k; j++)
		drawn->bend[model.placement.at[j]] = true;
	return true;
}

const struct kg_stat kg_stat_joinpoint = {
	.program = "joinpoint",
	.id = "joinpoint",
	.title = "Joinpoint regression: a trend of straight pieces that meet",
	.formula =
	    "ln x[t] = a + b t + sum d[j] (t - tau[j])+ + sum g[i] [t >= s[i]] + e[t] by (weighted) least squares over "
	    "all placements of tau on observed times, exactly. APC = 100 (exp(slope) - 1); AAPC the same of the "
	    "slopes' mean weighted by length; jump = 100 (exp(g) - 1). BIC = ln(SSE/n) + (2k+2) ln(n)/n, BIC3 with "
	    "3k+2, weighted BIC = (1-w) BIC + w BIC3, w the largest partial R2 of a joinpoint in its two pieces. "
	    "Autocorrelation r: e[t] = r^d e[t-1] + innovation over a distance of d periods; rows are whitened, and "
	    "BIC takes the determinant",
	.source =
	    "Kim, Fay, Feuer & Midthune (2000), Statistics in Medicine 19: 335-351; Lerman (1980), Applied Statistics "
	    "29: 77-84; Clegg, Hankey, Tiwari, Feuer & Edwards (2009), Statistics in Medicine 28: 3670-3682; Muggeo "
	    "(2010), Statistics in Medicine 29: 1958-1960; Kim, Luo, Chen, Green, Buckman, Byrne & Feuer (2017), "
	    "Statistics in Medicine 36: 3059-3074; Kim and others (2022), Journal of Applied Statistics, data-driven "
	    "choice of a model selection method; Chen, Zeichner, Anderson, Espey, Kim & Feuer (2020), Journal of "
	    "Official Statistics 36: 49-62 (jump, comparability ratio); Prais & Winsten (1954); National Cancer "
	    "Institute, Joinpoint Help",
	.assumes =
	    "Errors independent, or with --autocorrelation of order 1 (estimate: restricted likelihood for each number "
	    "of joinpoints; below about 80 periods it comes out too near to 0 and limits cover 92 %). Limits of an "
	    "APC: separate lines of the pieces "
	    "without their joinpoints, pooled variance, t with (n-k) - 2(k+1) - jumps degrees of freedom. AAPC, --ci "
	    "parametric: pieces independent and normal (t within one piece), as the National Cancer Institute's "
	    "program; too wide, because the pieces meet. --ci delta: the lines' whole covariance, which carries the "
	    "joinpoints', and t; with their number chosen from the same data it covers 93 %. --ci empirical: quantiles "
	    "over resampled residuals with joinpoints placed anew "
	    "(1,000). Joinpoints: where the profile sum of squares is within F(1, n-2k-2-jumps). --jump: the level "
	    "steps, the trend goes on; where a joinpoint stands beside the jump, its size and the time of the "
	    "joinpoint cannot be told apart (beside-joinpoint). "
	    "--comparability-ratio: values before the jump are multiplied by it; its variance is one error shared by "
	    "all of them. Permutation test: 4,499 draws of whitened residuals, sequential, level alpha / (Kmax - k), "
	    "stopped when decided. Weights: --std-error, or counts (poisson). A series too short for --max-joinpoints "
	    "takes as many as fit. A series break that is no jump starts a new series. The chart's band takes the "
	    "joinpoints as known.",
	.unit = "apc, aapc: % per year; joinpoint: the period; jump: %; autocorrelation: -1 to 1",
	.agrees =
	    "NCI Joinpoint program (grid search, parametric limits); brute force over all placements, also with jumps "
	    "and autocorrelation; R nlme gls (REML) at the placement",
	.needs = KG_NEEDS_Y | KG_NEEDS_X,
	.min_n = 4,
	.fit = fit,
	.terms_most = TERMS_MOST,
};
