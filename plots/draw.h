/* draw: many figures, one gnuplot. */
#ifndef KG_PLOTS_DRAW_H
#define KG_PLOTS_DRAW_H

#include "plots/chart.h"
#include "plots/gnuplot.h"

/* As kg_picture_draw, with a process that is kept for the next figure. */
enum kg_status kg_picture_draw_with(struct kg_gnuplot *gnuplot, const struct kg_picture *picture, const char *path,
				    struct kg_arena *arena, const char **sentence, struct kg_error *error) KG_CHECKED;

struct kg_drawing {
	struct kg_picture picture;
	const char *path;
	struct kg_error error; /* status KG_OK = drawn */
};

/* Draws all of them, spread over threads with a process each (0 = all cores). Each gets its own outcome; a figure that
 * fails does not stop the others. Returns the first error by index. */
enum kg_status kg_drawings_draw(struct kg_drawing *drawing, size_t count, size_t threads,
				struct kg_error *error) KG_CHECKED;

/* The script alone, for golden tests and --with-script. */
enum kg_status kg_picture_script(const struct kg_picture *picture, const char *path, struct kg_arena *arena,
				 struct kg_buffer *script, struct kg_error *error) KG_CHECKED;

#endif
