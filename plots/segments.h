/* segments: the annual percent change of each segment of a fitted log-linear model, written beside its curve. */
#ifndef KG_PLOTS_SEGMENTS_H
#define KG_PLOTS_SEGMENTS_H

#include "plots/fitted.h"

/* "APC 1.62%" at the middle of each segment between joinpoints and series breaks along which the fitted values change
 * by a constant factor, as far as there is room; nothing for other models. Over the current panel. */
void kg_segments_write(struct kg_canvas *canvas, const struct kg_series_set *set);

#endif
