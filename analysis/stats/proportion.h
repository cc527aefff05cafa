/* proportion: successes among trials, and the limits each method gives their share. */
#ifndef KG_STATS_PROPORTION_H
#define KG_STATS_PROPORTION_H

#include "stats/interval.h"
#include "stats/stat.h"

/* Limits of a binomial probability. 0 <= successes <= trials, trials > 0; 0 < conf_level < 1. */
typedef struct kg_interval kg_share_interval(double successes, double trials, double conf_level);

kg_share_interval kg_proportion_wilson, kg_proportion_wilson_cc, kg_proportion_clopper_pearson, kg_proportion_mid_p,
    kg_proportion_agresti_coull, kg_proportion_jeffreys, kg_proportion_wald;

/* One term, `proportion` = sum(y) / sum(exposure), a fraction, with limits and the binomial standard error. `x` (may be
 * NULL): sampling weights of the rows, by which counts and denominators are multiplied; limits and standard error are
 * those at the effective number of trials, (sum x n)^2 / sum x^2 n (Kish 1965, Survey Sampling; Korn & Graubard 1998,
 * Survey Methodology 24:193-201).
 * Says no: a negative count, a count above its denominator in any row, a denominator below 0 or 0 in all. */
size_t kg_proportion_fit(const struct kg_sample *sample, const struct kg_params *params, kg_share_interval *interval,
			 struct kg_term *out, size_t room);

#endif
