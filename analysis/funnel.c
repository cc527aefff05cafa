#include "stats/funnel.h"
#include "stats/standard.h"

#include <string.h>

#include "participation_counts.h"
#include "report/tidy.h"

struct options {
	const char *count, *population, *standardised, *as, *overdispersion;
	struct kg_names method;
	double multiplier, target;
};

#define OPTION(field_name) offsetof(struct options, field_name)

static const char *const kinds[] = { "rate", "proportion", "ratio", NULL };
static const char *const dispersions[] = { "none", "multiplicative", "additive", NULL };

static const struct kg_option option[] = {
	{ .name = "count",
	  .argument = "COL",
	  .kind = KG_OPTION_COLUMN,
	  .role = KG_ROLE_VALUE,
	  .required = true,
	  .help = "what is counted in each place",
	  .field = OPTION(count) },
	{ .name = "population",
	  .argument = "COL",
	  .kind = KG_OPTION_COLUMN,
	  .role = KG_ROLE_VALUE,
	  .help = "population; the denominator with --as proportion, the expected count with --as ratio",
	  .field = OPTION(population) },
	{ .name = "standardised",
	  .argument = "COL",
	  .kind = KG_OPTION_COLUMN,
	  .role = KG_ROLE_KEY,
	  .help = "directly standardised rate of each place, per --multiplier, in place of --population; not assessed "
		  "below 10 events",
	  .field = OPTION(standardised) },
	{ .name = "as",
	  .argument = "KIND",
	  .fallback = "rate",
	  .kind = KG_OPTION_CHOICE,
	  .choice = kinds,
	  .help = "what counts and populations make",
	  .field = OPTION(as) },
	{ .name = "target",
	  .argument = "T",
	  .kind = KG_OPTION_REAL,
	  .least = 0,
	  .most = 1e300,
	  .help = "the value to compare with, in the unit of the result (default: all places together; 1 for a ratio)",
	  .field = OPTION(target) },
	{ .name = "overdispersion",
	  .argument = "HOW",
	  .fallback = "none",
	  .kind = KG_OPTION_CHOICE,
	  .choice = dispersions,
	  .help = "widen the limits when places differ by more than chance",
	  .field = OPTION(overdispersion) },
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
	  .methods_of = "funnel,",
	  .help = "how limits are made (default: poisson; binomial with --as proportion)",
	  .field = OPTION(method) },
};

static const struct kg_example example[] = {
	{ "Which communes draw more or fewer people than their size explains",
	  "funnel communes.csv --count attendances --population population --by commune" },
	{ "Districts that attain a criterion more or less often, wider limits",
	  "funnel communes.csv --count attained --population communes --as proportion --by district --overdispersion "
	  "additive" },
};

enum { LOW_95, HIGH_95, LOW_998, HIGH_998, CLASS, OWN_COUNT };

static const struct kg_own own[OWN_COUNT] = { [LOW_95] = { "limit_95_low", KG_REAL, NULL },
					      [HIGH_95] = { "limit_95_high", KG_REAL, NULL },
					      [LOW_998] = { "limit_998_low", KG_REAL, NULL },
					      [HIGH_998] = { "limit_998_high", KG_REAL, NULL },
					      [CLASS] = { "class", KG_INTEGER, NULL } };

#define METHODS_MOST 4

/* One method, with the target and spread of all places. */
struct fitted {
	const char *id;
	const struct kg_funnel_method *method;
	struct kg_funnel_spread spread;
};

struct run {
	const struct options *options;
	const struct kg_context *context;
	struct kg_counts_source source;
	const struct kg_column *standardised;
	struct kg_groups groups;
	struct fitted fitted[METHODS_MOST];
	size_t nfitted;
	enum kg_overdispersion how;
	double target, multiplier; /* target per one person */
	const char *unit;
	bool proportion;
};

