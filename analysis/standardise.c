#include <string.h>

#include "participation_counts.h"
#include "report/tidy.h"
#include "standardise_strata.h"
#include "stats/rate.h"

struct options {
	const char *count, *population, *strata, *per_person, *weight, *reference_count, *reference_population;
	struct kg_further standard;
	bool direct, indirect, missing_zero;
	struct kg_names method;
	double multiplier;
};

#define OPTION(field_name) offsetof(struct options, field_name)

static const struct kg_option option[] = {
	{ .name = "count",
	  .argument = "COL",
	  .kind = KG_OPTION_COLUMN,
	  .role = KG_ROLE_VALUE,
	  .required = true,
	  .help = "events by stratum",
	  .field = OPTION(count) },
	{ .name = "population",
	  .argument = "COL",
	  .kind = KG_OPTION_COLUMN,
	  .role = KG_ROLE_VALUE,
	  .required = true,
	  .help = "population by stratum",
	  .field = OPTION(population) },
	{ .name = "strata",
	  .argument = "COL",
	  .kind = KG_OPTION_COLUMN,
	  .role = KG_ROLE_KEY,
	  .required = true,
	  .help = "age band, sex or other stratum; joined with the standard by name",
	  .field = OPTION(strata) },
	{ .name = "standard",
	  .argument = "FILE",
	  .kind = KG_OPTION_TABLE,
	  .help = "standard population (direct) or reference counts and population (indirect) by stratum",
	  .field = OPTION(standard) },
	{ .name = "direct",
	  .kind = KG_OPTION_FLAG,
	  .help = "the place's rates on the standard population (default)",
	  .field = OPTION(direct) },
	{ .name = "indirect",
	  .kind = KG_OPTION_FLAG,
	  .help = "the reference's rates on the place's population: observed over expected",
	  .field = OPTION(indirect) },
	{ .name = "weight",
	  .argument = "COL",
	  .kind = KG_OPTION_TEXT,
	  .help = "column of the standard population, in --standard or else in the input",
	  .field = OPTION(weight) },
	{ .name = "reference-count",
	  .argument = "COL",
	  .kind = KG_OPTION_TEXT,
	  .help = "column of the reference's events (default: named as --count in --standard)",
	  .field = OPTION(reference_count) },
	{ .name = "reference-population",
	  .argument = "COL",
	  .kind = KG_OPTION_TEXT,
	  .help = "column of the reference's population (default: named as --population in --standard)",
	  .field = OPTION(reference_population) },
	{ .name = "events-per-person",
	  .argument = "COL",
	  .kind = KG_OPTION_COLUMN,
	  .role = KG_ROLE_KEY,
	  .help = "--count counts persons with so many events each (direct): one row per stratum and number, the same "
		  "population in each; limits widen",
	  .field = OPTION(per_person) },
	{ .name = "missing-as-zero",
	  .kind = KG_OPTION_FLAG,
	  .help = "a missing count is a true zero (default: the group gets the note 'missing')",
	  .field = OPTION(missing_zero) },
	{ .name = "multiplier",
	  .argument = "N",
	  .fallback = "1000",
	  .kind = KG_OPTION_REAL,
	  .least = 1e-9,
	  .most = 1e12,
	  .help = "rates are per so many people",
	  .field = OPTION(multiplier) },
	{ .name = "method",
	  .argument = "LIST",
	  .kind = KG_OPTION_METHODS,
	  .methods_of = "standardise,indirect",
	  .help = "how intervals are made (default: dobson for direct, byar for indirect)",
	  .field = OPTION(method) },
};

static const struct kg_example example[] = {
	{ "Age-standardised rate of each district on a standard population",
	  "standardise cases.csv --count cases --population persons --strata age --standard standard.csv --by "
	  "district" },
	{ "Observed over expected by the rates of the whole input",
	  "standardise cases.csv --count cases --population persons --strata age --indirect --by district" },
};

struct run {
	const struct options *options;
	const struct kg_context *context;
	struct kg_counts_source source;
	struct kg_standard_strata strata;
	struct kg_groups groups;
	const char *family, *unit;
};

/* One group by stratum; events and population with the least and the most they can be. */
struct table_of {
	double *events, *variance, *population, *events_low, *events_high, *population_low, *population_high;
	bool *seen;
	struct kg_counts sum;
	bool repeated; /* one stratum with two populations where it must have one */
};

static bool allocate(struct table_of *of, size_t count, struct kg_arena *scratch)
{
	double *all = KG_ARRAY(scratch, double, 7 * count);

	*of = (struct table_of){ .seen = KG_ARRAY(scratch, bool, count) };
	if (!all || !of->seen)
		return false;
	of->events = all;
	of->variance = all + count;
	of->population = all + 2 * count;
	of->events_low = all + 3 * count;
	of->events_high = all + 4 * count;
	of->population_low = all + 5 * count;
	of->population_high = all + 6 * count;
	return true;
}

