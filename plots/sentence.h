/* sentence: a figure for those who do not see it: what rises, from what to what, n. */
#ifndef KG_PLOTS_SENTENCE_H
#define KG_PLOTS_SENTENCE_H

#include "plots/axis.h"

/* Series that a sentence speaks of; the others are counted. */
#define KG_SERIES_TOLD 3

/* "`subject`. Lạc Sơn falls from 18.9 (2015) to 15.9 (2018). n = 4.": changes over time, else highest and lowest. */
const char *kg_sentence_series(struct kg_canvas *canvas, const struct kg_series_set *set, const char *subject);

/* Appends where the highest and the lowest value stand. */
void kg_sentence_extremes(struct kg_canvas *canvas, const struct kg_series_set *set, struct kg_buffer *text);

/* Appends "n = 4."; the whole sentence. */
const char *kg_sentence_end(const struct kg_canvas *canvas, const struct kg_series_set *set, struct kg_buffer *text);

#endif