static const struct kg_funnel_method *find_method(const char *id)
{
	static const struct {
		const char *id;
		const struct kg_funnel_method *method;
	} all[] = { { "poisson", &kg_funnel_method_poisson },
		    { "binomial", &kg_funnel_method_binomial },
		    { "normal", &kg_funnel_method_normal },
		    { "wilson", &kg_funnel_method_wilson } };

	for (size_t i = 0; i < sizeof all / sizeof all[0]; i++)
		if (strcmp(all[i].id, id) == 0)
			return all[i].method;
	return NULL;
}

static enum kg_why refuse(const struct run *run, const struct kg_counts *place)
{
	if (!place->sample.n)
		return KG_WHY_MISSING;
	if (place->negative)
		return KG_WHY_NEGATIVE;
	if (run->standardised && place->count < KG_DIRECT_EVENTS_LEAST)
		return KG_WHY_SMALL_COUNT;
	if (!(place->denominator > 0))
		return KG_WHY_ZERO_DENOMINATOR;
	return run->proportion && place->above ? KG_WHY_COUNT_ABOVE_DENOMINATOR : KG_WHY_NONE;
}

/* The population in which the place's events make its standardised rate. */
static void set_population(const struct run *run, uint32_t row, struct kg_counts *place)
{
	double rate = kg_column_real(run->standardised, row) / run->multiplier;

	place->denominator = place->count / rate;
	place->denominator_low = place->count_low / rate;
	place->denominator_high = place->count_high / rate;
	place->bounded = false;
}

static bool read_place(const struct run *run, size_t group, struct kg_arena *scratch, struct kg_counts *place)
{
	size_t start = run->groups.start[group];

	if (!kg_counts_make(&run->source, &run->groups.row[start], run->groups.start[group + 1] - start, scratch,
			    place))
		return false;
	if (run->standardised)
		set_population(run, run->groups.row[start], place);
	return true;
}

/* Target and spread over the places that can be estimated. */
static enum kg_status fit_all(struct run *run, struct kg_error *error)
{
	struct kg_arena *arena = run->context->arena;
	double *y = KG_ARRAY(arena, double, run->groups.ngroup),
	       *exposure = KG_ARRAY(arena, double, run->groups.ngroup);
	struct kg_sample sample = { .y = y, .exposure = exposure };
	long double count = 0, denominator = 0;

	if (!y || !exposure)
		return kg_error_memory(error);
	for (size_t g = 0; g < run->groups.ngroup; g++) {
		struct kg_counts place;

		if (!read_place(run, g, arena, &place))
			return kg_error_memory(error);
		if (refuse(run, &place) != KG_WHY_NONE)
			continue;
		y[sample.n] = (double)place.count;
		exposure[sample.n++] = (double)place.denominator;
		count += place.count;
		denominator += place.denominator;
	}
	if (isnan(run->target))
		run->target = (double)(count / denominator);
	for (size_t m = 0; m < run->nfitted; m++)
		run->fitted[m].spread = kg_funnel_spread_make(run->fitted[m].method, &sample, run->target, arena);
	return kg_arena_failed(arena) ? kg_error_memory(error) : KG_OK;
}

static void add_place(const struct run *run, const struct fitted *fitted, const struct kg_counts *counts,
		      struct kg_rows *rows)
{
	double per = run->multiplier;
	struct kg_row row = { .term = kg_term_none("value", run->unit, refuse(run, counts)),
			      .method = fitted->id,
			      .n = (double)counts->sample.n,
			      .n_missing = counts->n_missing };
	struct kg_funnel_place place;

	for (size_t k = 0; k < OWN_COUNT; k++)
		row.own[k].real = NAN;
	if (row.term.why == KG_WHY_NONE && !(run->target > 0 && (!run->proportion || run->target < 1)))
		row.term.why = KG_WHY_NO_SPREAD;
	if (row.term.why == KG_WHY_NONE) {
		place = kg_funnel_place_make(fitted->method, (double)counts->count, (double)counts->denominator,
					     run->target, &fitted->spread, run->how);
		row.term.estimate = (double)(counts->count / counts->denominator * per);
		row.term.statistic = place.z;
		row.term.p_value = fmin(1, 2 * fmin(place.p_low, place.p_high));
		row.own[LOW_95].real = place.limit_95.low * per;
		row.own[HIGH_95].real = place.limit_95.high * per;
		row.own[LOW_998].real = place.limit_998.low * per;
		row.own[HIGH_998].real = place.limit_998.high * per;
		row.own[CLASS].real = place.level;
		kg_counts_bound(counts, per, run->proportion ? 1 : INFINITY, &row.term);
	}
	kg_rows_add(rows, &row);
}

