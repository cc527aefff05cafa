#include "stats/diffusion.h"

#include <Rmath.h>
#include <string.h>

/* Starts that are followed to a minimum. */
#define FOLLOWED 6
/* Slope of the sum of squares, relative to values and derivatives, that a converged fit leaves: rounding. */
#define FLAT 1e-9
/* Places of the bend that starts have, before, in and after the data. */
#define MIDDLES 9

struct problem {
	const struct kg_diffusion_curve *curve;
	const struct kg_diffusion_options *own;
	struct kg_nonlinear model;
	double *time, *before, *y; /* before: start of the interval whose flow is y; NaN = y is a total */
	double origin, most;	   /* most: largest total */
	bool fixed, held;	   /* the ceiling is known; b is held at 0 */
};

/* Share of the ceiling that observation i is, with derivatives by a and b. */
static long double find_share(const struct problem *problem, size_t i, double a, double b, long double *by_a,
			      long double *by_b)
{
	long double share, less_a, less_b;

	if (problem->curve->density && !isnan(problem->before[i]))
		return problem->curve->density(problem->time[i], a, b, by_a, by_b);
	share = problem->curve->share(problem->time[i], a, b, by_a, by_b);
	if (!isnan(problem->before[i])) {
		share -= problem->curve->share(problem->before[i], a, b, &less_a, &less_b);
		*by_a -= less_a;
		*by_b -= less_b;
	}
	return share;
}

/* Value and derivatives by the free parameters: (ceiling,) a, b. */
static long double value(const long double *parameter, const void *data, size_t i, double *gradient)
{
	const struct problem *problem = data;
	const long double *shape = problem->fixed ? parameter : parameter + 1;
	double *by_shape = problem->fixed ? gradient : gradient + 1;
	long double ceiling = problem->fixed ? problem->own->ceiling : parameter[0], by_a, by_b;
	long double share =
	    find_share(problem, i, (double)shape[0], problem->held ? 0 : (double)shape[1], &by_a, &by_b);

	if (!problem->fixed)
		gradient[0] = (double)share;
	by_shape[0] = (double)(ceiling * by_a);
	if (!problem->held)
		by_shape[1] = (double)(ceiling * by_b);
	return ceiling * share;
}

/* Flows as they are; totals as they are, or as flows between them where the curve starts at zero. */
static void take_point(struct problem *problem, const struct kg_sample *sample, size_t first, size_t i)
{
	const struct kg_diffusion_options *own = problem->own;
	size_t at = i - first;

	problem->time[at] = sample->x[i] - problem->origin;
	problem->before[at] = NAN;
	problem->y[at] = sample->y[i];
	if (own->flow) {
		problem->before[at] = problem->time[at] - own->step;
		problem->most += sample->y[i];
	} else {
		problem->most = fmax(problem->most, sample->y[i]);
	}
	if (own->flow || !problem->curve->from_zero)
		return;
	problem->before[at] = at ? problem->time[at - 1] : 0;
	problem->y[at] -= at ? sample->y[i - 1] : 0;
}

/* Totals that stay where they began have a ceiling, but no curve to it. */
static bool stays(const struct kg_sample *sample)
{
	size_t first = 0;

	while (first + 1 < sample->n && sample->y[first] == 0)
		first++;
	return sample->y[first] == sample->y[sample->n - 1];
}

static enum kg_why check_values(const struct problem *problem, const struct kg_sample *sample)
{
	for (size_t i = 0; i < sample->n; i++) {
		if (sample->y[i] < 0)
			return KG_WHY_NEGATIVE;
		if (!problem->own->flow && i && sample->y[i] < sample->y[i - 1])
			return KG_WHY_FALLING_TOTAL;
	}
	return problem->most > 0 && (problem->own->flow || !stays(sample)) ? KG_WHY_NONE : KG_WHY_NO_SPREAD;
}

/* Values for the fit. What comes before the first adoption says nothing about a curve that starts at zero. */
static bool take_points(struct problem *problem, const struct kg_sample *sample, struct kg_arena *scratch)
{
	size_t first = 0, n = sample->n;

	problem->time = KG_ARRAY(scratch, double, n);
	problem->before = KG_ARRAY(scratch, double, n);
	problem->y = KG_ARRAY(scratch, double, n);
	if (kg_arena_failed(scratch))
		return false;
	while (problem->curve->from_zero && first + 1 < n && sample->y[first] == 0)
		first++;
	problem->origin = problem->curve->from_zero ? sample->x[first] - problem->own->step : 0;
	for (size_t i = first; i < n; i++)
		take_point(problem, sample, first, i);
	problem->fixed = !isnan(problem->own->ceiling);
	problem->model = (struct kg_nonlinear){
		.value = value, .data = problem, .y = problem->y, .n = n - first, .p = problem->fixed ? 2 : 3
	};
	return true;
}

