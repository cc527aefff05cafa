/* funnel: places against a target, with the limits that chance alone would set for a population of their size. */
#ifndef KG_STATS_FUNNEL_H
#define KG_STATS_FUNNEL_H

#include "stats/interval.h"
#include "stats/stat.h"

enum kg_overdispersion { KG_DISPERSION_NONE, KG_DISPERSION_MULTIPLICATIVE, KG_DISPERSION_ADDITIVE };

/* Limits of count / exposure around `target` with `tail` outside each; probabilities of a count as low or as high. */
struct kg_funnel_method {
	struct kg_interval (*limits)(double target, double exposure, double tail);
	struct kg_interval (*tails)(double target, double exposure, double count);
	bool proportion; /* variance target (1 - target) / exposure, else target / exposure */
};

extern const struct kg_funnel_method kg_funnel_method_poisson, kg_funnel_method_binomial, kg_funnel_method_normal,
    kg_funnel_method_wilson;

/* Target and spread of all places together; its call is kg_funnel_spread_make. */
extern const struct kg_stat kg_stat_funnel_dispersion;

/* How much more places differ than chance: mean squared deviate, plain and winsorised, and the variance between places.
 */
struct kg_funnel_spread {
	double phi, phi_winsorised, tau2;
	size_t n;
};

struct kg_funnel_place {
	double value, z; /* z: deviate from the target, with the overdispersion asked for */
	double p_low, p_high;
	struct kg_interval limit_95, limit_998;
	int level; /* 2, 1 above the 99.8, 95 % limit, 0 within, -1, -2 below */
};

/* Tail probabilities outside each limit, as in Statistical process control: two and three standard deviations. */
#define KG_FUNNEL_TAIL_95 0.025
#define KG_FUNNEL_TAIL_998 0.001

/* Spread over all places of a sample (y = counts, exposure > 0). Spiegelhalter 2005: deviates winsorised at the 10th
 * and 90th percentile (type 7); tau^2 by moments. NaN when memory is out or no place is there. */
struct kg_funnel_spread kg_funnel_spread_make(const struct kg_funnel_method *method, const struct kg_sample *sample,
					      double target, struct kg_arena *scratch);

struct kg_funnel_place kg_funnel_place_make(const struct kg_funnel_method *method, double count, double exposure,
					    double target, const struct kg_funnel_spread *spread,
					    enum kg_overdispersion how);

#endif
