#include <string.h>

#include "report/label.h"
#include "neighbours_remark.h"
#include "report/tidy.h"
#include "smooth_places.h"
#include "stats/smooth_doubt.h"

struct options {
	const char *count, *population, *id;
	struct kg_further neighbours;
	struct kg_names method;
	const char *ci;
	double multiplier;
};

#define OPTION(field_name) offsetof(struct options, field_name)

static const char *const intervals[] = { "jackknife", "posterior", NULL };

static const struct kg_option option[] = {
	{ .name = "count",
	  .argument = "COL",
	  .kind = KG_OPTION_COLUMN,
	  .role = KG_ROLE_VALUE,
	  .required = true,
	  .help = "events of each place",
	  .field = OPTION(count) },
	{ .name = "population",
	  .argument = "COL",
	  .kind = KG_OPTION_COLUMN,
	  .role = KG_ROLE_VALUE,
	  .required = true,
	  .help = "population of each place",
	  .field = OPTION(population) },
	{ .name = "id",
	  .argument = "COL",
	  .kind = KG_OPTION_COLUMN,
	  .role = KG_ROLE_KEY,
	  .help =
	      "code or name of the place, one row each within each group of --by (default: the last of --by, else the "
	      "number of the row)",
	  .field = OPTION(id) },
	{ .name = "neighbours",
	  .argument = "FILE",
	  .kind = KG_OPTION_TABLE,
	  .help = "pairs of neighbours for local methods: its first two columns are place and neighbour; a list that "
		  "names each pair once is taken both ways",
	  .field = OPTION(neighbours) },
	{ .name = "multiplier",
	  .argument = "N",
	  .fallback = "1000",
	  .kind = KG_OPTION_REAL,
	  .least = 1e-9,
	  .most = 1e12,
	  .help = "rates are per so many people",
	  .field = OPTION(multiplier) },
	{ .name = "ci",
	  .argument = "HOW",
	  .fallback = "jackknife",
	  .kind = KG_OPTION_CHOICE,
	  .choice = intervals,
	  .help = "limits: carry that mean and variance between places are estimated, or take both as known",
	  .field = OPTION(ci) },
	{ .name = "method",
	  .argument = "LIST",
	  .kind = KG_OPTION_METHODS,
	  .help = "towards which mean",
	  .field = OPTION(method) },
};

static const struct kg_example example[] = {
	{ "Drawn to the mean of the neighbours", "smooth communes.csv --count models --population population --id code "
						 "--neighbours neighbours.csv --method eb-local" },
};

enum { OWN_ID, OWN_RAW, OWN_MEAN, OWN_VARIANCE, OWN_NEIGHBOURS, OWN_COUNT };

struct run {
	const struct options *options;
	const struct kg_context *context;
	struct kg_counts_source source;
	const struct kg_column *id; /* NULL = places go by the number of their row */
	const char *id_name;
	struct kg_groups groups;
	struct kg_neighbours neighbours;
	const char *unit;
};

/* What one method makes of a map: prior, mean squared error and range of each usable place; no ranges where nothing is
 * a bound. */
struct fit {
	const char *method;
	bool local, known; /* known: the prior is taken as such */
	struct kg_smooth_prior *prior;
	double *square_error;
	struct kg_box_range *range;
};

