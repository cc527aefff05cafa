#include "spatial.h"

#include <string.h>

#include "stats/adjust.h"

#define OPTION(field_name) offsetof(struct kg_spatial_options, field_name)

static const char *const style_choice[] = { "W", "B", "C", "U", "S", NULL };
static const char *const alternative_choice[] = { "greater", "less", "two-sided", NULL };
static const char *const island_choice[] = { "error", "drop", "zero", NULL };
static const char *const contiguity_choice[] = { "queen", "rook", NULL };
static const char *const adjust_choice[] = { "bh", "none", "by", "holm", "bonferroni", NULL };

static const struct kg_option option[] = {
	{ .name = "value",
	  .argument = "COL",
	  .kind = KG_OPTION_COLUMN,
	  .role = KG_ROLE_VALUE,
	  .required = true,
	  .help = "what is compared between neighbours; 0/1 for join-count, a count for eb-moran",
	  .field = OPTION(value) },
	{ .name = "id",
	  .argument = "COL",
	  .kind = KG_OPTION_COLUMN,
	  .role = KG_ROLE_KEY,
	  .required = true,
	  .help = "codes of the places",
	  .field = OPTION(id) },
	{ .name = "neighbours",
	  .argument = "FILE",
	  .kind = KG_OPTION_TABLE,
	  .help = "pairs: place and neighbour in its first two columns, perhaps a column weight; listed once or both "
		  "ways; or GeoDa's .gal or .gwt",
	  .field = OPTION(neighbours) },
	{ .name = "nearest",
	  .argument = "K",
	  .fallback = "0",
	  .kind = KG_OPTION_INTEGER,
	  .least = 0,
	  .most = 1000,
	  .help = "neighbours are the K nearest places of the data, and those that have the place among theirs",
	  .field = OPTION(nearest) },
	{ .name = "distance",
	  .argument = "KM",
	  .fallback = "0",
	  .kind = KG_OPTION_REAL,
	  .least = 0,
	  .most = 20100,
	  .help = "neighbours are the places up to so many kilometres away",
	  .field = OPTION(distance) },
	{ .name = "longitude",
	  .argument = "COL",
	  .kind = KG_OPTION_COLUMN,
	  .role = KG_ROLE_KEY,
	  .help = "degrees east; for --nearest and --distance, and for the cluster map without --shapes",
	  .field = OPTION(longitude) },
	{ .name = "latitude",
	  .argument = "COL",
	  .kind = KG_OPTION_COLUMN,
	  .role = KG_ROLE_KEY,
	  .help = "degrees north",
	  .field = OPTION(latitude) },
	{ .name = "shapes",
	  .argument = "FILE",
	  .kind = KG_OPTION_FILE,
	  .help = "GeoJSON of the places: neighbours are those that touch, unless another of these is given; "
		  "also drawn as cluster map",
	  .field = OPTION(shapes) },
	{ .name = "contiguity",
	  .argument = "KIND",
	  .kind = KG_OPTION_CHOICE,
	  .choice = contiguity_choice,
	  .help = "shapes touch in a point or along a border (queen, the default), or only along a border (rook)",
	  .field = OPTION(contiguity) },
	{ .name = "population",
	  .argument = "COL",
	  .kind = KG_OPTION_COLUMN,
	  .role = KG_ROLE_VALUE,
	  .help = "eb-moran: people at risk",
	  .field = OPTION(population) },
	{ .name = "with",
	  .argument = "COL",
	  .kind = KG_OPTION_COLUMN,
	  .role = KG_ROLE_VALUE,
	  .help = "bivariate-moran, lee: the other value",
	  .field = OPTION(with) },
	{ .name = "method",
	  .argument = "LIST",
	  .fallback = "moran",
	  .kind = KG_OPTION_METHODS,
	  .help = "one or more methods, comma-separated",
	  .field = OPTION(method) },
	{ .name = "style",
	  .argument = "S",
	  .fallback = "W",
	  .kind = KG_OPTION_CHOICE,
	  .choice = style_choice,
	  .help = "weights: W rows add up to 1, B as given, C all add up to n, U to 1, S variance-stabilising",
	  .field = OPTION(style) },
	{ .name = "permutations",
	  .argument = "N",
	  .fallback = "0",
	  .kind = KG_OPTION_INTEGER,
	  .least = 0,
	  .most = 10000000,
	  .help = "p from N random orders; 0 = the method's own: 999 for eb-moran, local-moran, bivariate-moran, "
		  "lee and gini-neighbours, else "
		  "the normal test",
	  .field = OPTION(permutations) },
	{ .name = "alternative",
	  .argument = "KIND",
	  .kind = KG_OPTION_CHOICE,
	  .choice = alternative_choice,
	  .help =
	      "greater = neighbours are alike (default; two-sided for local-moran, getis-ord, bivariate-moran and lee)",
	  .field = OPTION(alternative) },
	{ .name = "adjust",
	  .argument = "HOW",
	  .fallback = "bh",
	  .kind = KG_OPTION_CHOICE,
	  .choice = adjust_choice,
	  .help = "adjust p of places for their number",
	  .field = OPTION(adjust) },
	{ .name = "islands",
	  .argument = "POLICY",
	  .fallback = "error",
	  .kind = KG_OPTION_CHOICE,
	  .choice = island_choice,
	  .help = "places without neighbours: stop, leave out, or keep with a lag of zero",
	  .field = OPTION(islands) },
};

