/* adjust: p-values of several tests, made larger for their number. */
#ifndef KG_STATS_ADJUST_H
#define KG_STATS_ADJUST_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"

/* `method`: "none", "bonferroni", "holm" (Holm 1979), "bh" (Benjamini and Hochberg 1995), "by" (Benjamini and Yekutieli
 * 2001). Values that are NaN are no tests: they are not counted and stay NaN. In place. False: memory is out, or no
 * such method. Cost O(n log n). */
bool kg_adjust(const char *method, double *p, size_t n, struct kg_arena *scratch);

#endif
