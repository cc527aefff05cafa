#include <string.h>

#include "base/buffer.h"
#include "base/parallel.h"
#include "program.h"
#include "stats/stat.h"
#include "table/builder.h"
#include "table/group.h"

/* Most columns that all statistics of this program give together. */
#define TERMS_MOST 32

struct options {
	struct kg_names columns;
};

static const struct kg_option option[] = {
	{ .name = "columns",
	  .argument = "COLS",
	  .kind = KG_OPTION_COLUMNS,
	  .role = KG_ROLE_VALUE,
	  .help = "only these columns, in this order (default: all numeric ones)",
	  .field = offsetof(struct options, columns) },
};

static const struct kg_example example[] = {
	{ "Every numeric column of a file", "describe communes.csv" },
	{ "Two columns, by district", "describe communes.csv --columns population,density --by district" },
};

/* Profile of one column in one group. */
struct profile {
	size_t n, n_missing, nbound;
	double mean_low, mean_high; /* where some values are bounds */
	struct kg_term term[TERMS_MOST];
};

struct run {
	const struct kg_table *table;
	struct kg_groups groups;
	const struct kg_column **column;
	size_t ncolumn;
	const struct kg_stat *stat[TERMS_MOST];
	size_t nstat, nterm;
	struct profile *profile; /* group by group, column by column */
	bool bounded;		 /* some value is a bound */
	struct kg_arena *arena;
};

static bool is_number(const struct kg_column *column)
{
	return column->type == KG_REAL || column->type == KG_INTEGER || column->type == KG_BOOLEAN;
}

static bool is_group(const struct run *run, const struct kg_column *column)
{
	for (size_t j = 0; j < run->groups.nby; j++)
		if (run->groups.by[j] == column)
			return true;
	return false;
}

static enum kg_status find_named(struct run *run, const struct kg_names *name, struct kg_error *error)
{
	for (size_t i = 0; i < name->count; i++) {
		KG_TRY(kg_table_number(run->table, name->name[i], &run->column[i], error));
		if (!is_number(run->column[i]))
			return kg_error_cell(error, KG_EDATA, run->table->from->file, 0, name->name[i],
					     "holds dates where numbers are needed; name a numeric column");
	}
	run->ncolumn = name->count;
	return KG_OK;
}

static enum kg_status find_columns(struct run *run, const struct kg_names *name, struct kg_error *error)
{
	size_t room = run->table->ncol > name->count ? run->table->ncol : name->count;
	const char *delimiter;

	run->column = KG_ARRAY(run->arena, const struct kg_column *, room + 1);
	if (!run->column)
		return kg_error_memory(error);
	if (name->count)
		return find_named(run, name, error);
	for (size_t j = 0; j < run->table->ncol; j++)
		if (is_number(&run->table->column[j]) && !is_group(run, &run->table->column[j]))
			run->column[run->ncolumn++] = &run->table->column[j];
	delimiter = kg_table_delimiter(run->table);
	if (!run->ncolumn && delimiter)
		return kg_error_cell(error, KG_EDATA, run->table->from->file, 0, run->table->column[0].name,
				     "is the only column; does '%s' separate its columns? Then add --delimiter '%s'",
				     *delimiter == '\\' ? "tab" : delimiter, delimiter);
	if (!run->ncolumn)
		return kg_error_cell(
		    error, KG_EDATA, run->table->from->file, 0, NULL,
		    "has no numeric column to describe; if it holds numbers, name how they are written "
		    "with --decimal and --digit-group");
	return KG_OK;
}

static void find_stats(struct run *run)
{
	size_t count;
	const struct kg_stat *const *all = kg_stat_all(&count);

	for (size_t i = 0; i < count; i++)
		if (strcmp(all[i]->program, "describe") == 0 && run->nterm + all[i]->terms_most <= TERMS_MOST) {
			run->stat[run->nstat++] = all[i];
			run->nterm += all[i]->terms_most;
		}
}

/* Complete cells of one column in one group; `period` is the position among the group's rows. */
static bool take_sample(const struct run *run, const struct kg_column *column, size_t group, struct profile *profile,
			struct kg_sample *sample, struct kg_arena *scratch)
{
	size_t from = run->groups.start[group], to = run->groups.start[group + 1];
	double *y = KG_ARRAY(scratch, double, to - from + 1);
	long *period = KG_ARRAY(scratch, long, to - from + 1);