static const struct kg_example example[] = {
	{ "Do neighbouring communes have similar densities",
	  "spatial communes.csv --value density --id code --neighbours neighbours.csv" },
	{ "Which places are like their neighbours, p adjusted for their number",
	  "spatial communes.csv --value density --id code --neighbours neighbours.csv --method local-moran" },
	{ "Clusters on a map, with neighbours found from the shapes",
	  "spatial communes.csv --value density --id code --shapes communes.geojson --method local-moran --plot "
	  "clusters.svg" },
	{ "Do places go with their five nearest, and with another value of those",
	  "spatial communes.csv --value density --with poverty --id code --nearest 5 --longitude lon --latitude lat "
	  "--method moran,lee --permutations 999" },
	{ "Do attaining communes lie together",
	  "spatial communes.csv --value attained --id code --neighbours neighbours.csv --method join-count --style B" },
};

enum { OWN_ID, OWN_CLUSTER, OWN_LAG, OWN_UNADJUSTED, OWN_COUNT };

bool kg_spatial_is_local(const char *method)
{
	return strncmp(method, "local-", strlen("local-")) == 0 || strcmp(method, "getis-ord") == 0;
}

bool kg_spatial_is_bivariate(const char *method)
{
	return strcmp(method, "bivariate-moran") == 0 || strcmp(method, "lee") == 0;
}

static bool has_local(const struct kg_names *method)
{
	for (size_t m = 0; m < method->count; m++)
		if (kg_spatial_is_local(method->name[m]))
			return true;
	return false;
}

enum kg_alternative kg_spatial_alternative(const struct kg_spatial_options *options, const char *method)
{
	bool both =
	    strcmp(method, "local-moran") == 0 || strcmp(method, "getis-ord") == 0 || kg_spatial_is_bivariate(method);
	const char *name = options->alternative ? options->alternative : both ? "two-sided" : "greater";

	return strcmp(name, "greater") == 0 ? KG_GREATER : strcmp(name, "less") == 0 ? KG_LESS : KG_TWO_SIDED;
}

/* HH, LL, HL, LH for local Moran; high, low for G*; BB for joins. Counts it. */
static const char *name_cluster(const char *method, double centred, double lag, struct kg_spatial_told *told)
{
	if (strcmp(method, "local-join-count") == 0)
		return told->high++, "BB";
	if (strcmp(method, "getis-ord") == 0)
		return lag > 0 ? (told->high++, "high") : (told->low++, "low");
	if (centred > 0)
		return lag > 0 ? (told->high++, "HH") : (told->high_low++, "HL");
	return lag > 0 ? (told->low_high++, "LH") : (told->low++, "LL");
}

