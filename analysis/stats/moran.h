/* moran: Moran's I of centred values. */
#ifndef KG_STATS_MORAN_H
#define KG_STATS_MORAN_H

#include "stats/weights.h"

/* I = n / S0 sum w_ij z_i z_j / sum z^2, z centred with sum of squares `square`. */
double kg_moran(const struct kg_weights *weights, const double *centred, double square);

/* The terms I, expected and I_normality of sample->y; one term with the reason when there is no spread. */
size_t kg_moran_fit(const struct kg_sample *sample, const struct kg_params *params, struct kg_arena *scratch,
		    struct kg_term *out, size_t room);

/* Permutation p of I. */
double kg_moran_permute(const struct kg_sample *sample, const struct kg_params *params, const double *centred,
			double square, struct kg_arena *scratch);

#endif
