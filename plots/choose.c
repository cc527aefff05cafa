#include "plots/choose.h"

#include <ctype.h>
#include <math.h>
#include <string.h>

#include "base/text.h"
#include "table/group.h"

/* Whole numbers in this range may be years. */
#define YEAR_LEAST 1500
#define YEAR_MOST 2200

bool kg_choose_is_tidy(const struct kg_table *table)
{
	return kg_table_find(table, "term") && kg_table_find(table, "estimate") && kg_table_find(table, "conf_low") &&
	       kg_table_find(table, "conf_high");
}

static bool is_number(const struct kg_column *column)
{
	return column->type == KG_REAL || column->type == KG_INTEGER || column->type == KG_BOOLEAN;
}

/* Names under which years stand. */
static bool sounds_like_time(const char *name)
{
	static const char *const sound[] = { "year", "period", "time", "nam", "năm", "date" };

	for (size_t i = 0; i < sizeof sound / sizeof sound[0]; i++)
		if (strcasestr(name, sound[i]) && strcasestr(name, "per_") != name)
			return true;
	return false;
}

static bool holds_years(const struct kg_column *column, size_t nrow)
{
	for (size_t row = 0; row < nrow; row++) {
		double value = kg_column_real(column, row);

		if (isfinite(value) && (value != floor(value) || value < YEAR_LEAST || value > YEAR_MOST))
			return false;
	}
	return nrow > 0;
}

bool kg_choose_period(const struct kg_column *column, size_t nrow, bool by_name, enum kg_period_kind *kind)
{
	enum kg_period_kind first = KG_PERIOD_YEAR;

	if (column->type == KG_DATE) {
		*kind = KG_PERIOD_DAY;
		return true;
	}
	if (is_number(column)) {
		*kind = KG_PERIOD_YEAR;
		return (!by_name || sounds_like_time(column->name)) && holds_years(column, nrow);
	}
	for (size_t i = 0; i < column->nlevel; i++) {
		long index;
		double year;

		if (!kg_period_parse(column->level[i], kind, &index, &year) || (i && *kind != first))
			return false;
		first = *kind;
	}
	return column->nlevel > 0;
}

/* Columns of a result that say how a row was made, and numbers that are codes: not what a table is about. */
static bool is_bookkeeping(const struct kg_column *column)
{
	static const char *const own[] = { "method", "note", "unit", "code", "id" };
	const char *last = strrchr(column->name, '_');

	if (column->type != KG_TEXT && last && (strcmp(last, "_code") == 0 || strcmp(last, "_id") == 0))
		return true;
	for (size_t i = 0; i < sizeof own / sizeof own[0]; i++)
		if (strcmp(column->name, own[i]) == 0)
			return true;
	return false;
}

static const struct kg_column *find_period(const struct kg_table *table)
{
	enum kg_period_kind kind;

	for (size_t i = 0; i < table->ncol; i++)
		if (sounds_like_time(table->column[i].name) &&
		    kg_choose_period(&table->column[i], table->nrow, true, &kind))
			return &table->column[i];
	return NULL;
}

/* The first column that is a number (or a text), is not `but` and holds no years. */
static const struct kg_column *find_first(const struct kg_table *table, bool number, const struct kg_column *but)
{
	enum kg_period_kind kind;

	for (size_t i = 0; i < table->ncol; i++) {
		const struct kg_column *column = &table->column[i];

		if (column == but || is_number(column) != number || is_bookkeeping(column))
			continue;
		if (!number || !kg_choose_period(column, table->nrow, true, &kind))
			return column;
	}
	return NULL;
}

static enum kg_status choose_x(const struct kg_picture *picture, const struct kg_series_plan *plan,
			       struct kg_series_set *set, struct kg_error *error)
{
	const struct kg_table *table = picture->table;

	if (picture->x && plan->number_x)
		return kg_table_number(table, picture->x, &set->x, error);
	if (picture->x)
		return kg_table_column(table, picture->x, &set->x, error);
	if (plan->number_x)
		set->x = find_first(table, true, picture->y ? kg_table_find(table, picture->y) : NULL);
	else if (!plan->category_x)
		set->x = find_period(table);
	if (!set->x && !plan->number_x)
		set->x = find_first(table, false, NULL);
	if (!set->x && plan->category_x)
		set->x = find_period(table);
	if (!set->x)
		return kg_error_set(error, KG_EUSAGE, "name the column along the horizontal axis: --x COLUMN");
	return KG_OK;
}

