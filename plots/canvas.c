#include "plots/canvas.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "plots/safe.h"
#include "plots/student.h"

#define PIXELS_PER_MM (96 / 25.4)
#define PIXELS_PER_POINT (96 / 72.0)
/* Type at print size, in points. */
#define TITLE_POINTS 11
#define SUBTITLE_POINTS 9.5
#define BODY_POINTS 9
/* Smallest side of a figure in mm: less holds no title. */
#define LEAST_MM 30
#define MOST_MM 2000
/* Between tick labels and the axis, and between a name and what it names. */
#define TICK_GAP 6
#define LINE_HEIGHT 1.25

static const struct preset {
	const char *id;
	double width_mm, height_mm;
	bool fixed;
} preset[] = { { "page", 174, 106, false }, { "column", 84, 72, false }, { "slide", 160, 90, true } };

static const char *const hex[KG_COLOUR_COUNT] = {
	[KG_COLOUR_BLUE] = "#0072b2",	  [KG_COLOUR_VERMILION] = "#d55e00", [KG_COLOUR_GREEN] = "#009e73",
	[KG_COLOUR_PINK] = "#cc79a7",	  [KG_COLOUR_ORANGE] = "#e69f00",    [KG_COLOUR_SKY] = "#56b4e9",
	[KG_COLOUR_OTHERS] = "#b0b0b0",	  [KG_COLOUR_INK] = "#1a1a1a",	     [KG_COLOUR_TEXT] = "#444444",
	[KG_COLOUR_SUBTITLE] = "#555555", [KG_COLOUR_SMALL] = "#6b6b6b",     [KG_COLOUR_AXIS] = "#888888",
	[KG_COLOUR_MARK] = "#a8a8a8",	  [KG_COLOUR_HAIRLINE] = "#e4e4e4",  [KG_COLOUR_WHITE] = "#ffffff",
};

const char *kg_colour_hex(enum kg_colour colour)
{
	return hex[colour];
}

static enum kg_status choose_size(struct kg_canvas *canvas, struct kg_error *error)
{
	const struct kg_picture *picture = canvas->picture;
	const struct preset *found = NULL;
	double width, height;

	for (size_t i = 0; i < sizeof preset / sizeof preset[0]; i++)
		if (strcmp(picture->size ? picture->size : "page", preset[i].id) == 0)
			found = &preset[i];
	if (!found)
		return kg_error_set(error, KG_EUSAGE, "'%s' is not a size; there are column, page and slide",
				    picture->size);
	width = picture->width_mm > 0 ? picture->width_mm : found->width_mm;
	height = picture->height_mm > 0 ? picture->height_mm : found->height_mm;
	if (!(width >= LEAST_MM && width <= MOST_MM && height >= LEAST_MM && height <= MOST_MM))
		return kg_error_set(error, KG_EUSAGE, "a figure of %g x %g mm; both must be from %d to %d", width,
				    height, LEAST_MM, MOST_MM);
	canvas->fixed_height = found->fixed || picture->height_mm > 0;
	canvas->width = round(width * PIXELS_PER_MM);
	canvas->height = round(height * PIXELS_PER_MM);
	return KG_OK;
}

static struct kg_typeface set_face(const struct kg_canvas *canvas, double points, enum kg_weight weight)
{
	double fixed = canvas->medium->id == KG_TXT ? KG_CELL_WIDTH : 0;

	return (struct kg_typeface){ points * PIXELS_PER_POINT, fixed, weight };
}

enum kg_status kg_canvas_new(const struct kg_picture *picture, const struct kg_medium *medium, struct kg_arena *arena,
			     struct kg_canvas **out, struct kg_error *error)
{
	struct kg_canvas *canvas = KG_NEW(arena, struct kg_canvas);

	if (!canvas)
		return kg_error_memory(error);
	canvas->picture = picture;
	canvas->medium = medium;
	canvas->arena = arena;
	canvas->language = picture->language;
	canvas->level = picture->conf_level > 0 ? picture->conf_level : KG_LEVEL_USUAL;
	KG_TRY(choose_size(canvas, error));
	canvas->title = set_face(canvas, TITLE_POINTS, KG_BOLD);
	canvas->subtitle = set_face(canvas, SUBTITLE_POINTS, KG_REGULAR);
	canvas->body = set_face(canvas, BODY_POINTS, KG_REGULAR);
	canvas->strong = set_face(canvas, BODY_POINTS, KG_BOLD);
	canvas->data = kg_buffer_new(arena);
	canvas->frame = kg_buffer_new(arena);
	canvas->panel = kg_buffer_new(arena);
	canvas->layers = kg_buffer_new(arena);
	canvas->script = kg_buffer_new(arena);
	*out = canvas;
	return KG_OK;
}

