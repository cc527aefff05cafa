/* interval: a pair of confidence limits, and the normal quantile behind them. */
#ifndef KG_STATS_INTERVAL_H
#define KG_STATS_INTERVAL_H

#include <Rmath.h>

struct kg_interval {
	double low, high; /* NaN where the method gives no limit */
};

/* Probability of each tail outside a two-sided interval. */
static inline double kg_interval_tail(double conf_level)
{
	return (1 - conf_level) / 2;
}

/* Normal deviate of a two-sided interval: 1.96 for 0.95. */
static inline double kg_interval_z(double conf_level)
{
	return qnorm(kg_interval_tail(conf_level), 0, 1, 0, 0);
}

#endif