/* Adds one row, which `row` describes, to stratum s. */
static void add_row(struct table_of *of, size_t s, const struct kg_counts *row, bool once)
{
	double each = row->sample.weight ? row->sample.weight[0] : 1, events = row->sample.y[0] * each;
	bool again = once && of->seen[s];

	of->events[s] += events;
	of->variance[s] += events * each;
	of->events_low[s] += (double)row->count_low;
	of->events_high[s] += (double)row->count_high;
	of->repeated |= again && of->population[s] != row->sample.exposure[0];
	if (!again) {
		of->population[s] += row->sample.exposure[0];
		of->population_low[s] += (double)row->denominator_low;
		of->population_high[s] += (double)row->denominator_high;
	}
	of->seen[s] = true;
	of->sum.bounded |= row->bounded;
	of->sum.negative |= row->negative;
	of->sum.sample.n++;
}

static bool collect(const struct run *run, size_t group, struct kg_arena *scratch, struct table_of *of)
{
	if (!allocate(of, run->strata.count, scratch))
		return false;
	for (size_t i = run->groups.start[group]; i < run->groups.start[group + 1]; i++) {
		uint32_t at = run->groups.row[i];
		struct kg_counts row;

		if (!kg_counts_make(&run->source, &at, 1, scratch, &row))
			return false;
		if (row.sample.n)
			add_row(of, run->strata.of_row[at], &row, run->source.weight != NULL);
		of->sum.n_missing += row.n_missing;
	}
	return true;
}

/* Sum of weight * a / b over strata (direct), or the quotient of sum of a and sum of weight * b (indirect). */
static long double combine(const struct run *run, const double *a, const double *b)
{
	long double above = 0, below = 0, sum = 0;

	for (size_t s = 0; s < run->strata.count; s++) {
		sum += run->strata.weight[s];
		if (run->options->indirect) {
			above += a[s];
			below += (long double)run->strata.weight[s] * b[s];
		} else {
			above += (long double)run->strata.weight[s] * a[s] / b[s];
		}
	}
	return run->options->indirect ? above / below : above / sum;
}

static void set_bounds(const struct run *run, const struct table_of *of, struct kg_term *term)
{
	bool ratio = strcmp(term->term, "ratio") == 0;
	double per = ratio ? 1 : run->options->multiplier * (run->options->indirect ? run->strata.crude : 1);

	if (!of->sum.bounded || isnan(term->estimate))
		return;
	term->bound_low = (double)(per * combine(run, of->events_low, of->population_high));
	term->bound_high = (double)(per * combine(run, of->events_high, of->population_low));
	term->why = KG_WHY_BOUND;
}

static enum kg_why refuse(const struct run *run, const struct table_of *of)
{
	if (of->sum.n_missing > 0)
		return KG_WHY_MISSING;
	if (of->sum.negative)
		return KG_WHY_NEGATIVE;
	for (size_t s = 0; s < run->strata.count; s++)
		if (!of->seen[s])
			return KG_WHY_MISSING_STRATUM;
	return of->repeated ? KG_WHY_UNEQUAL_POPULATION : KG_WHY_NONE;
}

static void add_method(const struct run *run, const struct kg_stat *stat, const struct table_of *of,
		       struct kg_rows *rows)
{
	struct kg_sample sample = { .n = run->strata.count,
				    .y = of->events,
				    .x = of->variance,
				    .exposure = of->population,
				    .weight = run->strata.weight };
	struct kg_params params = { .conf_level = run->context->conf_level,
				    .multiplier = run->options->multiplier,
				    .own = &run->strata.crude };
	struct kg_term term[2];
	size_t count = stat->fit(&sample, &params, NULL, term, 2);
	enum kg_why why = refuse(run, of);

	for (size_t k = 0; k < count; k++) {
		struct kg_row row = { .term = why == KG_WHY_NONE ? term[k] : kg_term_none(term[k].term, NULL, why),
				      .method = stat->id,
				      .n = (double)of->sum.sample.n,
				      .n_missing = of->sum.n_missing };

		row.term.unit = strcmp(row.term.term, "ratio") == 0 ? "observed / expected" : run->unit;
		set_bounds(run, of, &row.term);
		kg_rows_add(rows, &row);
	}
}

static bool wants(const struct run *run, const struct kg_stat *stat)
{
	const struct kg_names *asked = &run->options->method;
	const char *first;

	if (strcmp(stat->program, run->family) != 0)
		return false;
	for (size_t i = 0; i < asked->count; i++)
		if (strcmp(asked->name[i], stat->id) == 0)
			return true;
	return !asked->count && kg_stat_ids(run->family, &first, 1) && strcmp(first, stat->id) == 0;
}

static enum kg_status work(void *context, size_t group, struct kg_arena *scratch, struct kg_rows *rows,
			   struct kg_error *error)
{
	const struct run *run = context;
	size_t count;
	const struct kg_stat *const *stat = kg_stat_all(&count);
	struct table_of of;

