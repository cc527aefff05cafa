#include "reconcile.h"

#include <string.h>

#include "report/tidy.h"

#define OPTION(field_name) offsetof(struct kg_reconcile_options, field_name)

static const struct kg_option option[] = {
	{ .name = "value",
	  .argument = "COLS",
	  .kind = KG_OPTION_COLUMNS,
	  .role = KG_ROLE_VALUE,
	  .required = true,
	  .help = "counts of the children to add up; not rates",
	  .field = OPTION(value) },
	{ .name = "parents",
	  .argument = "FILE",
	  .kind = KG_OPTION_TABLE,
	  .required = true,
	  .help = "the reported figures: one row for each key of --by, or one row without it",
	  .field = OPTION(parents) },
	{ .name = "parent-by",
	  .argument = "COLS",
	  .kind = KG_OPTION_TEXT,
	  .help = "columns of the parents that hold the keys of --by, in its order (default: those of the same names)",
	  .field = OPTION(parent_by) },
	{ .name = "parent-value",
	  .argument = "COLS",
	  .kind = KG_OPTION_TEXT,
	  .help = "columns of the parents with the reported figures, in the order of --value (default: those of the "
		  "same names)",
	  .field = OPTION(parent_value) },
	{ .name = "tolerance",
	  .argument = "N",
	  .fallback = "0",
	  .kind = KG_OPTION_REAL,
	  .least = 0,
	  .most = 1e15,
	  .help = "differences up to N are none",
	  .field = OPTION(tolerance) },
	{ .name = "matched-only",
	  .kind = KG_OPTION_FLAG,
	  .help = "keys that stand on one side only are said, but have no row and are no problem",
	  .field = OPTION(matched_only) },
};

static const struct kg_example example[] = {
	{ "Do the communes sum to what their districts report",
	  "reconcile communes.csv --value population --by district --parents reported.csv" },
	{ "Districts against the province, year by year, under other names there",
	  "reconcile population.csv --value population --by year --parents province.csv --parent-by period "
	  "--parent-value residents" },
};

enum { OWN_REPORTED, OWN_SUM, OWN_COUNT };

void kg_reconcile_add(struct kg_addends *sum, const struct kg_column *column, size_t row)
{
	double value = kg_column_real(column, row);
	bool bounds = column->low && !isnan(value);

	kg_addends_add(sum, value, bounds ? column->low[row] : value, bounds ? column->high[row] : value);
}

static double know_sum(const struct kg_addends *sum)
{
	return sum->n_missing || !sum->n ? NAN : kg_addends_sum(sum);
}

static void add_value(const struct kg_reconcile_run *run, size_t v, size_t key, struct kg_rows *rows)
{
	const struct kg_addends *sum = &run->sum[v][key];
	struct kg_row row = { .method = "sum-of-parts", .n = (double)sum->n, .n_missing = (double)sum->n_missing };
	bool above = key < run->keys.nparent, below = run->keys.child[key] != KG_NO_ROW;
	struct kg_addends reported = { 0 };

	if (above)
		kg_reconcile_add(&reported, run->reported[v], key);
	row.term = kg_reconcile(sum, &reported, run->options->tolerance);
	if (!above || !below)
		row.term = kg_term_none(NULL, NULL, above ? KG_WHY_NO_CHILDREN : KG_WHY_NO_PARENT);
	row.term.term = run->value[v]->name;
	row.term.unit = run->value[v]->unit;
	row.own[OWN_REPORTED].real = know_sum(&reported);
	row.own[OWN_SUM].real = know_sum(sum);
	kg_rows_add(rows, &row);
}

static enum kg_status work(void *context, size_t key, struct kg_arena *scratch, struct kg_rows *rows,
			   struct kg_error *error)
{
	const struct kg_reconcile_run *run = context;
	bool matched = key < run->keys.nparent && run->keys.child[key] != KG_NO_ROW;

	(void)scratch;
	(void)error;
	for (size_t v = 0; v < run->options->value.count && (matched || !run->options->matched_only); v++)
		add_value(run, v, key, rows);
	return KG_OK;
}

static enum kg_status find_value(struct kg_reconcile_run *run, size_t v, const char *above, struct kg_error *error)
{
	const char *below = run->options->value.name[v];

