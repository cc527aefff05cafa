/* caption: what a chart of series says when the caller says nothing: title, subtitle and the sentence that describes
 * it to those who do not see it. */
#ifndef KG_PLOTS_CAPTION_H
#define KG_PLOTS_CAPTION_H

#include "plots/axis.h"

struct kg_caption kg_caption_series(struct kg_canvas *canvas, const struct kg_series_set *set);

/* The same for points of two numbers: "Y by x", and the ranges of both. */
struct kg_caption kg_caption_pairs(struct kg_canvas *canvas, const struct kg_series_set *set);

/* How the y values are called: the column's title, or the term of a result that has one. */
const char *kg_caption_y_title(const struct kg_canvas *canvas, const struct kg_series_set *set);

/* A name inside a sentence: "Area" becomes "area"; capitals that belong to an abbreviation stay. */
const char *kg_caption_lower(const char *text, struct kg_arena *arena);

#endif
