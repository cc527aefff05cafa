#include "standardise_strata.h"

#include <string.h>

/* Names of the strata of `table` in order of appearance, and the stratum of each of its rows. */
static enum kg_status list_strata(const struct kg_table *table, const char *column, struct kg_arena *arena,
				  struct kg_standard_strata *strata, struct kg_error *error)
{
	const struct kg_column *by;
	const size_t *number;

	KG_TRY(kg_table_column(table, column, &by, error));
	*strata = (struct kg_standard_strata){ .names = kg_name_set_new(arena),
					       .name = KG_ARRAY(arena, const char *, table->nrow + 1),
					       .weight = KG_ARRAY(arena, double, table->nrow + 1),
					       .of_row = KG_ARRAY(arena, uint32_t, table->nrow + 1) };
	number = strata->names ? kg_name_set_column(strata->names, by, table->nrow, true, NULL) : NULL;
	if (!strata->name || !strata->weight || !strata->of_row || !number)
		return kg_error_memory(error);
	for (size_t i = 0; i < table->nrow; i++) {
		if (kg_column_missing(by, i))
			return kg_error_cell(error, KG_EDATA, table->from->file, kg_table_line(table, i), column,
					     "the stratum is missing; fill it in or leave the row out with --where");
		strata->of_row[i] = (uint32_t)number[i];
		strata->name[number[i]] = kg_name_set_name(strata->names, number[i]);
	}
	strata->count = kg_name_set_count(strata->names);
	return KG_OK;
}

/* Strata of one list that the other lacks, each with the names near to it. */
static void list_missing(const struct kg_standard_strata *from, const struct kg_standard_strata *in,
			 struct kg_buffer *list)
{
	for (size_t s = 0; s < from->count; s++) {
		const char *near;

		if (kg_name_set_find(in->names, from->name[s]) != KG_NO_NAME)
			continue;
		near = kg_name_set_near(in->names, from->name[s]);
		kg_buffer_printf(list, "%s'%s'", list->length ? ", " : "", from->name[s]);
		if (near)
			kg_buffer_printf(list, " (near %s)", near);
	}
}

/* Gives the rows of the data the strata of the file. */
static enum kg_status match_strata(const struct kg_standard_plan *plan, struct kg_standard_strata *standard,
				   struct kg_arena *arena, struct kg_error *error)
{
	struct kg_buffer extra = kg_buffer_new(arena), lacking = kg_buffer_new(arena);
	struct kg_standard_strata data;

	KG_TRY(list_strata(plan->data, plan->strata, arena, &data, error));
	list_missing(&data, standard, &extra);
	list_missing(standard, &data, &lacking);
	KG_TRY(kg_buffer_check(&extra, error));
	KG_TRY(kg_buffer_check(&lacking, error));
	if (extra.length || lacking.length)
		return kg_error_set(error, KG_EDATA,
				    "strata do not match: %s%s%s%s%s%s; strata are joined by name, so name them alike",
				    extra.length ? extra.text : "", extra.length ? " not in " : "",
				    extra.length ? plan->file_name : "", extra.length && lacking.length ? "; " : "",
				    lacking.length ? lacking.text : "", lacking.length ? " not in the data" : "");
	for (size_t i = 0; i < plan->data->nrow; i++)
		data.of_row[i] = (uint32_t)kg_name_set_find(standard->names, data.name[data.of_row[i]]);
	standard->of_row = data.of_row;
	return KG_OK;
}

static enum kg_status refuse_cell(const struct kg_table *table, size_t row, const char *column, const char *what,
				  struct kg_error *error)
{
	return kg_error_cell(error, KG_EDATA, table->from->file, kg_table_line(table, row), column, "%s", what);
}

/* Strata of the standard's file, each once. */
static enum kg_status read_file(const struct kg_standard_plan *plan, struct kg_arena *arena,
				struct kg_standard_strata *strata, struct kg_error *error)
{
	KG_TRY(list_strata(plan->file, plan->strata, arena, strata, error));
	for (size_t i = 0; i < plan->file->nrow; i++)
		if (strata->of_row[i] != i)
			return refuse_cell(plan->file, i, plan->strata, "the stratum stands twice; give each one row",
					   error);
	return KG_OK;
}

/* The one column of numbers besides the strata, when there is one only. */
static const char *guess_weight(const struct kg_standard_plan *plan)
{
	const char *found = NULL;

	for (size_t j = 0; j < plan->file->ncol; j++) {
		const struct kg_column *column = &plan->file->column[j];

		if (column->type == KG_TEXT || strcmp(column->name, plan->strata) == 0)
			continue;
		if (found)
			return NULL;
		found = column->name;
	}
	return found;
}

/* Weights by stratum from a column; rows of one stratum must agree. */
static enum kg_status read_weights(const struct kg_table *table, const char *name, struct kg_standard_strata *strata,
				   struct kg_error *error)
{
	const struct kg_column *column;

