/* axis: axes for columns: a value axis with round ticks, and the horizontal axis of a set of series. */
#ifndef KG_PLOTS_AXIS_H
#define KG_PLOTS_AXIS_H

#include "plots/canvas.h"
#include "plots/series.h"

/* How values are written beside marks and in sentences. */
struct kg_value_look {
	enum kg_tick_kind kind;
	int decimals;
};

/* Decimals that all y values need, at most so many that the largest has three significant digits. */
struct kg_value_look kg_axis_look(const struct kg_picture *picture, const struct kg_series_set *set);

/* How values of a unit are written: "%..." with a percent sign, proportions as percent, counts whole. */
enum kg_tick_kind kg_axis_kind(const struct kg_column *column, const char *unit);

struct kg_axis_plan {
	double least, most;
	bool from_zero; /* bars */
	bool tight;	/* ends at the data, not at round values */
	enum kg_tick_kind kind;
	size_t want; /* ticks; 0 = as many as fit the height of the room */
};

/* A value axis. The ticks live in the canvas's arena. */
struct kg_axis kg_axis_value(struct kg_canvas *canvas, const struct kg_axis_plan *plan);

/* The horizontal axis of series, for a plot about `width` pixels wide: years, periods, numbers or categories. */
struct kg_axis kg_axis_series(struct kg_canvas *canvas, const struct kg_series_set *set, double width);

/* The name of a category in at most `lines_most` lines of `width` pixels, newlines between them. */
const char *kg_axis_category(struct kg_canvas *canvas, const char *text, double width, size_t lines_most);

/* An x value as text: a year, "05/2020", a number, the category. */
const char *kg_axis_x_text(const struct kg_canvas *canvas, const struct kg_series_set *set, double x);

/* A y value as text; "" when it is missing. */
const char *kg_axis_y_text(const struct kg_canvas *canvas, const struct kg_value_look *look, double y);

#endif