static enum kg_status work(void *context, size_t group, struct kg_arena *scratch, struct kg_rows *rows,
			   struct kg_error *error)
{
	const struct run *run = context;
	struct kg_counts place;

	if (!read_place(run, group, scratch, &place))
		return kg_error_memory(error);
	for (size_t m = 0; m < run->nfitted; m++)
		add_place(run, &run->fitted[m], &place, rows);
	return KG_OK;
}

static enum kg_status choose_methods(struct run *run, struct kg_error *error)
{
	const struct kg_names *asked = &run->options->method;
	const char *const otherwise[] = { run->proportion ? "binomial" : "poisson" };

	run->nfitted = asked->count ? asked->count : 1;
	if (run->nfitted > METHODS_MOST)
		return kg_error_set(error, KG_EUSAGE, "more than %d methods in --method; name each once", METHODS_MOST);
	for (size_t i = 0; i < run->nfitted; i++) {
		struct fitted *fitted = &run->fitted[i];

		fitted->id = asked->count ? asked->name[i] : otherwise[0];
		fitted->method = find_method(fitted->id);
		if (fitted->method->proportion != run->proportion)
			return kg_error_set(error, KG_EUSAGE, "'%s' is no method for a %s; choose %s", fitted->id,
					    run->options->as,
					    run->proportion ? "binomial or wilson" : "poisson or normal");
	}
	return KG_OK;
}

/* Places are the groups of --by; without it, the rows. */
static enum kg_status group_places(struct run *run, const struct kg_table *table, struct kg_error *error)
{
	struct kg_arena *arena = run->context->arena;
	size_t *start = KG_ARRAY(arena, size_t, table->nrow + 1);
	uint32_t *row = KG_ARRAY(arena, uint32_t, table->nrow);

	if (run->context->by.count)
		return kg_groups_make(table, &run->context->by, arena, &run->groups, error);
	if (!start || !row)
		return kg_error_memory(error);
	for (size_t i = 0; i < table->nrow; i++) {
		start[i + 1] = i + 1;
		row[i] = (uint32_t)i;
	}
	run->groups = (struct kg_groups){ .ngroup = table->nrow, .start = start, .row = row };
	return KG_OK;
}

static enum kg_status open_standardised(struct run *run, const struct kg_table *table, struct kg_error *error)
{
	if (!run->options->standardised)
		return KG_OK;
	KG_TRY(kg_table_number(table, run->options->standardised, &run->standardised, error));
	for (size_t g = 0; g < run->groups.ngroup; g++)
		if (run->groups.start[g + 1] - run->groups.start[g] > 1)
			return kg_error_set(error, KG_EDATA,
					    "a place has several rows, and standardised rates do not add; name further "
					    "columns in --by");
	return KG_OK;
}

static enum kg_status open_run(struct run *run, const struct kg_table *table, struct kg_error *error)
{
	const struct options *options = run->options;
	const char *population = options->standardised ? options->count : options->population;
	const char *const name[] = { options->count, population, NULL, NULL };
	bool rate = strcmp(options->as, "rate") == 0, ratio = strcmp(options->as, "ratio") == 0;