double kg_canvas_leading(const struct kg_typeface *face)
{
	return face->fixed_advance > 0 ? KG_CELL_HEIGHT : face->size * LINE_HEIGHT;
}

static struct kg_buffer *current_part(struct kg_canvas *canvas)
{
	return canvas->npanel ? &canvas->panel : &canvas->frame;
}

static void write_text(struct kg_canvas *canvas, double x, double y, const char *text,
		       const struct kg_text_style *style)
{
	static const char *const side[] = { [KG_LEFT] = "left", [KG_CENTRE] = "center", [KG_RIGHT] = "right" };
	struct kg_buffer *out = current_part(canvas);
	double down = canvas->medium->id == KG_TXT ? KG_CELL_HEIGHT / 4 : 0; /* a row is named by its upper edge */
	bool tex = canvas->medium->id == KG_TEX, bold = style->face->weight == KG_BOLD;
	char markup[80] = "";

	if (canvas->medium->id == KG_PDF || canvas->medium->id == KG_PNG || canvas->medium->id == KG_EPS) {
		const char *safe = kg_safe_text(text, canvas->arena);

		text = safe ? kg_typeface_shown(safe, canvas->arena) : "";
	}
	if (tex) /* TeX sets the text: size and weight are said in its language */
		snprintf(markup, sizeof markup, "\\fontsize{%.3g}{%.3g}\\selectfont%s ",
			 style->face->size / PIXELS_PER_POINT, style->face->size * LINE_HEIGHT / PIXELS_PER_POINT,
			 bold ? "\\bfseries" : "");
	kg_buffer_printf(out, "set label %zu ", ++canvas->nlabel);
	kg_safe_quote(out, markup, text, tex ? KG_TEXT_TEX : KG_TEXT_PLAIN);
	kg_buffer_printf(out, " at screen %.6g,%.6g %s", x / canvas->width, (y - down) / canvas->height,
			 side[style->align]);
	kg_buffer_printf(out, " font '%s,%.4g' textcolor rgb '%s'", bold ? "Noto Sans:Bold" : "Noto Sans",
			 style->face->size, hex[style->colour]);
	if (style->degrees != 0)
		kg_buffer_printf(out, " rotate by %.4g", style->degrees);
	kg_buffer_add(out, " front\n");
}

/* Between a horizontal axis and its labels: a terminal's axis is a row of its own. */
static double gap_below(const struct kg_canvas *canvas)
{
	return canvas->medium->id == KG_TXT ? KG_CELL_HEIGHT : TICK_GAP;
}

static size_t count_lines(const char *text)
{
	size_t lines = 1;

	for (; text && *text; text++)
		lines += *text == '\n';
	return lines;
}

void kg_canvas_text(struct kg_canvas *canvas, double x, double y, const char *text, const struct kg_text_style *style)
{
	double leading = kg_canvas_leading(style->face);

	if (canvas->medium->id == KG_TXT) /* rows are a little higher than cells, and no two lines may share one */
		leading *= canvas->height / (canvas->height - 2 * KG_CELL_HEIGHT);
	y += leading * (double)(count_lines(text) - 1) / 2;
	while (text && *text) {
		size_t length = strcspn(text, "\n");
		const char *line = kg_arena_text_n(canvas->arena, text, length);

		if (line && *line)
			write_text(canvas, x, y, line, style);
		y -= leading;
		text += length + (text[length] == '\n');
	}
}

void kg_canvas_mark(struct kg_canvas *canvas, double x, double y, int point, enum kg_colour colour)
{
	kg_buffer_printf(current_part(canvas),
			 "set label %zu '' at screen %.6g,%.6g point pt %d ps 0.55 lc rgb '%s' front\n",
			 ++canvas->nlabel, x / canvas->width, y / canvas->height, point, hex[colour]);
}

void kg_canvas_square(struct kg_canvas *canvas, double x, double y, const char *colour)
{
	kg_buffer_printf(current_part(canvas),
			 "set label %zu '' at screen %.6g,%.6g point pt 5 ps 1 lc rgb '%s' front\n", ++canvas->nlabel,
			 x / canvas->width, y / canvas->height, colour);
}

void kg_canvas_line(struct kg_canvas *canvas, const struct kg_rectangle *ends, enum kg_colour colour, const char *style)
{
	kg_buffer_printf(current_part(canvas),
			 "set arrow %zu from screen %.6g,%.6g to screen %.6g,%.6g nohead lc rgb '%s' %s\n",
			 ++canvas->narrow, ends->left / canvas->width, ends->bottom / canvas->height,
			 ends->right / canvas->width, ends->top / canvas->height, hex[colour], style);
}

