#include "report/display.h"

#include <stdio.h>
#include <string.h>

#include "base/term.h"
#include "base/text.h"
#include "report/label.h"
#include "report/unit.h"

/* A column of whole numbers between these is taken for years: they are not grouped. */
#define YEAR_LEAST 1800
#define YEAR_MOST 2100

/* What is being made, passed among the steps. */
struct making {
	const struct kg_result *result;
	const struct kg_table *table;
	const struct kg_style *style;
	struct kg_arena *arena;
	const struct kg_column *term; /* NULL = no tidy table */
	bool own; /* made by a program, whose ids are shown as words */
	struct kg_buffer same;
	const char **below;
	size_t nbelow, nsame;
	const char *level; /* "95%" when said once */
};

static bool is_empty(const struct kg_column *column, size_t nrow)
{
	for (size_t i = 0; i < nrow; i++)
		if (!kg_column_missing(column, i))
			return false;
	return true;
}

static bool is_one_of(const char *name, const char *const *list)
{
	for (; *list; list++)
		if (strcmp(name, *list) == 0)
			return true;
	return false;
}

static bool has_ending(const char *name, const char *ending)
{
	size_t length = strlen(name), tail = strlen(ending);

	return length >= tail && strcmp(name + length - tail, ending) == 0;
}

static const struct kg_column *find_term(const struct kg_table *table)
{
	return kg_table_find(table, "estimate") ? kg_table_find(table, "term") : NULL;
}

/* Whole numbers that all lie where years do. */
static bool are_years(const struct kg_table *table, const struct kg_column *column)
{
	if (column->type != KG_INTEGER)
		return false;
	for (size_t i = 0; i < table->nrow; i++)
		if (!kg_column_missing(column, i) && (column->real[i] < YEAR_LEAST || column->real[i] > YEAR_MOST))
			return false;
	return true;
}

bool kg_display_is_name(const struct kg_table *table, const struct kg_column *column)
{
	const struct kg_column *term = find_term(table);

	static const char *const names[] = {
		"year", "period", "time", "from", "to", "row", "seed", "code", "id", NULL
	};

	if (term && column < term)
		return true;
	return is_one_of(column->name, names) || are_years(table, column) || has_ending(column->name, "_year") ||
	       has_ending(column->name, "_id") || has_ending(column->name, "_code");
}

static bool has_estimate(const struct making *making, size_t row)
{
	const struct kg_column *estimate = kg_table_find(making->table, "estimate");

	return !estimate || !kg_column_missing(estimate, row);
}

static bool are_equal(const struct kg_column *column, size_t a, size_t b)
{
	return column->type == KG_TEXT ? column->code[a] == column->code[b] : column->real[a] == column->real[b];
}

/* First row of a column whose cells are all the same where there is an estimate; nrow when they are not. */
static size_t find_constant(const struct making *making, const struct kg_column *column)
{
	size_t first = making->table->nrow;

	for (size_t i = 0; i < making->table->nrow; i++) {
		if (kg_column_missing(column, i)) {
			if (has_estimate(making, i) && strcmp(column->name, "conf_level") != 0)
				return making->table->nrow;
		} else if (first == making->table->nrow) {
			first = i;
		} else if (!are_equal(column, first, i)) {
			return making->table->nrow;
		}
	}
	return first;
}

static const char *format_level(struct making *making, double level)
{
	struct kg_buffer text = kg_buffer_new(making->arena);

	kg_number_display(&text, level * 100, 6, making->style->language);
	kg_buffer_add(&text, "%");
	return text.failed ? "" : text.text;
}

/* One cell as readers see it; NULL when memory is out. */
static const char *show_cell(const struct making *making, const struct kg_column *column, size_t row, bool grouped)
{
	const char *cell = kg_display_cell(column, row, making->style, grouped, making->arena);

	if (!cell || !making->own)
		return cell;
	if (strcmp(column->name, "unit") == 0)
		return kg_unit_words(cell, making->table->from, making->style->language, making->arena);
	if (column->type != KG_TEXT || !*cell)
		return cell;
	return kg_label_cell(&(struct kg_label_place){ making->table->name, column->name, making->table->from }, cell,
			     making->style->language, making->arena);
}

