#include <math.h>
#include <stdlib.h>

#include "base/random.h"
#include "stats/slope_index.h"

#define REPLICATES 100000 /* as PHE; the third digit of a limit is then settled */

struct work {
	double *midpoint, *value, *error, *drawn, *sii, *rii;
};

static bool allocate(struct work *work, size_t n, size_t replicates, struct kg_arena *scratch)
{
	*work = (struct work){ KG_ARRAY(scratch, double, n),	      KG_ARRAY(scratch, double, n),
			       KG_ARRAY(scratch, double, n),	      KG_ARRAY(scratch, double, n),
			       KG_ARRAY(scratch, double, replicates), KG_ARRAY(scratch, double, replicates) };
	return !kg_arena_failed(scratch);
}

static int compare_numbers(const void *a, const void *b)
{
	double left = *(const double *)a, right = *(const double *)b;

	return (left > right) - (left < right);
}

/* The order statistic at p of m sorted values, as PHE takes it: the nearest rank. */
static double pick(const double *sorted, size_t m, double p)
{
	double at = round(p * (double)m);

	return sorted[at < 1 ? 0 : at > (double)m ? m - 1 : (size_t)at - 1];
}

/* Sorts the draws and takes their limits. */
static void find_limits(double *value, size_t m, double conf_level, double *low, double *high)
{
	qsort(value, m, sizeof *value, compare_numbers);
	*low = pick(value, m, (1 - conf_level) / 2);
	*high = pick(value, m, (1 + conf_level) / 2);
}

static void set_limits(struct kg_term *term, double *value, size_t m, double conf_level)
{
	long double mean = 0, square = 0;

	for (size_t r = 0; r < m; r++)
		mean += value[r] / m;
	for (size_t r = 0; r < m; r++)
		square += (value[r] - mean) * (value[r] - mean);
	term->std_error = (double)sqrtl(square / (m - 1));
	find_limits(value, m, conf_level, &term->conf_low, &term->conf_high);
}

/* Run number `run` of the simulation: that of the seed so many further on. */
static void simulate(const struct kg_sample *sample, const struct kg_params *params, size_t run, size_t replicates,
		     struct work *work)
{
	const struct kg_inequality *of = params->own;

	for (size_t r = 0; r < replicates; r++) {
		struct kg_random random = kg_random_stream(params->seed + run, params->stream, (uint32_t)r);
		struct kg_slope_line line;
		double bottom, top;

		for (size_t i = 0; i < sample->n; i++)
			work->drawn[i] = work->value[i] + work->error[i] * kg_random_normal(&random);
		line = kg_slope_line_fit(sample, work->midpoint, work->drawn, work->error);
		bottom = kg_transform_back(of->transform, line.intercept);
		top = kg_transform_back(of->transform, line.intercept + line.slope);
		work->sii[r] = top - bottom;
		work->rii[r] = top / bottom;
	}
}

static double add_difference(const struct kg_term *first, double *value, size_t m, double conf_level)
{
	double low, high;

	find_limits(value, m, conf_level, &low, &high);
	return fabs(low - first->conf_low) + fabs(high - first->conf_high);
}

/* Simulates again and adds the mean absolute difference of both limits from the first ones. */
static void rerun(const struct kg_sample *sample, const struct kg_params *params, size_t replicates, struct work *work,
		  struct kg_term *out)
{
	const struct kg_inequality *of = params->own;
	double sii = 0, rii = 0;

	for (size_t run = 1; run <= of->reruns; run++) {
		simulate(sample, params, run, replicates, work);
		sii += add_difference(&out[0], work->sii, replicates, params->conf_level);
		rii += add_difference(&out[1], work->rii, replicates, params->conf_level);
	}
	out[2] = kg_term_new("sii_rerun_difference", NULL);
	out[3] = kg_term_new("rii_rerun_difference", "ratio");
	out[2].estimate = sii / (2 * (double)of->reruns);
	out[3].estimate = rii / (2 * (double)of->reruns);
}

static size_t fit(const struct kg_sample *sample, const struct kg_params *params, struct kg_arena *scratch,
		  struct kg_term *out, size_t room)
{
	const struct kg_inequality *of = params->own;
	size_t replicates = params->replicates ? params->replicates : REPLICATES;
	struct kg_slope_line line;
	struct work work;
	double bottom, top;
	enum kg_why why;

	if (room < 2 || !allocate(&work, sample->n, replicates, scratch) ||
	    !kg_slope_midpoints(sample, scratch, work.midpoint))
		return 0;
	out[0] = kg_term_new("sii", NULL);
	out[1] = kg_term_new("rii", "ratio");
	why = kg_transform_values(of, sample, work.value, work.error);
	out[0].why = out[1].why = why;
	if (why != KG_WHY_NONE)
		return 2;
	line = kg_slope_line_fit(sample, work.midpoint, work.value, NULL);
	bottom = kg_transform_back(of->transform, line.intercept);
	top = kg_transform_back(of->transform, line.intercept + line.slope);
	out[0].estimate = top - bottom;
	out[1].estimate = top / bottom;
	kg_slope_ranges(sample, params, scratch, out);
	if (!of->std_error || replicates < 2)
		return 2;
	simulate(sample, params, 0, replicates, &work);
	set_limits(&out[0], work.sii, replicates, params->conf_level);
	set_limits(&out[1], work.rii, replicates, params->conf_level);
	if (!of->reruns || room < 4)
		return 2;
	rerun(sample, params, replicates, &work, out);
	return 4;
}

const struct kg_stat kg_stat_slope_index_simulated = {
	.program = "inequality",
	.id = "slope-index-simulated",
	.title = "slope and relative index of inequality with simulated limits",
	.formula = "as slope-index; limits: quantiles of the indices over --replicates (100,000) draws of all values "
		   "from normal "
		   "distributions with their standard errors, on the transformed scale. With --reruns N the simulation "
		   "is run with the next N seeds too: sii_rerun_difference and rii_rerun_difference are the mean of "
		   "the 2N absolute "
		   "differences of both limits from the first ones",
	.source =
	    "PHE, Technical Guide: Slope index of inequality; Low & Low 2004, Journal of Public Health 26:388-395; "
	    "reruns: the reliability statistic of PHEindicatormethods phe_sii, with N = 9",
	.assumes = "as slope-index; needs --std-error",
	.agrees = "PHEindicatormethods 2.1.0 phe_sii: limits within 5 percent, its simulation error",
	.unit = "sii: of the value; rii: a pure number",
	.needs = KG_NEEDS_Y | KG_NEEDS_X | KG_NEEDS_WEIGHT,
	.min_n = 3,
	.fit = fit,
	.terms_most = 4,
};
