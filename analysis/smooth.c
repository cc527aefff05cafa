#include <string.h>

#include "report/tidy.h"
#include "smooth_places.h"

struct options {
	const char *count, *population, *id;
	struct kg_further neighbours;
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
	  .help = "pairs of neighbours for local methods: its first two columns are place and neighbour",
	  .field = OPTION(neighbours) },
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
	  .help = "towards which mean",
	  .field = OPTION(method) },
};

static const struct kg_example example[] = {
	{ "Drawn to the mean of the neighbours", "smooth communes.csv --count models --population population --id code "
						 "--neighbours pairs.csv --method eb-local" },
};

enum { OWN_ID, OWN_RAW, OWN_COUNT };

struct run {
	const struct options *options;
	const struct kg_context *context;
	struct kg_counts_source source;
	const struct kg_column *id; /* NULL = places go by the number of their row */
	const char *id_name;
	struct kg_groups groups;
	struct kg_smooth_links links;
	const char *unit;
};

/* What one method makes of a map: prior and range of each usable place; no ranges where nothing is a bound. */
struct fit {
	const char *method;
	struct kg_smooth_prior *prior;
	struct kg_box_range *range;
};

static void add_place(const struct run *run, const struct kg_smooth_place *place, const struct fit *fit,
		      struct kg_rows *rows)
{
	struct kg_params params = { .conf_level = run->context->conf_level, .multiplier = run->options->multiplier };
	struct kg_row row = { .term = kg_term_none("rate", NULL, place->why),
			      .method = fit->method,
			      .n = (double)place->counts.sample.n,
			      .n_missing = place->counts.n_missing };

	row.own[OWN_ID].text = place->name;
	row.own[OWN_RAW].real = NAN;
	if (place->why == KG_WHY_NONE) {
		row.term = kg_smooth_term(&fit->prior[place->at], (double)place->counts.count,
					  (double)place->counts.denominator, &params);
		row.own[OWN_RAW].real = (double)(params.multiplier * place->counts.count / place->counts.denominator);
		if (!isnan(fit->range[place->at].low)) {
			row.term.bound_low = params.multiplier * fit->range[place->at].low;
			row.term.bound_high = params.multiplier * fit->range[place->at].high;
			if (row.term.why == KG_WHY_NONE)
				row.term.why = KG_WHY_BOUND;
		}
	}
	row.term.unit = run->unit;
	kg_rows_add(rows, &row);
}

/* Prior of each usable place. */
static bool fit_priors(const struct kg_smooth_map *map, const struct fit *fit, struct kg_arena *scratch)
{
	size_t n = map->sample.n;
	double *mean = KG_ARRAY(scratch, double, n);

	if (!mean)
		return false;
	if (strcmp(fit->method, "eb-global") == 0) {
		struct kg_smooth_prior all = kg_smooth_global(&map->sample);

		for (size_t i = 0; i < n; i++)
			fit->prior[i] = all;
		return true;
	}
	for (size_t i = 0; i < n; i++) {
		fit->prior[i] = kg_smooth_local(&map->sample, &map->neighbours, i, NULL);
		mean[i] = fit->prior[i].mean;
	}
	for (size_t i = 0; i < n && strcmp(fit->method, "eb-local") == 0; i++)
		fit->prior[i] = kg_smooth_local(&map->sample, &map->neighbours, i, mean);
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
	if (strcmp(fit->method, "eb-global") == 0)
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
	const struct kg_smooth_source source = { &run->source, &run->links, run->id, run->id_name };
	const uint32_t *row = &run->groups.row[run->groups.start[group]];
	struct kg_smooth_map map;
	struct fit fit;

	KG_TRY(kg_smooth_map_make(&source, row, run->groups.start[group + 1] - run->groups.start[group], scratch, &map,
				  error));
	fit.prior = KG_ARRAY(scratch, struct kg_smooth_prior, map.sample.n + 1);
	fit.range = KG_ARRAY(scratch, struct kg_box_range, map.sample.n + 1);
	for (size_t m = 0; m < run->options->method.count; m++) {
		fit.method = run->options->method.name[m];
		if (!fit.prior || !fit.range || !fit_priors(&map, &fit, scratch) || !fit_ranges(&map, &fit, scratch))
			return kg_error_memory(error);
		for (size_t i = 0; i < map.n; i++)
			add_place(run, &map.place[i], &fit, rows);
	}
	return KG_OK;
}

static enum kg_status read_links(struct run *run, struct kg_error *error)
{
	const struct kg_table *table = run->options->neighbours.table;
	struct kg_arena *arena = run->context->arena;

	for (size_t m = 0; m < run->options->method.count && !table; m++)
		if (strcmp(run->options->method.name[m], "eb-global") != 0)
			return kg_error_set(error, KG_EUSAGE,
					    "'%s' needs the places' neighbours; give '--neighbours FILE'",
					    run->options->method.name[m]);
	if (!table)
		return KG_OK;
	if (table->ncol < 2)
		return kg_error_set(error, KG_EDATA, "%s has one column; it needs two, place and neighbour",
				    run->options->neighbours.spec);
	return kg_smooth_links_read(table, arena, &run->links) ? KG_OK : kg_error_memory(error);
}

static void remark_clamped(const struct kg_table *table, struct kg_result *result, struct kg_arena *arena)
{
	const struct kg_column *note = kg_table_find(table, "note");
	size_t count = 0;

	for (size_t i = 0; i < table->nrow; i++)
		count += strcmp(kg_column_text(note, i), kg_why_id(KG_WHY_CLAMPED)) == 0;
	kg_result_remark(result, arena, "Smoothed by empirical Bayes, not standardised; 'raw' is the rate itself.");
	if (count)
		kg_result_remark(result, arena,
				 "Chance alone explains the spread (variance between places 0), so the estimate is "
				 "the mean and has no limits: rows %zu.",
				 count);
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
	struct kg_own own[OWN_COUNT] = { [OWN_ID] = { NULL, KG_TEXT, NULL }, [OWN_RAW] = { "raw", KG_REAL, NULL } };
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
	KG_TRY(read_links(&run, error));
	run.unit = kg_counts_unit(&run.source, run.options->multiplier, context->arena);
	KG_TRY(kg_groups_make(in[0], &by, context->arena, &run.groups, error));
	KG_TRY(kg_tidy_run(&plan, context->arena, &table, error));
	*result = kg_result_new(table, context->arena);
	if (!*result || !run.unit)
		return kg_error_memory(error);
	kg_result_title(*result, context->arena, "Smoothed %s", run.source.count->name);
	kg_counts_title(&run.source, &context->by, *result, context->arena);
	remark_clamped(table, *result, context->arena);
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
	    "or of its neighbours (eb-local), the more the smaller its population. Limits are posterior.",
	.option = option,
	.noption = sizeof option / sizeof option[0],
	.options_size = sizeof(struct options),
	.example = example,
	.nexample = sizeof example / sizeof example[0],
	.run = run_smooth,
};
