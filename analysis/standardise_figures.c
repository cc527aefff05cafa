#include "standardise_figures.h"

#include <math.h>
#include <string.h>

enum { ARRAYS = 5 };

bool kg_strata_figures_make(struct kg_strata_figures *figures, size_t strata, struct kg_arena *arena)
{
	double *all = KG_ARRAY(arena, double, ARRAYS *strata + 1);

	*figures =
	    (struct kg_strata_figures){ all, all + strata, all + 2 * strata, all + 3 * strata, all + 4 * strata };
	return all;
}

void kg_strata_figures_add(struct kg_strata_figures *figures, size_t s, double stated, double low, double high)
{
	figures->stated[s] += stated;
	figures->low[s] += low;
	figures->high[s] += high;
	figures->closed[s] += isinf(high) ? 0 : high;
	figures->open[s] += isinf(high) ? 1 : 0;
}

void kg_strata_figures_remove(struct kg_strata_figures *from, const struct kg_strata_figures *part, size_t strata)
{
	for (size_t s = 0; s < strata; s++) {
		from->stated[s] = fmax(from->stated[s] - part->stated[s], 0);
		from->low[s] = fmax(from->low[s] - part->low[s], 0);
		from->closed[s] = fmax(from->closed[s] - part->closed[s], 0);
		from->open[s] -= part->open[s];
		from->high[s] = from->open[s] > 0 ? INFINITY : from->closed[s];
	}
}

bool kg_strata_figures_copy(const struct kg_strata_figures *from, size_t strata, struct kg_arena *arena,
			    struct kg_strata_figures *copy)
{
	if (!kg_strata_figures_make(copy, strata, arena))
		return false;
	memcpy(copy->stated, from->stated, ARRAYS * strata * sizeof *copy->stated);
	return true;
}
