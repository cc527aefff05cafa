/* spread: measures of how unevenly a value is spread over a population, each a function of weighted values, with a
 * bootstrap interval over the places. */
#ifndef KG_STATS_SPREAD_H
#define KG_STATS_SPREAD_H

#include "stats/stat.h"

/* Value of a measure for a sample (y = value, weight = population, x and stratum where the measure takes them); NaN
 * where it is not defined. */
typedef double kg_spread_measure(const struct kg_sample *sample, const struct kg_params *params,
				 struct kg_arena *scratch);

/* Influence of each place on a measure whose value is known (Hampel 1974): by how much the measure moves per share of
 * population added there; its mean is 0. Into influence[n]. False: memory is out. */
typedef bool kg_spread_influence(const struct kg_sample *sample, const struct kg_params *params, double value,
				 struct kg_arena *scratch, double *influence);

struct kg_spread {
	const char *name;
	kg_spread_measure *measure;
	kg_spread_influence *influence;
	double least, most; /* no limit lies beyond */
	bool ranked;	    /* by x, else by y: resamples of places in that order need no sorting */
};

/* Fewer places: their resamples say too little for limits. */
#define KG_SPREAD_LEAST 5

/* A term with the measure, its standard error sqrt(n / (n - 1) sum (w_i / W influence_i)^2), and limits from resampled
 * places (999 replicates unless params say). params->interval: "percentile", "bca", else studentised by that error, as
 * Biewen 2002 (Journal of Econometrics 108:317-342) and Davidson & Flachaire 2007 (141:141-166) have it. */
struct kg_term kg_spread_term(const struct kg_spread *spread, const struct kg_sample *sample,
			      const struct kg_params *params, struct kg_arena *scratch);

/* Gini coefficient of weighted values. */
double kg_gini(const struct kg_sample *sample, struct kg_arena *scratch);

/* Influence on the concentration index of `value` in order of x; on Gini's where x is y itself. */
bool kg_concentration_influence(const struct kg_sample *sample, const struct kg_params *params, double value,
				struct kg_arena *scratch, double *influence);

/* KG_WHY_NEGATIVE: a value or weight below 0; KG_WHY_ZERO_DENOMINATOR: no population; KG_WHY_ZERO_BASE: a mean of 0. */
enum kg_why kg_spread_refuse(const struct kg_sample *sample);

/* Sum of weights, and weighted mean. */
long double kg_spread_total(const struct kg_sample *sample);
long double kg_spread_mean(const struct kg_sample *sample);

#endif
