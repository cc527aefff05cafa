/* marks: how series are drawn: lines, points, ribbons, whiskers, open bounds, series breaks. */
#ifndef KG_PLOTS_MARKS_H
#define KG_PLOTS_MARKS_H

#include "plots/axis.h"

/* Grey series are labelled too while they are no more than this. */
#define KG_LABELS_MOST 12

/* How one series is told from the others: by colour, and by point shape or dash besides. */
struct kg_look {
	enum kg_colour colour;
	int point;   /* gnuplot's point type */
	int dash;    /* gnuplot's dash type; 1 = solid */
	bool behind; /* grey, behind the one that stands out */
};

/* One look per series; with more than six series all but `highlight` are grey. NULL when memory is out. */
struct kg_look *kg_looks(struct kg_canvas *canvas, const struct kg_series_set *set, size_t highlight);

/* One after the last point of a series that has a value; 0 = none has. */
size_t kg_marks_last(const struct kg_series *series);

/* The series that stands out: the one that was asked for, else the one that ends highest. */
size_t kg_marks_highlight(const struct kg_canvas *canvas, const struct kg_series_set *set);

/* The vertical axis for the values of all series, intervals and bounds included. */
struct kg_axis kg_marks_value_axis(struct kg_canvas *canvas, const struct kg_series_set *set, bool from_zero);

/* Interval as a 20% tint; cut where the line is cut. Single points get a whisker. */
void kg_marks_ribbon(struct kg_canvas *canvas, const struct kg_series *series, const struct kg_look *look);

/* The line, cut at gaps and breaks, with points when there are not too many. */
void kg_marks_line(struct kg_canvas *canvas, const struct kg_series *series, const struct kg_look *look);

/* The line alone. */
void kg_marks_curve(struct kg_canvas *canvas, const struct kg_series *series, const struct kg_look *look);

/* Points that no line reaches. */
void kg_marks_lonely(struct kg_canvas *canvas, const struct kg_series *series, const struct kg_look *look);

void kg_marks_points(struct kg_canvas *canvas, const struct kg_series *series, const struct kg_look *look);

/* Thin whiskers for intervals. `shift` moves them along x, in data units. */
void kg_marks_whiskers(struct kg_canvas *canvas, const struct kg_series *series, enum kg_colour colour, double shift);

/* Bounds: a line to a finite end, an arrow head where it is open. `beside`: apart from the whisker of a value's
 * interval, where it has one. */
void kg_marks_bounds(struct kg_canvas *canvas, const struct kg_series *series, const struct kg_look *look, bool beside);

/* Where the marks of series breaks stand along x; `x` has room for all breaks of the table's metadata. Returns how many
 * lie among the points. */
size_t kg_marks_find_breaks(const struct kg_canvas *canvas, const struct kg_series_set *set, double *x);

/* A dashed mark with a word at each series break of the table's metadata. */
void kg_marks_breaks(struct kg_canvas *canvas, const struct kg_series_set *set);

/* The dashed marks alone, and their words one after the other, "boundary change, new series"; NULL = no breaks. */
void kg_marks_break_lines(struct kg_canvas *canvas, const struct kg_series_set *set);
const char *kg_marks_break_words(const struct kg_canvas *canvas, const struct kg_series_set *set);

/* A dotted line across the panel at a value of y; nothing when it is NaN. */
void kg_marks_level(struct kg_canvas *canvas, double y);

#endif
