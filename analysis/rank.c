#include <math.h>
#include <string.h>

#include "report/label.h"
#include "participation_counts.h"
#include "report/tidy.h"
#include "stats/rank.h"

struct options {
	const char *value, *count, *population, *std_error, *id;
	bool ascending;
	long quantiles;
	struct kg_names method;
};

#define OPTION(field_name) offsetof(struct options, field_name)

static const struct kg_option option[] = {
	{ .name = "value",
	  .argument = "COL",
	  .kind = KG_OPTION_COLUMN,
	  .role = KG_ROLE_VALUE,
	  .help = "what places are ranked by; or --count and --population, for their rate",
	  .field = OPTION(value) },
	{ .name = "count",
	  .argument = "COL",
	  .kind = KG_OPTION_COLUMN,
	  .role = KG_ROLE_VALUE,
	  .help = "what is counted; ranks then get limits by simulation",
	  .field = OPTION(count) },
	{ .name = "population",
	  .argument = "COL",
	  .kind = KG_OPTION_COLUMN,
	  .role = KG_ROLE_VALUE,
	  .help = "denominator of --count",
	  .field = OPTION(population) },
	{ .name = "std-error",
	  .argument = "COL",
	  .kind = KG_OPTION_COLUMN,
	  .help = "standard error of each --value; ranks then get limits by simulation",
	  .field = OPTION(std_error) },
	{ .name = "id",
	  .argument = "COL",
	  .kind = KG_OPTION_COLUMN,
	  .role = KG_ROLE_KEY,
	  .required = true,
	  .help = "column that names the place; places are ranked within each group of --by",
	  .field = OPTION(id) },
	{ .name = "ascending",
	  .kind = KG_OPTION_FLAG,
	  .help = "the smallest value is first (default: the largest)",
	  .field = OPTION(ascending) },
	{ .name = "quantiles",
	  .argument = "N",
	  .fallback = "5",
	  .kind = KG_OPTION_INTEGER,
	  .least = 2,
	  .most = 1000,
	  .help = "number of groups of method quantile",
	  .field = OPTION(quantiles) },
	{ .name = "method",
	  .argument = "LIST",
	  .kind = KG_OPTION_METHODS,
	  .fallback = "rank",
	  .help = "rank, quantile or both",
	  .field = OPTION(method) },
};

static const struct kg_example example[] = {
	{ "Communes in order of attendance per resident, with the ranks that chance leaves open",
	  "rank communes.csv --count attendances --population population --id commune" },
	{ "Fifths of communes by a value, within each district",
	  "rank communes.csv --value per_head --id commune --by district --method rank,quantile --quantiles 5" },
};

enum { OWN_ID, OWN_VALUE, OWN_COUNT };

struct run {
	const struct options *options;
	const struct kg_context *context;
	const struct kg_table *table;
	const struct kg_column *id, *value, *std_error;
	struct kg_counts_source source; /* with --count */
	struct kg_groups groups;
};

/* Places of a group that have a value. */
struct places {
	size_t n;
	uint32_t *row;
	double *y, *low, *high, *count, *exposure, *std_error;
	bool bounded;
	double n_missing;
};

static bool allocate(struct places *places, size_t n, struct kg_arena *scratch)
{
	*places = (struct places){ .row = KG_ARRAY(scratch, uint32_t, n),
				   .y = KG_ARRAY(scratch, double, n),
				   .low = KG_ARRAY(scratch, double, n),
				   .high = KG_ARRAY(scratch, double, n),
				   .count = KG_ARRAY(scratch, double, n),
				   .exposure = KG_ARRAY(scratch, double, n),
				   .std_error = KG_ARRAY(scratch, double, n) };
	return !kg_arena_failed(scratch);
}

/* Why a row has no rank; else its value and range at position n of the places. */
static enum kg_why read_counts(const struct run *run, uint32_t row, struct places *places, struct kg_arena *scratch)
{
	struct kg_counts counts;
	size_t i = places->n;

