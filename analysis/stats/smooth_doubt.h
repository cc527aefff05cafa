/* smooth_doubt: mean squared error of a smoothed rate when mean and variance of the prior are estimated themselves, by
 * leaving out one place after another (Jiang, Lahiri & Wan 2002, "A unified jackknife theory for empirical best
 * prediction with M-estimation", Annals of Statistics 30:1782-1810, equation 2.3). */
#ifndef KG_STATS_SMOOTH_DOUBT_H
#define KG_STATS_SMOOTH_DOUBT_H

#include "stats/smooth.h"

/* Priors of all places but one, for each of the n >= 2 places left out. */
void kg_smooth_global_without(const struct kg_sample *sample, struct kg_smooth_prior *without);

/* Priors of a place's surroundings without the place itself and without each of its neighbours: 1 + neighbours of them,
 * at least two. `mean` as in kg_smooth_local. */
void kg_smooth_local_without(const struct kg_sample *sample, const struct kg_smooth_neighbours *neighbours,
			     size_t place, const double *mean, struct kg_smooth_prior *without);

/* Mean squared error of kg_smooth_estimate, per person: the posterior variance, less its jackknife bias, and the
 * jackknife variance of the estimate over k >= 2 priors. Where the bias exceeds the posterior variance it is not taken
 * off. */
double kg_smooth_doubt(const struct kg_smooth_prior *prior, const struct kg_smooth_prior *without, size_t k,
		       double count, double exposure);

#endif
