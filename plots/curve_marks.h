/* curve_marks: how a fitted curve is drawn. */
#ifndef KG_PLOTS_CURVE_MARKS_H
#define KG_PLOTS_CURVE_MARKS_H

#include "plots/curve.h"
#include "plots/marks.h"

/* Band (20% tint) and curve from x = `from` to `to`. */
void kg_curve_draw(struct kg_canvas *canvas, const struct kg_curve *curve, double from, double to,
		   const struct kg_look *look);

#endif
