#include <stdio.h>
#include <string.h>

#include "report/label.h"
#include "participation_sentence.h"
#include "participation_total.h"
#include "report/tidy.h"

struct options {
	const char *count, *population, *denominator, *events, *years, *per_person, *weights, *as;
	struct kg_names method;
	double multiplier, also_level;
};

#define OPTION(field_name) offsetof(struct options, field_name)

static const char *const kinds[] = { "rate", "proportion", NULL };

static const struct kg_option option[] = {
	{ .name = "count",
	  .argument = "COL",
	  .kind = KG_OPTION_COLUMN,
	  .role = KG_ROLE_VALUE,
	  .required = true,
	  .help = "what is counted: attendances, members, communes that attain",
	  .field = OPTION(count) },
	{ .name = "population",
	  .argument = "COL",
	  .kind = KG_OPTION_COLUMN,
	  .role = KG_ROLE_VALUE,
	  .help = "people at risk; gives a rate per --multiplier of them",
	  .field = OPTION(population) },
	{ .name = "denominator",
	  .argument = "COL",
	  .kind = KG_OPTION_COLUMN,
	  .role = KG_ROLE_VALUE,
	  .help = "all of which the count is a part; gives a proportion",
	  .field = OPTION(denominator) },
	{ .name = "events",
	  .argument = "COL",
	  .kind = KG_OPTION_COLUMN,
	  .role = KG_ROLE_VALUE,
	  .help = "number of events; also gives the mean count per event",
	  .field = OPTION(events) },
	{ .name = "years",
	  .argument = "N|COL",
	  .kind = KG_OPTION_COLUMN_OR_NUMBER,
	  .help = "years that the count covers; the rate is then per year",
	  .field = OPTION(years) },
	{ .name = "events-per-person",
	  .argument = "COL",
	  .kind = KG_OPTION_COLUMN,
	  .role = KG_ROLE_KEY,
	  .help = "--count counts persons with so many events each; populations of rows add (0 where another row has "
		  "them); "
		  "limits widen, since one person's events go together",
	  .field = OPTION(per_person) },
	{ .name = "weights",
	  .argument = "COL",
	  .kind = KG_OPTION_COLUMN,
	  .role = KG_ROLE_KEY,
	  .help = "sampling weight of each row, by which count and denominator are multiplied; limits are those of "
		  "what was "
		  "counted (rates, Dobson) or of the effective number (proportions, Kish)",
	  .field = OPTION(weights) },
	{ .name = "multiplier",
	  .argument = "N",
	  .fallback = "1000",
	  .kind = KG_OPTION_REAL,
	  .least = 1e-9,
	  .most = 1e12,
	  .help = "rates are per so many people",
	  .field = OPTION(multiplier) },
	{ .name = "as",
	  .argument = "KIND",
	  .kind = KG_OPTION_CHOICE,
	  .choice = kinds,
	  .help = "rate (default with --population) or proportion (default with --denominator)",
	  .field = OPTION(as) },
	{ .name = "method",
	  .argument = "LIST",
	  .kind = KG_OPTION_METHODS,
	  .methods_of = "participation,proportion",
	  .help = "how intervals are made (default: byar for rates, wilson for proportions)",
	  .field = OPTION(method) },
	{ .name = "also-level",
	  .argument = "P",
	  .kind = KG_OPTION_REAL,
	  .least = 0.5,
	  .most = 0.999999,
	  .help = "a second confidence level, such as 0.998: own columns conf_998_low and conf_998_high",
	  .field = OPTION(also_level) },
};

static const struct kg_example example[] = {
	{ "Attendances per 1,000 residents and year, by level, and per event",
	  "participation festivals.csv --count attendances --population population --events events --years 5 --by "
	  "level" },
	{ "Share of communes that attain the criterion, with exact limits",
	  "participation communes.csv --count attained --denominator communes --by district --method clopper-pearson" },
	{ "Rates at 95 and 99.8 percent together",
	  "participation festivals.csv --count attendances --population population --by place --also-level 0.998" },
};

/* One kind of quotient that is asked for. */
struct quotient {
	const char *family; /* of its statistics: participation, proportion, per-event */
	struct kg_counts_source source;
	const char *term, *unit;
	double multiplier, most;
	const struct kg_stat *const *stat; /* the methods asked for */
	size_t nstat;
	struct kg_counts_total total;
};

struct run {
	const struct options *options;
	const struct kg_context *context;
	struct kg_groups groups;
	struct quotient quotient[2];
	size_t nquotient, nown;
};

/* Is the method asked for one of this family? */
static bool wants(const struct kg_names *asked, const struct quotient *of, const struct kg_stat *stat)
{
	const char *first;

	if (strcmp(stat->program, of->family) != 0)
		return false;
	if (of->family[0] == 'p' && of->family[1] == 'e')
		return true;
	for (size_t i = 0; i < asked->count; i++)
		if (strcmp(asked->name[i], stat->id) == 0)
			return true;
	return !asked->count && kg_stat_ids(of->family, &first, 1) && strcmp(first, stat->id) == 0;
}