double kg_canvas_px_x(const struct kg_canvas *canvas, double x)
{
	return canvas->plot.left + (x - canvas->x.from) / kg_canvas_unit_x(canvas);
}

double kg_canvas_px_y(const struct kg_canvas *canvas, double y)
{
	return canvas->plot.bottom + (y - canvas->y.from) / kg_canvas_unit_y(canvas);
}

double kg_canvas_unit_x(const struct kg_canvas *canvas)
{
	return (canvas->x.to - canvas->x.from) / (canvas->plot.right - canvas->plot.left);
}

double kg_canvas_unit_y(const struct kg_canvas *canvas)
{
	return (canvas->y.to - canvas->y.from) / (canvas->plot.top - canvas->plot.bottom);
}

/* Widest line of a text that may have several. */
static double measure_text(const struct kg_canvas *canvas, const char *text)
{
	double widest = 0;

	while (text && *text) {
		size_t length = strcspn(text, "\n");
		const char *line = kg_arena_text_n(canvas->arena, text, length);

		widest = fmax(widest, line ? kg_typeface_width(&canvas->body, line) : 0);
		text += length + (text[length] == '\n');
	}
	return widest;
}

/* How far the last label stands out beyond a horizontal axis of about `width` pixels. */
static double reach_beyond(const struct kg_canvas *canvas, const struct kg_axis *x, double width)
{
	const struct kg_tick *last = x->ntick ? &x->tick[x->ntick - 1] : NULL;

	if (!last)
		return 0;
	return measure_text(canvas, last->label) / 2 - (x->to - last->at) / (x->to - x->from) * width - 2;
}

struct kg_rectangle kg_canvas_inside(const struct kg_canvas *canvas, const struct kg_rectangle *around,
				     const struct kg_axis *x, const struct kg_axis *y, double right)
{
	struct kg_rectangle plot = *around;
	double widest = 0, line = kg_canvas_leading(&canvas->body);
	size_t lines = 0;

	for (size_t i = 0; i < y->ntick; i++)
		widest = fmax(widest, measure_text(canvas, y->tick[i].label));
	for (size_t i = 0; i < x->ntick; i++)
		lines = count_lines(x->tick[i].label) > lines ? count_lines(x->tick[i].label) : lines;
	plot.left += widest + (widest > 0 ? TICK_GAP : 0);
	plot.bottom += (lines ? line * (double)lines + gap_below(canvas) : 0) + (x->name ? line + 2 : 0);
	plot.top -= y->name ? line + TICK_GAP : y->ntick ? canvas->body.size / 2 : 0;
	plot.right -= fmax(right, reach_beyond(canvas, x, plot.right - plot.left));
	return plot;
}

static void write_ticks(struct kg_canvas *canvas, char letter, const struct kg_axis *axis)
{
	struct kg_buffer *out = &canvas->panel;
	bool hairlines = axis->hairlines && canvas->medium->id != KG_TXT; /* characters would hide the data */
	bool shown = axis->hairlines || axis->marks;

	kg_buffer_printf(out, "set %crange [%.12g:%.12g]\n", letter, axis->from, axis->to);
	if (!axis->ntick || !shown) {
		kg_buffer_printf(out, "unset %ctics\n", letter);
		return;
	}
	kg_buffer_printf(out, "set %ctics nomirror out scale %s (", letter, axis->marks ? "0.4" : "0");
	for (size_t i = 0; i < axis->ntick; i++)
		kg_buffer_printf(out, "%s'' %.12g", i ? ", " : "", axis->tick[i].at);
	kg_buffer_add(out, ")\n");
	kg_buffer_printf(out, "set grid %s%ctics\n", hairlines ? "" : "no", letter);
}

static void write_tick_texts(struct kg_canvas *canvas)
{
	const struct kg_text_style below = { &canvas->body, KG_COLOUR_TEXT, KG_CENTRE, 0 };
	const struct kg_text_style left = { &canvas->body, KG_COLOUR_TEXT, KG_RIGHT, 0 };
	double line = kg_canvas_leading(&canvas->body), first = canvas->plot.bottom - gap_below(canvas) - line / 2;

	for (size_t i = 0; i < canvas->x.ntick; i++) {
		const char *label = canvas->x.tick[i].label;

		kg_canvas_text(canvas, kg_canvas_px_x(canvas, canvas->x.tick[i].at),
			       first - line * (double)(count_lines(label) - 1) / 2, label, &below);
	}
	for (size_t i = 0; i < canvas->y.ntick; i++)
		kg_canvas_text(canvas, canvas->plot.left - TICK_GAP, kg_canvas_px_y(canvas, canvas->y.tick[i].at),
			       canvas->y.tick[i].label, &left);
}