/* Says once above the table what holds for all rows, if the column is one of those; true = said. */
static bool say_once(struct making *making, const struct kg_column *column)
{
	static const char *const once[] = { "method", "conf_level", "n_missing", "unit", "seed", NULL };
	const char *label = kg_label_find(column->name, making->style->language), *cell;
	size_t row;

	if (!making->term || !is_one_of(column->name, once))
		return false;
	row = find_constant(making, column);
	if (row == making->table->nrow)
		return false;
	cell = show_cell(making, column, row, true);
	if (strcmp(column->name, "conf_level") == 0)
		cell = making->level = format_level(making, column->real[row]);
	kg_buffer_printf(&making->same, "%s%s: %s", making->nsame++ ? " · " : "", label, cell ? cell : "");
	return true;
}

/* "Area (km²)"; "Events" alone where the unit says the same. */
static const char *add_unit(const struct making *making, const char *label, const char *unit)
{
	const char *words = kg_unit_words(unit, making->table->from, making->style->language, making->arena);
	const char *within = kg_text_within(label, making->arena);

	if (!words || !within || strcmp(words, within) == 0)
		return label;
	return kg_arena_format(making->arena, "%s (%s)", label, words);
}

static const char *make_heading(struct making *making, const struct kg_column *column)
{
	const char *label = kg_label_find(column->name, making->style->language);
	const char *title = kg_label_title(column, making->style->language, making->arena);

	if (title)
		label = title;
	else if (!label || (making->style->language == KG_ENGLISH && making->term && column < making->term &&
			    column->type == KG_TEXT))
		label = column->name;
	if (making->level && (strcmp(column->name, "conf_low") == 0 || strcmp(column->name, "conf_high") == 0))
		return kg_arena_format(making->arena, kg_translate(making->style->language, "%1$s %2$s"), making->level,
				       label);
	return column->unit ? add_unit(making, label, column->unit) : label;
}

/* A row of a tidy table whose quantity is a time, not an amount: a joinpoint, a change point, a peak. */
static bool is_time(const struct making *making, const struct kg_column *column, size_t row)
{
	static const char *const names[] = { "estimate", "conf_low", "conf_high", "bound_low", "bound_high", NULL };
	const struct kg_column *unit = making->term ? kg_table_find(making->table, "unit") : NULL;

	return unit && unit->type == KG_TEXT && strcmp(kg_column_text(unit, row), "year") == 0 &&
	       is_one_of(column->name, names) && !kg_column_missing(column, row);
}

/* A year, with two decimals where it is none that begins: 2015, 2015.23. */
static const char *make_year(const struct making *making, double year)
{
	char *text = kg_arena_format(making->arena, year == nearbyint(year) ? "%.0f" : "%.2f", year);
	char *point = text ? strchr(text, '.') : NULL;

	if (point && making->style->language == KG_VIETNAMESE)
		*point = ',';
	return text;
}

static enum kg_status make_column(struct making *making, const struct kg_column *column,
				  struct kg_display_column *shown, struct kg_error *error)
{
	const char **cell = KG_ARRAY(making->arena, const char *, making->table->nrow + 1);
	bool grouped = column->type == KG_REAL || !kg_display_is_name(making->table, column);

	if (!cell)
		return kg_error_memory(error);
	for (size_t i = 0; i < making->table->nrow; i++) {
		cell[i] = is_time(making, column, i) ? make_year(making, column->real[i])
						     : show_cell(making, column, i, grouped);
		if (!cell[i])
			return kg_error_memory(error);
	}
	*shown = (struct kg_display_column){ column->name, make_heading(making, column),
					     column->type == KG_REAL || column->type == KG_INTEGER, cell };
	return shown->heading ? KG_OK : kg_error_memory(error);
}

static void add_below(struct making *making, const char *sentence)
{
	size_t length = sentence ? strlen(sentence) : 0;

	if (!length || !making->below)
		return;
	if (!strchr(".!?", sentence[length - 1]))
		sentence = kg_arena_format(making->arena, "%s.", sentence);
	making->below[making->nbelow] = sentence;
	making->nbelow += sentence != NULL;
}

/* The meaning of each id in the column `note`, once. */
static void explain_notes(struct making *making)
{
	const struct kg_column *note = making->own ? kg_table_find(making->table, "note") : NULL;
	const struct kg_label_place at = { making->table->name, "note", NULL };

	for (size_t k = 0; note && note->type == KG_TEXT && k < note->nlevel; k++)
		for (int why = KG_WHY_NONE + 1; why < KG_WHY_COUNT; why++)
			if (strcmp(note->level[k], kg_why_id((enum kg_why)why)) == 0)
				add_below(making, kg_arena_format(making->arena, "%s: %s.",
								  kg_label_cell(&at, note->level[k], making->style->language,
										making->arena),
								  kg_translate(making->style->language,
									       kg_why_meaning((enum kg_why)why))));
}

