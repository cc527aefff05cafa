#include "stats/spread.h"

#include <math.h>
#include <string.h>

#include "stats/bootstrap.h"

#define REPLICATES 999 /* (B + 1) alpha is whole at the usual levels */

struct resampled {
	kg_spread_measure *measure;
	const struct kg_sample *sample;
	const struct kg_params *params;
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

/* The measure of a resample: a place drawn k times stands k times in the sample. */
static double measure_counts(const void *data, const uint32_t *count, struct kg_arena *scratch)
{
	const struct resampled *of = data;
	const struct kg_sample *from = of->sample;
	double *y = KG_ARRAY(scratch, double, from->n), *x = KG_ARRAY(scratch, double, from->n);
	double *weight = KG_ARRAY(scratch, double, from->n);
	uint32_t *stratum = KG_ARRAY(scratch, uint32_t, from->n);
	struct kg_sample drawn = { .y = y, .x = from->x ? x : NULL, .weight = weight, .stratum = stratum };

	if (!y || !x || !weight || !stratum)
		return NAN;
	for (size_t i = 0; i < from->n; i++)
		for (uint32_t k = 0; k < count[i] && drawn.n < from->n; k++) {
			y[drawn.n] = from->y[i];
			x[drawn.n] = from->x ? from->x[i] : 0;
			weight[drawn.n] = from->weight[i];
			stratum[drawn.n++] = from->stratum ? from->stratum[i] : 0;
		}
	return kg_spread_refuse(&drawn) == KG_WHY_NONE ? of->measure(&drawn, of->params, scratch) : NAN;
}

struct kg_term kg_spread_term(kg_spread_measure *measure, const char *name, const struct kg_sample *sample,
			      const struct kg_params *params, struct kg_arena *scratch)
{
	struct resampled of = { measure, sample, params };
	struct kg_resampled statistic = { .data = &of, .counted = measure_counts };
	struct kg_resampling how = { .seed = params->seed,
				     .stream = params->stream,
				     .replicates = params->replicates ? params->replicates : REPLICATES,
				     .threads = 1,
				     .strata = kg_strata_make(NULL, sample->n, scratch) };
	struct kg_bootstrap_plan plan = { &statistic, &how, NAN, KG_BOOTSTRAP_PERCENTILE, params->conf_level };
	struct kg_term term = kg_term_none(name, NULL, kg_spread_refuse(sample));
	struct kg_bootstrap bootstrap;

	if (term.why != KG_WHY_NONE)
		return term;
	term.estimate = plan.estimate = measure(sample, params, scratch);
	if (sample->n < 2 || isnan(term.estimate) || !kg_bootstrap_interval(&plan, &bootstrap))
		return term;
	term.std_error = bootstrap.std_error;
	term.conf_low = bootstrap.low;
	term.conf_high = bootstrap.high;
	return term;
}