static enum kg_status choose_methods(const struct kg_names *asked, struct quotient *of, struct kg_arena *arena,
				     struct kg_error *error)
{
	size_t count;
	const struct kg_stat *const *all = kg_stat_all(&count);
	const struct kg_stat **chosen = KG_ARRAY(arena, const struct kg_stat *, count);

	if (!chosen)
		return kg_error_memory(error);
	for (size_t i = 0; i < count; i++)
		if (wants(asked, of, all[i]))
			chosen[of->nstat++] = all[i];
	of->stat = chosen;
	return KG_OK;
}

static struct kg_term estimate(const struct quotient *of, const struct kg_stat *stat, const struct kg_counts *counts,
			       double conf_level)
{
	struct kg_params params = { .conf_level = conf_level, .multiplier = of->multiplier };
	struct kg_term term = kg_term_none(of->term, of->unit, KG_WHY_MISSING);

	if (counts->sample.n >= stat->min_n)
		stat->fit(&counts->sample, &params, NULL, &term, 1);
	term.unit = of->unit;
	kg_counts_bound(counts, of->multiplier, of->most, &term);
	return term;
}

/* True where there is an estimate. */
static bool add_estimate(const struct run *run, const struct quotient *of, const struct kg_stat *stat,
			 const struct kg_counts *counts, struct kg_rows *rows)
{
	struct kg_row row = { .term = estimate(of, stat, counts, run->context->conf_level),
			      .method = stat->id,
			      .n = (double)counts->sample.n,
			      .n_missing = counts->n_missing };

	for (size_t k = 0; k < KG_OWN_MOST; k++)
		row.own[k].real = NAN;
	if (run->nown) {
		struct kg_term also = estimate(of, stat, counts, run->options->also_level);

		row.own[0].real = also.conf_low;
		row.own[1].real = also.conf_high;
	}
	kg_rows_add(rows, &row);
	return !isnan(row.term.estimate);
}

static enum kg_status work(void *context, size_t group, struct kg_arena *scratch, struct kg_rows *rows,
			   struct kg_error *error)
{
	const struct run *run = context;
	size_t start = run->groups.start[group], n = run->groups.start[group + 1] - start;

	for (size_t q = 0; q < run->nquotient; q++) {
		const struct quotient *of = &run->quotient[q];
		struct kg_counts counts;

		if (!kg_counts_make(&of->source, &run->groups.row[start], n, scratch, &counts))
			return kg_error_memory(error);
		for (size_t i = 0; i < of->nstat; i++)
			if (add_estimate(run, of, of->stat[i], &counts, rows))
				kg_counts_total_keep(&of->total, group, &counts);
	}
	return KG_OK;
}

static enum kg_status check_options(const struct options *options, struct kg_error *error)
{
	const char *proportion = "proportion";

	if (options->population && options->denominator)
		return kg_error_set(error, KG_EUSAGE, "'--population' and '--denominator' are both given; use one");
	if (!options->population && !options->denominator && !options->events)
		return kg_error_set(error, KG_EUSAGE,
				    "nothing to divide by; give '--population', '--denominator' or '--events'");
	if (options->as && strcmp(options->as, proportion) == 0 && (options->years || options->per_person))
		return kg_error_set(error, KG_EUSAGE,
				    "'--years' and '--events-per-person' belong to rates; leave them "
				    "out or use '--as rate'");
	return KG_OK;
}

static enum kg_status check_methods(const struct options *options, const char *family, struct kg_error *error)
{
	for (size_t i = 0; i < options->method.count; i++)
		if (!kg_stat_find(family, options->method.name[i]))
			return kg_error_set(
			    error, KG_EUSAGE, "'%s' is no method for a %s; 'keng participation --help' lists them",
			    options->method.name[i], strcmp(family, "proportion") == 0 ? "proportion" : "rate");
	return KG_OK;
}

static enum kg_status open_source(const struct run *run, const struct kg_table *table, const char *const name[4],
				  struct quotient *of, struct kg_error *error)
{
	KG_TRY(kg_counts_open(table, name, &of->source, error));
	return run->options->weights ? kg_table_number(table, run->options->weights, &of->source.sampling, error)
				     : KG_OK;
}

static enum kg_status add_share(struct run *run, const struct kg_table *table, struct kg_error *error)
{
	const struct options *options = run->options;
	const char *denominator = options->population ? options->population : options->denominator;
	bool rate = options->as ? strcmp(options->as, "rate") == 0 : options->population != NULL;
	struct quotient *of = &run->quotient[run->nquotient];
	const char *const name[] = { options->count, denominator, options->per_person, options->years };

	if (!denominator)
		return KG_OK;
	*of =
	    (struct quotient){ .family = rate ? "participation" : "proportion", .term = rate ? "rate" : "proportion" };
	of->multiplier = rate ? options->multiplier : 1;
	of->most = rate ? INFINITY : 1;
	KG_TRY(check_methods(options, of->family, error));
	KG_TRY(choose_methods(&options->method, of, run->context->arena, error));
	KG_TRY(open_source(run, table, name, of, error));
	of->unit = rate ? kg_counts_unit(&of->source, of->multiplier, run->context->arena) : "fraction";
	run->nquotient++;
	return of->unit ? KG_OK : kg_error_memory(error);
}

