/* fitted: a model that a table carries beside its observations: the columns fitted, fitted_low, fitted_high, and
 * joinpoint (1 where a joinpoint lies). */
#ifndef KG_PLOTS_FITTED_H
#define KG_PLOTS_FITTED_H

#include "plots/marks.h"

struct kg_fitted_columns {
	const struct kg_column *fitted, *low, *high, *joinpoint; /* NULL = the table has none */
};

struct kg_fitted_columns kg_fitted_find(const struct kg_table *table);

/* What the footer says of the model: with or without a band; NULL when the table carries none. */
const char *kg_fitted_words(const struct kg_canvas *canvas);

/* Widens the range of y so that the axis shows the model and its band whole. */
void kg_fitted_include(const struct kg_table *table, struct kg_series_set *set);

/* Band, curve and joinpoints of one series; nothing when the table carries no model. `cut`: the curve is broken at
 * series breaks. */
void kg_fitted_draw(struct kg_canvas *canvas, const struct kg_series *series, const struct kg_look *look, bool cut);

#endif
