#include "standardise_strata.h"

#include <string.h>

#include "participation_counts.h"

/* Names of the strata of `table` in order of appearance, and the stratum of each of its rows. */
static enum kg_status list_strata(const struct kg_table *table, const char *column, struct kg_arena *arena,
				  struct kg_standard_strata *strata, struct kg_error *error)
{
	const struct kg_column *by;
	const size_t *number;

	KG_TRY(kg_table_column(table, column, &by, error));
	*strata = (struct kg_standard_strata){ .names = kg_name_set_new(arena),
					       .name = KG_ARRAY(arena, const char *, table->nrow + 1),
					       .of_row = KG_ARRAY(arena, uint32_t, table->nrow + 1) };
	number = strata->names ? kg_name_set_column(strata->names, by, table->nrow, true, NULL) : NULL;
	if (!strata->name || !strata->of_row || !number)
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

/* Adds a cell to its stratum. */
static void add_cell(struct kg_standard_strata *strata, struct kg_strata_figures *figures,
		     const struct kg_column *column, size_t row)
{
	double low, high;

	kg_counts_range(column, row, &low, &high);
	kg_strata_figures_add(figures, strata->of_row[row], column->real[row], low, high);
	strata->bounded |= low < high;
}

/* Figures by stratum from a column; rows of one stratum must agree. */
static enum kg_status read_figures(const struct kg_table *table, const char *name, struct kg_arena *arena,
				   struct kg_standard_strata *strata, struct kg_strata_figures *figures,
				   struct kg_error *error)
{
	bool *known = KG_ARRAY(arena, bool, strata->count + 1);
	const struct kg_column *column;

	KG_TRY(kg_table_number(table, name, &column, error));
	if (!known || !kg_strata_figures_make(figures, strata->count, arena))
		return kg_error_memory(error);
	for (size_t i = 0; i < table->nrow; i++) {
		double figure = kg_column_real(column, i);
		size_t s = strata->of_row[i];

		if (!(figure >= 0))
			return refuse_cell(table, i, name, "a standard population must be 0 or more", error);
		if (known[s] && figures->stated[s] != figure)
			return refuse_cell(table, i, name,
					   "the stratum has another standard population in an earlier row", error);
		if (!known[s])
			add_cell(strata, figures, column, i);
		known[s] = true;
	}
	return KG_OK;
}

/* Columns that are summed by stratum. */
struct summed {
	const char *name[2]; /* events (NULL = none) and population */
	struct kg_strata_figures *sum[2];
	const struct kg_column *column[2];
};

static enum kg_status open_summed(const struct kg_table *table, size_t strata, struct kg_arena *arena,
				  struct summed *summed, struct kg_error *error)
{
	for (size_t k = 0; k < 2; k++) {
		if (!summed->name[k])
			continue;
		KG_TRY(kg_table_number(table, summed->name[k], &summed->column[k], error));
		if (!kg_strata_figures_make(summed->sum[k], strata, arena))
			return kg_error_memory(error);
	}
	return KG_OK;
}

/* The first column whose figure is missing or negative; 2: none. */
static size_t find_unusable(const struct summed *summed, size_t row, bool missing_zero)
{
	for (size_t k = 0; k < 2; k++) {
		const struct kg_column *column = summed->column[k];

		if (column && !(kg_column_real(column, row) >= 0) &&
		    !(k == 0 && missing_zero && kg_column_missing(column, row)))
			return k;
	}
	return 2;
}

/* Sums of the rows whose figures are known and not negative: others have no estimate of their own and are no part of
 * the reference. In a file of its own they are an error. */
static enum kg_status add_up(const struct kg_standard_plan *plan, struct summed *summed, struct kg_arena *arena,
			     struct kg_standard_strata *strata, struct kg_error *error)
{
	const struct kg_table *table = plan->file ? plan->file : plan->data;

	KG_TRY(open_summed(table, strata->count, arena, summed, error));
	for (size_t i = 0; i < table->nrow; i++) {
		size_t bad = find_unusable(summed, i, plan->missing_zero);

		if (bad < 2 && plan->file)
			return refuse_cell(table, i, summed->name[bad],
					   "a reference needs figures of 0 or more in all rows", error);
		for (size_t k = 0; k < 2 && bad == 2; k++)
			if (summed->column[k] && !kg_column_missing(summed->column[k], i))
				add_cell(strata, summed->sum[k], summed->column[k], i);
	}
	return KG_OK;
}

static enum kg_status read_direct(const struct kg_standard_plan *plan, const char *weight, struct kg_arena *arena,
				  struct kg_standard_strata *strata, struct kg_error *error)
{
	strata->own = !plan->file && !weight;
	struct summed people = { .name = { NULL, plan->population }, .sum = { NULL, &strata->standard } };

	if (strata->own)
		KG_TRY(add_up(plan, &people, arena, strata, error));
	else
		KG_TRY(read_figures(plan->file ? plan->file : plan->data, weight, arena, strata, &strata->standard,
				    error));
	strata->weight = strata->standard.stated;
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
		KG_TRY(read_direct(plan, weight, arena, strata, error));
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
	return read_direct(plan, weight, arena, strata, error);
}

/* Events and population of the reference: sums of the file or of the data themselves, or columns of the data that are
 * constant within a stratum. */
static enum kg_status read_reference(const struct kg_standard_plan *plan, struct kg_arena *arena,
				     struct kg_standard_strata *strata, struct kg_error *error)
{
	const struct kg_table *from = plan->file ? plan->file : plan->data;
	bool columns = !plan->file && plan->weight;

	if (plan->file)
		KG_TRY(read_file(plan, arena, strata, error));
	else
		KG_TRY(list_strata(plan->data, plan->strata, arena, strata, error));
	strata->own = !plan->file && !columns;
	if (columns) {
		KG_TRY(read_figures(from, plan->population, arena, strata, &strata->people, error));
		KG_TRY(read_figures(from, plan->count, arena, strata, &strata->standard, error));
	} else {
		struct summed both = { .name = { plan->count, plan->population },
				       .sum = { &strata->standard, &strata->people } };

		KG_TRY(add_up(plan, &both, arena, strata, error));
	}
	return plan->file ? match_strata(plan, strata, arena, error) : KG_OK;
}

enum kg_status kg_strata_indirect(const struct kg_standard_plan *plan, struct kg_arena *arena,
				  struct kg_standard_strata *strata, struct kg_error *error)
{
	long double events = 0, people = 0;

	KG_TRY(read_reference(plan, arena, strata, error));
	strata->weight = KG_ARRAY(arena, double, strata->count + 1);
	if (!strata->weight)
		return kg_error_memory(error);
	for (size_t s = 0; s < strata->count; s++) {
		events += strata->standard.stated[s];
		people += strata->people.stated[s];
		if (!(strata->people.stated[s] > 0))
			return kg_error_set(error, KG_EDATA, "the reference has no population in stratum '%s'",
					    strata->name[s]);
		strata->weight[s] = strata->standard.stated[s] / strata->people.stated[s];
	}
	strata->crude = (double)(events / people);
	strata->whence =
	    plan->file	  ? kg_message_make(arena, "Reference: %s, %zu strata.", plan->file_name, strata->count)
	    : strata->own ? kg_message_make(arena, "Reference: the whole input, %zu strata.", strata->count)
			  : kg_message_make(arena, "Reference: columns of the input, %zu strata.", strata->count);
	return KG_OK;
}
