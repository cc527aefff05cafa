#include "correlate.h"

#include <string.h>

#include "report/label.h"

#define OPTION(field_name) offsetof(struct kg_correlate_options, field_name)

static const char *const ci_choice[] = { "fisher", "bonett-wright", "bootstrap", "percentile", NULL };
static const char *const adjust_choice[] = { "none", "bh", "by", "holm", "bonferroni", NULL };

static const struct kg_option option[] = {
	{ .name = "x",
	  .argument = "COL",
	  .kind = KG_OPTION_COLUMN,
	  .role = KG_ROLE_VALUE,
	  .help = "one column of the pair",
	  .field = OPTION(x) },
	{ .name = "y",
	  .argument = "COL",
	  .kind = KG_OPTION_COLUMN,
	  .role = KG_ROLE_VALUE,
	  .help = "the other column",
	  .field = OPTION(y) },
	{ .name = "columns",
	  .argument = "COLS",
	  .kind = KG_OPTION_COLUMNS,
	  .role = KG_ROLE_VALUE,
	  .help = "instead of --x and --y: all pairs of these columns",
	  .field = OPTION(columns) },
	{ .name = "method",
	  .argument = "LIST",
	  .fallback = "pearson",
	  .kind = KG_OPTION_METHODS,
	  .help = "one or more methods, comma-separated",
	  .field = OPTION(method) },
	{ .name = "ci",
	  .argument = "KIND",
	  .kind = KG_OPTION_CHOICE,
	  .choice = ci_choice,
	  .help = "limits: Fisher's z, Bonett and Wright, bootstrap (BCa) or percentile bootstrap (default: fisher; "
		  "bonett-wright for spearman and kendall)",
	  .field = OPTION(ci) },
	{ .name = "permutations",
	  .argument = "N",
	  .fallback = "0",
	  .kind = KG_OPTION_INTEGER,
	  .least = 0,
	  .most = 100000000,
	  .help = "p from N random orders, (b + 1) / (N + 1); exact when few orders exist; 0 = the method's own test",
	  .field = OPTION(permutations) },
	{ .name = "adjust",
	  .argument = "HOW",
	  .fallback = "none",
	  .kind = KG_OPTION_CHOICE,
	  .choice = adjust_choice,
	  .help = "adjust p for the number of tests, all groups and pairs of a method together",
	  .field = OPTION(adjust) },
	{ .name = "partial",
	  .argument = "COLS",
	  .kind = KG_OPTION_COLUMNS,
	  .role = KG_ROLE_VALUE,
	  .help = "hold these columns fixed: pearson becomes partial, spearman partial-spearman",
	  .field = OPTION(partial) },
	{ .name = "within",
	  .argument = "COL",
	  .kind = KG_OPTION_COLUMN,
	  .role = KG_ROLE_KEY,
	  .help = "permute and resample within the values of this column",
	  .field = OPTION(within) },
	{ .name = "block",
	  .argument = "N",
	  .fallback = "0",
	  .kind = KG_OPTION_INTEGER,
	  .least = 0,
	  .most = 1000000,
	  .help = "bootstrap moving blocks of N rows in file order, for series; 0 = single rows",
	  .field = OPTION(block) },
	{ .name = "uniform",
	  .kind = KG_OPTION_FLAG,
	  .help = "one common sample: leave out a row for all pairs when any column is missing",
	  .field = OPTION(uniform) },
};

static const struct kg_example example[] = {
	{ "Two columns, by rank, with a permutation test",
	  "correlate communes.csv --x density --y turnout --method spearman --permutations 9999" },
	{ "All pairs of three columns, p adjusted after Holm",
	  "correlate communes.csv --columns density,turnout,poverty --adjust holm" },
	{ "Density and turnout, population held fixed",
	  "correlate communes.csv --x density --y turnout --partial population" },
	{ "Bootstrap limits, resampled within districts",
	  "correlate communes.csv --x density --y turnout --ci bootstrap --within district" },
};

