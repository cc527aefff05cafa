#include <string.h>

#include "report/label.h"
#include "participation_total.h"
#include "report/tidy.h"
#include "standardise_range.h"
#include "standardise_totals.h"
#include "stats/standard.h"

struct options {
	const char *count, *population, *strata, *per_person, *weight, *reference_count, *reference_population,
	    *compare;
	struct kg_further standard;
	bool direct, indirect, missing_zero, total;
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
	{ .name = "total-count",
	  .kind = KG_OPTION_FLAG,
	  .help = "--count holds the whole group's events, in one or each of its rows (indirect)",
	  .field = OPTION(total) },
	{ .name = "compare",
	  .argument = "VALUE",
	  .kind = KG_OPTION_TEXT,
	  .help = "also the ratio of each rate to that of the group with this value of the last --by column (direct)",
	  .field = OPTION(compare) },
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
	  .methods_of = "standardise,indirect,standardised-ratio",
	  .help = "how intervals are made (default: dobson for direct, byar for indirect, f-interval for --compare)",
	  .field = OPTION(method) },
};

static const struct kg_example example[] = {
	{ "Age-standardised rate of each district on a standard population",
	  "standardise cases.csv --count cases --population persons --strata age --standard standard.csv --by "
	  "district" },
	{ "Each district's age-standardised rate, and its ratio to that of one of them",
	  "standardise cases.csv --count cases --population persons --strata age --standard standard.csv --by district "
	  "--compare 'Da Bac'" },
	{ "Observed over expected by the rates of the whole input",
	  "standardise cases.csv --count cases --population persons --strata age --indirect --by district" },
};

struct run {
	const struct options *options;
	const struct kg_context *context;
	struct kg_counts_source source;
	struct kg_standard_strata strata;
	struct kg_groups groups;
	size_t *reference; /* of each group, with --compare */
	const char *family, *unit;
	struct kg_counts_total total;
};

/* The figure of a group that is made of the strata: `term`: ratio or rate; `other`: the group compared with, or NULL.
 */
static void set_bounds(const struct run *run, const struct kg_strata_group *of, const struct kg_strata_group *other,
		       struct kg_arena *scratch, struct kg_term *term)
{
	bool rate = strcmp(term->term, "rate") == 0;

	kg_standard_range(&(struct kg_standard_figure){ &run->strata, of, other, run->options->indirect,
							rate && run->options->indirect },
			  rate ? run->options->multiplier : 1, scratch, term);
}

/* Adds a row of a group, with what it is made of. */
static void add_row(const struct run *run, const struct kg_strata_group *of, struct kg_row *row, struct kg_rows *rows)
{
	kg_standard_totals_set(&run->strata, of, run->options->indirect, run->options->multiplier, row);
	kg_rows_add(rows, row);
}

static void add_method(const struct run *run, const struct kg_stat *stat, size_t group,
		       const struct kg_strata_group *of, struct kg_arena *scratch, struct kg_rows *rows)
{
	struct kg_sample sample = { .n = run->strata.count,
				    .y = of->events.stated,
				    .x = of->variance,
				    .exposure = of->population.stated,
				    .weight = run->strata.weight };
	struct kg_params params = { .conf_level = run->context->conf_level,
				    .multiplier = run->options->multiplier,
				    .own = &run->strata.crude };
	struct kg_term term[2];
	size_t count = stat->fit(&sample, &params, NULL, term, 2);
	enum kg_why why = kg_strata_group_refuse(of, run->strata.count);
	const struct kg_counts sum = kg_strata_group_sum(of, run->strata.count);

	for (size_t k = 0; k < count; k++) {
		struct kg_row row = { .term = why == KG_WHY_NONE ? term[k] : kg_term_none(term[k].term, NULL, why),
				      .method = stat->id,
				      .n = (double)of->sum.sample.n,
				      .n_missing = of->sum.n_missing };

		row.term.unit = strcmp(row.term.term, "ratio") == 0 ? "observed / expected" : run->unit;
		set_bounds(run, of, NULL, scratch, &row.term);
		if (!isnan(row.term.estimate))
			kg_counts_total_keep(&run->total, group, &sum);
		add_row(run, of, &row, rows);
	}
}

static bool wants(const struct run *run, const char *family, const struct kg_stat *stat)
{
	const struct kg_names *asked = &run->options->method;
	const char *first;
	bool any = false;

	if (strcmp(stat->program, family) != 0)
		return false;
	for (size_t i = 0; i < asked->count; i++) {
		any |= kg_stat_find(family, asked->name[i]) != NULL;
		if (strcmp(asked->name[i], stat->id) == 0)
			return true;
	}
	return !any && kg_stat_ids(family, &first, 1) && strcmp(first, stat->id) == 0;
}

static bool collect(const struct run *run, size_t group, struct kg_arena *scratch, struct kg_strata_group *of)
{
	const struct kg_strata_source source = { &run->source, &run->strata, run->options->total };
	size_t start = run->groups.start[group];

	return kg_strata_group_make(&source, &run->groups.row[start], run->groups.start[group + 1] - start, scratch,
				    of);
}

static enum kg_why make_direct(const struct run *run, const struct kg_strata_group *of, struct kg_direct *direct)
{
	const struct kg_sample sample = { .n = run->strata.count,
					  .y = of->events.stated,
					  .x = of->variance,
					  .exposure = of->population.stated,
					  .weight = run->strata.weight };
	enum kg_why why = kg_strata_group_refuse(of, run->strata.count);

	return why == KG_WHY_NONE ? kg_direct_make(&sample, direct) : why;
}

