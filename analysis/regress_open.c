#include <string.h>

#include "report/label.h"
#include "regress.h"
#include "table/lines.h"

/* Lines that a remark lists before it only counts. */

static enum kg_status check_options(const struct kg_regress_options *options, struct kg_error *error)
{
	for (size_t m = 0; m < options->method.count; m++) {
		if (strcmp(options->method.name[m], "wls") == 0 && !options->weights)
			return kg_error_set(error, KG_EUSAGE, "'wls' needs weights; name their column with --weights");
		if (kg_regress_is_linear(options->method.name[m]) && options->offset)
			return kg_error_set(
			    error, KG_EUSAGE,
			    "'%s' takes no --offset; use a count model, such as --method poisson, or a rate "
			    "as the outcome",
			    options->method.name[m]);
	}
	return KG_OK;
}

/* A number column that must not be negative. */
static enum kg_status open_positive(const struct kg_regress_run *run, const char *name, const char *option,
				    const struct kg_column **column, struct kg_error *error)
{
	*column = NULL;
	if (!name)
		return KG_OK;
	KG_TRY(kg_table_number(run->table, name, column, error));
	for (size_t i = 0; i < run->table->nrow; i++)
		if (kg_column_real(*column, i) < 0)
			return kg_error_cell(
			    error, KG_EDATA, run->table->from->file, kg_table_line(run->table, i), name,
			    "a negative value in --%s: %.15g; correct it or leave the row out with --where", option,
			    kg_column_real(*column, i));
	return KG_OK;
}

/* The methods asked for; with weights ols becomes wls. */
static enum kg_status choose_methods(struct kg_regress_run *run, struct kg_arena *arena, struct kg_error *error)
{
	const struct kg_names *asked = &run->options->method;
	const char **name = KG_ARRAY(arena, const char *, asked->count);

	if (!name)
		return kg_error_memory(error);
	for (size_t m = 0; m < asked->count; m++) {
		bool weighted = run->weights && asked->count == 1 && strcmp(asked->name[m], "ols") == 0;

		name[m] = weighted ? "wls" : asked->name[m];
	}
	run->method = (struct kg_names){ name, asked->count };
	return KG_OK;
}

enum kg_status kg_regress_open(const struct kg_regress_options *options, const struct kg_table *table,
			       struct kg_context *context, struct kg_regress_run *run, struct kg_error *error)
{
	*run = (struct kg_regress_run){ .options = options, .table = table };
	KG_TRY(check_options(options, error));
	KG_TRY(kg_formula_parse(options->formula, context->arena, &run->formula, error));
	KG_TRY(kg_formula_check(run->formula, table, error));
	KG_TRY(open_positive(run, options->weights, "weights", &run->weights, error));
	KG_TRY(open_positive(run, options->offset, "offset", &run->offset, error));
	KG_TRY(
	    kg_covariance_open(options->covariance, options->cluster, table, context->arena, &run->covariance, error));
	run->params = (struct kg_params){ .conf_level = context->conf_level, .covariance = run->covariance.kind };
	KG_TRY(choose_methods(run, context->arena, error));
	return kg_groups_make(table, &context->by, context->arena, &run->groups, error);
}

/* Rows that count for nothing because of a zero, listed by line. */
static enum kg_status remark_zeros(const struct kg_regress_run *run, const struct kg_column *column, const char *option,
				   struct kg_result *result, struct kg_arena *arena)
{
	struct kg_lines zero = kg_lines_new(arena);

	for (size_t i = 0; column && i < run->table->nrow; i++)
		if (kg_column_real(column, i) == 0)
			kg_lines_add(&zero, run->table, i);
	if (zero.count > 0)
		kg_result_remark(result, arena, "Rows left out because '%s' (--%s) is zero: %zu (lines: %s)",
				 kg_label_column(column, arena), option, zero.count, zero.text.text);
	return zero.text.failed ? KG_ENOMEM : KG_OK;
}

/* Rows with a missing cell, over all groups. */
static enum kg_status remark_missing(const struct kg_regress_run *run, struct kg_result *result, struct kg_arena *arena,
				     struct kg_error *error)
{
	const struct kg_column *also[] = { run->weights, run->offset, run->covariance.cluster };
	const char *const *name;
	struct kg_lines missing = kg_lines_new(arena);
	size_t count;

	KG_TRY(kg_formula_columns(run->options->formula, arena, &name, &count, error));
	for (size_t i = 0; i < run->table->nrow; i++) {
		bool any = false;

		for (size_t c = 0; c < count; c++)
			any |= kg_column_missing(kg_table_find(run->table, name[c]), i);
		for (size_t c = 0; c < sizeof also / sizeof also[0]; c++)
			any |= also[c] && kg_column_missing(also[c], i);
		if (any && kg_regress_counts(run, (uint32_t)i))
			kg_lines_add(&missing, run->table, i);
	}
	if (missing.count)
		kg_result_remark(result, arena, "%zu of %zu rows left out because a cell is missing: lines %s",
				 missing.count, run->table->nrow, missing.text.text);
	return kg_buffer_check(&missing.text, error);
}

enum kg_status kg_regress_remark(const struct kg_regress_run *run, struct kg_result *result, struct kg_arena *arena,
				 struct kg_error *error)
{
	KG_TRY(remark_missing(run, result, arena, error));
	if (remark_zeros(run, run->weights, "weights", result, arena) != KG_OK ||
	    remark_zeros(run, run->offset, "offset", result, arena) != KG_OK)
		return kg_error_memory(error);
	kg_covariance_remark(&run->covariance, result, arena);
	if (kg_regress_is_linear(run->method.name[0]) && !kg_formula_intercept(run->formula))
		kg_result_remark(result, arena,
				 "no intercept: r_squared and f_statistic are about zero, not about the mean");
	return KG_OK;
}
