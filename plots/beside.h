/* beside: labels next to points in a cloud, where they touch neither each other nor many points. */
#ifndef KG_PLOTS_BESIDE_H
#define KG_PLOTS_BESIDE_H

#include "plots/canvas.h"

struct kg_point_label {
	double x, y; /* data units of the current panel */
	const char *text;
	bool far; /* may stand a line farther off, where it is still understood */
};

/* What labels keep off, as x, y pairs: points, which they never cover, and points along lines, which they cover where
 * there is no other place. */
struct kg_cloud {
	const double *point, *line;
	size_t npoint, nline;
};

/* Writes the labels in the order of their importance; one that finds no free place is left out. */
void kg_beside_write(struct kg_canvas *canvas, const struct kg_point_label *label, size_t count,
		     const struct kg_cloud *cloud);

#endif
