/* growth_count_range: how far bounds leave the growth of counts open. */
#ifndef KG_STATS_GROWTH_COUNT_RANGE_H
#define KG_STATS_GROWTH_COUNT_RANGE_H

#include "stats/growth.h"

/* The sharp range of the slope b of E(y) = e exp(a + b x) by Poisson maximum likelihood, as `bound_low` and
 * `bound_high` (percent) of the term, when y or the exposures e are bounds; x ascending. The likelihood equations say
 * that b is the root of sum((x - m) e exp(b (x - m))) = 0 with m = sum(y x) / sum(y), so that b rises with m: m is
 * largest with y at its upper end from some time on and at its lower end before, and the root with e at its lower end
 * after m and at its upper end before. Infinite ends are limits. */
void kg_growth_count_range(const struct kg_sample *sample, const struct kg_growth *range, struct kg_term *term);

#endif
