/* standard: rates standardised over strata (age bands, sexes, kinds of place). */
#ifndef KG_STATS_STANDARD_H
#define KG_STATS_STANDARD_H

#include "stats/interval.h"
#include "stats/rate.h"

/* A directly standardised rate per one person. Sample: y = events of a stratum, x = their variance (NULL = y: Poisson),
 * exposure = population, weight = standard population. */
struct kg_direct {
	long double events, rate, variance;
	long double weight_most, weight_mean, square_mean; /* of the stratum's weight per event */
};

/* Says no: negative counts, a stratum without population, no standard population. */
enum kg_why kg_direct_make(const struct kg_sample *sample, struct kg_direct *direct);

/* Dobson's interval: the limits that `interval` gives the events, carried to the rate. Below 10 events no estimate. */
size_t kg_direct_dobson(const struct kg_sample *sample, const struct kg_params *params, kg_count_interval *interval,
			struct kg_term *out, size_t room);

/* A gamma interval whose upper limit is for `shift` more rate and `square` more variance. */
struct kg_interval kg_direct_gamma(const struct kg_direct *direct, double shift, double square, double conf_level);

/* The term `rate` per multiplier with its standard error and limits (per one person). */
struct kg_term kg_direct_term(const struct kg_direct *direct, const struct kg_params *params, struct kg_interval limit);

/* Limits of the ratio of the first rate to the second, with `tail` outside each. The first may have no events. */
typedef struct kg_interval kg_direct_ratio_limits(const struct kg_direct pair[2], double tail);

/* F limits whose upper ends add the largest weight per event, or the mean one. */
kg_direct_ratio_limits kg_direct_ratio_most, kg_direct_ratio_mean;

/* The term `ratio` of two rates, params->own = struct kg_direct[2]. ZERO_DENOMINATOR; a note below 10 events in either.
 */
size_t kg_direct_ratio(const struct kg_params *params, kg_direct_ratio_limits *limits, struct kg_term *out,
		       size_t room);

/* Fewest events that a standardised rate is published for (PHE 2018). */
#define KG_DIRECT_EVENTS_LEAST 10

/* Sets p_value, and statistic and df where it has them, of the ratio of a Poisson count to its expectation against 1.
 * observed >= 0, expected > 0. */
typedef void kg_indirect_test(double observed, double expected, struct kg_term *ratio);

/* Twice the smaller exact tail, at most 1; the same with half the probability of the count itself left out. */
kg_indirect_test kg_indirect_test_exact, kg_indirect_test_mid_p;

/* Indirect: terms `ratio` = observed / expected and `rate` = ratio * crude rate of the reference per multiplier.
 * Sample: y = events, exposure = population, weight = the reference's rate per person; params->own = its crude rate, a
 * double. The limits of a method are those of its test. */
struct kg_indirect_method {
	kg_count_interval *interval;
	kg_indirect_test *test;
};

size_t kg_indirect_fit(const struct kg_sample *sample, const struct kg_params *params,
		       const struct kg_indirect_method *method, struct kg_term *out, size_t room);

#endif
