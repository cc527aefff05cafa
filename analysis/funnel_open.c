#include "funnel_run.h"

#include <math.h>
#include <string.h>

#include "stats/standard.h"

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

enum kg_why kg_funnel_refuse(const struct kg_funnel_run *run, const struct kg_counts *place)
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
static void set_population(const struct kg_funnel_run *run, uint32_t row, struct kg_counts *place)
{
	double rate = kg_column_real(run->standardised, row) / run->multiplier;

	place->denominator = place->count / rate;
	place->denominator_low = place->count_low / rate;
	place->denominator_high = place->count_high / rate;
	place->bounded = false;
}

bool kg_funnel_read(const struct kg_funnel_run *run, size_t group, struct kg_arena *scratch, struct kg_counts *place)
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
static enum kg_status fit_all(struct kg_funnel_run *run, struct kg_error *error)
{
	struct kg_arena *arena = run->context->arena;
	double *y = KG_ARRAY(arena, double, run->nplace), *exposure = KG_ARRAY(arena, double, run->nplace);
	struct kg_sample sample = { .y = y, .exposure = exposure };
	long double count = 0, denominator = 0;

	if (!y || !exposure)
		return kg_error_memory(error);
	for (size_t g = 0; g < run->nplace; g++) {
		struct kg_counts place;

		if (!kg_funnel_read(run, g, arena, &place))
			return kg_error_memory(error);
		if (kg_funnel_refuse(run, &place) != KG_WHY_NONE)
			continue;
		y[sample.n] = (double)place.count;
		exposure[sample.n++] = (double)place.denominator;
		count += place.count;
		denominator += place.denominator;
	}
	run->target_own = isnan(run->target);
	if (run->target_own)
		run->target = (double)(count / denominator);
	for (size_t m = 0; m < run->nfitted; m++)
		run->fitted[m].spread = kg_funnel_spread_make(run->fitted[m].method, &sample, run->target, arena);
	return kg_arena_failed(arena) ? kg_error_memory(error) : KG_OK;
}

static enum kg_status take_method(struct kg_funnel_run *run, const char *id, struct kg_error *error)
{
	struct kg_funnel_fitted *fitted = &run->fitted[run->nfitted];

	if (run->nfitted == KG_FUNNEL_METHODS_MOST)
		return kg_error_set(error, KG_EUSAGE, "more than %d methods in --method; name each once",
				    KG_FUNNEL_METHODS_MOST);
	fitted->id = id;
	fitted->method = find_method(id);
	run->nfitted++;
	if (fitted->method->proportion == run->proportion)
		return KG_OK;
	return kg_error_set(error, KG_EUSAGE, "'%s' is no method for a %s; choose %s", id, run->options->as,
			    run->proportion ? "binomial or wilson" : "poisson or normal");
}

static enum kg_status choose_methods(struct kg_funnel_run *run, struct kg_error *error)
{
	const struct kg_names *asked = &run->options->method;

	for (size_t i = 0; i < asked->count; i++) {
		if (strcmp(asked->name[i], kg_stat_funnel_dispersion.id) == 0)
			run->dispersion = true;
		else
			KG_TRY(take_method(run, asked->name[i], error));
	}
	run->places = run->nfitted || !run->dispersion;
	return run->nfitted ? KG_OK : take_method(run, run->proportion ? "binomial" : "poisson", error);
}

/* Each row is a place. */
static enum kg_status group_rows(struct kg_funnel_run *run, size_t nrow, struct kg_error *error)
{
	size_t *start = KG_ARRAY(run->context->arena, size_t, nrow + 1);
	uint32_t *row = KG_ARRAY(run->context->arena, uint32_t, nrow);

	if (!start || !row)
		return kg_error_memory(error);
	for (size_t i = 0; i < nrow; i++) {
		start[i + 1] = i + 1;
		row[i] = (uint32_t)i;
	}
	run->groups = (struct kg_groups){ .ngroup = nrow, .start = start, .row = row };
	return KG_OK;
}

/* Places are the groups of --by; without it, the rows. A group without rows follows, for all places together. */
static enum kg_status group_places(struct kg_funnel_run *run, const struct kg_table *table, struct kg_error *error)
{
	struct kg_arena *arena = run->context->arena;
	size_t *start;

	if (run->context->by.count)
		KG_TRY(kg_groups_make(table, &run->context->by, arena, &run->groups, error));
	else
		KG_TRY(group_rows(run, table->nrow, error));
	run->nplace = run->groups.ngroup;
	if (!run->dispersion)
		return KG_OK;
	start = KG_ARRAY(arena, size_t, run->nplace + 2);
	if (!start)
		return kg_error_memory(error);
	memcpy(start, run->groups.start, (run->nplace + 1) * sizeof *start);
	start[run->nplace + 1] = start[run->nplace];
	run->groups.start = start;
	run->groups.ngroup++;
	return KG_OK;
}

static enum kg_status open_standardised(struct kg_funnel_run *run, const struct kg_table *table, struct kg_error *error)
{
	if (!run->options->standardised)
		return KG_OK;
	KG_TRY(kg_table_number(table, run->options->standardised, &run->standardised, error));
	for (size_t g = 0; g < run->nplace; g++)
		if (run->groups.start[g + 1] - run->groups.start[g] > 1)
			return kg_error_set(error, KG_EDATA,
					    "a place has several rows, and standardised rates do not add; name further "
					    "columns in --by");
	return KG_OK;
}

enum kg_status kg_funnel_open(struct kg_funnel_run *run, const struct kg_table *table, struct kg_error *error)
{
	const struct kg_funnel_options *options = run->options;
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
	if (!kg_counts_total_open(&run->total, &run->source, run->nplace, run->context->arena))
		return kg_error_memory(error);
	KG_TRY(open_standardised(run, table, error));
	run->unit = run->standardised ? "standardised rate"
		    : rate	      ? kg_counts_unit(&run->source, run->multiplier, run->context->arena)
		    : ratio	      ? "observed / expected"
				      : "fraction";
	return run->unit ? fit_all(run, error) : kg_error_memory(error);
}