	if (!options->standardised == !options->population)
		return kg_error_set(error, KG_EUSAGE, "give either '--population' or '--standardised'");
	if (options->standardised && !rate)
		return kg_error_set(error, KG_EUSAGE, "'--standardised' is a rate; leave out '--as %s'", options->as);
	run->proportion = !rate && !ratio;
	run->multiplier = rate ? options->multiplier : 1;
	run->how = strcmp(options->overdispersion, "additive") == 0	    ? KG_DISPERSION_ADDITIVE
		   : strcmp(options->overdispersion, "multiplicative") == 0 ? KG_DISPERSION_MULTIPLICATIVE
									    : KG_DISPERSION_NONE;
	run->target = options->target > 0 ? options->target / run->multiplier : ratio ? 1 : NAN;
	KG_TRY(choose_methods(run, error));
	KG_TRY(kg_counts_open(table, name, &run->source, error));
	KG_TRY(group_places(run, table, error));
	KG_TRY(open_standardised(run, table, error));
	run->unit = run->standardised ? "standardised rate"
		    : rate	      ? kg_counts_unit(&run->source, run->multiplier, run->context->arena)
		    : ratio	      ? "observed / expected"
				      : "fraction";
	return run->unit ? fit_all(run, error) : kg_error_memory(error);
}

static void remark(const struct run *run, struct kg_result *result)
{
	const struct kg_funnel_spread *spread = &run->fitted[0].spread;
	struct kg_arena *arena = run->context->arena;
	double target = run->target * run->multiplier;

	if (run->options->target > 0)
		kg_result_remark(result, arena, "Target: %.6g %s, from --target.", target, run->unit);
	else if (strcmp(run->options->as, "ratio") == 0)
		kg_result_remark(result, arena, "Target: %.6g %s, from the definition.", target, run->unit);
	else if (run->source.count->low)
		kg_result_remark(
		    result, arena,
		    "Target: %.6g %s, from all places together at their stated figures, though some are bounds.",
		    target, run->unit);
	else
		kg_result_remark(result, arena, "Target: %.6g %s, from all places together.", target, run->unit);
	kg_result_remark(
	    result, arena,
	    "Spread of %zu places: phi %.4g, winsorised %.4g, tau %.4g; 1 is chance alone. Overdispersion: %s.",
	    spread->n, spread->phi, spread->phi_winsorised, sqrt(spread->tau2) * run->multiplier,
	    run->options->overdispersion);
}

static enum kg_status run_funnel(const void *options, const struct kg_table *const *in, size_t nin,
				 struct kg_context *context, struct kg_result **result, struct kg_error *error)
{
	struct run run = { .options = options, .context = context };
	struct kg_counts_shown shown = { .kind = "funnel", .term = "value" };
	const struct kg_table *table;
	struct kg_tidy_plan plan = { .name = "funnel",
				     .table = in[0],
				     .groups = &run.groups,
				     .own = own,
				     .nown = OWN_COUNT,
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
	kg_result_title(*result, context->arena, "Funnel of %s", run.source.count->name);
	if (run.standardised)
		kg_result_title_by(*result, context->arena, &context->by);
	else
		kg_counts_title(&run.source, &context->by, *result, context->arena);
	remark(&run, *result);
	shown.label = context->by.count ? context->by.name[context->by.count - 1] : NULL;
	shown.method = run.fitted[0].id;
	KG_TRY(kg_counts_picture(*result, &shown, context->arena, error));
	(*result)->picture.title = (*result)->title.in[context->language];
	(*result)->picture.data = in[0];
	(*result)->picture.x = run.standardised ? run.options->count : run.options->population;
	(*result)->picture.reference = run.target * run.multiplier;
	return KG_OK;
}

const struct kg_program kg_program_funnel = {
	.name = "funnel",
	.summary = "which places differ from the average by more than chance",
	.detail =
	    "One row per place (group of --by, else row), each with the limits that chance sets for its size at 95 and "
	    "99.8 %. "
	    "class is 2 or 1 above the 99.8 or 95 % limit, 0 within, -1 or -2 below. phi and tau in the remarks say "
	    "whether places differ by more than chance as a whole; then --overdispersion widens the limits.",
	.option = option,
	.noption = sizeof option / sizeof option[0],
	.options_size = sizeof(struct options),
	.example = example,
	.nexample = sizeof example / sizeof example[0],
	.run = run_funnel,
};
