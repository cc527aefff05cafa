#include "plots/row_names.h"

#include <math.h>

#define LINES_MOST 2
#define LINES_GAP 3.0 /* pixels between names of two lines */

const char *const *kg_row_names_series(const struct kg_series_set *set, struct kg_arena *arena)
{
	const char **name = KG_ARRAY(arena, const char *, set->count + 1);

	for (size_t s = 0; name && s < set->count; s++)
		name[s] = set->series[s].name;
	return name;
}

static const char *find_name(const struct kg_row_names *names, size_t row)
{
	return names->name && names->name[row] ? names->name[row] : "";
}

struct kg_axis kg_row_names_axis(struct kg_canvas *canvas, const struct kg_row_names *names, bool upward)
{
	struct kg_tick *tick = KG_ARRAY(canvas->arena, struct kg_tick, names->count + 1);
	double first = 0.5, last = (double)names->count + 0.5;
	struct kg_axis axis = { .from = upward ? first : last, .to = upward ? last : first, .tick = tick };

	for (size_t row = 0; tick && row < names->count; row++)
		tick[axis.ntick++] =
		    (struct kg_tick){ (double)row + 1, kg_axis_category(canvas, find_name(names, row),
									canvas->width * names->share, LINES_MOST) };
	return axis;
}

double kg_row_names_height(const struct kg_canvas *canvas, const struct kg_row_names *names, double least)
{
	double widest = 0, lines = LINES_MOST * kg_canvas_leading(&canvas->body) + LINES_GAP;

	for (size_t row = 0; row < names->count; row++)
		widest = fmax(widest, kg_typeface_width(&canvas->body, find_name(names, row)));
	return (double)names->count * (widest > canvas->width * names->share ? fmax(least, lines) : least);
}
