/* notes: what the footer says of the marks in a figure: the level of its intervals, what arrows mean, what is missing.
 */
#ifndef KG_PLOTS_NOTES_H
#define KG_PLOTS_NOTES_H

#include "plots/axis.h"

/* Level of the intervals that the table holds: its column conf_level where all rows agree, else what the program that
 * made it worked with. NaN = not known. */
double kg_notes_level(const struct kg_canvas *canvas);

enum kg_interval_mark { KG_BANDS, KG_WHISKERS };

/* "Whiskers: 95% intervals. Arrows: ..."; NULL when there are neither intervals nor open bounds. */
const char *kg_notes_marks(const struct kg_canvas *canvas, const struct kg_series_set *set, enum kg_interval_mark mark);

/* How many values are bounds, for charts that draw them as if they were exact; NULL when there are none. */
const char *kg_notes_stated(const struct kg_canvas *canvas, const struct kg_series_set *set);

/* Rows that are not drawn for want of a value: by name where a whole series or category has none, else counted. NULL
 * when there are none. */
const char *kg_notes_missing(const struct kg_canvas *canvas, const struct kg_series_set *set);

/* How many observations are behind each estimate of a result by category: "n = 210 for each estimate". NULL: not known. */
const char *kg_notes_size(const struct kg_canvas *canvas, const struct kg_series_set *set);

#endif