/* What is known of a place that has a rate. */
static void fill_place(const struct run *run, const struct kg_smooth_map *map, const struct kg_smooth_place *place,
		       const struct fit *fit, struct kg_row *row)
{
	struct kg_params params = { .conf_level = run->context->conf_level, .multiplier = run->options->multiplier };
	const struct kg_smooth_prior *prior = &fit->prior[place->at];
	const size_t *first = &map->neighbours.first[place->at];
	const struct kg_box_range *range = &fit->range[place->at];

	row->term = kg_smooth_term(prior, (double)place->counts.count, (double)place->counts.denominator,
				   fit->square_error[place->at], &params);
	row->own[OWN_RAW].real = (double)(params.multiplier * place->counts.count / place->counts.denominator);
	row->own[OWN_MEAN].real = params.multiplier * prior->mean;
	row->own[OWN_VARIANCE].real = params.multiplier * params.multiplier * prior->variance;
	if (fit->local) {
		row->own[OWN_NEIGHBOURS].real = (double)(first[1] - first[0]);
		if (first[0] == first[1]) {
			row->term.estimate = row->own[OWN_RAW].real;
			row->term.why = KG_WHY_NO_NEIGHBOURS;
		}
	}
	if (isnan(range->low))
		return;
	row->term.bound_low = params.multiplier * range->low;
	row->term.bound_high = params.multiplier * range->high;
	if (row->term.why == KG_WHY_NONE)
		row->term.why = KG_WHY_BOUND;
}

static void add_place(const struct run *run, const struct kg_smooth_map *map, const struct kg_smooth_place *place,
		      const struct fit *fit, struct kg_rows *rows)
{
	struct kg_row row = { .term = kg_term_none("rate", NULL, place->why),
			      .method = fit->method,
			      .n = (double)place->counts.sample.n,
			      .n_missing = place->counts.n_missing };

	row.own[OWN_ID].text = place->name;
	for (int k = OWN_RAW; k < OWN_COUNT; k++)
		row.own[k].real = NAN;
	if (place->why == KG_WHY_NONE)
		fill_place(run, map, place, fit, &row);
	row.term.unit = run->unit;
	kg_rows_add(rows, &row);
}

/* Mean squared error of the rate of a place, by the priors that are found without one place each. */
static double find_error(const struct kg_smooth_map *map, const struct fit *fit, size_t place,
			 const struct kg_smooth_prior *without, size_t k)
{
	double count = map->sample.y[place], exposure = map->sample.exposure[place];

	if (fit->known || k < 2)
		return kg_smooth_variance(&fit->prior[place], count, exposure);
	return kg_smooth_doubt(&fit->prior[place], without, k, count, exposure);
}

static void fit_global(const struct kg_smooth_map *map, const struct fit *fit, struct kg_smooth_prior *without)
{
	struct kg_smooth_prior all = kg_smooth_global(&map->sample);
	size_t n = map->sample.n;

	if (n > 1)
		kg_smooth_global_without(&map->sample, without);
	for (size_t i = 0; i < n; i++) {
		fit->prior[i] = all;
		fit->square_error[i] = find_error(map, fit, i, without, n);
	}
}

static void fit_local(const struct kg_smooth_map *map, const struct fit *fit, struct kg_smooth_prior *without,
		      double *mean)
{
	const struct kg_smooth_neighbours *neighbours = &map->neighbours;
	const double *about = strcmp(fit->method, "eb-local") == 0 ? mean : NULL;
	size_t n = map->sample.n;

	for (size_t i = 0; i < n; i++)
		mean[i] = kg_smooth_local(&map->sample, neighbours, i, NULL).mean;
	for (size_t i = 0; i < n; i++) {
		size_t k = 1 + neighbours->first[i + 1] - neighbours->first[i];

		fit->prior[i] = kg_smooth_local(&map->sample, neighbours, i, about);
		if (k > 1)
			kg_smooth_local_without(&map->sample, neighbours, i, about, without);
		fit->square_error[i] = find_error(map, fit, i, without, k);
	}
}

/* Prior of each usable place. */
static bool fit_priors(const struct kg_smooth_map *map, const struct fit *fit, struct kg_arena *scratch)
{
	struct kg_smooth_prior *without = KG_ARRAY(scratch, struct kg_smooth_prior, map->sample.n + 1);
	double *mean = KG_ARRAY(scratch, double, map->sample.n + 1);

	if (!without || !mean)
		return false;
	if (fit->local)
		fit_local(map, fit, without, mean);
	else
		fit_global(map, fit, without);
	return true;
}

