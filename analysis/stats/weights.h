/* weights: spatial weights of n places, and the sums that the moments of spatial statistics need. */
#ifndef KG_STATS_WEIGHTS_H
#define KG_STATS_WEIGHTS_H

#include "base/arena.h"
#include "stats/resample.h"
#include "stats/stat.h"

/* Row i: weight[start[i]] .. weight[start[i + 1] - 1] for the places to[...], ascending, never i itself. */
struct kg_weights {
	size_t n, islands; /* islands: places without neighbours */
	const size_t *start;
	const uint32_t *to;
	const double *weight;
	const double *scale; /* what a raw weight of 1 became in each row */
	double n_used;	     /* n less islands: the n of the moments (Bivand: adjust.n) */
	double s0, s1, s2;   /* sum w; sum (w_ij + w_ji)^2 / 2; sum (row + column)^2 */
};

/* Styles after Tiefelsdorf, Griffith and Boots (1999): W rows add up to 1; B as given; C all add up to n_used; U to 1;
 * S variance-stabilising, adding up to n_used. `raw` is rewritten into the weights and lives on with them.
 * False: memory is out. */
bool kg_weights_style(struct kg_weights *weights, double *raw, char style, struct kg_arena *arena);

/* sum over neighbours of w_ij value_j, for one place and for all. */
double kg_weights_lag(const struct kg_weights *weights, const double *value, size_t i);

/* What spatial statistics take besides kg_params: `own` points to it. */
struct kg_spatial_own {
	const struct kg_weights *weights;
	enum kg_alternative alternative;
};

/* p of z under the alternative. */
double kg_spatial_p(double z, enum kg_alternative alternative);

/* Permutation p of a statistic of one value per place, or of a pair of them (sample->x) that moves together; `data` and
 * `ordered` as in struct kg_resampled, centred on its expectation. */
double kg_spatial_permute(const struct kg_resampled *statistic, const struct kg_sample *sample,
			  const struct kg_params *params, double observed, struct kg_arena *scratch);

/* Values less their mean. NULL when memory is out; `square`: their sum of squares, 0 when all are the same. */
double *kg_spatial_centre(const double *value, size_t n, double *square, struct kg_arena *scratch);

#endif
