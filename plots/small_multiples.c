/* small-multiples: one small line chart per series, all with the same axes. */
#include <math.h>

#include "plots/caption.h"
#include "plots/marks.h"
#include "plots/notes.h"
#include "plots/say.h"

#define COLUMNS_PAGE 4
#define PANEL_WIDTH_LEAST 110.0
#define PANEL_SHAPE 0.62 /* height for each pixel of width */
#define PANEL_GAP 12
#define LABEL_GAP 4
#define NAME_LINES 2
/* Points behind all panels together: more are a grey area that tells nothing. */
#define BACKGROUND_MOST 60000
#define BACKGROUND_COLOUR "#d4d4d4"

struct grid {
	size_t columns, rows;
	double width, height; /* of a panel with its name and gaps */
	double left, bottom;  /* room for tick labels of the outer panels */
	double gap;	      /* between panels: labels at the ends of axes do not touch */
	double name;	      /* height of the panels' names */
};

/* One line of names, or more where one does not fit in that. */
static double measure_names(const struct kg_canvas *canvas, const struct kg_series_set *set, double width)
{
	double widest = 0;

	for (size_t s = 0; s < set->count; s++)
		widest =
		    fmax(widest, kg_typeface_width(&canvas->strong, set->series[s].name ? set->series[s].name : ""));
	return kg_canvas_leading(&canvas->strong) * (widest > width ? NAME_LINES : 1);
}

static struct grid plan_grid(struct kg_canvas *canvas, const struct kg_series_set *set)
{
	size_t count = set->count;
	double room = canvas->width - 60;
	struct grid grid = { .columns = (size_t)fmax(1, fmin(COLUMNS_PAGE, floor(room / PANEL_WIDTH_LEAST))) };

	if (grid.columns > count)
		grid.columns = count;
	grid.rows = (count + grid.columns - 1) / grid.columns;
	grid.name = measure_names(canvas, set, room / (double)grid.columns - 2 * PANEL_GAP);
	grid.height = room / (double)grid.columns * PANEL_SHAPE + grid.name;
	kg_canvas_need(canvas, (double)grid.rows * grid.height + 30);
	return grid;
}

/* Sizes after the frame is known. */
static void fit_grid(const struct kg_canvas *canvas, const struct kg_axis *x, const struct kg_axis *y,
		     struct grid *grid)
{
	const struct kg_rectangle *room = &canvas->room;
	struct kg_rectangle plot = kg_canvas_inside(canvas, room, x, y, 0);
	double widest = 0;

	grid->gap = PANEL_GAP;
	grid->left = plot.left - room->left;
	grid->bottom = plot.bottom - room->bottom;
	for (size_t i = 0; i < x->ntick; i++)
		if (x->tick[i].label)
			widest = fmax(widest, kg_typeface_width(&canvas->body, x->tick[i].label));
	grid->gap = fmax(PANEL_GAP, widest + LABEL_GAP);
	plot.right = fmin(plot.right, room->right - widest / 2); /* the last label of the last column */
	grid->width = (plot.right - plot.left + grid->gap) / (double)grid->columns;
	grid->height = (room->top - plot.bottom) / (double)grid->rows;
}

/* All series in light grey, as one block that every panel draws behind its own series. */
static void draw_background(struct kg_canvas *canvas, const struct kg_series_set *set, size_t panel)
{
	if (set->count * set->npoint > BACKGROUND_MOST)
		return;
	if (panel) {
		kg_canvas_reuse(canvas, 0, "using 1:2 with lines lc rgb '" BACKGROUND_COLOUR "' lw 0.6");
		return;
	}
	kg_canvas_begin(canvas);
	for (size_t s = 0; s < set->count; s++) {
		kg_canvas_gap(canvas);
		for (size_t i = 0; i < set->series[s].n; i++) {
			if (!set->series[s].joined[i])
				kg_canvas_gap(canvas);
			KG_ROW(canvas, set->series[s].x[i], set->series[s].y[i]);
		}
	}
	kg_canvas_end(canvas, "using 1:2 with lines lc rgb '" BACKGROUND_COLOUR "' lw 0.6");
}

static const char *fold_name(struct kg_canvas *canvas, const char *name, double width)
{
	struct kg_buffer folded = kg_buffer_new(canvas->arena);
	const char *const *line;
	size_t count = kg_typeface_wrap(&canvas->strong, name, width, NAME_LINES, canvas->arena, &line);

	for (size_t i = 0; i < count; i++)
		kg_buffer_printf(&folded, "%s%s", i ? "\n" : "", line[i]);
	return folded.text ? folded.text : "";
}

