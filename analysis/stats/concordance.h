/* concordance: concordant less discordant pairs (the score S of Kendall), counted in n log n. */
#ifndef KG_STATS_CONCORDANCE_H
#define KG_STATS_CONCORDANCE_H

#include "stats/order.h"

/* S of all pairs; pairs tied in x or in y count 0. NaN when memory is out. Knight 1966. */
double kg_concordance_score(const struct kg_order *by_x, const struct kg_order *by_y, struct kg_arena *scratch);

/* S when observation i is given the y of observation order[i]. */
double kg_concordance_ordered(const struct kg_order *by_x, const struct kg_order *by_y, const uint32_t *order,
			      struct kg_arena *scratch);

/* tau-b when observation i counts count[i] times; NaN when x or y does not vary then. */
double kg_concordance_counted(const struct kg_order *by_x, const struct kg_order *by_y, const uint32_t *count,
			      struct kg_arena *scratch);

/* Two-sided p of |S| among all n! orders of n values without ties: twice the smaller tail, at most 1.
 * Best and Gipps 1974, AS 71. n below about 170. */
double kg_concordance_exact_p(double score, size_t n, struct kg_arena *scratch);

#endif
