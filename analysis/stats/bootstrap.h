/* bootstrap: intervals from replicates of a statistic. */
#ifndef KG_STATS_BOOTSTRAP_H
#define KG_STATS_BOOTSTRAP_H

#include <stdbool.h>

#include "stats/resample.h"

#define KG_BOOTSTRAP_REPLICATES 9999 /* default: (B + 1) alpha is whole at the usual levels */

/* Studentised: the statistic is (replicate - estimate) / the replicate's own standard error, infinite where that error
 * is 0; limits are estimate - standard error times its quantiles (Efron 1982, chapter 10; Davison and Hinkley 1997,
 * section 5.2). */
enum kg_bootstrap_kind { KG_BOOTSTRAP_PERCENTILE, KG_BOOTSTRAP_BCA, KG_BOOTSTRAP_STUDENTISED };

struct kg_bootstrap {
	double low, high, std_error; /* NaN: not defined */
	size_t undefined;	     /* replicates without a value, left out */
};

/* Acceleration of the BCa interval from jackknife values (NaN among them are left out):
 * sum d^3 / (6 (sum d^2)^(3/2)), d = mean - value (Efron 1987). 0 when they are all the same. */
double kg_bootstrap_acceleration(const double *jackknife, size_t n);

/* Quantile at p of m sorted replicates: order statistic (m + 1) p, interpolated on the normal scale between
 * neighbours (Davison and Hinkley 1997, eq. 5.8); the extreme replicate beyond the ends. */
double kg_bootstrap_quantile(const double *sorted, size_t m, double p);

struct kg_bootstrap_plan {
	const struct kg_resampled *statistic;
	const struct kg_resampling *how;
	double estimate;
	enum kg_bootstrap_kind kind;
	double conf_level;
	double std_error; /* of the estimate: for studentised limits */
};

/* Runs the bootstrap and makes the interval. False: memory is out. */
bool kg_bootstrap_interval(const struct kg_bootstrap_plan *plan, struct kg_bootstrap *out);

#endif