enum { OWN_X, OWN_Y, OWN_UNADJUSTED, OWN_COUNT };
static const struct kg_own own[OWN_COUNT] = { { "x", KG_TEXT, NULL },
					      { "y", KG_TEXT, NULL },
					      { "p_unadjusted", KG_REAL, NULL } };

static bool wants_adjusting(const struct kg_correlate_options *options)
{
	return strcmp(options->adjust, "none") != 0;
}

static enum kg_status find_columns(struct kg_correlate_run *run, struct kg_arena *arena, struct kg_error *error)
{
	const struct kg_correlate_options *options = run->options;
	const char *const pair[] = { options->x, options->y };
	const char *const *name = options->columns.count ? options->columns.name : pair;

	if (options->columns.count ? options->x || options->y : !options->x || !options->y)
		return kg_error_set(error, KG_EUSAGE, "name a pair with --x and --y, or all pairs with --columns");
	run->ncolumn = options->columns.count ? options->columns.count : 2;
	if (run->ncolumn < 2)
		return kg_error_set(error, KG_EUSAGE, "'%s' in --columns is one column; name two or more", name[0]);
	run->column = KG_ARRAY(arena, const struct kg_column *, run->ncolumn);
	if (!run->column)
		return kg_error_memory(error);
	for (size_t k = 0; k < run->ncolumn; k++)
		KG_TRY(kg_table_number(run->table, name[k], &run->column[k], error));
	if (options->within)
		KG_TRY(kg_table_column(run->table, options->within, &run->within, error));
	return KG_OK;
}

static const struct {
	const char *plain, *partial;
} partial_name[] = { { "pearson", "partial" }, { "spearman", "partial-spearman" } };

static bool is_partial(const char *method)
{
	return strstr(method, "partial") != NULL;
}

/* The methods asked for; with --partial the partial ones. */
static enum kg_status choose_methods(struct kg_correlate_run *run, struct kg_arena *arena, struct kg_error *error)
{
	const struct kg_names *asked = &run->options->method, *partial = &run->options->partial;
	const char **name = KG_ARRAY(arena, const char *, asked->count);

	if (!name)
		return kg_error_memory(error);
	for (size_t m = 0; m < asked->count; m++) {
		name[m] = asked->name[m];
		for (size_t k = 0; k < 2 && partial->count; k++)
			if (strcmp(name[m], partial_name[k].plain) == 0)
				name[m] = partial_name[k].partial;
		if (is_partial(name[m]) && !partial->count)
			return kg_error_set(error, KG_EUSAGE, "'%s' holds columns fixed; name them with --partial",
					    name[m]);
		if (!is_partial(name[m]) && partial->count)
			return kg_error_set(error, KG_EUSAGE,
					    "'%s' takes no --partial; use pearson, spearman or semi-partial", name[m]);
	}
	run->method = (struct kg_names){ name, asked->count };
	run->covariate = KG_ARRAY(arena, const struct kg_column *, partial->count + 1);
	if (!run->covariate)
		return kg_error_memory(error);
	for (run->ncovariate = 0; run->ncovariate < partial->count; run->ncovariate++)
		KG_TRY(kg_table_number(run->table, partial->name[run->ncovariate], &run->covariate[run->ncovariate],
				       error));
	return KG_OK;
}

static enum kg_status make_pairs(struct kg_correlate_run *run, struct kg_arena *arena, struct kg_error *error)
{
	run->pair = KG_ARRAY(arena, struct kg_column_pair, run->ncolumn * (run->ncolumn - 1) / 2);
	if (!run->pair)
		return kg_error_memory(error);
	for (size_t x = 0; x < run->ncolumn; x++)
		for (size_t y = x + 1; y < run->ncolumn; y++)
			run->pair[run->npair++] = (struct kg_column_pair){
				x, y, kg_arena_format(arena, "%s~%s", run->column[x]->name, run->column[y]->name)
			};
	return kg_arena_failed(arena) ? kg_error_memory(error) : KG_OK;
}

static enum kg_status add_rows(void *context, size_t group, struct kg_arena *scratch, struct kg_rows *rows,
			       struct kg_error *error)
{
	const struct kg_correlate_run *run = context;

