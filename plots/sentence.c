#include "plots/sentence.h"

#include <math.h>

#include "plots/caption.h"
#include "plots/notes.h"
#include "plots/say.h"

/* A change smaller than this share of the first value is no change. */
#define CHANGE_LEAST 0.005

/* One stretch of a series, from its first to its last value. */
static void tell_stretch(struct kg_canvas *canvas, const struct kg_series_set *set, const struct kg_series *series,
			 size_t first, size_t last, struct kg_buffer *text)
{
	const struct kg_value_look look = kg_axis_look(canvas->picture, set);
	const char *name = series->name ? series->name : kg_caption_y_title(canvas, set), *at[4];
	double change;

	while (first < last && isnan(series->y[first]))
		first++;
	while (last > first && isnan(series->y[last - 1]))
		last--;
	if (first == last)
		return;
	if (first + 1 == last) {
		kg_buffer_add_char(text, ' ');
		kg_buffer_add(text,
			      kg_say(canvas, "%s is %s (%s).", name, kg_axis_y_text(canvas, &look, series->y[first]),
				     kg_axis_x_text(canvas, set, series->x[first])));
		return;
	}
	change = series->y[last - 1] - series->y[first];
	at[0] = kg_axis_y_text(canvas, &look, series->y[first]);
	at[1] = kg_axis_x_text(canvas, set, series->x[first]);
	at[2] = kg_axis_y_text(canvas, &look, series->y[last - 1]);
	at[3] = kg_axis_x_text(canvas, set, series->x[last - 1]);
	kg_buffer_add_char(text, ' ');
	if (first + 1 == last)
		kg_buffer_add(text, kg_say(canvas, "%s: %s (%s).", name, at[0], at[1]));
	else if (fabs(change) <= CHANGE_LEAST * fabs(series->y[first]))
		kg_buffer_add(text, kg_say(canvas, "%s stays at about the same level: from %s (%s) to %s (%s).", name,
					   at[0], at[1], at[2], at[3]));
	else if (change > 0)
		kg_buffer_add(text,
			      kg_say(canvas, "%s rises from %s (%s) to %s (%s).", name, at[0], at[1], at[2], at[3]));
	else
		kg_buffer_add(text,
			      kg_say(canvas, "%s falls from %s (%s) to %s (%s).", name, at[0], at[1], at[2], at[3]));
}

/* Values on both sides of a series break are not compared. */
static void tell_change(struct kg_canvas *canvas, const struct kg_series_set *set, const struct kg_series *series,
			struct kg_buffer *text)
{
	const struct kg_provenance *from = canvas->picture->table->from;

	for (size_t start = 0, end; start < series->n; start = end) {
		end = start + 1;
		while (end < series->n && !kg_series_breaks(from, series->x[end - 1], series->x[end]))
			end++;
		tell_stretch(canvas, set, series, start, end, text);
	}
}

struct extreme {
	const struct kg_series *series;
	size_t point;
};

/* "1995, Lạc Sơn": where a value stands. */
static const char *name_point(struct kg_canvas *canvas, const struct kg_series_set *set, const struct extreme *at)
{
	const char *x = kg_axis_x_text(canvas, set, at->series->x[at->point]);

	return at->series->name ? kg_arena_format(canvas->arena, "%s, %s", x, at->series->name) : x;
}

void kg_sentence_extremes(struct kg_canvas *canvas, const struct kg_series_set *set, struct kg_buffer *text)
{
	const struct kg_value_look look = kg_axis_look(canvas->picture, set);
	struct extreme least = { NULL, 0 }, most = { NULL, 0 };

	for (size_t s = 0; s < set->count; s++) {
		const struct kg_series *series = &set->series[s];

		for (size_t i = 0; i < series->n; i++) {
			if (isnan(series->y[i]))
				continue;
			if (!least.series || series->y[i] < least.series->y[least.point])
				least = (struct extreme){ series, i };
			if (!most.series || series->y[i] > most.series->y[most.point])
				most = (struct extreme){ series, i };
		}
	}
	if (!least.series)
		return;
	kg_buffer_add_char(text, ' ');
	if (least.series->y[least.point] == most.series->y[most.point]) {
		kg_buffer_add(text, kg_say(canvas, "All values: %s.",
					   kg_axis_y_text(canvas, &look, least.series->y[least.point])));
		return;
	}
	kg_buffer_add(text,
		      kg_say(canvas, "Highest: %s (%s). Lowest: %s (%s).", name_point(canvas, set, &most),
			     kg_axis_y_text(canvas, &look, most.series->y[most.point]), name_point(canvas, set, &least),
			     kg_axis_y_text(canvas, &look, least.series->y[least.point])));
}

const char *kg_sentence_end(const struct kg_canvas *canvas, const struct kg_series_set *set, struct kg_buffer *text)
{
	const char *size = kg_notes_size(canvas, set);

	kg_buffer_printf(text, " %s", size ? size : "n = ");
	if (!size)
		kg_number_fixed(text, (double)set->npoint, 0, canvas->language);
	kg_buffer_add(text, ".");
	return text->text;
}

const char *kg_sentence_series(struct kg_canvas *canvas, const struct kg_series_set *set, const char *subject)
{
	struct kg_buffer text = kg_buffer_new(canvas->arena);

	kg_buffer_printf(&text, "%s.", subject);
	if (set->horizontal == KG_X_TIME)
		for (size_t s = 0; s < set->count && s < KG_SERIES_TOLD; s++)
			tell_change(canvas, set, &set->series[s], &text);
	else
		kg_sentence_extremes(canvas, set, &text);
	if (set->count > KG_SERIES_TOLD) {
		kg_buffer_add_char(&text, ' ');
		kg_buffer_add(&text, kg_say(canvas, "Series: %zu.", set->count));
	}
	return kg_sentence_end(canvas, set, &text);
}
