#include <string.h>

#include "report/label.h"
#include "program.h"
#include "report/tidy.h"
#include "stats/slope_index.h"

struct options {
	const char *value, *population, *rank, *within, *std_error, *transform, *ci;
	struct kg_names method;
	double epsilon;
	long reruns;
};

#define TERMS_MOST 4

#define OPTION(field_name) offsetof(struct options, field_name)

static const char *const transforms[] = { "none", "log", "logit", NULL };
static const char *const intervals[] = { "studentised", "bca", "percentile", NULL };

static const struct kg_option option[] = {
	{ .name = "value",
	  .argument = "COL",
	  .kind = KG_OPTION_COLUMN,
	  .role = KG_ROLE_VALUE,
	  .required = true,
	  .help = "value of each place: an amount per person, a rate or a proportion, not a total",
	  .field = OPTION(value) },
	{ .name = "population",
	  .argument = "COL",
	  .kind = KG_OPTION_COLUMN,
	  .role = KG_ROLE_VALUE,
	  .help = "weight of each place (default: all the same)",
	  .field = OPTION(population) },
	{ .name = "rank",
	  .argument = "COL",
	  .kind = KG_OPTION_COLUMN,
	  .role = KG_ROLE_KEY,
	  .help = "order of the places along which the gap is measured, such as deprivation or its quantile",
	  .field = OPTION(rank) },
	{ .name = "within",
	  .argument = "COL",
	  .kind = KG_OPTION_COLUMN,
	  .role = KG_ROLE_KEY,
	  .help = "regions: theil is split into between and within them",
	  .field = OPTION(within) },
	{ .name = "std-error",
	  .argument = "COL",
	  .kind = KG_OPTION_COLUMN,
	  .role = KG_ROLE_VALUE,
	  .help = "standard error of each value, for the limits of the slope index",
	  .field = OPTION(std_error) },
	{ .name = "transform",
	  .argument = "HOW",
	  .fallback = "none",
	  .kind = KG_OPTION_CHOICE,
	  .choice = transforms,
	  .help = "the line is of the value, of its log (rates) or logit (proportions)",
	  .field = OPTION(transform) },
	{ .name = "epsilon",
	  .argument = "E",
	  .fallback = "0.5",
	  .kind = KG_OPTION_REAL,
	  .least = 0.000001,
	  .most = 100,
	  .help = "aversion to inequality of atkinson",
	  .field = OPTION(epsilon) },
	{ .name = "ci",
	  .argument = "HOW",
	  .fallback = "studentised",
	  .kind = KG_OPTION_CHOICE,
	  .choice = intervals,
	  .help = "limits of gini, theil, atkinson and concentration, from resampled places (5 or more)",
	  .field = OPTION(ci) },
	{ .name = "reruns",
	  .argument = "N",
	  .fallback = "0",
	  .kind = KG_OPTION_INTEGER,
	  .least = 0,
	  .most = 100,
	  .help = "run slope-index-simulated N times more and show how far its limits move (PHE: 9)",
	  .field = OPTION(reruns) },
	{ .name = "method",
	  .argument = "LIST",
	  .kind = KG_OPTION_METHODS,
	  .methods_of = "inequality,",
	  .help = "measures (default: slope-index with --rank, else gini)",
	  .field = OPTION(method) },
};

static const struct kg_example example[] = {
	{ "How unevenly attendance per head is spread over communes",
	  "inequality communes.csv --value per_head --population population --method gini,theil --within district" },
	{ "The gap between the poorest and the richest end, year by year",
	  "inequality deciles.csv --value rate --population population --rank decile --by year" },
};

struct run {
	const struct options *options;
	const struct kg_context *context;
	const struct kg_column *value, *population, *rank, *std_error;
	struct kg_groups groups, regions;
	uint32_t *region; /* of each row */
	enum kg_transform transform;
	struct kg_names method;
};

/* Complete rows of one group. */
struct places {
	struct kg_sample sample;
	double *y, *x, *weight, *error, *low, *high, *weight_low, *weight_high;
	bool bounded, weight_bounded;
	uint32_t *stratum;
	double n_missing;
};

static double read_cell(const struct kg_column *column, size_t row, double otherwise)
{
	return column ? kg_column_real(column, row) : otherwise;
}

/* Ends of a cell; true where it is a bound. */
static bool read_ends(const struct kg_column *column, size_t row, double otherwise, double *low, double *high)
{
	bool bounds = column && column->low;

	*low = bounds ? column->low[row] : read_cell(column, row, otherwise);
	*high = bounds ? column->high[row] : *low;
	return *low < *high;
}

