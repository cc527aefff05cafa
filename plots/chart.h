/* chart: one chart kind = one file plots/<kind>.c with one of these structs, and one line in charts.def.
 * A chart turns a picture into gnuplot commands and data; plots/gnuplot.c alone starts gnuplot. */
#ifndef KG_PLOTS_CHART_H
#define KG_PLOTS_CHART_H

#include "base/buffer.h"
#include "report/picture.h"

struct kg_canvas; /* plots/canvas.h: frame, axes, colours, labels and safe text for a script that is being written */

struct kg_chart {
	const char *id;	     /* "line" */
	const char *title;   /* for --help */
	const char *detail;  /* which columns it takes, what it draws */
	const char *example; /* `plot line population.csv --x year --y population` */
	/* Appends what is drawn. KG_EUSAGE: a column it needs is not named or does not exist. */
	enum kg_status (*draw)(const struct kg_picture *picture, struct kg_canvas *canvas, struct kg_error *error);
};

const struct kg_chart *const *kg_chart_all(size_t *count);
const struct kg_chart *kg_chart_find(const char *id);

/* Draws into `path`; its ending picks the format: .svg .pdf .png .eps .tex .txt. The file is old or new, never torn.
 * `sentence` (may be NULL) receives the computed description (alt text), in the arena.
 * KG_EUSAGE: unknown kind or ending, missing column; KG_EIO: gnuplot is missing, was killed, ran too long, disk full.
 */
enum kg_status kg_picture_draw(const struct kg_picture *picture, const char *path, struct kg_arena *arena,
			       const char **sentence, struct kg_error *error) KG_CHECKED;

#endif