/* Curves with ceilings, middles and widths on a grid. */
static double *make_starts(const struct problem *problem, struct kg_arena *scratch, size_t *count)
{
	static const double ceiling[] = { 1.02, 1.2, 2, 5 },
			    middle[MIDDLES] = { -1, -0.3, 0, 0.2, 0.4, 0.6, 0.8, 1, 1.5 }, width[] = { 0.15, 0.4, 1 };
	const size_t ceilings = problem->fixed ? 1 : 4, p = problem->model.p, last = problem->model.n - 1;
	double *starts = KG_ARRAY(scratch, double, ceilings *MIDDLES * 3 * p), *next = starts;
	double range = problem->time[last] - problem->time[0];

	for (size_t c = 0; starts && c < ceilings; c++)
		for (size_t m = 0; m < MIDDLES; m++)
			for (size_t w = 0; w < 3; w++, next += p) {
				if (!problem->fixed)
					next[0] = ceiling[c] * problem->most;
				problem->curve->start(problem->time[0] + middle[m] * range, width[w] * range,
						      &next[p - 2], &next[p - 1]);
			}
	*count = ceilings * MIDDLES * 3;
	return starts;
}

static struct kg_term estimate(const char *name, const char *unit, double at, double std_error, double df,
			       double conf_level)
{
	struct kg_term term = kg_term_new(name, unit);
	double reach = std_error * qt(0.5 + conf_level / 2, df, 1, 0);

	term.estimate = at;
	if (!(df > 0) || !(std_error > 0))
		return term;
	term.std_error = std_error;
	term.conf_low = at - reach;
	term.conf_high = at + reach;
	term.statistic = at / std_error;
	term.df = df;
	term.p_value = 2 * pt(-fabs(term.statistic), df, 1, 0);
	return term;
}

/* Standard error of a function with these derivatives by the free parameters. */
static double spread(const struct kg_nonlinear_fit *fit, const double *by, size_t p)
{
	double variance = 0;

	for (size_t a = 0; a < p; a++)
		for (size_t b = 0; b < p; b++)
			variance += by[a] * by[b] * fit->covariance[a][b];
	return sqrt(variance);
}

static void write_parameters(const struct problem *problem, const struct kg_nonlinear_fit *fit, double conf_level,
			     struct kg_term *out)
{
	const struct kg_diffusion_curve *curve = problem->curve;
	size_t shape = problem->fixed ? 0 : 1;

	if (problem->fixed)
		out[0] = estimate(curve->ceiling, problem->own->unit, problem->own->ceiling, NAN, NAN, conf_level);
	else
		out[0] = estimate(curve->ceiling, problem->own->unit, fit->parameter[0], fit->std_error[0], fit->df,
				  conf_level);
	out[1] = estimate(curve->a, curve->unit_a, fit->parameter[shape], fit->std_error[shape], fit->df, conf_level);
	if (problem->held) {
		out[2] = kg_term_none(curve->b, curve->unit_b, KG_WHY_NO_IMITATION);
		out[2].estimate = 0;
		return;
	}
	out[2] = estimate(curve->b, curve->unit_b, fit->parameter[shape + 1], fit->std_error[shape + 1], fit->df,
			  conf_level);
}

/* Where the data hold one side of the peak only, what they do not determine carries a note. */
static void note_peak(const struct problem *problem, double time, struct kg_term *out)
{
	bool flow = !isnan(problem->before[problem->model.n - 1]);
	double first = flow && !isnan(problem->before[0]) ? problem->before[0] : problem->time[0];

	for (size_t k = 0; time > problem->time[problem->model.n - 1] && k < KG_DIFFUSION_TERMS; k++)
		out[k].why = KG_WHY_BEFORE_INFLECTION;
	for (size_t k = 0; time < first && k < KG_DIFFUSION_TERMS; k++)
		if (k != 1 && (k > 1 || (flow && !problem->fixed)))
			out[k].why = KG_WHY_AFTER_INFLECTION;
}