static enum kg_status add_per_event(struct run *run, const struct kg_table *table, struct kg_error *error)
{
	const struct options *options = run->options;
	struct quotient *of = &run->quotient[run->nquotient];
	const char *const name[] = { options->count, options->events, options->per_person, NULL };

	if (!options->events)
		return KG_OK;
	*of = (struct quotient){ .family = "per-event", .term = "per_event", .multiplier = 1, .most = INFINITY };
	KG_TRY(choose_methods(&options->method, of, run->context->arena, error));
	KG_TRY(open_source(run, table, name, of, error));
	of->unit = "per event";
	if (of->source.count->unit)
		of->unit = kg_arena_format(run->context->arena, "%s per event", of->source.count->unit);
	run->nquotient++;
	return of->unit ? KG_OK : kg_error_memory(error);
}

/* "conf_998_low" for 0.998. */
static enum kg_status name_also(const struct run *run, struct kg_own own[2], struct kg_error *error)
{
	char digits[32];
	size_t length;

	snprintf(digits, sizeof digits, "%.6f", run->options->also_level);
	for (length = strlen(digits); digits[length - 1] == '0'; length--)
		digits[length - 1] = '\0';
	own[0] = (struct kg_own){ kg_arena_format(run->context->arena, "conf_%s_low", digits + 2), KG_REAL, NULL };
	own[1] = (struct kg_own){ kg_arena_format(run->context->arena, "conf_%s_high", digits + 2), KG_REAL, NULL };
	return own[0].name && own[1].name ? KG_OK : kg_error_memory(error);
}

static void say(const struct run *run, struct kg_result *result)
{
	const struct kg_names *by = &run->context->by;

	for (size_t q = 0; q < run->nquotient; q++) {
		const struct quotient *of = &run->quotient[q];
		const struct kg_sentence_plan plan = { &of->source,
						       of->term,
						       of->stat[0]->id,
						       of->multiplier,
						       run->context->conf_level,
						       by->count ? by->name[by->count - 1] : NULL };

		kg_participation_say(&plan, result, run->context->arena);
		kg_counts_total_say(&of->total, !run->options->years || q > 0, result, run->context->arena);
	}
}

static enum kg_status finish(const struct run *run, const struct kg_table *table, struct kg_result **result,
			     struct kg_error *error)
{
	const struct kg_names *by = &run->context->by;
	const struct quotient *first = &run->quotient[0];

	*result = kg_result_new(table, run->context->arena);
	if (!*result)
		return kg_error_memory(error);
	kg_result_title(*result, run->context->arena, "Participation: %s",
			kg_label_column(first->source.count, run->context->arena));
	kg_counts_title(&first->source, by, *result, run->context->arena);
	say(run, *result);
	if (run->options->weights)
		kg_result_remark(*result, run->context->arena, "Rows count by their weights in '%s'.",
				 kg_label_named(first->source.table, run->options->weights, run->context->arena));
	if (!by->count)
		return KG_OK;
	return kg_counts_picture(
	    *result, &(struct kg_counts_shown){ "bar", first->term, first->stat[0]->id, by->name[by->count - 1] },
	    run->context->arena, error);
}

static enum kg_status run_participation(const void *options, const struct kg_table *const *in, size_t nin,
					struct kg_context *context, struct kg_result **result, struct kg_error *error)
{
	struct run run = { .options = options, .context = context };
	struct kg_own own[2];
	const struct kg_table *table;

	(void)nin;
	KG_TRY(check_options(options, error));
	KG_TRY(add_share(&run, in[0], error));
	KG_TRY(add_per_event(&run, in[0], error));
	KG_TRY(kg_groups_make(in[0], &context->by, context->arena, &run.groups, error));
	for (size_t q = 0; q < run.nquotient; q++)
		if (!kg_counts_total_open(&run.quotient[q].total, &run.quotient[q].source, run.groups.ngroup,
					  context->arena))
			return kg_error_memory(error);
	if (run.options->also_level > 0) {
		run.nown = 2;
		KG_TRY(name_also(&run, own, error));
	}
	struct kg_tidy_plan plan = { .name = "participation",
				     .table = in[0],
				     .groups = &run.groups,
				     .own = own,
				     .nown = run.nown,
				     .conf_level = context->conf_level,
				     .threads = context->threads,
				     .work = work,
				     .context = &run };
	KG_TRY(kg_tidy_run(&plan, context->arena, &table, error));
	return finish(&run, table, result, error);
}

const struct kg_program kg_program_participation = {
	.name = "participation",
	.summary = "rates, proportions and per-event means, with intervals",
	.detail =
	    "One row per group of --by: counts and denominators of its rows are added, then divided. Figures such as "
	    "\">30000\" are bounds: bound_low and bound_high give the range of the result, apart from the interval. "
	    "A group with a negative count, a zero denominator or a count above its denominator gets a note.",
	.option = option,
	.noption = sizeof option / sizeof option[0],
	.options_size = sizeof(struct options),
	.example = example,
	.nexample = sizeof example / sizeof example[0],
	.run = run_participation,
};
