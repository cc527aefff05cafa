#include "plots/curve_marks.h"

void kg_curve_draw(struct kg_canvas *canvas, const struct kg_curve *curve, double from, double to,
		   const struct kg_look *look)
{
	for (int pass = look->behind; pass < 2; pass++) { /* the band first; none behind */
		kg_canvas_begin(canvas);
		for (int i = 0; i <= KG_CURVE_STEPS; i++) {
			double x = from + (to - from) * i / KG_CURVE_STEPS, y, low, high;

			kg_curve_at(curve, x, &y, &low, &high);
			if (pass == 0)
				KG_ROW(canvas, x, low, high);
			else
				KG_ROW(canvas, x, y);
		}
		if (pass == 0)
			kg_canvas_end(canvas,
				      "using 1:2:3 with filledcurves fc rgb '%s' fs transparent solid 0.2 noborder",
				      kg_colour_hex(look->colour));
		else
			kg_canvas_end(canvas, "using 1:2 with lines lc rgb '%s' lw %d", kg_colour_hex(look->colour),
				      look->behind ? 1 : 2);
	}
}
