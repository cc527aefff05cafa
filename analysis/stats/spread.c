#include "stats/spread.h"

#include <math.h>
#include <string.h>

#include "stats/bootstrap.h"
#include "stats/slope_index.h"

#define REPLICATES 999 /* (B + 1) alpha is whole at the usual levels */
#define NO_ERROR 1e-12 /* indices are pure numbers: a smaller standard error is rounding */

struct resampled {
	const struct kg_spread *spread;
	const struct kg_sample *sample;
	const struct kg_params *params;
	double estimate;
	bool studentised;
};

long double kg_spread_total(const struct kg_sample *sample)
{
	long double total = 0;

	for (size_t i = 0; i < sample->n; i++)
		total += sample->weight[i];
	return total;
}

long double kg_spread_mean(const struct kg_sample *sample)
{
	long double sum = 0;

	for (size_t i = 0; i < sample->n; i++)
		sum += (long double)sample->weight[i] * sample->y[i];
	return sum / kg_spread_total(sample);
}

enum kg_why kg_spread_refuse(const struct kg_sample *sample)
{
	for (size_t i = 0; i < sample->n; i++)
		if (sample->y[i] < 0 || sample->weight[i] < 0)
			return KG_WHY_NEGATIVE;
	if (!(kg_spread_total(sample) > 0))
		return KG_WHY_ZERO_DENOMINATOR;
	return kg_spread_mean(sample) > 0 ? KG_WHY_NONE : KG_WHY_ZERO_BASE;
}

static double find_error(const struct kg_spread *spread, const struct kg_sample *sample, const struct kg_params *params,
			 double value, struct kg_arena *scratch)
{
	double *influence = KG_ARRAY(scratch, double, sample->n);
	long double people = kg_spread_total(sample), square = 0, n = sample->n;

	if (!influence || !spread->influence(sample, params, value, scratch, influence))
		return NAN;
	for (size_t i = 0; i < sample->n; i++) {
		long double share = sample->weight[i] / people * influence[i];

		square += share * share;
	}
	return (double)sqrtl(square * n / (n - 1));
}

/* How many standard errors of its own the measure of a resample lies above the estimate. */
static double studentise(const struct resampled *of, const struct kg_sample *drawn, double value,
			 struct kg_arena *scratch)
{
	double error = find_error(of->spread, drawn, of->params, value, scratch), above = value - of->estimate;

	if (error > NO_ERROR)
		return above / error;
	return fabs(above) > NO_ERROR && !isnan(error) ? copysign(INFINITY, above) : NAN;
}

/* The measure of a resample: a place drawn k times stands k times in the sample. */
static double measure_counts(const void *data, const uint32_t *count, struct kg_arena *scratch)
{
	const struct resampled *of = data;
	const struct kg_sample *from = of->sample;
	double *y = KG_ARRAY(scratch, double, from->n), *x = KG_ARRAY(scratch, double, from->n);
	double *weight = KG_ARRAY(scratch, double, from->n), value;
	uint32_t *stratum = KG_ARRAY(scratch, uint32_t, from->n);
	struct kg_sample drawn = {
		.y = y, .x = from->x ? x : NULL, .weight = weight, .stratum = from->stratum ? stratum : NULL
	};

	if (!y || !x || !weight || !stratum)
		return NAN;
	for (size_t i = 0; i < from->n; i++)
		for (uint32_t k = 0; k < count[i] && drawn.n < from->n; k++) {
			y[drawn.n] = from->y[i];
			x[drawn.n] = from->x ? from->x[i] : 0;
			weight[drawn.n] = from->weight[i];
			stratum[drawn.n++] = from->stratum ? from->stratum[i] : 0;
		}
	if (kg_spread_refuse(&drawn) != KG_WHY_NONE)
		return NAN;
	value = of->spread->measure(&drawn, of->params, scratch);
	return of->studentised ? studentise(of, &drawn, value, scratch) : value;
}

/* Copies the sample in the order of what its measure sorts by. False: memory is out. */
static bool sort_sample(const struct kg_sample *from, bool ranked, struct kg_arena *scratch, struct kg_sample *to)
{
	const size_t *order = kg_slope_order(ranked ? from->x : from->y, from->n, scratch);
	double *y = KG_ARRAY(scratch, double, from->n), *x = KG_ARRAY(scratch, double, from->n);
	double *weight = KG_ARRAY(scratch, double, from->n);
	uint32_t *stratum = KG_ARRAY(scratch, uint32_t, from->n);

	if (!order || !y || !x || !weight || !stratum)
		return false;
	for (size_t i = 0; i < from->n; i++) {
		y[i] = from->y[order[i]];
		x[i] = from->x ? from->x[order[i]] : 0;
		weight[i] = from->weight[order[i]];
		stratum[i] = from->stratum ? from->stratum[order[i]] : 0;
	}
	*to = (struct kg_sample){
		.n = from->n, .y = y, .x = from->x ? x : NULL, .weight = weight, .stratum = from->stratum ? stratum : NULL
	};
	return true;
}

static enum kg_bootstrap_kind choose_kind(const char *interval)
{
	if (interval && strcmp(interval, "percentile") == 0)
		return KG_BOOTSTRAP_PERCENTILE;
	return interval && strcmp(interval, "bca") == 0 ? KG_BOOTSTRAP_BCA : KG_BOOTSTRAP_STUDENTISED;
}

struct kg_term kg_spread_term(const struct kg_spread *spread, const struct kg_sample *sample,
			      const struct kg_params *params, struct kg_arena *scratch)
{
	struct kg_sample sorted;
	struct resampled of = { spread, &sorted, params, NAN, choose_kind(params->interval) == KG_BOOTSTRAP_STUDENTISED };
	struct kg_resampled statistic = { .data = &of, .counted = measure_counts };
	struct kg_resampling how = { .seed = params->seed,
				     .stream = params->stream,
				     .replicates = params->replicates ? params->replicates : REPLICATES,
				     .threads = 1,
				     .strata = kg_strata_make(NULL, sample->n, scratch) };
	struct kg_bootstrap_plan plan = {
		&statistic, &how, NAN, choose_kind(params->interval), params->conf_level, NAN
	};
	struct kg_term term = kg_term_none(spread->name, NULL, kg_spread_refuse(sample));
	struct kg_bootstrap bootstrap;

	if (term.why != KG_WHY_NONE)
		return term;
	term.estimate = plan.estimate = of.estimate = spread->measure(sample, params, scratch);
	if (sample->n < 2 || isnan(term.estimate))
		return term;
	term.std_error = plan.std_error = find_error(spread, sample, params, term.estimate, scratch);
	if (sample->n < KG_SPREAD_LEAST || !sort_sample(sample, spread->ranked, scratch, &sorted) ||
	    !kg_bootstrap_interval(&plan, &bootstrap))
		return term;
	term.std_error = bootstrap.std_error;
	term.conf_low = bootstrap.low < spread->least ? spread->least : bootstrap.low;
	term.conf_high = bootstrap.high > spread->most ? spread->most : bootstrap.high;
	return term;
}
