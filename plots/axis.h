/* axis: axes for columns: a value axis with round ticks, and the horizontal axis of a set of series. */
#ifndef KG_PLOTS_AXIS_H
#define KG_PLOTS_AXIS_H

#include "plots/canvas.h"
#include "plots/series.h"

/* How values of a unit are written: "%..." with a percent sign, proportions as percent, counts whole. */
enum kg_tick_kind kg_axis_kind(const struct kg_column *column, const char *unit);

struct kg_axis_plan {
	double least, most;
	bool from_zero; /* bars */
	bool tight;	/* ends at the data, not at round values */
	enum kg_tick_kind kind;
	size_t want; /* ticks; 0 = 5 */
};

/* A value axis. The ticks live in the canvas's arena. */
struct kg_axis kg_axis_value(struct kg_canvas *canvas, const struct kg_axis_plan *plan);

/* The horizontal axis of series, for a plot about `width` pixels wide: years, periods, numbers or categories. */
struct kg_axis kg_axis_series(struct kg_canvas *canvas, const struct kg_series_set *set, double width);

/* An x value as text: a year, "05/2020", a number, the category. */
const char *kg_axis_x_text(const struct kg_canvas *canvas, const struct kg_series_set *set, double x);

/* A y value as text with a few digits. */
const char *kg_axis_y_text(const struct kg_canvas *canvas, enum kg_tick_kind kind, double y);

#endif