/* Time and size of the largest flow, by the delta method. */
static void write_peak(const struct problem *problem, const struct kg_nonlinear_fit *fit, double conf_level,
		       struct kg_arena *scratch, struct kg_term *out)
{
	size_t shape = problem->fixed ? 0 : 1, p = problem->model.p;
	double time, rate, by_time[3] = { 0 }, by_rate[3] = { 0 };
	double ceiling = problem->fixed ? problem->own->ceiling : fit->parameter[0];
	const char *unit =
	    problem->own->unit ? kg_arena_format(scratch, "%s per year", problem->own->unit) : "per year";

	out[3] = kg_term_none("peak_time", "year", KG_WHY_NO_PEAK);
	out[4] = kg_term_none("peak_flow", unit, KG_WHY_NO_PEAK);
	if (problem->held)
		return;
	problem->curve->peak(fit->parameter[shape], fit->parameter[shape + 1], &time, by_time + shape, &rate,
			     by_rate + shape);
	if (isnan(time))
		return;
	for (size_t k = shape; k < p; k++)
		by_rate[k] *= ceiling;
	if (shape)
		by_rate[0] = rate;
	out[3] = estimate("peak_time", "year", time + problem->origin, spread(fit, by_time, p), fit->df, conf_level);
	out[4] = estimate("peak_flow", unit, ceiling * rate, spread(fit, by_rate, p), fit->df, conf_level);
	note_peak(problem, time, out);
}

/* A calendar time is not tested against year 0. */
static void drop_tests(struct kg_term *out)
{
	for (size_t k = 0; k < KG_DIFFUSION_TERMS; k++)
		if (out[k].unit && strcmp(out[k].unit, "year") == 0)
			out[k].statistic = out[k].p_value = NAN;
}

static size_t refuse(const struct kg_diffusion_curve *curve, enum kg_why why, struct kg_term *out)
{
	out[0] = kg_term_none(curve->ceiling, NULL, why);
	out[1] = kg_term_none(curve->a, curve->unit_a, why);
	out[2] = kg_term_none(curve->b, curve->unit_b, why);
	out[3] = kg_term_none("peak_time", "year", why);
	out[4] = kg_term_none("peak_flow", "per year", why);
	return KG_DIFFUSION_TERMS;
}

static bool is_curve(const struct problem *problem, const struct kg_nonlinear_fit *fit)
{
	const double *shape = problem->fixed ? fit->parameter : fit->parameter + 1;

	return (problem->fixed || fit->parameter[0] > 0) && shape[0] > 0 &&
	       (!problem->curve->from_zero || problem->held || shape[1] > 0);
}

/* Whether the sum of squares would still fall if b rose from 0. */
static bool wants_more(const struct problem *problem, const struct kg_nonlinear_fit *fit)
{
	double ceiling = problem->fixed ? problem->own->ceiling : fit->parameter[0];
	double a = fit->parameter[problem->fixed ? 0 : 1];
	long double by_a, by_b, slope = 0, values = 0, derivatives = 0;

	for (size_t i = 0; i < problem->model.n; i++) {
		long double share = find_share(problem, i, a, 0, &by_a, &by_b);

		slope += (problem->y[i] - ceiling * share) * ceiling * by_b;
		values += problem->y[i] * problem->y[i];
		derivatives += ceiling * by_b * ceiling * by_b;
	}
	return slope > FLAT * sqrtl(values * derivatives);
}

/* Adoption of one's own accord alone: the same curve with b held at 0. */
static bool hold(struct problem *problem, struct kg_arena *scratch, struct kg_nonlinear_fit *fit)
{
	static const double ceiling[] = { 1.02, 1.2, 2, 5 }, width[] = { 0.15, 0.4, 1, 3 };
	double range = problem->time[problem->model.n - 1], starts[2 * 16], *next = starts;

	problem->held = true;
	problem->model.p--;
	for (size_t c = 0; c < (problem->fixed ? 1 : 4); c++)
		for (size_t w = 0; w < 4; w++) {
			if (!problem->fixed)
				*next++ = ceiling[c] * problem->most;
			*next++ = 1 / (width[w] * range);
		}
	if (!kg_nonlinear_search(&problem->model, starts, problem->fixed ? 4 : 16, FOLLOWED, scratch, fit))
		return false;
	if (fit->why == KG_WHY_NONE && wants_more(problem, fit))
		fit->why = KG_WHY_NOT_CONVERGED;
	return true;
}