	KG_TRY(kg_table_number(table, name, &column, error));
	for (size_t s = 0; s < strata->count; s++)
		strata->weight[s] = NAN;
	for (size_t i = 0; i < table->nrow; i++) {
		double weight = kg_column_real(column, i), *known = &strata->weight[strata->of_row[i]];

		if (!(weight >= 0))
			return refuse_cell(table, i, name, "a standard population must be 0 or more", error);
		if (!isnan(*known) && *known != weight)
			return refuse_cell(table, i, name,
					   "the stratum has another standard population in an earlier row", error);
		*known = weight;
	}
	return KG_OK;
}

/* Sums of a column by stratum. */
static enum kg_status add_up(const struct kg_table *table, const char *name, const struct kg_standard_strata *strata,
			     double *sum, struct kg_error *error)
{
	const struct kg_column *column;

	KG_TRY(kg_table_number(table, name, &column, error));
	for (size_t i = 0; i < table->nrow; i++)
		if (!kg_column_missing(column, i))
			sum[strata->of_row[i]] += column->real[i];
	return KG_OK;
}

enum kg_status kg_strata_direct(const struct kg_standard_plan *plan, struct kg_arena *arena,
				struct kg_standard_strata *strata, struct kg_error *error)
{
	const char *weight = plan->weight;

	if (plan->file) {
		KG_TRY(read_file(plan, arena, strata, error));
		if (!weight)
			weight = guess_weight(plan);
		if (!weight)
			return kg_error_set(
			    error, KG_EUSAGE,
			    "which column of %s is the standard population is not clear; give '--weight COL'",
			    plan->file_name);
		KG_TRY(read_weights(plan->file, weight, strata, error));
		strata->whence =
		    kg_message_make(arena, "Standard: '%s' of %s, %zu strata.", weight, plan->file_name, strata->count);
		return match_strata(plan, strata, arena, error);
	}
	KG_TRY(list_strata(plan->data, plan->strata, arena, strata, error));
	if (weight)
		strata->whence = kg_message_make(arena, "Standard: column '%s', %zu strata.", weight, strata->count);
	else
		strata->whence = kg_message_make(
		    arena, "Standard: the whole '%s' of the input, %zu strata; give '--standard FILE' for another.",
		    plan->population, strata->count);
	return weight ? read_weights(plan->data, weight, strata, error)
		      : add_up(plan->data, plan->population, strata, strata->weight, error);
}

/* Reference rates of the data's own columns: constant within a stratum where they are given, summed where they are the
 * data themselves. */
static enum kg_status read_own(const struct kg_standard_plan *plan, bool own, double *population,
			       struct kg_arena *arena, struct kg_standard_strata *strata, struct kg_error *error)
{
	double *count = strata->weight;

	KG_TRY(list_strata(plan->data, plan->strata, arena, strata, error));
	count = strata->weight;
	if (own) {
		KG_TRY(add_up(plan->data, plan->count, strata, count, error));
		return add_up(plan->data, plan->population, strata, population, error);
	}
	KG_TRY(read_weights(plan->data, plan->population, strata, error));
	memcpy(population, count, strata->count * sizeof *population);
	return read_weights(plan->data, plan->count, strata, error);
}

enum kg_status kg_strata_indirect(const struct kg_standard_plan *plan, struct kg_arena *arena,
				  struct kg_standard_strata *strata, struct kg_error *error)
{
	const struct kg_table *from = plan->file ? plan->file : plan->data;
	double *population = KG_ARRAY(arena, double, from->nrow);
	long double events = 0, people = 0;
	bool own = !plan->file && !plan->weight;

	if (!population)
		return kg_error_memory(error);
	if (plan->file) {
		KG_TRY(read_file(plan, arena, strata, error));
		KG_TRY(add_up(plan->file, plan->count, strata, strata->weight, error));
		KG_TRY(add_up(plan->file, plan->population, strata, population, error));
		KG_TRY(match_strata(plan, strata, arena, error));
	} else {
		KG_TRY(read_own(plan, own, population, arena, strata, error));
	}
	for (size_t s = 0; s < strata->count; s++) {
		events += strata->weight[s];
		people += population[s];
		if (!(population[s] > 0))
			return kg_error_set(error, KG_EDATA, "the reference has no population in stratum '%s'",
					    strata->name[s]);
		strata->weight[s] /= population[s];
	}
	strata->crude = (double)(events / people);
	strata->whence = plan->file
			     ? kg_message_make(arena, "Reference: %s, %zu strata.", plan->file_name, strata->count)
			 : own && kg_table_find(plan->data, plan->count)->low
			     ? kg_message_make(arena,
					       "Reference: the whole input at its stated figures, though some are "
					       "bounds; %zu strata.",
					       strata->count)
			 : own ? kg_message_make(arena, "Reference: the whole input, %zu strata.", strata->count)
			       : kg_message_make(arena, "Reference: columns of the input, %zu strata.", strata->count);
	return KG_OK;
}