static bool collect(const struct run *run, size_t group, struct kg_arena *scratch, struct places *of)
{
	size_t n = run->groups.start[group + 1] - run->groups.start[group], at = 0;

	*of = (struct places){ .y = KG_ARRAY(scratch, double, n),
			       .x = KG_ARRAY(scratch, double, n),
			       .weight = KG_ARRAY(scratch, double, n),
			       .error = KG_ARRAY(scratch, double, n),
			       .low = KG_ARRAY(scratch, double, n),
			       .high = KG_ARRAY(scratch, double, n),
			       .weight_low = KG_ARRAY(scratch, double, n),
			       .weight_high = KG_ARRAY(scratch, double, n),
			       .stratum = KG_ARRAY(scratch, uint32_t, n) };
	if (kg_arena_failed(scratch))
		return false;
	for (size_t i = run->groups.start[group]; i < run->groups.start[group + 1]; i++) {
		uint32_t row = run->groups.row[i];

		of->y[at] = kg_column_real(run->value, row);
		of->x[at] = read_cell(run->rank, row, 0);
		of->weight[at] = read_cell(run->population, row, 1);
		of->error[at] = read_cell(run->std_error, row, 0);
		of->stratum[at] = run->region ? run->region[row] : 0;
		if (isnan(of->y[at]) || isnan(of->x[at]) || isnan(of->weight[at]) || isnan(of->error[at]))
			of->n_missing++;
		else {
			of->bounded |= read_ends(run->value, row, 0, &of->low[at], &of->high[at]);
			of->weight_bounded |=
			    read_ends(run->population, row, 1, &of->weight_low[at], &of->weight_high[at]);
			at++;
		}
	}
	of->sample = (struct kg_sample){ .n = at,
					 .y = of->y,
					 .x = run->rank ? of->x : NULL,
					 .weight = of->weight,
					 .stratum = run->region ? of->stratum : NULL };
	return true;
}

static enum kg_why refuse(const struct places *of, const struct kg_stat *stat)
{
	double total = 0;

	if (of->sample.n < stat->min_n)
		return KG_WHY_TOO_FEW;
	for (size_t i = 0; i < of->sample.n; i++) {
		if (of->weight[i] < 0 || of->error[i] < 0)
			return KG_WHY_NEGATIVE;
		total += of->weight[i];
	}
	return total > 0 ? KG_WHY_NONE : KG_WHY_ZERO_DENOMINATOR;
}

static bool add_method(const struct run *run, const struct kg_stat *stat, size_t group, const struct places *of,
		       struct kg_arena *scratch, struct kg_rows *rows)
{
	bool bounds = of->bounded || of->weight_bounded;
	struct kg_inequality own = { run->transform,
				     run->std_error ? of->error : NULL,
				     run->options->epsilon,
				     bounds ? of->low : NULL,
				     bounds ? of->high : NULL,
				     of->weight_bounded ? of->weight_low : NULL,
				     of->weight_bounded ? of->weight_high : NULL,
				     (size_t)run->options->reruns };
	struct kg_params params = { .conf_level = run->context->conf_level,
				    .seed = run->context->seed,
				    .stream = (uint32_t)group,
				    .replicates = run->context->replicates,
				    .interval = run->options->ci,
				    .own = &own };
	struct kg_term term[TERMS_MOST] = { kg_term_none(stat->id, NULL, refuse(of, stat)) };
	size_t count = 1;

	if (term[0].why == KG_WHY_NONE)
		count = stat->fit(&of->sample, &params, scratch, term, TERMS_MOST);
	for (size_t k = 0; k < count; k++) {
		struct kg_row row = {
			.term = term[k], .method = stat->id, .n = (double)of->sample.n, .n_missing = of->n_missing
		};

		if (!row.term.unit)
			row.term.unit = strncmp(row.term.term, "sii", 3) == 0 ? run->value->unit : "index";
		kg_rows_add(rows, &row);
	}
	return count > 0;
}

static enum kg_status work(void *context, size_t group, struct kg_arena *scratch, struct kg_rows *rows,
			   struct kg_error *error)
{
	const struct run *run = context;
	struct places of;

	if (!collect(run, group, scratch, &of))
		return kg_error_memory(error);
	for (size_t m = 0; m < run->method.count; m++)
		if (!add_method(run, kg_stat_find("inequality", run->method.name[m]), group, &of, scratch, rows))
			return kg_error_memory(error);
	return KG_OK;
}

static enum kg_status choose_methods(struct run *run, struct kg_error *error)
{
	static const char *const slope[] = { "slope-index" }, *const gini[] = { "gini" };

	bool simulated = false;

	run->method = run->options->method;
	if (!run->method.count)
		run->method = (struct kg_names){ run->options->rank ? slope : gini, 1 };
	for (size_t m = 0; m < run->method.count; m++) {
		const struct kg_stat *stat = kg_stat_find("inequality", run->method.name[m]);

		if ((stat->needs & KG_NEEDS_X) && !run->options->rank)
			return kg_error_set(error, KG_EUSAGE, "'%s' needs the order of the places; give '--rank COL'",
					    stat->id);
		simulated |= strcmp(stat->id, "slope-index-simulated") == 0;
		if (simulated && !run->options->std_error)
			return kg_error_set(error, KG_EUSAGE,
					    "'%s' draws from the values' errors; give '--std-error COL'", stat->id);
	}
	if (run->options->reruns && !simulated)
		return kg_error_set(error, KG_EUSAGE,
				    "'--reruns' repeats a simulation; add '--method slope-index-simulated'");
	return KG_OK;
}