static void name_empty(struct making *making)
{
	struct kg_buffer text = kg_buffer_new(making->arena);

	if (making->term || making->table->nrow == 0)
		return;
	for (size_t j = 0; j < making->table->ncol; j++)
		if (is_empty(&making->table->column[j], making->table->nrow))
			kg_buffer_printf(&text, "%s%s", text.length ? ", " : "",
					 making->style->language == KG_ENGLISH
					     ? making->table->column[j].name
					     : make_heading(making, &making->table->column[j]));
	if (text.length)
		add_below(making,
			  kg_arena_format(making->arena, "%s: %s.",
					  kg_translate(making->style->language, "Empty columns left out"), text.text));
}

static enum kg_status make_sentences(struct making *making, struct kg_error *error)
{
	const struct kg_column *note = kg_table_find(making->table, "note");
	size_t most = making->result->nremark + (note ? note->nlevel : 0) * KG_WHY_COUNT + 2;
	const char *source = making->table->from->source;

	making->below = KG_ARRAY(making->arena, const char *, most);
	if (!making->below)
		return kg_error_memory(error);
	for (size_t i = 0; i < making->result->nremark; i++)
		add_below(making, making->result->remark[i].in[making->style->language]);
	explain_notes(making);
	name_empty(making);
	if (source && *source)
		add_below(making,
			  kg_arena_format(making->arena, "%s: %s", kg_translate(making->style->language, "Source"),
					  kg_message_text(source, making->style->language, making->arena)));
	return KG_OK;
}

/* Numbers that a program adds before `term` name no row: they are shown behind the interval, or the estimate. */
static bool is_added(const struct making *making, const struct kg_column *column)
{
	return making->term && column < making->term && column->type == KG_REAL;
}

/* Positions of the table's columns in the order they are shown. */
static void order_columns(const struct making *making, size_t *order)
{
	const struct kg_table *table = making->table;
	const char *behind = "estimate";
	size_t count = 0;

	if (making->term && kg_table_find(table, "conf_high"))
		behind = "conf_high";
	for (size_t j = 0; j < table->ncol; j++) {
		if (!is_added(making, &table->column[j]))
			order[count++] = j;
		if (!making->term || strcmp(table->column[j].name, behind) != 0)
			continue;
		for (size_t k = 0; k < table->ncol; k++)
			if (is_added(making, &table->column[k]))
				order[count++] = k;
	}
}

static enum kg_status make_columns(struct making *making, struct kg_display *display, struct kg_error *error)
{
	const struct kg_table *table = making->table;
	struct kg_display_column *column = KG_ARRAY(making->arena, struct kg_display_column, table->ncol + 1);
	bool *shown = KG_ARRAY(making->arena, bool, table->ncol + 1);
	size_t *order = KG_ARRAY(making->arena, size_t, table->ncol + 1);

	if (!column || !shown || !order)
		return kg_error_memory(error);
	for (size_t j = 0; j < table->ncol; j++)
		shown[j] = table->nrow == 0 ||
			   (!is_empty(&table->column[j], table->nrow) && !say_once(making, &table->column[j]));
	order_columns(making, order);
	for (size_t k = 0; k < table->ncol; k++) {
		const struct kg_column *from = &table->column[order[k]];

		if (!shown[order[k]])
			continue;
		KG_TRY(make_column(making, from, &column[display->ncol++], error));
		if (making->term && from <= making->term && !is_added(making, from))
			display->nkey = display->ncol;
	}
	display->column = column;
	return KG_OK;
}

enum kg_status kg_display_make(const struct kg_result *result, const struct kg_style *style, struct kg_arena *arena,
			       struct kg_display *display, struct kg_error *error)
{
	static const char *const own[] = { "describe", "problems", NULL };
	struct making making = { .result = result, .table = result->table, .style = style, .arena = arena };

	making.term = find_term(result->table);
	making.own = making.term || is_one_of(result->table->name, own);
	making.same = kg_buffer_new(arena);
	*display = (struct kg_display){ .nrow = result->table->nrow, .title = result->title.in[style->language] };
	KG_TRY(make_columns(&making, display, error));
	KG_TRY(make_sentences(&making, error));
	KG_TRY(kg_buffer_check(&making.same, error));
	display->same = making.same.length ? making.same.text : NULL;
	if (display->nkey == 0 && display->ncol)
		display->nkey = 1;
	if (result->table->from->synthetic)
		display->synthetic = kg_translate(style->language, "Synthetic data");
	display->below = making.below;
	display->nbelow = making.nbelow;
	return kg_arena_failed(arena) ? kg_error_memory(error) : KG_OK;
}
