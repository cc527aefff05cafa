/* rate: events per population: a Poisson count over an exposure, and the limits each method gives the count. */
#ifndef KG_STATS_RATE_H
#define KG_STATS_RATE_H

#include "stats/interval.h"
#include "stats/stat.h"

/* Limits of the mean of a Poisson count. `count` >= 0, need not be whole; 0 < conf_level < 1. */
typedef struct kg_interval kg_count_interval(double count, double conf_level);

kg_count_interval kg_count_byar, kg_count_byar_plain, kg_count_epitools_byar, kg_count_exact, kg_count_mid_p,
    kg_count_score, kg_count_jeffreys, kg_count_normal, kg_count_log_normal;

/* One term, `rate` = multiplier * sum(y) / sum(exposure), with the limits of the summed count and the Poisson standard
 * error. `weight` (may be NULL): events of each person counted; y are then persons, events are y * weight, and limits
 * and standard error widen by sqrt(sum(y weight^2) / sum(y weight)), since events of one person are not independent.
 * `x` (may be NULL): sampling weights of the rows, by which counts and populations are multiplied; the limits are those
 * of the events counted, carried to the weighted rate as Dobson, Kuulasmaa, Eberle & Scherer 1991 (Statistics in
 * Medicine 10:457-462) do for standardised ones. Says no: a negative count, a population of 0 in all or of 0 beside
 * events, or below 0. */
size_t kg_rate_fit(const struct kg_sample *sample, const struct kg_params *params, kg_count_interval *interval,
		   struct kg_term *out, size_t room);

#endif
