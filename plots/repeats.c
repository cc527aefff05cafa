#include "plots/repeats.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#define REMEDY_LENGTH 400

static bool differ(const struct kg_column *column, const uint32_t *row)
{
	if (column->type == KG_TEXT)
		return strcmp(kg_column_text(column, row[0]), kg_column_text(column, row[1])) != 0;
	return column->type != KG_REAL && kg_column_real(column, row[0]) != kg_column_real(column, row[1]);
}

/* The first column of texts, else of whole numbers, in which two rows differ. NULL: none. */
static const struct kg_column *find_difference(const struct kg_picture *picture, const struct kg_series_set *set,
					       const uint32_t *row)
{
	const struct kg_table *table = picture->table;

	for (int pass = 0; pass < 2; pass++)
		for (size_t i = 0; i < table->ncol; i++) {
			const struct kg_column *column = &table->column[i];

			if ((column->type == KG_TEXT) == (pass == 0) && column != set->x && column != set->y &&
			    column != set->low && column != set->high && differ(column, row))
				return column;
		}
	return NULL;
}

static void advise(const struct kg_series_set *set, const struct kg_column *difference, char *text, size_t size)
{
	static const char or_fold[] = "choose rows with --where, or fold them with --aggregate sum, mean, min or max";

	if (!difference)
		snprintf(text, size, "%s", or_fold);
	else if (!set->group)
		snprintf(text, size, "tell them apart with --group %s, %s", difference->name, or_fold);
	else
		snprintf(
		    text, size,
		    "they differ in '%s': --let \"series=%s || ', ' || %s\" --group series tells them apart; or %s",
		    difference->name, set->group->name, difference->name, or_fold);
}

static enum kg_status refuse(const struct kg_picture *picture, const struct kg_series_set *set,
			     const struct kg_series *series, size_t i, struct kg_error *error)
{
	const struct kg_table *table = picture->table;
	uint32_t row[] = { series->row[i - 1], series->row[i] };
	struct kg_arena *arena = kg_arena_new(0);
	const char *x = arena ? kg_column_cell(set->x, row[1], arena) : NULL;
	char remedy[REMEDY_LENGTH];
	enum kg_status status;

	advise(set, find_difference(picture, set, row), remedy, sizeof remedy);
	if (table->line)
		status = kg_error_cell(error, KG_EDATA, table->from->file, table->line[row[1]], set->x->name,
				       "'%s' is there twice%s%s (first on line %zu); %s", x ? x : "",
				       series->name ? " for " : "", series->name ? series->name : "",
				       (size_t)table->line[row[0]], remedy);
	else
		status = kg_error_set(error, KG_EDATA, "'%s' is there twice in '%s'%s%s (rows %u and %u); %s",
				      x ? x : "", set->x->name, series->name ? " for " : "",
				      series->name ? series->name : "", row[0] + 1, row[1] + 1, remedy);
	kg_arena_free(arena);
	return status;
}

enum kg_status kg_repeats_refuse(const struct kg_picture *picture, const struct kg_series_set *set,
				 struct kg_error *error)
{
	for (size_t s = 0; s < set->count; s++) {
		const struct kg_series *series = &set->series[s];

		for (size_t i = 1; i < series->n; i++)
			if (series->x[i] == series->x[i - 1] && isfinite(series->y[i]) && isfinite(series->y[i - 1]))
				return refuse(picture, set, series, i, error);
	}
	return KG_OK;
}
