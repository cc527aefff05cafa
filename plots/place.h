/* place: labels that stand in a column beside the ends of series, without touching each other. */
#ifndef KG_PLOTS_PLACE_H
#define KG_PLOTS_PLACE_H

#include "plots/canvas.h"

/* Share of the figure's width that labels may take. */
#define KG_LABEL_SHARE 0.3

struct kg_end_label {
	double x, y; /* what it names, in data units of the current panel */
	const char *text;
	enum kg_colour colour;
	const struct kg_typeface *face;
	bool left;		 /* of the plot, not right of it */
	const char *const *line; /* filled by kg_place_width */
	size_t nline;
};

/* "Lạc Sơn 15.9"; "2: 15.9" where the name ends in a digit; the value alone without a name. Names too long for the room
 * are cut so that the value stays. In the arena. */
const char *kg_place_text(const struct kg_canvas *canvas, const char *name, const char *value);

/* Moves heights apart so that neighbours are at least half the sum of their sizes apart and all stay in
 * [least, most] if they fit: the least squares of the moves (pool adjacent violators). `at` must be ascending. */
void kg_place_spread(double *at, const double *size, size_t count, double least, double most);

/* Breaks the labels into lines of at most `most` pixels; returns the pixels that they need beside the plot. */
double kg_place_width(struct kg_canvas *canvas, struct kg_end_label *label, size_t count, double most);

/* Writes them beside the plot, all on one side, with thin leaders where a label is not beside its point. */
void kg_place_write(struct kg_canvas *canvas, struct kg_end_label *label, size_t count);

#endif
