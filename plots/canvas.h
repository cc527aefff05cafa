/* canvas: a figure that is being written: its frame (title, subtitle, footer), panels with axes, layers of data, texts.
 * Every length is in pixels of 1/96 inch from the lower left corner. Everything lives in the arena; failed allocations
 * are remembered and reported by kg_canvas_finish. */
#ifndef KG_PLOTS_CANVAS_H
#define KG_PLOTS_CANVAS_H

#include "plots/chart.h"
#include "plots/medium.h"
#include "plots/ticks.h"
#include "plots/typeface.h"

enum kg_colour {
	KG_COLOUR_BLUE, /* the six for categories, in the order they are used (Okabe and Ito 2008) */
	KG_COLOUR_VERMILION,
	KG_COLOUR_GREEN,
	KG_COLOUR_PINK,
	KG_COLOUR_ORANGE,
	KG_COLOUR_SKY,
	KG_COLOUR_OTHERS, /* series that stand behind a highlighted one */
	KG_COLOUR_INK,	  /* title */
	KG_COLOUR_TEXT,	  /* labels of ticks */
	KG_COLOUR_SUBTITLE,
	KG_COLOUR_SMALL, /* footer, marks */
	KG_COLOUR_AXIS,
	KG_COLOUR_MARK, /* breaks, references, leaders */
	KG_COLOUR_HAIRLINE,
	KG_COLOUR_WHITE,
	KG_COLOUR_COUNT
};
#define KG_CATEGORY_COLOURS 6

/* "#0072b2" */
const char *kg_colour_hex(enum kg_colour colour);

struct kg_rectangle {
	double left, right, bottom, top;
};

struct kg_axis {
	double from, to;
	const struct kg_tick *tick;
	size_t ntick;
	const char *name; /* written at the axis, NULL = not (it is in the subtitle) */
	bool line, marks, hairlines;
};

enum kg_align { KG_LEFT, KG_CENTRE, KG_RIGHT };

struct kg_text_style {
	const struct kg_typeface *face;
	enum kg_colour colour;
	enum kg_align align;
	double degrees; /* rotation */
};

/* What the chart knows for the frame; the picture's own texts win. */
struct kg_caption {
	const char *title, *subtitle;
	const char *method;   /* the model that is drawn: "Fitted model with its 95% band" */
	const char *marks;    /* "Whiskers: 95% intervals" */
	const char *missing;  /* what is not drawn: "No estimate (2): A, B" */
	double n;	      /* observations drawn; NaN = not said */
	const char *size;     /* said instead: "n = 210 for each estimate" */
	const char *sentence; /* alt text */
};

struct kg_canvas {
	const struct kg_picture *picture;
	const struct kg_medium *medium;
	struct kg_arena *arena;
	enum kg_language language;
	double level; /* of confidence, for bands that a chart computes itself */
	double width, height, need;
	bool fixed_height; /* asked for, or a slide */
	struct kg_typeface title, subtitle, body, strong;
	struct kg_rectangle room; /* between header and footer */
	struct kg_rectangle plot; /* the data rectangle of the current panel */
	struct kg_axis x, y;	  /* of the current panel */
	const char *heading, *sentence;
	size_t points; /* data rows written */
	/* Used by canvas*.c only. */
	struct kg_buffer data, frame, panel, layers, script;
	size_t nblock, nlabel, narrow, npanel, nlayer, block_points, block_start;
};

/* KG_EUSAGE: unknown size preset, or a size too small for any figure. */
enum kg_status kg_canvas_new(const struct kg_picture *picture, const struct kg_medium *medium, struct kg_arena *arena,
			     struct kg_canvas **canvas, struct kg_error *error) KG_CHECKED;

/* Makes room for `height` pixels between header and footer unless the height was asked for. Before kg_canvas_frame. */
void kg_canvas_need(struct kg_canvas *canvas, double height);

/* Writes title, subtitle and footer (source, n, method, "Synthetic data"); sets `room`. Once, before any panel. */
void kg_canvas_frame(struct kg_canvas *canvas, const struct kg_caption *caption);

/* Starts a panel with its data rectangle `plot`; axes are borrowed until the next panel. */
void kg_canvas_panel(struct kg_canvas *canvas, const struct kg_rectangle *plot, const struct kg_axis *x,
		     const struct kg_axis *y);

/* The data rectangle that leaves room for tick labels and axis names inside `around`, and `right` pixels for labels at
 * the end of series. */
struct kg_rectangle kg_canvas_inside(const struct kg_canvas *canvas, const struct kg_rectangle *around,
				     const struct kg_axis *x, const struct kg_axis *y, double right);

/* Positions of data values in the current panel, and the length of one pixel in data units. */
double kg_canvas_px_x(const struct kg_canvas *canvas, double x);
double kg_canvas_px_y(const struct kg_canvas *canvas, double y);
double kg_canvas_unit_x(const struct kg_canvas *canvas);
double kg_canvas_unit_y(const struct kg_canvas *canvas);

/* One block of data rows and the layer that draws it: begin, rows (and gaps), end. `style` (printf) is what follows
 * `$data index N`: `using 1:2 with lines ...`. A block without rows draws nothing. */
void kg_canvas_begin(struct kg_canvas *canvas);
void kg_canvas_row(struct kg_canvas *canvas, size_t count, const double *value);
void kg_canvas_gap(struct kg_canvas *canvas);
void kg_canvas_end(struct kg_canvas *canvas, const char *style, ...) KG_PRINTF(2, 3);
/* A further layer that draws the block just ended; nothing when it had no rows. */
void kg_canvas_again(struct kg_canvas *canvas, const char *style);
/* A layer that draws an earlier block: the `block`-th that had rows, from 0 (canvas->nblock before its begin). */
void kg_canvas_reuse(struct kg_canvas *canvas, size_t block, const char *style);
#define KG_ROW(canvas, ...)                                                                                            \
	kg_canvas_row((canvas), sizeof((double[]){ __VA_ARGS__ }) / sizeof(double), (double[]){ __VA_ARGS__ })

/* A text centred on height `y`, starting, centred or ending at `x`; newlines in it start new lines. */
void kg_canvas_text(struct kg_canvas *canvas, double x, double y, const char *text, const struct kg_text_style *style);

/* A mark of gnuplot's point type `point` at a place of the canvas. */
void kg_canvas_mark(struct kg_canvas *canvas, double x, double y, int point, enum kg_colour colour);

/* A square of a key, in a colour "#rrggbb". */
void kg_canvas_square(struct kg_canvas *canvas, double x, double y, const char *colour);

/* Pixels between the baselines of two lines of text. */
double kg_canvas_leading(const struct kg_typeface *face);

/* A straight line; `style` is gnuplot's: "lw 1 dt 2", may be "". */
void kg_canvas_line(struct kg_canvas *canvas, const struct kg_rectangle *ends, enum kg_colour colour,
		    const char *style);

/* The whole script. KG_ENOMEM. */
enum kg_status kg_canvas_finish(struct kg_canvas *canvas, struct kg_buffer *script, struct kg_error *error) KG_CHECKED;

#endif
