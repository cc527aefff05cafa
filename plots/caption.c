#include "plots/caption.h"

#include <math.h>
#include <string.h>

#include "base/text.h"
#include "plots/choose.h"
#include "plots/notes.h"
#include "plots/say.h"
#include "plots/sentence.h"
#include "report/label.h"

/* A result about pairs of columns, such as correlations. */
static bool is_of_pairs(const struct kg_table *table, const struct kg_series_set *set)
{
	return set->tidy && kg_table_find(table, "x") && kg_table_find(table, "y");
}

const char *kg_caption_y_title(const struct kg_canvas *canvas, const struct kg_series_set *set)
{
	const struct kg_table *table = canvas->picture->table;
	bool estimate = set->tidy && strcmp(set->y->name, "estimate") == 0;
	const struct kg_column *term = estimate ? kg_table_find(table, "term") : NULL;
	const struct kg_column *method = estimate ? kg_table_find(table, "method") : NULL;
	const char *name;

	if (term && is_of_pairs(table, set)) /* what measures them */
		term = method;
	if (term && term->type == KG_TEXT && term->nlevel == 1) {
		name = kg_label_cell(&(struct kg_label_place){ table->name, term->name, table->from }, term->level[0],
				     canvas->language, canvas->arena);
		return kg_say_column(canvas, &(struct kg_column){ .name = name ? name : term->level[0] });
	}
	return kg_say_column(canvas, set->y);
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
	const char *title = kg_caption_y_title(canvas, set), *words = kg_say_unit(canvas, unit, title);
	struct kg_buffer text = kg_buffer_new(canvas->arena);

	kg_buffer_add(&text, title);
	if (words && kg_axis_kind(set->y, unit) != KG_TICK_SHARE)
		kg_buffer_printf(&text, ", %s", words);
	if (range)
		kg_buffer_printf(&text, ", %s", range);
	return text.text;
}

const char *kg_caption_lower(const char *text, struct kg_arena *arena)
{
	const char *within = kg_text_within(text, arena);

	return within ? within : text;
}

static const char *say_title(struct kg_canvas *canvas, const struct kg_series_set *set)
{
	const char *y = kg_caption_y_title(canvas, set), *range = say_range(canvas, set);
	const struct kg_column *by = set->group ? set->group : set->x;

	if (is_of_pairs(canvas->picture->table, set))
		return y;
	if (range && !set->group)
		return kg_arena_format(canvas->arena, "%s, %s", y, range);
	return kg_say(canvas, "%s by %s", y, kg_caption_lower(kg_say_column(canvas, by), canvas->arena));
}

struct kg_caption kg_caption_series(struct kg_canvas *canvas, const struct kg_series_set *set)
{
	const char *subtitle = say_subtitle(canvas, set);

	return (struct kg_caption){ .title = say_title(canvas, set),
				    .subtitle = subtitle,
				    .missing = kg_notes_missing(canvas, set),
				    .n = (double)set->npoint,
				    .size = kg_notes_size(canvas, set),
				    .sentence = kg_sentence_series(canvas, set, subtitle) };
}

struct kg_caption kg_caption_pairs(struct kg_canvas *canvas, const struct kg_series_set *set)
{
	const char *x = kg_say_column(canvas, set->x), *y = kg_caption_y_title(canvas, set);
	struct kg_caption caption = kg_caption_series(canvas, set);
	struct kg_buffer text = kg_buffer_new(canvas->arena);

	caption.title = kg_say(canvas, "%s by %s", y, kg_caption_lower(x, canvas->arena));
	caption.subtitle = NULL;
	if (set->group)
		caption.subtitle = kg_say(canvas, "%s by %s", caption.title,
					  kg_caption_lower(kg_say_column(canvas, set->group), canvas->arena));
	kg_buffer_printf(&text, "%s. %s: %s–%s.", caption.title, x, kg_axis_x_text(canvas, set, set->x_least),
			 kg_axis_x_text(canvas, set, set->x_most));
	kg_sentence_extremes(canvas, set, &text);
	caption.sentence = kg_sentence_end(canvas, set, &text);
	return caption;
}