	if (!y || !period)
		return false;
	*sample = (struct kg_sample){ .y = y, .period = period };
	for (size_t i = from; i < to; i++) {
		size_t row = run->groups.row[i];

		if (kg_column_missing(column, row)) {
			profile->n_missing++;
			continue;
		}
		period[sample->n] = (long)(i - from);
		y[sample->n++] = column->real[row];
		profile->nbound +=
		    column->low && (column->low[row] != column->real[row] || column->high[row] != column->real[row]);
	}
	profile->n = sample->n;
	return true;
}

/* The mean rises with every value. */
static void bound_mean(const struct run *run, const struct kg_column *column, size_t group, struct profile *profile)
{
	long double low = 0, high = 0;

	for (size_t i = run->groups.start[group]; i < run->groups.start[group + 1]; i++) {
		size_t row = run->groups.row[i];

		if (kg_column_missing(column, row))
			continue;
		low += column->low[row];
		high += column->high[row];
	}
	profile->mean_low = (double)(low / (long double)profile->n);
	profile->mean_high = (double)(high / (long double)profile->n);
}

static enum kg_status work_profile(void *context, size_t index, struct kg_arena *scratch, struct kg_error *error)
{
	const struct run *run = context;
	struct profile *profile = &run->profile[index];
	const struct kg_column *column = run->column[index % run->ncolumn];
	const struct kg_params params = { 0 };
	struct kg_sample sample;
	size_t at = 0;

	if (!take_sample(run, column, index / run->ncolumn, profile, &sample, scratch))
		return kg_error_memory(error);
	if (profile->nbound)
		bound_mean(run, column, index / run->ncolumn, profile);
	for (size_t s = 0; s < run->nstat; s++) {
		size_t room = run->stat[s]->terms_most;

		for (size_t k = 0; k < room; k++)
			profile->term[at + k] = kg_term_none(NULL, NULL, KG_WHY_TOO_FEW);
		if (sample.n >= run->stat[s]->min_n)
			run->stat[s]->fit(&sample, &params, scratch, &profile->term[at], room);
		at += room;
	}
	return kg_arena_failed(scratch) ? kg_error_memory(error) : KG_OK;
}

/* The statistics name their columns themselves: by their terms for two numbers. */
static enum kg_status add_term_columns(const struct run *run, struct kg_builder *builder, struct kg_error *error)
{
	const double y[] = { 0, 1 };
	const long period[] = { 0, 1 };
	const struct kg_sample sample = { .n = 2, .y = y, .period = period };
	const struct kg_params params = { 0 };
	struct kg_term term[TERMS_MOST];

	for (size_t s = 0; s < run->nstat; s++) {
		size_t count = run->stat[s]->fit(&sample, &params, run->arena, term, run->stat[s]->terms_most);

		if (count != run->stat[s]->terms_most)
			return kg_error_memory(error);
		for (size_t k = 0; k < count; k++)
			kg_builder_column(builder, term[k].term, KG_REAL, NULL);
	}
	return KG_OK;
}

static const char *explain(const struct run *run, const struct profile *profile)
{
	if (profile->nbound)
		return kg_why_id(KG_WHY_BOUND);
	for (size_t k = 0; k < run->nterm; k++)
		if (profile->term[k].why != KG_WHY_NONE)
			return kg_why_id(profile->term[k].why);
	return NULL;
}

static void add_row(const struct run *run, struct kg_builder *builder, size_t group, size_t j)
{
	const struct profile *profile = &run->profile[group * run->ncolumn + j];
	size_t at = run->groups.nby;

	kg_builder_row(builder);
	for (size_t b = 0; b < at; b++)
		kg_builder_copy(builder, b, run->groups.by[b], run->groups.row[run->groups.start[group]]);
	kg_builder_text(builder, at++, run->column[j]->name);
	kg_builder_real(builder, at++, (double)profile->n);
	kg_builder_real(builder, at++, (double)profile->n_missing);
	for (size_t k = 0; k < run->nterm; k++)
		kg_builder_real(builder, at++, profile->term[k].estimate);
	if (run->bounded) {
		kg_builder_real(builder, at++, profile->nbound ? profile->mean_low : NAN);
		kg_builder_real(builder, at++, profile->nbound ? profile->mean_high : NAN);
	}
	kg_builder_text(builder, at++, run->column[j]->unit);
	kg_builder_text(builder, at, explain(run, profile));
}

