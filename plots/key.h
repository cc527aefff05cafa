/* key: a row of marks and names above the plot, where direct labels find no place (bars, clouds of points). */
#ifndef KG_PLOTS_KEY_H
#define KG_PLOTS_KEY_H

#include "plots/marks.h"

/* Writes it at the top of the canvas's room and takes that height off it. One series has no key. */
void kg_key_write(struct kg_canvas *canvas, const struct kg_series_set *set, const struct kg_look *look);

#endif
