/* scatter: what the charts with clouds of points share. */
#ifndef KG_PLOTS_SCATTER_H
#define KG_PLOTS_SCATTER_H

#include "plots/marks.h"

/* "Density, models per 1,000 residents": a column's title (or `title`) and unit, for an axis. */
const char *kg_scatter_axis_name(struct kg_canvas *canvas, const struct kg_column *column, const char *title);

/* The same for the values of the series. */
const char *kg_scatter_value_name(struct kg_canvas *canvas, const struct kg_series_set *set);

/* The vertical axis, with room around the points. */
struct kg_axis kg_scatter_y_axis(struct kg_canvas *canvas, const struct kg_series_set *set);

/* The horizontal axis of numbers, for a plot about `width` pixels wide. */
struct kg_axis kg_scatter_x_axis(struct kg_canvas *canvas, const struct kg_series_set *set, double width);

/* The points of all series with their whiskers and bounds. */
void kg_scatter_points(struct kg_canvas *canvas, const struct kg_series_set *set, const struct kg_look *look);

/* Texts of the label column beside the points, as far as they find room, the outermost first. */
void kg_scatter_labels(struct kg_canvas *canvas, const struct kg_series_set *set);

#endif
