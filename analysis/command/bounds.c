#include "command/bounds.h"

#include <string.h>

#include "command/input.h"

static void remark_lost(const struct kg_table *table, struct kg_result *result, struct kg_arena *arena)
{
	for (size_t i = 0; i < table->from->nlost; i++) {
		const struct kg_lost_bound *lost = &table->from->lost[i];

		if (lost->where == KG_LOST_CONDITION)
			kg_result_remark(
			    result, arena,
			    "Conditions and inner queries compare '%s' at its stated figures, though some are bounds",
			    lost->column);
		else
			kg_result_remark(
			    result, arena,
			    "'%s' is computed from stated figures: the bounds in '%s' cannot be carried through it",
			    lost->name, lost->column);
	}
}

static size_t count_bounds(const struct kg_column *column, size_t nrow)
{
	size_t count = 0;

	for (size_t i = 0; column->low && i < nrow; i++)
		count += !kg_column_missing(column, i) && column->low[i] != column->high[i];
	return count;
}

static bool has_values(const struct kg_column *column, size_t nrow)
{
	for (size_t i = 0; column && i < nrow; i++)
		if (!kg_column_missing(column, i))
			return true;
	return false;
}

/* Does any row have a range? */
static bool shows_bounds(const struct kg_table *table)
{
	if (has_values(kg_table_find(table, "bound_low"), table->nrow) ||
	    has_values(kg_table_find(table, "bound_high"), table->nrow))
		return true;
	for (size_t j = 0; j < table->ncol; j++)
		if (count_bounds(&table->column[j], table->nrow))
			return true;
	return false;
}

static bool is_first(const struct kg_names *names, size_t index)
{
	for (size_t i = 0; i < index; i++)
		if (strcmp(names->name[i], names->name[index]) == 0)
			return false;
	return true;
}

enum kg_status kg_bounds_remark(const struct kg_command *command, const struct kg_table *const *table, size_t count,
				struct kg_result *result, struct kg_arena *arena, struct kg_error *error)
{
	struct kg_names used;

	KG_TRY(kg_input_columns(command, arena, &used, error));
	for (size_t t = 0; t < count; t++)
		remark_lost(table[t], result, arena);
	for (size_t i = 0; i < used.count && !shows_bounds(result->table); i++) {
		const struct kg_column *column = kg_table_find(table[0], used.name[i]);
		size_t bounds = column && is_first(&used, i) ? count_bounds(column, table[0]->nrow) : 0;

		if (bounds)
			kg_result_remark(result, arena, "Bounds in '%s' are taken at their stated figures here: %zu",
					 column->name, bounds);
	}
	return KG_OK;
}
