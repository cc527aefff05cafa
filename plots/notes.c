#include "plots/notes.h"

#include <math.h>
#include <string.h>

#include "plots/choose.h"
#include "plots/say.h"
#include "report/label.h"

/* Names that are listed; the others are counted. */
#define LISTED_MOST 8

double kg_notes_level(const struct kg_canvas *canvas)
{
	const struct kg_table *table = canvas->picture->table;
	const struct kg_column *column = kg_table_find(table, "conf_level");
	double level = NAN;

	if (!column || column->type == KG_TEXT)
		return canvas->picture->table_level > 0 ? canvas->picture->table_level : NAN;
	for (size_t row = 0; row < table->nrow; row++) {
		double here = kg_column_real(column, row);

		if (!isnan(here) && !isnan(level) && here != level)
			return NAN;
		level = isnan(here) ? level : here;
	}
	return level;
}

static const char *say_intervals(const struct kg_canvas *canvas, const struct kg_series_set *set,
				 enum kg_interval_mark mark)
{
	double level = kg_notes_level(canvas) * 100;
	const char *low = kg_say_column(canvas, set->low), *high = kg_say_column(canvas, set->high);

	if (!isnan(level))
		return mark == KG_BANDS ? kg_say(canvas, "Bands: %g%% intervals.", level)
					: kg_say(canvas, "Whiskers: %g%% intervals.", level);
	return mark == KG_BANDS ? kg_say(canvas, "Bands: %s to %s.", low, high)
				: kg_say(canvas, "Whiskers: %s to %s.", low, high);
}

static bool has_open_intervals(const struct kg_series_set *set)
{
	for (size_t s = 0; s < set->count; s++)
		for (size_t i = 0; i < set->series[s].n; i++)
			if (isfinite(set->series[s].y[i]) &&
			    (isinf(set->series[s].low[i]) || isinf(set->series[s].high[i])))
				return true;
	return false;
}

static bool has_arrows(const struct kg_series_set *set)
{
	for (size_t s = 0; s < set->count; s++)
		for (size_t i = 0; i < set->series[s].n; i++)
			if (isfinite(set->series[s].y[i]) &&
			    (isinf(set->series[s].bound_low[i]) || isinf(set->series[s].bound_high[i])))
				return true;
	return false;
}

static bool is_along(double bound, double value)
{
	return isfinite(bound) && bound != value;
}

/* Bounds with an end: lines without a head. */
static bool has_lines(const struct kg_series_set *set)
{
	for (size_t s = 0; s < set->count; s++)
		for (size_t i = 0; i < set->series[s].n; i++)
			if (is_along(set->series[s].bound_low[i], set->series[s].y[i]) ||
			    is_along(set->series[s].bound_high[i], set->series[s].y[i]))
				return true;
	return false;
}

const char *kg_notes_marks(const struct kg_canvas *canvas, const struct kg_series_set *set, enum kg_interval_mark mark)
{
	struct kg_buffer text = kg_buffer_new(canvas->arena);

	if (set->has_interval)
		kg_buffer_add(&text, say_intervals(canvas, set, mark));
	if (has_open_intervals(set))
		kg_buffer_printf(&text, " %s", kg_say(canvas, "Intervals with an arrow are open there."));
	if (text.length && has_arrows(set))
		kg_buffer_add_char(&text, ' ');
	if (has_arrows(set))
		kg_buffer_add(&text, kg_say(canvas, "Arrows: bounds, the value lies farther on."));
	if (text.length && has_lines(set))
		kg_buffer_add_char(&text, ' ');
	if (has_lines(set))
		kg_buffer_add(&text, kg_say(canvas, "Dark lines: bounds, the value lies along them."));
	return text.text;
}

const char *kg_notes_stated(const struct kg_canvas *canvas, const struct kg_series_set *set)
{
	size_t count = 0;

	for (size_t s = 0; s < set->count; s++)
		for (size_t i = 0; i < set->series[s].n; i++)
			count += isfinite(set->series[s].y[i]) &&
				 (!isnan(set->series[s].bound_low[i]) || !isnan(set->series[s].bound_high[i]));
	return count ? kg_say(canvas, "Bounds, taken at the figure stated: %zu.", count) : NULL;
}