static enum kg_status choose_y(const struct kg_picture *picture, struct kg_series_set *set, struct kg_error *error)
{
	if (picture->y)
		return kg_table_number(picture->table, picture->y, &set->y, error);
	set->y = set->tidy ? kg_table_find(picture->table, "estimate") : find_first(picture->table, true, set->x);
	if (!set->y)
		return kg_error_set(error, KG_EUSAGE, "name the column with the values: --y COLUMN");
	return KG_OK;
}

enum kg_status kg_choose_columns(const struct kg_picture *picture, const struct kg_series_plan *plan,
				 struct kg_series_set *set, struct kg_error *error)
{
	const struct kg_table *table = picture->table;

	set->tidy = kg_choose_is_tidy(table);
	KG_TRY(choose_x(picture, plan, set, error));
	KG_TRY(choose_y(picture, set, error));
	if (!picture->low != !picture->high)
		return kg_error_set(error, KG_EUSAGE, "an interval needs both ends: --low COLUMN and --high COLUMN");
	if (picture->low) {
		KG_TRY(kg_table_number(table, picture->low, &set->low, error));
		KG_TRY(kg_table_number(table, picture->high, &set->high, error));
	} else if (set->tidy && strcmp(set->y->name, "estimate") == 0) {
		set->low = kg_table_find(table, "conf_low");
		set->high = kg_table_find(table, "conf_high");
	}
	if (picture->label && kg_table_find(table, picture->label))
		set->label = kg_table_find(table, picture->label);
	return KG_OK;
}

static bool is_unique(const struct kg_table *table, const char *x, const char *group, struct kg_arena *arena)
{
	const char *name[] = { x, group };
	const struct kg_names by = { name, group ? 2 : 1 };
	struct kg_groups groups;

	return kg_groups_make(table, &by, arena, &groups, NULL) == KG_OK && groups.ngroup == table->nrow;
}

static bool is_in_language(const char *name, enum kg_language language)
{
	size_t length = strlen(name);

	return length > 3 && strcmp(name + length - 3, language == KG_VIETNAMESE ? "_vi" : "_en") == 0;
}

/* Names in the reader's language first, then any text column, then any number. */
static const struct kg_column *find_group(const struct kg_picture *picture, const struct kg_series_set *set,
					  struct kg_arena *arena)
{
	const struct kg_table *table = picture->table;

	for (int pass = 0; pass < 3; pass++) {
		for (size_t i = 0; i < table->ncol; i++) {
			const struct kg_column *column = &table->column[i];

			if (column == set->x || column == set->y || (column->type == KG_TEXT) == (pass == 2))
				continue;
			if (pass == 0 && !is_in_language(column->name, picture->language))
				continue;
			if (pass == 2 && column->type != KG_INTEGER)
				continue;
			if (is_unique(table, set->x->name, column->name, arena))
				return column;
		}
	}
	return NULL;
}

enum kg_status kg_choose_group(const struct kg_picture *picture, const struct kg_series_plan *plan,
			       struct kg_arena *arena, struct kg_series_set *set, struct kg_error *error)
{
	if (picture->group)
		return kg_table_column(picture->table, picture->group, &set->group, error);
	if (!plan->need_group || is_unique(picture->table, set->x->name, NULL, arena))
		return KG_OK;
	set->group = find_group(picture, set, arena);
	if (!set->group)
		return kg_error_set(error, KG_EUSAGE,
				    "several rows have the same '%s'; name the column that tells the series apart "
				    "with --group, choose rows with --where, or fold them with --aggregate",
				    set->x->name);
	return KG_OK;
}

const char *kg_series_unit(const struct kg_picture *picture, const struct kg_series_set *set)
{
	const struct kg_column *unit = set->tidy ? kg_table_find(picture->table, "unit") : NULL;

	if (set->y->unit || strcmp(set->y->name, "estimate") != 0 || !unit || unit->type != KG_TEXT ||
	    unit->nlevel != 1)
		return set->y->unit;
	return unit->level[0];
}
