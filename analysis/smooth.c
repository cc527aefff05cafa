#include "stats/smooth.h"

#include <stdlib.h>
#include <string.h>

#include "base/name.h"
#include "participation_counts.h"
#include "report/tidy.h"
#include "table/name_set.h"

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

/* A pair of neighbours by the keys of their names, sorted by place. */
struct link {
	const char *place, *neighbour;
};

struct run {
	const struct options *options;
	const struct kg_context *context;
	struct kg_counts_source source;
	const struct kg_column *id; /* NULL = places go by the number of their row */
	const char *id_name;
	struct kg_groups groups;
	struct link *link;
	size_t nlink;
	const char *unit;
};

/* A place of one group. `at`: its number among the usable ones, SIZE_MAX = not usable. */
struct place {
	const char *name, *key;
	struct kg_counts counts;
	enum kg_why why;
	size_t at;
};

/* One group: all places in input order, and the usable ones as a sample. */
struct map {
	struct place *place;
	size_t n;
	struct kg_sample sample;
	struct kg_smooth_neighbours neighbours;
};

struct named {
	const char *key, *name;
	size_t at;
};

static int compare_names(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static enum kg_why refuse(const struct kg_counts *counts)
{
	if (!counts->sample.n)
		return KG_WHY_MISSING;
	if (counts->negative)
		return KG_WHY_NEGATIVE;
	return counts->denominator > 0 ? KG_WHY_NONE : KG_WHY_ZERO_DENOMINATOR;
}

static bool read_places(const struct run *run, size_t group, struct kg_arena *scratch, struct map *map)
{
	size_t start = run->groups.start[group];
	double *y, *exposure;

	map->n = run->groups.start[group + 1] - start;
	map->place = KG_ARRAY(scratch, struct place, map->n);
	y = KG_ARRAY(scratch, double, map->n);
	exposure = KG_ARRAY(scratch, double, map->n);
	map->sample = (struct kg_sample){ .y = y, .exposure = exposure };
	if (!map->place || !y || !exposure)
		return false;
	for (size_t i = 0; i < map->n; i++) {
		struct place *place = &map->place[i];

		place->name = run->id ? kg_column_cell(run->id, run->groups.row[start + i], scratch)
				      : kg_arena_format(scratch, "%u", run->groups.row[start + i] + 1);
		place->key = place->name ? kg_name_key(place->name, scratch) : NULL;
		if (!place->key ||
		    !kg_counts_make(&run->source, &run->groups.row[start + i], 1, scratch, &place->counts))
			return false;
		place->why = refuse(&place->counts);
		place->at = place->why == KG_WHY_NONE ? map->sample.n++ : SIZE_MAX;
		if (place->at == SIZE_MAX)
			continue;
		y[place->at] = (double)place->counts.count;
		exposure[place->at] = (double)place->counts.denominator;
	}
	return true;
}

/* Names of usable places, sorted; an error when one stands twice. */
static enum kg_status sort_names(const struct run *run, const struct map *map, struct named *named,
				 struct kg_error *error)
{
	size_t n = 0;

	for (size_t i = 0; i < map->n; i++)
		if (map->place[i].at != SIZE_MAX)
			named[n++] = (struct named){ map->place[i].key, map->place[i].name, map->place[i].at };
	qsort(named, n, sizeof *named, compare_names);
	for (size_t i = 1; i < n; i++)
		if (strcmp(named[i - 1].key, named[i].key) == 0)
			return kg_error_set(
			    error, KG_EDATA,
			    "place '%s' stands twice in '%s'; name further --by columns or an --aggregate",
			    named[i].name, run->id_name);
	return KG_OK;
}

/* The first pair of a place in the sorted list. */
static size_t find_first(const struct run *run, const char *place)
{
	size_t low = 0, high = run->nlink;

	while (low < high) {
		size_t middle = (low + high) / 2;

		if (strcmp(run->link[middle].place, place) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static enum kg_status join_neighbours(const struct run *run, struct map *map, struct kg_arena *scratch,
				      struct kg_error *error)
{
	size_t n = map->sample.n, *first = KG_ARRAY(scratch, size_t, n + 1), *of, count = 0, room = 0;
	struct named *named = KG_ARRAY(scratch, struct named, n), *found;

	if (!first || !named)
		return kg_error_memory(error);
	KG_TRY(sort_names(run, map, named, error));
	for (size_t i = 0; i < map->n; i++)
		for (size_t k = find_first(run, map->place[i].key);
		     k < run->nlink && strcmp(run->link[k].place, map->place[i].key) == 0; k++)
			room++;
	of = KG_ARRAY(scratch, size_t, room + 1);
	if (!of)
		return kg_error_memory(error);
	for (size_t i = 0; i < map->n; i++) {
		const char *key = map->place[i].key;

		if (map->place[i].at == SIZE_MAX)
			continue;
		first[map->place[i].at] = count;
		for (size_t k = find_first(run, key); k < run->nlink && strcmp(run->link[k].place, key) == 0; k++) {
			found = bsearch(&run->link[k].neighbour, named, n, sizeof *named, compare_names);
			if (found && found->at != map->place[i].at)
				of[count++] = found->at;
		}
	}
	first[n] = count;
	map->neighbours = (struct kg_smooth_neighbours){ first, of };
	return KG_OK;
}

static void add_place(const struct run *run, const struct place *place, const struct kg_smooth_prior *prior,
		      const char *method, struct kg_rows *rows)
{
	struct kg_params params = { .conf_level = run->context->conf_level, .multiplier = run->options->multiplier };
	struct kg_row row = { .term = kg_term_none("rate", NULL, place->why),
			      .method = method,
			      .n = (double)place->counts.sample.n,
			      .n_missing = place->counts.n_missing };

	row.own[OWN_ID].text = place->name;
	row.own[OWN_RAW].real = NAN;
	if (place->why == KG_WHY_NONE) {
		row.term =
		    kg_smooth_term(prior, (double)place->counts.count, (double)place->counts.denominator, &params);
		row.own[OWN_RAW].real = (double)(params.multiplier * place->counts.count / place->counts.denominator);
	}
	row.term.unit = run->unit;
	kg_rows_add(rows, &row);
}

/* Prior of each usable place by one method. */
static bool fit_priors(const struct map *map, const char *method, struct kg_smooth_prior *prior,
		       struct kg_arena *scratch)
{
	size_t n = map->sample.n;
	double *mean = KG_ARRAY(scratch, double, n);

	if (!mean)
		return false;
	if (strcmp(method, "eb-global") == 0) {
		struct kg_smooth_prior all = kg_smooth_global(&map->sample);

		for (size_t i = 0; i < n; i++)
			prior[i] = all;
		return true;
	}
	for (size_t i = 0; i < n; i++) {
		prior[i] = kg_smooth_local(&map->sample, &map->neighbours, i, NULL);
		mean[i] = prior[i].mean;
	}
	for (size_t i = 0; i < n && strcmp(method, "eb-local") == 0; i++)
		prior[i] = kg_smooth_local(&map->sample, &map->neighbours, i, mean);
	return true;
}

static enum kg_status work(void *context, size_t group, struct kg_arena *scratch, struct kg_rows *rows,
			   struct kg_error *error)
{
	const struct run *run = context;
	struct kg_smooth_prior *prior, none = { NAN, NAN, false };
	struct map map = { 0 };

	if (!read_places(run, group, scratch, &map))
		return kg_error_memory(error);
	KG_TRY(join_neighbours(run, &map, scratch, error));
	prior = KG_ARRAY(scratch, struct kg_smooth_prior, map.sample.n);
	for (size_t m = 0; m < run->options->method.count; m++) {
		const char *method = run->options->method.name[m];

		if (!prior || !fit_priors(&map, method, prior, scratch))
			return kg_error_memory(error);
		for (size_t i = 0; i < map.n; i++) {
			const struct place *place = &map.place[i];

			add_place(run, place, place->at == SIZE_MAX ? &none : &prior[place->at], method, rows);
		}
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
	run->nlink = table->nrow;
	run->link = KG_ARRAY(arena, struct link, run->nlink);
	for (size_t i = 0; run->link && i < run->nlink; i++) {
		run->link[i].place = kg_name_cell(&table->column[0], i, arena);
		run->link[i].neighbour = kg_name_cell(&table->column[1], i, arena);
	}
	if (kg_arena_failed(arena))
		return kg_error_memory(error);
	qsort(run->link, run->nlink, sizeof *run->link, compare_names);
	return KG_OK;
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