	if (!kg_counts_make(&run->source, &row, 1, scratch, &counts))
		return KG_WHY_MISSING;
	if (!counts.sample.n)
		return KG_WHY_MISSING;
	if (counts.negative)
		return KG_WHY_NEGATIVE;
	if (counts.denominator <= 0)
		return KG_WHY_ZERO_DENOMINATOR;
	places->count[i] = (double)counts.count;
	places->exposure[i] = (double)counts.denominator;
	places->y[i] = (double)(counts.count / counts.denominator);
	places->low[i] = places->high[i] = places->y[i];
	if (counts.bounded) {
		places->low[i] = (double)(counts.count_low / counts.denominator_high);
		places->high[i] = (double)(counts.count_high / counts.denominator_low);
	}
	return KG_WHY_NONE;
}

static enum kg_why read_value(const struct run *run, uint32_t row, struct places *places)
{
	size_t i = places->n;

	places->y[i] = places->low[i] = places->high[i] = kg_column_real(run->value, row);
	if (isnan(places->y[i]))
		return KG_WHY_MISSING;
	if (run->value->low) {
		places->low[i] = run->value->low[row];
		places->high[i] = run->value->high[row];
	}
	if (run->std_error)
		places->std_error[i] = kg_column_real(run->std_error, row);
	return run->std_error && !(places->std_error[i] >= 0) ? KG_WHY_MISSING : KG_WHY_NONE;
}

static struct kg_row start_row(const struct run *run, uint32_t row, const char *method, struct kg_arena *scratch)
{
	struct kg_row made = { .method = method };

	made.own[OWN_ID].text = kg_column_cell(run->id, row, scratch);
	made.own[OWN_VALUE].real = NAN;
	return made;
}

static bool read_places(const struct run *run, size_t group, struct places *places, struct kg_arena *scratch,
			struct kg_rows *rows)
{
	size_t from = run->groups.start[group], to = run->groups.start[group + 1];

	if (!allocate(places, to - from, scratch))
		return false;
	for (size_t i = from; i < to; i++) {
		uint32_t row = run->groups.row[i];
		enum kg_why why = run->value ? read_value(run, row, places) : read_counts(run, row, places, scratch);

		if (why == KG_WHY_NONE) {
			places->bounded |= places->low[places->n] < places->high[places->n];
			places->row[places->n++] = row;
			continue;
		}
		places->n_missing++;
		for (size_t m = 0; m < run->options->method.count; m++) {
			struct kg_row made = start_row(run, row, run->options->method.name[m], scratch);

			made.term = kg_term_none(run->options->method.name[m], NULL, why);
			kg_rows_add(rows, &made);
		}
	}
	return !kg_arena_failed(scratch);
}

static enum kg_status work(void *context, size_t group, struct kg_arena *scratch, struct kg_rows *rows,
			   struct kg_error *error)
{
	const struct run *run = context;
	struct places places;
	struct kg_term *term;

	if (!read_places(run, group, &places, scratch, rows))
		return kg_error_memory(error);
	struct kg_rank own = { places.bounded ? places.low : NULL,	 places.bounded ? places.high : NULL,
			       run->value ? NULL : places.count,	 places.exposure,
			       run->std_error ? places.std_error : NULL, run->options->ascending,
			       (size_t)run->options->quantiles };
	struct kg_params params = { .conf_level = run->context->conf_level,
				    .seed = run->context->seed,
				    .stream = (uint32_t)group,
				    .replicates = run->context->replicates,
				    .own = &own };
	const struct kg_sample sample = { .n = places.n, .y = places.y };

