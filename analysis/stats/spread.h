/* spread: measures of how unevenly a value is spread over a population, each a function of weighted values, with a
 * bootstrap interval over the places. */
#ifndef KG_STATS_SPREAD_H
#define KG_STATS_SPREAD_H

#include "stats/stat.h"

/* Value of a measure for a sample (y = value, weight = population, x and stratum where the measure takes them); NaN
 * where it is not defined. */
typedef double kg_spread_measure(const struct kg_sample *sample, const struct kg_params *params,
				 struct kg_arena *scratch);

/* A term with the measure, and percentile limits from resampled places (999 replicates unless params say). */
struct kg_term kg_spread_term(kg_spread_measure *measure, const char *name, const struct kg_sample *sample,
			      const struct kg_params *params, struct kg_arena *scratch);

/* KG_WHY_NEGATIVE: a value or weight below 0; KG_WHY_ZERO_DENOMINATOR: no population; KG_WHY_ZERO_BASE: a mean of 0. */
enum kg_why kg_spread_refuse(const struct kg_sample *sample);

/* Sum of weights, and weighted mean. */
long double kg_spread_total(const struct kg_sample *sample);
long double kg_spread_mean(const struct kg_sample *sample);

#endif
