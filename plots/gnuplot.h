/* gnuplot: the one place that starts gnuplot. A process is kept for many figures; after any fault it is ended and the
 * next figure gets a new one, as does a figure whose process was killed. Each has a private folder, an empty
 * environment, and may execute and write nothing else.
 * Ownership: lives in the arena it was made in; the process and its folder go with the arena. One thread at a time. */
#ifndef KG_PLOTS_GNUPLOT_H
#define KG_PLOTS_GNUPLOT_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/error.h"

struct kg_gnuplot;

/* Starts nothing yet. NULL when memory is out. */
struct kg_gnuplot *kg_gnuplot_new(struct kg_arena *arena);

struct kg_plot_job {
	const char *script;    /* writes ./figure<ending> and ends with `print 'points ', N` */
	size_t length, points; /* data rows the script holds */
	const char *ending, *end_mark;
	bool scratch; /* the terminal works in /tmp (cairo's PostScript) */
	int wait_ms;  /* ended when it takes longer; 0 = 30 s */
};

/* Runs the script; returns the file that it wrote, in the arena. Success is a clean error stream, all points seen,
 * and the file's end mark. KG_EIO: gnuplot is missing, complained, died or ran too long. */
enum kg_status kg_gnuplot_run(struct kg_gnuplot *gnuplot, const struct kg_plot_job *job, struct kg_arena *arena,
			      char **bytes, size_t *length, struct kg_error *error) KG_CHECKED;

/* A further file the last script wrote: "figure.pdf". */
enum kg_status kg_gnuplot_file(struct kg_gnuplot *gnuplot, const char *name, struct kg_arena *arena, char **bytes,
			       size_t *length, struct kg_error *error) KG_CHECKED;

/* Ends the process. KG_EIO: its exit code was not 0. A process that never ran is fine. */
enum kg_status kg_gnuplot_close(struct kg_gnuplot *gnuplot, struct kg_error *error) KG_CHECKED;

#endif