/* Rows of a local method: one per place. */
static enum kg_status add_places(const struct kg_spatial_run *run, const char *method,
				 const struct kg_spatial_places *places, const struct kg_term *term,
				 struct kg_arena *scratch, struct kg_rows *rows)
{
	struct kg_spatial_told *told = places->told;
	const struct kg_column *id = kg_table_find(run->table, run->options->id);
	size_t n = places->sample.n;
	double square, *centred = kg_spatial_centre(places->sample.y, n, &square, scratch);
	double *p = KG_ARRAY(scratch, double, n + 1);

	if (!centred || !p)
		return KG_ENOMEM;
	for (size_t i = 0; i < n; i++) {
		p[i] = term[i].p_value;
		told->tested += !isnan(p[i]);
	}
	if (!kg_adjust(run->options->adjust, p, n, scratch))
		return KG_ENOMEM;
	for (size_t i = 0; i < n; i++) {
		double lag = kg_weights_lag(&places->weights, centred, i);
		struct kg_row row = {
			.term = term[i], .method = method, .n = (double)n, .n_missing = (double)places->n_missing
		};

		row.own[OWN_ID].text = kg_column_cell(id, places->row[i], scratch);
		row.own[OWN_LAG].real = lag;
		row.own[OWN_UNADJUSTED].real = term[i].p_value;
		row.term.p_value = p[i];
		if (p[i] <= 1 - run->params.conf_level)
			row.own[OWN_CLUSTER].text =
			    name_cluster(method, centred[i], term[i].term[0] == 'G' ? term[i].estimate : lag, told);
		kg_rows_add(rows, &row);
	}
	return kg_arena_failed(scratch) ? KG_ENOMEM : KG_OK;
}

/* What the sentence needs: expectation and, of two values, their correlation. */
static void note_global(const char *method, const struct kg_term *term, size_t count, struct kg_spatial_told *told)
{
	told->term = term[0];
	told->expected = count > 1 && strcmp(term[1].term, "expected") == 0 ? term[1].estimate : 1;
	if (strcmp(method, "join-count") == 0)
		told->expected = term[0].estimate - term[0].statistic * term[0].std_error;
	if (kg_spatial_is_bivariate(method) && count > 2)
		told->beside = term[2].estimate;
}

static enum kg_status add_method(const struct kg_spatial_run *run, const struct kg_stat *stat,
				 const struct kg_spatial_places *places, struct kg_arena *scratch, struct kg_rows *rows)
{
	struct kg_spatial_own own = { &places->weights, kg_spatial_alternative(run->options, stat->id) };
	size_t room = stat->terms_most ? stat->terms_most : places->sample.n + 8, count = 1;
	struct kg_term *term = KG_ARRAY(scratch, struct kg_term, room);
	struct kg_params params = run->params;

	if (!term)
		return KG_ENOMEM;
	params.own = &own;
	params.stream = places->stream;
	if (places->sample.n - places->weights.islands < stat->min_n)
		term[0] = kg_term_none("I", NULL, KG_WHY_TOO_FEW);
	else
		count = stat->fit(&places->sample, &params, scratch, term, room);
	if (kg_arena_failed(scratch))
		return KG_ENOMEM;
	places->told->n = places->sample.n;
	if (kg_spatial_is_local(stat->id) && count == places->sample.n)
		return add_places(run, stat->id, places, term, scratch, rows);
	note_global(stat->id, term, count, places->told);
	for (size_t k = 0; k < count; k++) {
		struct kg_row row = { .term = term[k],
				      .method = stat->id,
				      .n = (double)places->sample.n,
				      .n_missing = (double)places->n_missing };

		row.own[OWN_LAG].real = row.own[OWN_UNADJUSTED].real = NAN;
		kg_rows_add(rows, &row);
	}
	return kg_arena_failed(scratch) ? KG_ENOMEM : KG_OK;
}

static enum kg_status work(void *context, size_t group, struct kg_arena *scratch, struct kg_rows *rows,
			   struct kg_error *error)
{
	const struct kg_spatial_run *run = context;
	const struct kg_names *method = &run->options->method;
	struct kg_spatial_places places;