/* Range of each usable place; NaN = exact. */
static bool fit_ranges(const struct kg_smooth_map *map, const struct fit *fit, struct kg_arena *scratch)
{
	const struct kg_smooth_area area = { &map->sample, &map->bounds, &map->neighbours,
					     strcmp(fit->method, "eb-local") == 0 };

	for (size_t i = 0; i < map->sample.n; i++)
		fit->range[i] = (struct kg_box_range){ NAN, NAN };
	if (!map->bounded)
		return true;
	if (!fit->local)
		return kg_smooth_global_range(&map->sample, &map->bounds, scratch, fit->range);
	for (size_t i = 0; i < map->sample.n; i++) {
		struct kg_arena_mark mark = kg_arena_mark(scratch);

		if (!kg_smooth_local_range(&area, i, scratch, &fit->range[i]))
			return false;
		kg_arena_rewind(scratch, mark);
	}
	return true;
}

static enum kg_status work(void *context, size_t group, struct kg_arena *scratch, struct kg_rows *rows,
			   struct kg_error *error)
{
	const struct run *run = context;
	const struct kg_smooth_source source = { &run->source, &run->neighbours, run->id, run->id_name };
	const uint32_t *row = &run->groups.row[run->groups.start[group]];
	struct kg_smooth_map map;
	struct fit fit;

	KG_TRY(kg_smooth_map_make(&source, row, run->groups.start[group + 1] - run->groups.start[group], scratch, &map,
				  error));
	fit.prior = KG_ARRAY(scratch, struct kg_smooth_prior, map.sample.n + 1);
	fit.square_error = KG_ARRAY(scratch, double, map.sample.n + 1);
	fit.range = KG_ARRAY(scratch, struct kg_box_range, map.sample.n + 1);
	fit.known = strcmp(run->options->ci, "posterior") == 0;
	for (size_t m = 0; m < run->options->method.count; m++) {
		fit.method = run->options->method.name[m];
		fit.local = strcmp(fit.method, "eb-global") != 0;
		if (!fit.prior || !fit.square_error || !fit.range || !fit_priors(&map, &fit, scratch) || !fit_ranges(&map, &fit, scratch))
			return kg_error_memory(error);
		for (size_t i = 0; i < map.n; i++)
			add_place(run, &map, &map.place[i], &fit, rows);
	}
	return KG_OK;
}

static enum kg_status read_neighbours(struct run *run, const struct kg_table *data, struct kg_error *error)
{
	const struct kg_table *list = run->options->neighbours.table;
	struct kg_gazetteer gazetteer;

	for (size_t m = 0; m < run->options->method.count && !list; m++)
		if (strcmp(run->options->method.name[m], "eb-global") != 0)
			return kg_error_set(error, KG_EUSAGE,
					    "'%s' needs the places' neighbours; give '--neighbours FILE'",
					    run->options->method.name[m]);
	if (!list)
		return KG_OK;
	if (!run->id)
		return kg_error_set(error, KG_EUSAGE,
				    "'--neighbours' names places; say which column names them in the data: '--id COL'");
	KG_TRY(kg_gazetteer_make(data, run->id_name, run->context->arena, &gazetteer, error));
	return kg_neighbours_listed(&gazetteer, list, run->context->arena, &run->neighbours, error);
}

static size_t count_notes(const struct kg_table *table, enum kg_why why)
{
	const struct kg_column *note = kg_table_find(table, "note");
	size_t count = 0;

	for (size_t i = 0; i < table->nrow; i++)
		count += strcmp(kg_column_text(note, i), kg_why_id(why)) == 0;
	return count;
}

