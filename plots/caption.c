#include "plots/caption.h"

#include <ctype.h>
#include <math.h>
#include <string.h>
#include <strings.h>

#include "plots/choose.h"
#include "plots/words.h"

/* Series that the sentence speaks of; the others are counted. */
#define SERIES_TOLD 3
/* A change smaller than this share of the first value is no change. */
#define CHANGE_LEAST 0.005

const char *kg_caption_y_title(const struct kg_canvas *canvas, const struct kg_series_set *set)
{
	const struct kg_table *table = canvas->picture->table;
	const struct kg_column *term = set->tidy ? kg_table_find(table, "term") : NULL;

	if (term && term->type == KG_TEXT && term->nlevel == 1 && strcmp(set->y->name, "estimate") == 0) {
		struct kg_column named = { .name = term->level[0] };

		return kg_column_title(&named, canvas->arena);
	}
	return kg_column_title(set->y, canvas->arena);
}

static const char *say_range(struct kg_canvas *canvas, const struct kg_series_set *set)
{
	if (set->horizontal != KG_X_TIME)
		return NULL;
	if (set->x_least == set->x_most)
		return kg_axis_x_text(canvas, set, set->x_least);
	return kg_arena_format(canvas->arena, "%s–%s", kg_axis_x_text(canvas, set, set->x_least),
			       kg_axis_x_text(canvas, set, set->x_most));
}

static const char *say_subtitle(struct kg_canvas *canvas, const struct kg_series_set *set)
{
	const char *unit = kg_series_unit(canvas->picture, set), *range = say_range(canvas, set);
	struct kg_buffer text = kg_buffer_new(canvas->arena);

	kg_buffer_add(&text, kg_caption_y_title(canvas, set));
	if (unit && *unit && kg_axis_kind(set->y, unit) != KG_TICK_SHARE &&
	    strcasecmp(unit, kg_caption_y_title(canvas, set)) != 0)
		kg_buffer_printf(&text, ", %s", unit);
	if (range)
		kg_buffer_printf(&text, ", %s", range);
	return text.text;
}

/* Inside a sentence; capitals that belong to an abbreviation stay. */
static const char *lower_first(const char *text, struct kg_arena *arena)
{
	char *copy = kg_arena_text(arena, text);

	if (copy && isupper((unsigned char)copy[0]) && !isupper((unsigned char)copy[1]))
		*copy = (char)tolower((unsigned char)*copy);
	return copy ? copy : text;
}

static const char *say_title(struct kg_canvas *canvas, const struct kg_series_set *set)
{
	const char *y = kg_caption_y_title(canvas, set), *range = say_range(canvas, set);
	const struct kg_column *by = set->group ? set->group : set->x;

	if (range && !set->group)
		return kg_arena_format(canvas->arena, "%s, %s", y, range);
	return kg_arena_format(canvas->arena, "%s %s %s", y, kg_word(KG_WORD_BY, canvas->language),
			       lower_first(kg_column_title(by, canvas->arena), canvas->arena));
}