	KG_TRY(kg_spatial_gather(run, group, scratch, &places, error));
	for (size_t m = 0; m < method->count; m++) {
		places.told = &run->told[group * method->count + m];
		if (add_method(run, kg_stat_find("spatial", method->name[m]), &places, scratch, rows) != KG_OK)
			return kg_error_memory(error);
	}
	return KG_OK;
}

/* Columns that methods need besides the value. */
static enum kg_status check_columns(const struct kg_spatial_options *options, struct kg_error *error)
{
	for (size_t m = 0; m < options->method.count; m++) {
		const char *method = options->method.name[m];

		if (!options->population && strcmp(method, "eb-moran") == 0)
			return kg_error_set(error, KG_EUSAGE,
					    "'eb-moran' needs people at risk; name their column with --population");
		if (!options->with && kg_spatial_is_bivariate(method))
			return kg_error_set(error, KG_EUSAGE, "'%s' needs a second value; name its column with --with",
					    method);
	}
	return KG_OK;
}

static enum kg_status open_run(struct kg_spatial_run *run, struct kg_context *context, struct kg_error *error)
{
	const struct kg_spatial_options *options = run->options;

	KG_TRY(kg_table_number(run->table, options->value, &run->value, error));
	if (options->population)
		KG_TRY(kg_table_number(run->table, options->population, &run->population, error));
	if (options->with)
		KG_TRY(kg_table_number(run->table, options->with, &run->with, error));
	KG_TRY(check_columns(options, error));
	KG_TRY(kg_spatial_neighbours(run, context->arena, error));
	KG_TRY(kg_groups_make(run->table, &context->by, context->arena, &run->groups, error));
	run->params = (struct kg_params){ .conf_level = context->conf_level,
					  .seed = context->seed,
					  .permutations = (size_t)options->permutations,
					  .threads = context->threads };
	run->map = kg_arena_array(context->arena, run->groups.ngroup + 1, sizeof *run->map);
	run->told = kg_arena_array(context->arena, run->groups.ngroup * options->method.count + 1, sizeof *run->told);
	return run->map && run->told ? KG_OK : kg_error_memory(error);
}

static enum kg_status run(const void *options, const struct kg_table *const *in, size_t nin, struct kg_context *context,
			  struct kg_result **result, struct kg_error *error)
{
	struct kg_spatial_run spatial = { .options = options, .table = in[0] };
	struct kg_own own[OWN_COUNT] = { { spatial.options->id, KG_TEXT, NULL },
					 { "cluster", KG_TEXT, NULL },
					 { "lag", KG_REAL, NULL },
					 { "p_unadjusted", KG_REAL, NULL } };
	struct kg_tidy_plan plan = { .name = "spatial", .table = in[0], .own = own };
	const struct kg_table *table;

	(void)nin;
	KG_TRY(open_run(&spatial, context, error));
	plan.groups = &spatial.groups;
	plan.nown = has_local(&spatial.options->method) ? OWN_COUNT : 0;
	plan.conf_level = context->conf_level;
	plan.threads = context->threads;
	plan.work = work;
	plan.context = &spatial;
	KG_TRY(kg_tidy_run(&plan, context->arena, &table, error));
	*result = kg_result_new(table, context->arena);
	if (!*result)
		return kg_error_memory(error);
	kg_result_title(*result, context->arena, "Spatial association of %s", spatial.options->value);
	kg_spatial_neighbours_remark(&spatial, *result, context->arena);
	kg_spatial_missing_remark(&spatial, *result, context->arena);
	kg_spatial_tell(&spatial, *result, context->arena);
	return kg_spatial_picture(&spatial, table, &(*result)->picture, context->arena, error);
}

const struct kg_program kg_program_spatial = {
	.name = "spatial",
	.summary = "do neighbours resemble each other",
	.detail =
	    "Global methods give one row per group and term, local ones a row per place with its cluster. Rows with a "
	    "missing value are left out and counted. The output states what was done with places without neighbours. "
	    "Neighbours come from one of --neighbours, --nearest, --distance and --shapes.",
	.option = option,
	.noption = sizeof option / sizeof option[0],
	.options_size = sizeof(struct kg_spatial_options),
	.example = example,
	.nexample = sizeof example / sizeof example[0],
	.run = run,
};