static void remark(const struct run *run, const struct kg_table *table, struct kg_result *result)
{
	struct kg_arena *arena = run->context->arena;
	size_t clamped = count_notes(table, KG_WHY_CLAMPED), islands = count_notes(table, KG_WHY_NO_NEIGHBOURS);

	kg_result_remark(result, arena, "Smoothed by empirical Bayes, not standardised; 'raw' is the rate itself.");
	if (clamped)
		kg_result_remark(result, arena,
				 "Chance alone explains the spread (variance between places 0), so the estimate is "
				 "the mean and has no limits: rows %zu.",
				 clamped);
	if (islands)
		kg_result_remark(result, arena,
				 "Places without neighbours have no mean to be drawn to and keep their own rate: rows "
				 "%zu.",
				 islands);
	if (run->options->neighbours.table)
		kg_neighbours_remark(&run->neighbours, run->options->neighbours.table, result, arena);
}

/* What names the places, and what is left of --by to group them. */
static enum kg_status choose_id(struct run *run, const struct kg_table *table, struct kg_names *by,
				struct kg_error *error)
{
	*by = run->context->by;
	run->id_name = run->options->id;
	if (!run->id_name && by->count)
		run->id_name = by->name[--by->count];
	if (run->id_name)
		return kg_table_column(table, run->id_name, &run->id, error);
	run->id_name = "row";
	return KG_OK;
}

static enum kg_status run_smooth(const void *options, const struct kg_table *const *in, size_t nin,
				 struct kg_context *context, struct kg_result **result, struct kg_error *error)
{
	struct run run = { .options = options, .context = context };
	const char *const name[] = { run.options->count, run.options->population, NULL, NULL };
	struct kg_own own[OWN_COUNT] = { { NULL, KG_TEXT, NULL },
					 { "raw", KG_REAL, NULL },
					 { "prior_mean", KG_REAL, NULL },
					 { "prior_variance", KG_REAL, NULL },
					 { "neighbours", KG_REAL, NULL } };
	const struct kg_table *table;
	struct kg_names by;
	struct kg_tidy_plan plan = { .name = "smooth",
				     .table = in[0],
				     .groups = &run.groups,
				     .own = own,
				     .nown = OWN_COUNT,
				     .conf_level = context->conf_level,
				     .threads = context->threads,
				     .work = work,
				     .context = &run };

	(void)nin;
	KG_TRY(kg_counts_open(in[0], name, &run.source, error));
	KG_TRY(choose_id(&run, in[0], &by, error));
	own[OWN_ID].name = run.id_name;
	KG_TRY(read_neighbours(&run, in[0], error));
	run.unit = kg_counts_unit(&run.source, run.options->multiplier, context->arena);
	KG_TRY(kg_groups_make(in[0], &by, context->arena, &run.groups, error));
	KG_TRY(kg_tidy_run(&plan, context->arena, &table, error));
	*result = kg_result_new(table, context->arena);
	if (!*result || !run.unit)
		return kg_error_memory(error);
	kg_result_title(*result, context->arena, "Smoothed %s", kg_label_column(run.source.count, context->arena));
	kg_counts_title(&run.source, &context->by, *result, context->arena);
	remark(&run, table, *result);
	(*result)->picture = (struct kg_picture){ .kind = "bar",
						  .table = table,
						  .x = run.options->id,
						  .y = "estimate",
						  .low = "conf_low",
						  .high = "conf_high" };
	return KG_OK;
}

const struct kg_program kg_program_smooth = {
	.name = "smooth",
	.summary = "rates of small places, steadied by empirical Bayes",
	.detail =
	    "One row per place: raw is its own rate, estimate is drawn towards the mean of all places (eb-global) "
	    "or of its neighbours (eb-local), the more the smaller its population. prior_mean and prior_variance are that "
	    "mean, per multiplier, and the variance of the true rates around it, per multiplier squared: 0 where chance "
	    "alone explains the spread (note clamped). Limits are posterior.",
	.option = option,
	.noption = sizeof option / sizeof option[0],
	.options_size = sizeof(struct options),
	.example = example,
	.nexample = sizeof example / sizeof example[0],
	.run = run_smooth,
};