/* The ratio to the reference; `reference` NULL: there is none. */
static void add_ratio(const struct run *run, const struct kg_stat *stat, const struct kg_strata_group *of,
		      const struct kg_strata_group *reference, struct kg_arena *scratch, struct kg_rows *rows)
{
	struct kg_direct pair[2] = { 0 };
	struct kg_params params = { .conf_level = run->context->conf_level, .own = pair };
	enum kg_why why = make_direct(run, of, &pair[0]);
	struct kg_row row = { .method = stat->id, .n_missing = of->sum.n_missing };

	row.n = (double)(of->sum.sample.n + (reference ? reference->sum.sample.n : 0));
	if (why == KG_WHY_NONE)
		why = reference ? make_direct(run, reference, &pair[1]) : KG_WHY_NO_REFERENCE;
	row.term = kg_term_none("ratio", "ratio", why);
	if (why == KG_WHY_NONE)
		stat->fit(NULL, &params, NULL, &row.term, 1);
	if (why == KG_WHY_NONE)
		set_bounds(run, of, reference, scratch, &row.term);
	add_row(run, of, &row, rows);
}

static enum kg_status work(void *context, size_t group, struct kg_arena *scratch, struct kg_rows *rows,
			   struct kg_error *error)
{
	const struct run *run = context;
	size_t count, reference = run->reference ? run->reference[group] : group;
	const struct kg_stat *const *stat = kg_stat_all(&count);
	struct kg_strata_group of, with;

	if (!collect(run, group, scratch, &of))
		return kg_error_memory(error);
	for (size_t i = 0; i < count; i++)
		if (wants(run, run->family, stat[i]))
			add_method(run, stat[i], group, &of, scratch, rows);
	if (reference == group)
		return KG_OK;
	if (reference != SIZE_MAX && !collect(run, reference, scratch, &with))
		return kg_error_memory(error);
	for (size_t i = 0; i < count; i++)
		if (wants(run, "standardised-ratio", stat[i]))
			add_ratio(run, stat[i], &of, reference == SIZE_MAX ? NULL : &with, scratch, rows);
	return KG_OK;
}

static enum kg_status check_further(const struct run *run, struct kg_error *error)
{
	const struct options *options = run->options;

	if (options->compare && options->indirect)
		return kg_error_set(error, KG_EUSAGE,
				    "'--compare' belongs to --direct: indirect ratios have no common standard");
	if (options->compare && !run->context->by.count)
		return kg_error_set(error, KG_EUSAGE, "'--compare' needs groups; name their column with --by");
	if (options->total && (!options->indirect || !options->standard.spec))
		return kg_error_set(error, KG_EUSAGE, "'--total-count' needs '--indirect' and '--standard FILE'");
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
		if (!kg_stat_find(family, options->method.name[i]) &&
		    !(options->compare && kg_stat_find("standardised-ratio", options->method.name[i])))
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
					 .population = options->population,
					 .missing_zero = options->missing_zero };

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
		kg_result_title(*result, arena, "Indirectly standardised %s",
				kg_label_column(run->source.count, arena));
	else
		kg_result_title(*result, arena, "Directly standardised %s", kg_label_column(run->source.count, arena));
	kg_counts_title(&run->source, by, *result, arena);
	kg_result_say(*result, arena, run->strata.whence);
	kg_strata_remark_lacking(&run->strata, &run->groups, *result, arena);
	if (!run->options->total)
		kg_counts_total_say(&run->total, !run->options->per_person, *result, arena);
	if (!by->count)
		return KG_OK;
	KG_TRY(kg_counts_picture(*result, &(struct kg_counts_shown){ "bar", "rate", NULL, by->name[by->count - 1] },
				 arena, error));
	(*result)->picture.title = kg_message_pack(arena, &(*result)->title);
	return KG_OK;
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
				     .own = kg_standard_totals(run.options->indirect),
				     .nown = KG_STANDARD_TOTALS,
				     .conf_level = context->conf_level,
				     .threads = context->threads,
				     .work = work,
				     .context = &run };

	(void)nin;
	run.family = run.options->indirect ? "indirect" : "standardise";
	KG_TRY(check_options(run.options, run.family, error));
	KG_TRY(check_further(&run, error));
	KG_TRY(kg_counts_open(in[0], name, &run.source, error));
	run.source.missing_zero = run.options->missing_zero || run.options->total;
	KG_TRY(read_strata(&run, in[0], error));
	run.unit = kg_counts_unit(&run.source, run.options->multiplier, context->arena);
	if (!run.unit)
		return kg_error_memory(error);
	KG_TRY(kg_groups_make(in[0], &context->by, context->arena, &run.groups, error));
	if (!kg_counts_total_open(&run.total, &run.source, run.groups.ngroup, context->arena))
		return kg_error_memory(error);
	if (run.options->compare)
		KG_TRY(kg_strata_references(in[0], &run.groups, run.options->compare, context->arena, &run.reference,
					    error));
	KG_TRY(kg_tidy_run(&plan, context->arena, &table, error));
	return finish(&run, table, result, error);
}

const struct kg_program kg_program_standardise = {
	.name = "standardise",
	.summary = "rates freed of differences in age (or another stratum)",
	.detail =
	    "Direct: what the rate would be if the place had the standard's make-up. Indirect: how many events more or "
	    "fewer than at the reference's rates. Strata are joined by name; those that do not match are an error that "
	    "lists them. Without --standard and --weight the whole input is the standard. Beside each rate stand the "
	    "observed events, and the population and crude rate (direct) or expected events and the reference's rate "
	    "(indirect); p_value of a ratio tests it against 1.",
	.option = option,
	.noption = sizeof option / sizeof option[0],
	.options_size = sizeof(struct options),
	.example = example,
	.nexample = sizeof example / sizeof example[0],
	.all_columns = true,
	.run = run_standardise,
};