static bool solve(struct problem *problem, struct kg_arena *scratch, struct kg_nonlinear_fit *fit)
{
	double *starts;
	size_t count;

	if (problem->curve->regression)
		return kg_diffusion_regress(problem->y, problem->model.n, problem->own->ceiling, scratch, fit);
	starts = make_starts(problem, scratch, &count);
	if (!starts || !kg_nonlinear_search(&problem->model, starts, count, FOLLOWED, scratch, fit))
		return false;
	/* not converged: the sum of squares falls towards a boundary, for a falling flow that of b */
	if (problem->curve->from_zero && (fit->why != KG_WHY_NONE || !is_curve(problem, fit)))
		return hold(problem, scratch, fit);
	return true;
}

size_t kg_diffusion_fit(const struct kg_diffusion_curve *curve, const struct kg_sample *sample,
			const struct kg_params *params, struct kg_arena *scratch, struct kg_term *out, size_t room)
{
	struct problem problem = { .curve = curve, .own = params->own };
	struct kg_nonlinear_fit fit;
	enum kg_why why;

	if (room < KG_DIFFUSION_TERMS || !take_points(&problem, sample, scratch))
		return 0;
	why = check_values(&problem, sample);
	if (why == KG_WHY_NONE && problem.model.n <= problem.model.p)
		why = KG_WHY_TOO_FEW;
	if (why != KG_WHY_NONE)
		return refuse(curve, why, out);
	if (!solve(&problem, scratch, &fit))
		return 0;
	if (fit.why == KG_WHY_NONE && !is_curve(&problem, &fit))
		fit.why = KG_WHY_NO_CURVE;
	if (fit.why != KG_WHY_NONE)
		return refuse(curve, fit.why, out);
	write_parameters(&problem, &fit, params->conf_level, out);
	write_peak(&problem, &fit, params->conf_level, scratch, out);
	drop_tests(out);
	return KG_DIFFUSION_TERMS;
}

const struct kg_diffusion_curve *kg_diffusion_curve_find(const char *method)
{
	return strcmp(method, "bass") == 0		? &kg_diffusion_bass
	       : strcmp(method, "bass-density") == 0	? &kg_diffusion_bass_density
	       : strcmp(method, "bass-regression") == 0 ? &kg_diffusion_bass_regression
	       : strcmp(method, "logistic") == 0	? &kg_diffusion_logistic
							: &kg_diffusion_gompertz;
}

/* Marks the point next to the largest flow when it lies within the data. */
static void mark_peak(const struct problem *problem, const struct kg_nonlinear_fit *fit, bool *peak)
{
	size_t shape = problem->fixed ? 0 : 1, n = problem->model.n, nearest = 0;
	double time, rate, by_time[2], by_rate[2];

	if (problem->held)
		return;
	problem->curve->peak(fit->parameter[shape], fit->parameter[shape + 1], &time, by_time, &rate, by_rate);
	if (!(time >= problem->time[0] && time <= problem->time[n - 1]))
		return;
	for (size_t i = 1; i < n; i++)
		if (fabs(problem->time[i] - time) < fabs(problem->time[nearest] - time))
			nearest = i;
	peak[nearest] = true;
}

bool kg_diffusion_draw(const struct kg_diffusion_curve *curve, const struct kg_sample *sample,
		       const struct kg_params *params, struct kg_arena *scratch, const struct kg_diffusion_drawn *drawn)
{
	struct problem problem = { .curve = curve, .own = params->own };
	long double wide[KG_NONLINEAR_MOST] = { 0 };
	double gradient[KG_NONLINEAR_MOST] = { 0 };
	struct kg_nonlinear_fit fit;
	size_t first;

	if (!take_points(&problem, sample, scratch))
		return false;
	if (check_values(&problem, sample) != KG_WHY_NONE || problem.model.n <= problem.model.p)
		return true;
	if (!solve(&problem, scratch, &fit))
		return false;
	if (fit.why != KG_WHY_NONE || !is_curve(&problem, &fit))
		return true;
	first = sample->n - problem.model.n;
	for (size_t k = 0; k < problem.model.p; k++)
		wide[k] = fit.parameter[k];
	for (size_t i = 0; i < problem.model.n; i++) {
		double reach;

		if (!problem.own->flow)
			problem.before[i] = NAN; /* totals are drawn, whatever was fitted */
		drawn->fitted[first + i] = (double)value(wide, &problem, i, gradient);
		reach = spread(&fit, gradient, problem.model.p) * qt(0.5 + params->conf_level / 2, fit.df, 1, 0);
		drawn->low[first + i] = drawn->fitted[first + i] - reach;
		drawn->high[first + i] = drawn->fitted[first + i] + reach;
	}
	mark_peak(&problem, &fit, drawn->peak + first);
	return true;
}