	if (!collect(run, group, scratch, &of))
		return kg_error_memory(error);
	for (size_t i = 0; i < count; i++)
		if (wants(run, stat[i]))
			add_method(run, stat[i], &of, rows);
	return KG_OK;
}

static enum kg_status check_options(const struct options *options, const char *family, struct kg_error *error)
{
	if (options->direct && options->indirect)
		return kg_error_set(error, KG_EUSAGE, "'--direct' and '--indirect' are both given; choose one");
	if (options->per_person && options->indirect)
		return kg_error_set(error, KG_EUSAGE, "'--events-per-person' belongs to --direct; leave it out");
	if (options->per_person && !options->standard.spec && !options->weight)
		return kg_error_set(error, KG_EUSAGE,
				    "'--events-per-person' needs a standard; give '--standard FILE' or "
				    "'--weight COL'");
	if (!options->reference_count != !options->reference_population && !options->standard.spec)
		return kg_error_set(error, KG_EUSAGE, "'--reference-count' and '--reference-population' go together");
	for (size_t i = 0; i < options->method.count; i++)
		if (!kg_stat_find(family, options->method.name[i]))
			return kg_error_set(error, KG_EUSAGE,
					    "'%s' is no method of %s standardisation; 'keng standardise "
					    "--help' lists them",
					    options->method.name[i], options->indirect ? "indirect" : "direct");
	return KG_OK;
}

static enum kg_status read_strata(struct run *run, const struct kg_table *table, struct kg_error *error)
{
	const struct options *options = run->options;
	struct kg_standard_plan plan = { .data = table,
				       .file = options->standard.table,
				       .file_name = options->standard.spec,
				       .strata = options->strata,
				       .weight = options->weight,
				       .count = options->count,
				       .population = options->population };

	if (!options->indirect)
		return kg_strata_direct(&plan, run->context->arena, &run->strata, error);
	plan.weight = options->reference_count;
	if (options->reference_count)
		plan.count = options->reference_count;
	if (options->reference_population)
		plan.population = options->reference_population;
	return kg_strata_indirect(&plan, run->context->arena, &run->strata, error);
}

static enum kg_status finish(const struct run *run, const struct kg_table *table, struct kg_result **result,
			     struct kg_error *error)
{
	struct kg_arena *arena = run->context->arena;
	const struct kg_names *by = &run->context->by;

	*result = kg_result_new(table, arena);
	if (!*result)
		return kg_error_memory(error);
	if (run->options->indirect)
		kg_result_title(*result, arena, "Indirectly standardised %s", run->source.count->name);
	else
		kg_result_title(*result, arena, "Directly standardised %s", run->source.count->name);
	kg_counts_title(&run->source, by, *result, arena);
	kg_result_remark(*result, arena, "%s", run->strata.whence);
	if (!by->count)
		return KG_OK;
	return kg_counts_picture(*result, "bar", "term = 'rate'", by->name[by->count - 1], arena, error);
}

static enum kg_status run_standardise(const void *options, const struct kg_table *const *in, size_t nin,
				      struct kg_context *context, struct kg_result **result, struct kg_error *error)
{
	struct run run = { .options = options, .context = context };
	const char *const name[] = { run.options->count, run.options->population, run.options->per_person, NULL };
	const struct kg_table *table;
	struct kg_tidy_plan plan = { .name = "standardise",
				     .table = in[0],
				     .groups = &run.groups,
				     .conf_level = context->conf_level,
				     .threads = context->threads,
				     .work = work,
				     .context = &run };

	(void)nin;
	run.family = run.options->indirect ? "indirect" : "standardise";
	KG_TRY(check_options(run.options, run.family, error));
	KG_TRY(kg_counts_open(in[0], name, &run.source, error));
	run.source.missing_zero = run.options->missing_zero;
	KG_TRY(read_strata(&run, in[0], error));
	run.unit = kg_counts_unit(&run.source, run.options->multiplier, context->arena);
	if (!run.unit)
		return kg_error_memory(error);
	KG_TRY(kg_groups_make(in[0], &context->by, context->arena, &run.groups, error));
	KG_TRY(kg_tidy_run(&plan, context->arena, &table, error));
	return finish(&run, table, result, error);
}

const struct kg_program kg_program_standardise = {
	.name = "standardise",
	.summary = "rates freed of differences in age (or another stratum)",
	.detail =
	    "Direct: what the rate would be if the place had the standard's make-up. Indirect: how many events more or "
	    "fewer than at the reference's rates. Strata are joined by name; those that do not match are an error that "
	    "lists them. Without --standard and --weight the whole input is the standard.",
	.option = option,
	.noption = sizeof option / sizeof option[0],
	.options_size = sizeof(struct options),
	.example = example,
	.nexample = sizeof example / sizeof example[0],
	.all_columns = true,
	.run = run_standardise,
};