	KG_TRY(kg_table_number(run->children, below, &run->value[v], error));
	KG_TRY(kg_table_number(run->parents, above, &run->reported[v], error));
	if (run->value[v]->unit && run->reported[v]->unit &&
	    !kg_text_equal(run->value[v]->unit, run->reported[v]->unit))
		return kg_error_set(error, KG_EDATA,
				    "'%s' of the children is in %s, '%s' of the parents in %s; bring them to one unit, "
				    "as with --let",
				    below, run->value[v]->unit, above, run->reported[v]->unit);
	return KG_OK;
}

static enum kg_status find_values(struct kg_reconcile_run *run, struct kg_error *error)
{
	const struct kg_reconcile_options *options = run->options;
	struct kg_arena *arena = run->context->arena;
	const char *const *above = options->value.name;
	size_t count = options->value.count;

	run->value = KG_ARRAY(arena, const struct kg_column *, count + 1);
	run->reported = KG_ARRAY(arena, const struct kg_column *, count + 1);
	if (options->parent_value)
		count = kg_text_split(options->parent_value, ',', arena, &above);
	if (!run->value || !run->reported || (count && !above))
		return kg_error_memory(error);
	if (count != options->value.count)
		return kg_error_set(
		    error, KG_EUSAGE,
		    "'--parent-value' names %zu columns and '--value' %zu; name as many, in the same order", count,
		    options->value.count);
	for (size_t v = 0; v < count; v++)
		KG_TRY(find_value(run, v, above[v], error));
	return KG_OK;
}

static enum kg_status add_up(struct kg_reconcile_run *run, struct kg_error *error)
{
	struct kg_arena *arena = run->context->arena;
	struct kg_addends **sum = KG_ARRAY(arena, struct kg_addends *, run->options->value.count + 1);

	for (size_t v = 0; sum && v < run->options->value.count; v++) {
		sum[v] = KG_ARRAY(arena, struct kg_addends, run->keys.count + 1);
		for (size_t i = 0; sum[v] && i < run->children->nrow; i++)
			kg_reconcile_add(&sum[v][run->keys.of_child[i]], run->value[v], i);
	}
	run->sum = sum;
	return kg_arena_failed(arena) ? kg_error_memory(error) : KG_OK;
}

static enum kg_status run_reconcile(const void *options, const struct kg_table *const *in, size_t nin,
				    struct kg_context *context, struct kg_result **result, struct kg_error *error)
{
	struct kg_reconcile_run run = { .options = options, .context = context, .children = in[0] };
	static const struct kg_own own[OWN_COUNT] = {
		[OWN_REPORTED] = { "reported", KG_REAL, NULL }, [OWN_SUM] = { "sum", KG_REAL, NULL }
	};
	const struct kg_table *table;
	struct kg_tidy_plan plan = { .name = "reconcile",
				     .own = own,
				     .nown = OWN_COUNT,
				     .conf_level = context->conf_level,
				     .threads = context->threads,
				     .work = work,
				     .context = &run };

	(void)nin;
	run.parents = run.options->parents.table;
	KG_TRY(find_values(&run, error));
	KG_TRY(kg_reconcile_join(&run, error));
	KG_TRY(add_up(&run, error));
	plan.table = run.keys.table;
	plan.groups = &run.keys.groups;
	KG_TRY(kg_tidy_run(&plan, context->arena, &table, error));
	*result = kg_result_new(table, context->arena);
	if (!*result)
		return kg_error_memory(error);
	kg_result_title(*result, context->arena, "Sums of children against reported figures");
	kg_result_title_by(*result, context->arena, &context->by);
	kg_reconcile_remark(&run, *result);
	return KG_OK;
}

const struct kg_program kg_program_reconcile = {
	.name = "reconcile",
	.summary = "do parts sum to what is reported for the whole",
	.detail =
	    "One row per key of the parents and value: reported is their figure, sum that of their children, estimate "
	    "the sum minus the reported figure, n the number of children. Counts add, rates do not: give their "
	    "counts and populations as values, or the estimates of participation as children (rates of sums) and the "
	    "reported rates as parents. Notes: differs (with its size under estimate), missing (a child's value, so "
	    "that "
	    "the sum is not known, or the reported one), no-children and no-parent (the key stands on one side only); "
	    "where an input is a bound such as '>30000' the figures differ when their ranges do not meet. Names "
	    "of keys meet in any spelling, codes exactly. Exit code 1 when a figure differs, cannot be compared or "
	    "stands on "
	    "one side only.",
	.option = option,
	.noption = sizeof option / sizeof option[0],
	.options_size = sizeof(struct kg_reconcile_options),
	.example = example,
	.nexample = sizeof example / sizeof example[0],
	.joins_names = true,
	.run = run_reconcile,
};