	term = KG_ARRAY(scratch, struct kg_term, places.n + 1);
	for (size_t m = 0; term && places.n && m < run->options->method.count; m++) {
		const struct kg_stat *stat = kg_stat_find("rank", run->options->method.name[m]);

		if (stat->fit(&sample, &params, scratch, term, places.n) < places.n)
			return kg_error_memory(error);
		for (size_t i = 0; i < places.n; i++) {
			struct kg_row made = start_row(run, places.row[i], stat->id, scratch);

			made.term = term[i];
			made.own[OWN_VALUE].real = places.y[i];
			made.n = (double)places.n;
			made.n_missing = places.n_missing;
			kg_rows_add(rows, &made);
		}
	}
	return kg_arena_failed(scratch) ? kg_error_memory(error) : KG_OK;
}

static enum kg_status open_run(struct run *run, struct kg_error *error)
{
	const struct options *options = run->options;
	const char *const name[] = { options->count, options->population, NULL, NULL };

	if (!options->value == !options->count || !options->count != !options->population)
		return kg_error_set(error, KG_EUSAGE, "give either '--value', or '--count' with '--population'");
	if (options->std_error && !options->value)
		return kg_error_set(error, KG_EUSAGE,
				    "'--std-error' belongs to '--value'; leave it out with '--count'");
	KG_TRY(kg_table_column(run->table, options->id, &run->id, error));
	if (options->std_error)
		KG_TRY(kg_table_number(run->table, options->std_error, &run->std_error, error));
	if (options->value)
		KG_TRY(kg_table_number(run->table, options->value, &run->value, error));
	else
		KG_TRY(kg_counts_open(run->table, name, &run->source, error));
	return kg_groups_make(run->table, &run->context->by, run->context->arena, &run->groups, error);
}

static void finish(const struct run *run, struct kg_result *result)
{
	struct kg_arena *arena = run->context->arena;
	size_t replicates = run->context->replicates ? run->context->replicates : KG_RANK_REPLICATES;

	kg_result_title(result, arena, "Ranks by %s",
			run->value ? kg_label_column(run->value, arena) : kg_label_column(run->source.count, arena));
	if (!run->value)
		kg_result_title(result, arena, " per %s", kg_label_column(run->source.denominator, arena));
	if (!run->value || run->std_error)
		kg_result_remark(result, arena, "Limits of ranks by simulation: seed %llu, replicates %zu.",
				 (unsigned long long)run->context->seed, replicates);
	result->picture = (struct kg_picture){ .kind = "forest",
					       .table = result->table,
					       .x = run->options->id,
					       .y = "estimate",
					       .low = "conf_low",
					       .high = "conf_high",
					       .label = run->options->id };
}

static enum kg_status run_rank(const void *options, const struct kg_table *const *in, size_t nin,
			       struct kg_context *context, struct kg_result **result, struct kg_error *error)
{
	struct run run = { .options = options, .context = context, .table = in[0] };
	const struct kg_own own[] = {
		[OWN_ID] = { run.options->id, KG_TEXT, NULL }, [OWN_VALUE] = { "value", KG_REAL, NULL }
	};
	const struct kg_table *table;
	struct kg_tidy_plan plan = { .name = "rank",
				     .table = in[0],
				     .groups = &run.groups,
				     .own = own,
				     .nown = OWN_COUNT,
				     .conf_level = context->conf_level,
				     .threads = context->threads,
				     .work = work,
				     .context = &run };

	(void)nin;
	KG_TRY(open_run(&run, error));
	KG_TRY(kg_tidy_run(&plan, context->arena, &table, error));
	*result = kg_result_new(table, context->arena);
	if (!*result)
		return kg_error_memory(error);
	finish(&run, *result);
	return KG_OK;
}

const struct kg_program kg_program_rank = {
	.name = "rank",
	.summary = "ranks and quantile groups of places, and how far chance and bounds leave them open",
	.detail =
	    "One row per place and method. Limits say which ranks chance would give the place too; bound_low and "
	    "bound_high are its best and worst rank when values such as \">30000\" are taken at any figure within "
	    "their bounds.",
	.option = option,
	.noption = sizeof option / sizeof option[0],
	.options_size = sizeof(struct options),
	.example = example,
	.nexample = sizeof example / sizeof example[0],
	.run = run_rank,
};
