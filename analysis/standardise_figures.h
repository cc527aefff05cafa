/* standardise_figures: figures by stratum, with the least and the most that each can be. */
#ifndef KG_STANDARDISE_FIGURES_H
#define KG_STANDARDISE_FIGURES_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"

/* One number per stratum. high: INFINITY where it is open; then `closed` is the sum of its parts that are not, `open`
 * the number of those that are. */
struct kg_strata_figures {
	double *stated, *low, *high, *closed, *open;
};

/* All zero. False: memory is out. */
bool kg_strata_figures_make(struct kg_strata_figures *figures, size_t strata, struct kg_arena *arena);

/* Adds a number and its range to stratum s. */
void kg_strata_figures_add(struct kg_strata_figures *figures, size_t s, double stated, double low, double high);

/* Takes `part`, which is among what was added, out of `from`. */
void kg_strata_figures_remove(struct kg_strata_figures *from, const struct kg_strata_figures *part, size_t strata);

/* A copy, for taking parts out. False: memory is out. */
bool kg_strata_figures_copy(const struct kg_strata_figures *from, size_t strata, struct kg_arena *arena,
			    struct kg_strata_figures *copy);

#endif