static enum kg_status read_regions(struct run *run, const struct kg_table *table, struct kg_error *error)
{
	const char *const name[] = { run->options->within };

	if (!run->options->within)
		return KG_OK;
	run->region = KG_ARRAY(run->context->arena, uint32_t, table->nrow);
	if (!run->region)
		return kg_error_memory(error);
	KG_TRY(kg_groups_make(table, &(struct kg_names){ name, 1 }, run->context->arena, &run->regions, error));
	for (size_t g = 0; g < run->regions.ngroup; g++)
		for (size_t i = run->regions.start[g]; i < run->regions.start[g + 1]; i++)
			run->region[run->regions.row[i]] = (uint32_t)g;
	return KG_OK;
}

static enum kg_status open_run(struct run *run, const struct kg_table *table, struct kg_error *error)
{
	const struct options *options = run->options;

	KG_TRY(choose_methods(run, error));
	KG_TRY(kg_table_number(table, options->value, &run->value, error));
	if (options->population)
		KG_TRY(kg_table_number(table, options->population, &run->population, error));
	if (options->rank)
		KG_TRY(kg_table_number(table, options->rank, &run->rank, error));
	if (options->std_error)
		KG_TRY(kg_table_number(table, options->std_error, &run->std_error, error));
	run->transform = strcmp(options->transform, "log") == 0	    ? KG_TRANSFORM_LOG
			 : strcmp(options->transform, "logit") == 0 ? KG_TRANSFORM_LOGIT
								    : KG_TRANSFORM_NONE;
	KG_TRY(read_regions(run, table, error));
	return kg_groups_make(table, &run->context->by, run->context->arena, &run->groups, error);
}

static void finish(const struct run *run, const struct kg_table *data, struct kg_result *result)
{
	struct kg_arena *arena = run->context->arena;
	bool slope = strncmp(run->method.name[0], "slope", 5) == 0;

	kg_result_title(result, arena, "Inequality of %s", kg_label_column(run->value, arena));
	if (run->rank)
		kg_result_title(result, arena, " along %s", kg_label_column(run->rank, arena));
	if (!(slope && run->method.count == 1 && strcmp(run->method.name[0], "slope-index") == 0)) {
		if (run->context->replicates)
			kg_result_remark(result, arena, "Seed %llu, %zu replicates.",
					 (unsigned long long)run->context->seed, run->context->replicates);
		else
			kg_result_remark(result, arena, "Seed %llu, the method's own number of replicates.",
					 (unsigned long long)run->context->seed);
	}
	if (run->value->low || (run->population && run->population->low))
		kg_result_remark(result, arena,
				 "bound_low and bound_high are the least and greatest index found within the bounds: "
				 "all their corners are tried where a group has at most 12, and a search along each; "
				 "with more the true range may be wider.");
	if (!run->population)
		kg_result_remark(result, arena, "Without --population every place weighs the same.");
	result->picture = (struct kg_picture){
		.kind = slope ? "scatter" : "lorenz",
		.table = data,
		.x = slope ? run->options->rank : run->options->population,
		.y = run->options->value,
		.order = strcmp(run->method.name[0], "concentration") == 0 ? run->options->rank : NULL,
		.means = !slope,
		.group = run->context->by.count ? run->context->by.name[run->context->by.count - 1] : NULL,
	};
}

static enum kg_status run_inequality(const void *options, const struct kg_table *const *in, size_t nin,
				     struct kg_context *context, struct kg_result **result, struct kg_error *error)
{
	struct run run = { .options = options, .context = context };
	const struct kg_table *table;
	struct kg_tidy_plan plan = { .name = "inequality",
				     .table = in[0],
				     .groups = &run.groups,
				     .conf_level = context->conf_level,
				     .threads = context->threads,
				     .work = work,
				     .context = &run };

	(void)nin;
	KG_TRY(open_run(&run, in[0], error));
	KG_TRY(kg_tidy_run(&plan, context->arena, &table, error));
	*result = kg_result_new(table, context->arena);
	if (!*result)
		return kg_error_memory(error);
	finish(&run, in[0], *result);
	return KG_OK;
}

const struct kg_program kg_program_inequality = {
	.name = "inequality",
	.summary = "gaps between places: slope index, Gini, Theil, Atkinson, concentration",
	.detail =
	    "One row per group of --by and index. Rows of a group are places (or quantiles of them) with a value per "
	    "person and, with --population, their weight. Differences within a place are not seen. Where values or "
	    "weights are "
	    "bounds such as '>30000', bound_low and bound_high are the least and greatest index found within them; an "
	    "index that grows without limit there has an empty end.",
	.option = option,
	.noption = sizeof option / sizeof option[0],
	.options_size = sizeof(struct options),
	.example = example,
	.nexample = sizeof example / sizeof example[0],
	.run = run_inequality,
};