/* The reason that all rows without a value share, by the note of a result; NULL: none, or several. */
static const char *find_reason(const struct kg_canvas *canvas, const struct kg_series_set *set)
{
	const struct kg_table *table = canvas->picture->table;
	const struct kg_column *note = set->tidy ? kg_table_find(table, "note") : NULL;
	const char *reason = NULL;

	for (size_t row = 0; note && note->type == KG_TEXT && row < table->nrow; row++) {
		if (!kg_column_missing(set->y, row))
			continue;
		if (reason && strcmp(reason, kg_column_text(note, row)) != 0)
			return NULL;
		reason = kg_column_text(note, row);
	}
	if (!reason || !*reason)
		return NULL;
	return kg_label_cell(&(struct kg_label_place){ table->name, "note", NULL }, reason, canvas->language,
			     canvas->arena);
}

struct names {
	struct kg_buffer text;
	size_t count;
};

static void add_name(struct names *names, const char *name)
{
	if (names->count < LISTED_MOST)
		kg_buffer_printf(&names->text, "%s%s", names->count ? ", " : "", name);
	else if (names->count == LISTED_MOST)
		kg_buffer_add(&names->text, " …");
	names->count++;
}

/* A series without any value, or the categories of one that has some. */
static void name_missing(const struct kg_canvas *canvas, const struct kg_series_set *set,
			 const struct kg_series *series, struct names *names)
{
	size_t missing = 0;

	for (size_t i = 0; i < series->n; i++)
		missing += isnan(series->y[i]);
	if (series->name && missing == series->n) {
		add_name(names, series->name);
		return;
	}
	if (set->horizontal != KG_X_CATEGORY || set->x == set->group || set->x == set->y) /* no names of values */
		return;
	for (size_t i = 0; i < series->n; i++) {
		const char *category = kg_axis_x_text(canvas, set, series->x[i]);

		if (isnan(series->y[i]) && series->name)
			category = kg_arena_format(canvas->arena, "%s (%s)", category, series->name);
		if (isnan(series->y[i]))
			add_name(names, category ? category : "");
	}
}

const char *kg_notes_missing(const struct kg_canvas *canvas, const struct kg_series_set *set)
{
	struct names names = { kg_buffer_new(canvas->arena), 0 };
	const char *reason = find_reason(canvas, set);

	for (size_t s = 0; s < set->count; s++)
		name_missing(canvas, set, &set->series[s], &names);
	if (!set->nempty)
		return NULL;
	if (!names.count)
		return kg_say(canvas, "Rows without a value: %zu", set->nempty);
	if (!set->tidy)
		return kg_say(canvas, "No value (%zu): %s", names.count, names.text.text);
	if (!reason)
		return kg_say(canvas, "No estimate (%zu): %s", names.count, names.text.text);
	return kg_say(canvas, "No estimate (%zu; %s): %s", names.count, reason, names.text.text);
}

const char *kg_notes_size(const struct kg_canvas *canvas, const struct kg_series_set *set)
{
	const struct kg_column *column = set->tidy ? kg_table_find(canvas->picture->table, "n") : NULL;
	struct kg_buffer text[] = { kg_buffer_new(canvas->arena), kg_buffer_new(canvas->arena) };
	double least = INFINITY, most = 0;

	if (!column || column->type == KG_TEXT || set->horizontal != KG_X_CATEGORY || strcmp(set->y->name, "estimate"))
		return NULL;
	for (size_t row = 0; row < canvas->picture->table->nrow; row++) {
		double n = kg_column_missing(set->y, row) ? NAN : kg_column_real(column, row);

		least = fmin(least, n);
		most = fmax(most, n);
	}
	if (most <= 1) /* counts that stand for many: one row each */
		return NULL;
	kg_number_fixed(&text[0], least, 0, canvas->language);
	kg_number_fixed(&text[1], most, 0, canvas->language);
	return least == most ? kg_say(canvas, "n = %s for each estimate", text[0].text)
			     : kg_say(canvas, "n = %s to %s, by estimate", text[0].text, text[1].text);
}
