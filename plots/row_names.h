/* row_names: the names down the side of a lying chart, one row each, and the height that they need. */
#ifndef KG_PLOTS_ROW_NAMES_H
#define KG_PLOTS_ROW_NAMES_H

#include "plots/axis.h"

struct kg_row_names {
	const char *const *name; /* NULL as a name = none */
	size_t count;
	double share; /* of the width, at most; longer names take two lines and are cut */
};

/* The names of the series of a set, in its order. NULL when memory is out. */
const char *const *kg_row_names_series(const struct kg_series_set *set, struct kg_arena *arena);

/* The axis from 0.5 to count + 0.5, the first row on top or, `upward`, at the bottom. */
struct kg_axis kg_row_names_axis(struct kg_canvas *canvas, const struct kg_row_names *names, bool upward);

/* Height of all rows in pixels: each `least`, or that of two lines where some name takes two. */
double kg_row_names_height(const struct kg_canvas *canvas, const struct kg_row_names *names, double least);

#endif