/* One stretch of a series, from its first to its last value. */
static void tell_stretch(struct kg_canvas *canvas, const struct kg_series_set *set, const struct kg_series *series,
			 size_t first, size_t last, struct kg_buffer *text)
{
	const struct kg_value_look look = kg_axis_look(canvas->picture, set);
	double change;
	enum kg_word verb;

	while (first < last && isnan(series->y[first]))
		first++;
	while (last > first && isnan(series->y[last - 1]))
		last--;
	if (first == last)
		return;
	change = series->y[last - 1] - series->y[first];
	verb = fabs(change) <= CHANGE_LEAST * fabs(series->y[first]) ? KG_WORD_STAYS
	       : change > 0					     ? KG_WORD_RISES
								     : KG_WORD_FALLS;
	kg_buffer_printf(text, " %s %s %s (%s)", series->name ? series->name : kg_caption_y_title(canvas, set),
			 kg_word(verb, canvas->language), kg_axis_y_text(canvas, &look, series->y[first]),
			 kg_axis_x_text(canvas, set, series->x[first]));
	kg_buffer_printf(text, " %s %s (%s).", kg_word(KG_WORD_TO, canvas->language),
			 kg_axis_y_text(canvas, &look, series->y[last - 1]),
			 kg_axis_x_text(canvas, set, series->x[last - 1]));
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

static void tell_extreme(struct kg_canvas *canvas, const struct kg_series_set *set, enum kg_word word,
			 const struct extreme *extreme, struct kg_buffer *text)
{
	const struct kg_value_look look = kg_axis_look(canvas->picture, set);
	const struct kg_series *series = extreme->series;

	kg_buffer_printf(text, " %s: %s", kg_word(word, canvas->language),
			 kg_axis_x_text(canvas, set, series->x[extreme->point]));
	if (series->name)
		kg_buffer_printf(text, ", %s", series->name);
	kg_buffer_printf(text, " (%s).", kg_axis_y_text(canvas, &look, series->y[extreme->point]));
}

static void tell_extremes(struct kg_canvas *canvas, const struct kg_series_set *set, struct kg_buffer *text)
{
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
	tell_extreme(canvas, set, KG_WORD_HIGHEST, &most, text);
	tell_extreme(canvas, set, KG_WORD_LOWEST, &least, text);
}

static const char *say_sentence(struct kg_canvas *canvas, const struct kg_series_set *set)
{
	struct kg_buffer text = kg_buffer_new(canvas->arena);

	kg_buffer_printf(&text, "%s.", say_subtitle(canvas, set));
	if (set->horizontal == KG_X_TIME)
		for (size_t s = 0; s < set->count && s < SERIES_TOLD; s++)
			tell_change(canvas, set, &set->series[s], &text);
	else
		tell_extremes(canvas, set, &text);
	if (set->count > SERIES_TOLD)
		kg_buffer_printf(&text, " %zu %s.", set->count, kg_word(KG_WORD_SERIES, canvas->language));
	kg_buffer_add(&text, " n = ");
	kg_number_fixed(&text, (double)set->npoint, 0, canvas->language);
	kg_buffer_add(&text, ".");
	return text.text;
}

struct kg_caption kg_caption_series(struct kg_canvas *canvas, const struct kg_series_set *set)
{
	return (struct kg_caption){ .title = say_title(canvas, set),
				    .subtitle = say_subtitle(canvas, set),
				    .n = (double)set->npoint,
				    .sentence = say_sentence(canvas, set) };
}

struct kg_caption kg_caption_pairs(struct kg_canvas *canvas, const struct kg_series_set *set)
{
	const char *x = kg_column_title(set->x, canvas->arena), *y = kg_caption_y_title(canvas, set);
	const char *by = kg_word(KG_WORD_BY, canvas->language);
	struct kg_caption caption = kg_caption_series(canvas, set);
	struct kg_buffer text = kg_buffer_new(canvas->arena);

	caption.title = kg_arena_format(canvas->arena, "%s %s %s", y, by, lower_first(x, canvas->arena));
	if (set->group)
		caption.subtitle =
		    kg_arena_format(canvas->arena, "%s, %s %s", caption.title, by,
				    lower_first(kg_column_title(set->group, canvas->arena), canvas->arena));
	else
		caption.subtitle = NULL;
	kg_buffer_printf(&text, "%s. %s: %s–%s.", caption.title, x, kg_axis_x_text(canvas, set, set->x_least),
			 kg_axis_x_text(canvas, set, set->x_most));
	tell_extremes(canvas, set, &text);
	kg_buffer_add(&text, " n = ");
	kg_number_fixed(&text, (double)set->npoint, 0, canvas->language);
	kg_buffer_add(&text, ".");
	caption.sentence = text.text;
	return caption;
}