static void write_axis_names(struct kg_canvas *canvas)
{
	size_t lines = 1;
	const struct kg_text_style centre = { &canvas->body, KG_COLOUR_SUBTITLE, KG_CENTRE, 0 };
	const struct kg_text_style left = { &canvas->body, KG_COLOUR_SUBTITLE, KG_LEFT, 0 };
	const struct kg_rectangle *plot = &canvas->plot;
	double line = kg_canvas_leading(&canvas->body);

	for (size_t i = 0; i < canvas->x.ntick; i++)
		lines = count_lines(canvas->x.tick[i].label) > lines ? count_lines(canvas->x.tick[i].label) : lines;
	if (canvas->x.name)
		kg_canvas_text(canvas, (plot->left + plot->right) / 2,
			       plot->bottom - gap_below(canvas) - line * ((double)lines + 0.5) - 2, canvas->x.name,
			       &centre);
	if (canvas->y.name)
		kg_canvas_text(canvas, canvas->room.left, plot->top + line / 2 + TICK_GAP, canvas->y.name, &left);
}

/* Moves the finished panel into the body. */
static void close_panel(struct kg_canvas *canvas)
{
	if (!canvas->npanel)
		return;
	kg_buffer_add_n(&canvas->script, canvas->panel.text ? canvas->panel.text : "", canvas->panel.length);
	kg_buffer_add(&canvas->script, canvas->nlayer ? "plot " : "plot NaN notitle");
	kg_buffer_add_n(&canvas->script, canvas->layers.text ? canvas->layers.text : "", canvas->layers.length);
	kg_buffer_add(&canvas->script, "\n");
	canvas->panel.length = canvas->layers.length = canvas->nlayer = 0;
}

void kg_canvas_panel(struct kg_canvas *canvas, const struct kg_rectangle *plot, const struct kg_axis *x,
		     const struct kg_axis *y)
{
	close_panel(canvas);
	canvas->plot = *plot;
	canvas->x = *x;
	canvas->y = *y;
	if (canvas->npanel++)
		kg_buffer_add(&canvas->panel, "unset label\nunset arrow\n");
	kg_buffer_printf(&canvas->panel, "set lmargin at screen %.6g\nset rmargin at screen %.6g\n",
			 plot->left / canvas->width, plot->right / canvas->width);
	kg_buffer_printf(&canvas->panel, "set bmargin at screen %.6g\nset tmargin at screen %.6g\n",
			 plot->bottom / canvas->height, plot->top / canvas->height);
	kg_buffer_printf(&canvas->panel, "set border %d back lc rgb '%s' lw 1\n", x->line + 2 * y->line,
			 hex[KG_COLOUR_AXIS]);
	write_ticks(canvas, 'x', x);
	write_ticks(canvas, 'y', y);
	write_tick_texts(canvas);
	write_axis_names(canvas);
}

enum kg_status kg_canvas_finish(struct kg_canvas *canvas, struct kg_buffer *script, struct kg_error *error)
{
	close_panel(canvas);
	KG_TRY(kg_buffer_check(&canvas->data, error));
	KG_TRY(kg_buffer_check(&canvas->frame, error));
	KG_TRY(kg_buffer_check(&canvas->script, error));
	if (kg_arena_failed(canvas->arena))
		return kg_error_memory(error);
	kg_buffer_add(script, "set encoding utf8\nset print '-'\n$data << END_OF_DATA\n");
	kg_buffer_add_n(script, canvas->points ? canvas->data.text : "", canvas->points ? canvas->data.length : 0);
	kg_buffer_add(script, "END_OF_DATA\n");
	if (canvas->points)
		kg_buffer_add(script, "stats $data using 1 nooutput\n");
	kg_medium_terminal(canvas->medium, canvas->width, canvas->height, script);
	kg_buffer_printf(script, "set output './figure%s'\nunset key\nset grid noxtics noytics lc rgb '%s' lw 1 lt 1\n",
			 canvas->medium->ending, hex[KG_COLOUR_HAIRLINE]);
	if (canvas->npanel > 1)
		kg_buffer_add(script, "set multiplot\n");
	kg_buffer_add_n(script, canvas->frame.text ? canvas->frame.text : "", canvas->frame.length);
	kg_buffer_add_n(script, canvas->script.text ? canvas->script.text : "", canvas->script.length);
	if (canvas->npanel > 1)
		kg_buffer_add(script, "unset multiplot\n");
	kg_buffer_printf(script, "unset output\nprint 'points ', %s\n", canvas->points ? "STATS_records" : "0");
	return kg_buffer_check(script, error);
}
