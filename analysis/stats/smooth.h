/* smooth: rates of small places drawn towards the mean of their surroundings, as far as chance explains the difference.
 */
#ifndef KG_STATS_SMOOTH_H
#define KG_STATS_SMOOTH_H

#include <stdbool.h>

#include "stats/interval.h"
#include "stats/stat.h"

/* Gamma distribution of true rates before a place's own count: mean and variance by moments (Marshall 1991). */
struct kg_smooth_prior {
	double mean, variance; /* per person */
	bool clamped;	       /* the moment estimate was negative and was set to 0 */
};

/* Neighbours of each place, numbers of places: of[first[i]] .. of[first[i + 1] - 1]; the place itself is not among
 * them. */
struct kg_smooth_neighbours {
	const size_t *first, *of;
};

/* Prior of all places: y = counts >= 0, exposure > 0. */
struct kg_smooth_prior kg_smooth_global(const struct kg_sample *sample);

/* Prior of a place and its neighbours. `mean` (may be NULL): mean of each place's own surroundings, about which the
 * variance is then taken term by term, as R spdep's EBlocal does; else about this place's. */
struct kg_smooth_prior kg_smooth_local(const struct kg_sample *sample, const struct kg_smooth_neighbours *neighbours,
				       size_t place, const double *mean);

/* The smoothed rate of a place, per person: m + a / (a + m / n) (x / n - m). */
double kg_smooth_estimate(const struct kg_smooth_prior *prior, double count, double exposure);

/* Posterior variance of the rate, per person: (x + m^2/a) / (n + m/a)^2; 0 where a is 0. */
double kg_smooth_variance(const struct kg_smooth_prior *prior, double count, double exposure);

/* The prior from sums over n places: of counts, of populations, and of population (count / population - mean)^2. */
struct kg_smooth_prior kg_smooth_settle(long double count, long double exposure, long double square, size_t n);

/* The prior from sums over k places: of counts, of populations, and of count^2 / population. */
struct kg_smooth_prior kg_smooth_from_sums(double count, double exposure, double square, size_t k);

/* The term `rate` per multiplier: posterior mean, and equal-tailed limits of the gamma distribution with that mean and
 * `square_error` as its variance: kg_smooth_variance gives the posterior distribution itself, kg_smooth_doubt
 * (smooth_doubt.h) a wider one. KG_WHY_CLAMPED without limits where the variance between places is 0. */
struct kg_term kg_smooth_term(const struct kg_smooth_prior *prior, double count, double exposure, double square_error,
			      const struct kg_params *params);

#endif