static void draw_panel(struct kg_canvas *canvas, const struct kg_series_set *set, const struct grid *grid, size_t own)
{
	const struct kg_look look = { KG_COLOUR_BLUE, 7, 1, false };
	const struct kg_text_style style = { &canvas->strong, KG_COLOUR_TEXT, KG_LEFT, 0 };
	const struct kg_series *series = &set->series[own];
	const char *name = series->name ? series->name : "";

	draw_background(canvas, set, own);
	kg_marks_break_lines(canvas, set);
	kg_marks_ribbon(canvas, series, &look);
	kg_marks_curve(canvas, series, &look);
	kg_marks_lonely(canvas, series, &look);
	kg_marks_bounds(canvas, series, &look, false);
	kg_canvas_text(canvas, canvas->plot.left, canvas->plot.top + grid->name / 2,
		       fold_name(canvas, name, grid->width - PANEL_GAP), &style);
}

static void draw_grid(struct kg_canvas *canvas, const struct kg_series_set *set, const struct grid *grid,
		      const struct kg_axis *x, const struct kg_axis *y)
{
	for (size_t s = 0; s < set->count; s++) {
		size_t column = s % grid->columns, row = s / grid->columns;
		struct kg_axis own_x = *x, own_y = *y;
		struct kg_tick bare[2][KG_TICK_MOST];
		struct kg_rectangle plot;

		for (size_t i = 0; i < KG_TICK_MOST; i++) {
			bare[0][i] = (struct kg_tick){ i < x->ntick ? x->tick[i].at : 0, NULL };
			bare[1][i] = (struct kg_tick){ i < y->ntick ? y->tick[i].at : 0, NULL };
		}
		if (s + grid->columns < set->count)
			own_x.tick = bare[0];
		if (column)
			own_y.tick = bare[1];
		plot.left = canvas->room.left + grid->left + (double)column * grid->width;
		plot.right = plot.left + grid->width - grid->gap;
		plot.top = canvas->room.top - (double)row * grid->height - grid->name;
		plot.bottom = canvas->room.top - (double)(row + 1) * grid->height + PANEL_GAP / 2.0;
		if (row + 1 == grid->rows)
			plot.bottom = canvas->room.bottom + grid->bottom;
		kg_canvas_panel(canvas, &plot, &own_x, &own_y);
		draw_panel(canvas, set, grid, s);
	}
}

/* The words of series breaks find no room in the panels. */
static const char *say_marks(struct kg_canvas *canvas, const struct kg_series_set *set)
{
	const char *marks = kg_notes_marks(canvas, set, KG_BANDS), *words = kg_marks_break_words(canvas, set);
	const char *breaks = words ? kg_say(canvas, "Dashed: series breaks (%s).", words) : NULL;

	return marks && *marks && breaks ? kg_arena_format(canvas->arena, "%s %s", marks, breaks)
	       : breaks			 ? breaks
					 : marks;
}

static enum kg_status draw(const struct kg_picture *picture, struct kg_canvas *canvas, struct kg_error *error)
{
	const struct kg_series_plan plan = { .need_group = true };
	struct kg_series_set set;
	struct kg_caption caption;
	struct kg_axis x, y;
	struct grid grid;

	KG_TRY(kg_series_read(picture, &plan, canvas->arena, &set, error));
	if (set.horizontal == KG_X_CATEGORY && set.ncategory > KG_TICK_MOST)
		return kg_error_set(error, KG_EUSAGE,
				    "'%s' has %zu categories; small multiples need a time or a number", set.x->name,
				    set.ncategory);
	caption = kg_caption_series(canvas, &set);
	caption.marks = say_marks(canvas, &set);
	grid = plan_grid(canvas, &set);
	kg_canvas_frame(canvas, &caption);
	y = kg_axis_value(canvas, &(struct kg_axis_plan){ .least = set.y_least,
							  .most = set.y_most,
							  .kind = kg_axis_kind(set.y, kg_series_unit(picture, &set)),
							  .want = 4 });
	x = kg_axis_series(canvas, &set, grid.columns ? canvas->width / (double)grid.columns - 60 : canvas->width);
	x.line = x.marks = y.hairlines = true;
	fit_grid(canvas, &x, &y, &grid);
	draw_grid(canvas, &set, &grid, &x, &y);
	return KG_OK;
}

const struct kg_chart kg_chart_small_multiples = {
	.id = "small-multiples",
	.title = "one small line chart per series, all with the same axes",
	.detail =
	    "Takes a time column (--x), values (--y) and the column that tells the series apart (--group). Behind each "
	    "series all others are shown in light grey.",
	.example =
	    "plot small-multiples population.csv --x year --y population --group district --output districts.svg",
	.draw = draw,
};