static enum kg_status make_table(const struct run *run, const struct kg_table **table, struct kg_error *error)
{
	struct kg_builder *builder = kg_builder_new("describe", run->arena);

	if (!builder)
		return kg_error_memory(error);
	for (size_t b = 0; b < run->groups.nby; b++)
		kg_builder_like(builder, run->groups.by[b]);
	kg_builder_column(builder, "variable", KG_TEXT, NULL);
	kg_builder_column(builder, "n", KG_INTEGER, NULL);
	kg_builder_column(builder, "n_missing", KG_INTEGER, NULL);
	KG_TRY(add_term_columns(run, builder, error));
	if (run->bounded) {
		kg_builder_column(builder, "bound_low", KG_REAL, NULL);
		kg_builder_column(builder, "bound_high", KG_REAL, NULL);
	}
	kg_builder_column(builder, "unit", KG_TEXT, NULL);
	kg_builder_column(builder, "note", KG_TEXT, NULL);
	for (size_t g = 0; g < run->groups.ngroup; g++)
		for (size_t j = 0; j < run->ncolumn; j++)
			add_row(run, builder, g, j);
	return kg_builder_finish(builder, run->table->from, table, error);
}

/* Names the columns that were passed over because they hold no numbers, and where one stops to look like numbers. */
static void remark_left_out(const struct run *run, struct kg_result *result)
{
	struct kg_buffer list = kg_buffer_new(run->arena);

	for (size_t j = 0; j < run->table->ncol; j++) {
		const struct kg_column *column = &run->table->column[j];

		if (is_number(column) || is_group(run, column))
			continue;
		kg_buffer_printf(&list, "%s%s", list.length ? ", " : "", column->name);
		if (column->odd_row > kg_table_line(run->table, 0) && column->odd_text)
			kg_buffer_printf(&list, " ('%s' on line %zu)", column->odd_text, column->odd_row);
	}
	if (list.length && !list.failed)
		kg_result_remark(result, run->arena, "Columns without numbers are left out: %s.", list.text);
}

static enum kg_status run_describe(const void *values, const struct kg_table *const *in, size_t nin,
				   struct kg_context *context, struct kg_result **result, struct kg_error *error)
{
	const struct options *options = values;
	struct run run = { .table = in[0], .arena = context->arena };
	const struct kg_table *table;

	(void)nin;
	KG_TRY(kg_groups_make(run.table, &context->by, run.arena, &run.groups, error));
	KG_TRY(find_columns(&run, &options->columns, error));
	find_stats(&run);
	run.profile = KG_ARRAY(run.arena, struct profile, run.groups.ngroup * run.ncolumn + 1);
	if (!run.profile)
		return kg_error_memory(error);
	KG_TRY(kg_parallel_each(run.groups.ngroup * run.ncolumn, context->threads, work_profile, &run, error));
	for (size_t i = 0; i < run.groups.ngroup * run.ncolumn; i++)
		run.bounded |= run.profile[i].nbound > 0;
	KG_TRY(make_table(&run, &table, error));
	*result = kg_result_new(table, run.arena);
	if (!*result)
		return kg_error_memory(error);
	if (run.bounded)
		kg_result_remark(*result, run.arena,
				 "bound_low and bound_high are the range of the mean that bounds in the data leave "
				 "open; the other columns take bounds at their stated figures.");
	if (!options->columns.count)
		remark_left_out(&run, *result);
	return KG_OK;
}

const struct kg_program kg_program_describe = {
	.name = "describe",
	.summary = "profile of each numeric column",
	.detail =
	    "One row per column and group: how many values there are and are missing, mean, standard deviation "
	    "(divisor n - 1), minimum, quartiles, maximum, and the lag-1 autocorrelation of the rows in their order. "
	    "Bounds such as '>30000' count with their stated figure, and the row's note says so; bound_low and "
	    "bound_high are then the sharp range of the mean.",
	.option = option,
	.noption = sizeof option / sizeof option[0],
	.options_size = sizeof(struct options),
	.example = example,
	.nexample = sizeof example / sizeof example[0],
	.all_columns = true,
	.run = run_describe,
};