	(void)scratch;
	(void)error;
	for (size_t p = 0; p < run->npair; p++)
		for (size_t m = 0; m < run->method.count; m++) {
			const struct kg_pair_estimate *estimate = kg_correlate_at(run, group, p, m);

			for (size_t k = 0; k < estimate->nterm; k++) {
				struct kg_row row = { estimate->term[k],
						      run->method.name[m],
						      (double)estimate->n,
						      (double)estimate->n_missing,
						      { { 0, NULL } } };

				if (k == 0)
					row.term.term = run->pair[p].name;
				row.own[OWN_X].text = run->column[run->pair[p].x]->name;
				row.own[OWN_Y].text = run->column[run->pair[p].y]->name;
				row.own[OWN_UNADJUSTED].real = k == 0 ? estimate->p_unadjusted : NAN;
				kg_rows_add(rows, &row);
			}
		}
	return KG_OK;
}

static void describe(const struct kg_correlate_run *run, struct kg_result *result, struct kg_arena *arena)
{
	struct kg_picture *picture = &result->picture;

	if (run->npair == 1) {
		kg_result_title(result, arena, "Correlation of %s and %s", kg_label_column(run->column[0], arena),
				kg_label_column(run->column[1], arena));
		picture->kind = "scatter";
		picture->table = run->table;
		picture->x = run->column[0]->name;
		picture->y = run->column[1]->name;
	} else {
		kg_result_title(result, arena, "Correlations");
		picture->kind = "heatmap";
		picture->table = result->table;
		picture->x = "x";
		picture->y = "y";
		picture->label = "estimate";
	}
	kg_correlate_tell(run, result, arena);
	kg_correlate_remark(run, result, arena);
}

static enum kg_status prepare(struct kg_correlate_run *run, struct kg_context *context, struct kg_error *error)
{
	const struct kg_correlate_options *options = run->options;

	KG_TRY(find_columns(run, context->arena, error));
	KG_TRY(choose_methods(run, context->arena, error));
	KG_TRY(make_pairs(run, context->arena, error));
	KG_TRY(kg_groups_make(run->table, &context->by, context->arena, &run->groups, error));
	run->own.block = (size_t)options->block;
	run->params = (struct kg_params){ .conf_level = context->conf_level,
					  .seed = context->seed,
					  .replicates = context->replicates,
					  .permutations = (size_t)options->permutations,
					  .threads = context->threads,
					  .interval = options->ci };
	return KG_OK;
}

static enum kg_status run(const void *options, const struct kg_table *const *in, size_t nin, struct kg_context *context,
			  struct kg_result **result, struct kg_error *error)
{
	struct kg_correlate_run correlate = { .options = options, .table = in[0] };
	struct kg_tidy_plan plan = { .name = "correlate", .table = in[0], .own = own };
	const struct kg_table *table;

	(void)nin;
	KG_TRY(prepare(&correlate, context, error));
	KG_TRY(kg_correlate_estimate(&correlate, context, error));
	plan.groups = &correlate.groups;
	plan.nown = wants_adjusting(options) ? OWN_COUNT : OWN_COUNT - 1;
	plan.conf_level = context->conf_level;
	plan.threads = context->threads;
	plan.work = add_rows;
	plan.context = &correlate;
	KG_TRY(kg_tidy_run(&plan, context->arena, &table, error));
	*result = kg_result_new(table, context->arena);
	if (!*result)
		return kg_error_memory(error);
	describe(&correlate, *result, context->arena);
	return KG_OK;
}

const struct kg_program kg_program_correlate = {
	.name = "correlate",
	.summary = "association of numeric columns",
	.detail =
	    "Gives one row per group, pair and method. Rows with a missing cell are left out pair by pair, so n may "
	    "differ between pairs. A correlation is no cause, and one between places need not hold for people.",
	.option = option,
	.noption = sizeof option / sizeof option[0],
	.options_size = sizeof(struct kg_correlate_options),
	.example = example,
	.nexample = sizeof example / sizeof example[0],
	.run = run,
};
