#include <string.h>

#include "growth_picture.h"
#include "report/tidy.h"
#include "stats/joinpoint.h"

struct options {
	const char *time, *value, *population, *std_error, *select, *model, *range, *ci;
	const char *max_joinpoints;
	long min_end, min_between;
	struct kg_names method;
};

#define OPTION(field_name) offsetof(struct options, field_name)

static const char *const select_choice[] = { "wbic", "bic", "bic3", "permutation", NULL };
static const char *const model_choice[] = { "log-linear", "linear", "poisson", NULL };
static const char *const ci_choice[] = { "parametric", "empirical", NULL };

static const struct kg_option option[] = {
	{ .name = "time",
	  .argument = "COL",
	  .kind = KG_OPTION_COLUMN,
	  .role = KG_ROLE_KEY,
	  .required = true,
	  .help = "years, 2020-05, 2020-Q1 or dates; changes are per true year",
	  .field = OPTION(time) },
	{ .name = "value",
	  .argument = "COL",
	  .kind = KG_OPTION_COLUMN,
	  .role = KG_ROLE_VALUE,
	  .required = true,
	  .help = "rate or count",
	  .field = OPTION(value) },
	{ .name = "population",
	  .argument = "COL",
	  .kind = KG_OPTION_COLUMN,
	  .role = KG_ROLE_VALUE,
	  .help = "model the rate value / population instead",
	  .field = OPTION(population) },
	{ .name = "std-error",
	  .argument = "COL",
	  .kind = KG_OPTION_COLUMN,
	  .role = KG_ROLE_VALUE,
	  .help = "standard error of each value: weights",
	  .field = OPTION(std_error) },
	{ .name = "model",
	  .argument = "MODEL",
	  .fallback = "log-linear",
	  .kind = KG_OPTION_CHOICE,
	  .choice = model_choice,
	  .help = "log-linear, linear, or poisson (log-linear with counts as weights)",
	  .field = OPTION(model) },
	{ .name = "max-joinpoints",
	  .argument = "K",
	  .kind = KG_OPTION_TEXT,
	  .help = "largest number of joinpoints, 0 to 9 (default: by length: 0 below 7 points, then one more per 5, at "
		  "most 7)",
	  .field = OPTION(max_joinpoints) },
	{ .name = "min-end",
	  .argument = "N",
	  .fallback = "2",
	  .kind = KG_OPTION_INTEGER,
	  .least = 1,
	  .most = 1000,
	  .help = "observations before the first and after the last joinpoint",
	  .field = OPTION(min_end) },
	{ .name = "min-between",
	  .argument = "N",
	  .fallback = "2",
	  .kind = KG_OPTION_INTEGER,
	  .least = 0,
	  .most = 1000,
	  .help = "observations between two joinpoints",
	  .field = OPTION(min_between) },
	{ .name = "select",
	  .argument = "RULE",
	  .fallback = "wbic",
	  .kind = KG_OPTION_CHOICE,
	  .choice = select_choice,
	  .help = "how the number of joinpoints is chosen (permutation: --replicates, 4499)",
	  .field = OPTION(select) },
	{ .name = "ci",
	  .argument = "KIND",
	  .fallback = "parametric",
	  .kind = KG_OPTION_CHOICE,
	  .choice = ci_choice,
	  .help = "limits: parametric, or empirical quantiles of resampled series (--replicates, 1000)",
	  .field = OPTION(ci) },
	{ .name = "range",
	  .argument = "FROM:TO",
	  .kind = KG_OPTION_TEXT,
	  .help = "periods that the average change is over (default: all)",
	  .field = OPTION(range) },
	{ .name = "method",
	  .argument = "LIST",
	  .fallback = "joinpoint",
	  .kind = KG_OPTION_METHODS,
	  .help = "only joinpoint",
	  .field = OPTION(method) },
};

static const struct kg_example example[] = {
	{ "Where did the trend of a rate change", "joinpoint rates.csv --time year --value rate --by sex" },
	{ "With the rates' standard errors, and the average change over ten years",
	  "joinpoint rates.csv --time year --value rate --std-error se --by sex --range 2010:2019" },
};

enum { OWN_FROM, OWN_TO, OWN_COUNT };

static const struct kg_own own[OWN_COUNT] = {
	[OWN_FROM] = { "from", KG_TEXT, NULL }, [OWN_TO] = { "to", KG_TEXT, NULL }
};

struct run {
	const struct options *options;
	struct kg_series_source source;
	struct kg_params params;
	struct kg_joinpoint_options joinpoint;
};

/* Position of a time in a series; the last when it is not there. */
static size_t find_time(const struct kg_series *part, double x)
{
	size_t i = 0;

	while (i + 1 < part->sample.n && part->x[i] < x)
		i++;
	return i;
}

/* Number of joinpoints among the terms, which come first. */
static size_t count_joinpoints(const struct kg_term *term, size_t count)
{
	size_t k = 0;

	while (k < count && strncmp(term[k].term, "joinpoint", strlen("joinpoint")) == 0)
		k++;
	return k;
}

struct span {
	size_t from, to;
};

/* First and last period of what term `at` is about: a joinpoint, a piece between two of k, or the average. */
static struct span find_span(const struct run *run, const struct kg_series *part, const struct kg_term *term, size_t k,
			     size_t at)
{
	struct span span = { 0, part->sample.n - 1 };

	if (at < k) {
		span.from = span.to = find_time(part, term[at].estimate);
	} else if (at < 2 * k + 1) {
		span.from = at > k ? find_time(part, term[at - k - 1].estimate) : span.from;
		span.to = at < 2 * k ? find_time(part, term[at - k].estimate) : span.to;
	} else {
		span.from = isnan(run->joinpoint.from) ? span.from : find_time(part, run->joinpoint.from);
		span.to = isnan(run->joinpoint.to) ? span.to : find_time(part, run->joinpoint.to);
	}
	return span;
}

static enum kg_status add_fit(const struct run *run, const struct kg_series *part, size_t group,
			      struct kg_arena *scratch, struct kg_rows *rows)
{
	const struct kg_stat *stat = kg_stat_find("joinpoint", "joinpoint");
	struct kg_term *term = KG_ARRAY(scratch, struct kg_term, stat->terms_most);
	struct kg_joinpoint_options joinpoint = run->joinpoint;
	struct kg_params params = run->params;
	size_t count = 1, n = part->sample.n;

	if (!term)
		return KG_ENOMEM;
	joinpoint.std_error = part->extra[0];
	params.own = &joinpoint;
	params.stream = (uint32_t)group;
	if (n < stat->min_n)
		term[0] = kg_term_none(joinpoint.scale == KG_SCALE_LINEAR ? "slope_1" : "apc_1", "", KG_WHY_TOO_FEW);
	else
		count = stat->fit(&part->sample, &params, scratch, term, stat->terms_most);
	for (size_t k = 0; k < count; k++) {
		struct kg_row row = { term[k], stat->id, (double)n, (double)part->n_missing, { { 0, NULL } } };

		if (n) {
			struct span span = find_span(run, part, term, count_joinpoints(term, count), k);

			row.own[OWN_FROM].text = kg_series_label(&run->source, part, span.from, scratch);
			row.own[OWN_TO].text = kg_series_label(&run->source, part, span.to, scratch);
		}
		kg_rows_add(rows, &row);
	}
	return kg_arena_failed(scratch) ? KG_ENOMEM : KG_OK;
}

static bool fit_pieces(void *context, const struct kg_series *part, size_t group, struct kg_arena *scratch,
		       double *fitted, bool *bend)
{
	const struct run *run = context;
	struct kg_joinpoint_options joinpoint = run->joinpoint;
	struct kg_params params = run->params;

	joinpoint.std_error = part->extra[0];
	params.own = &joinpoint;
	params.stream = (uint32_t)group;
	return part->sample.n < kg_stat_find("joinpoint", "joinpoint")->min_n ||
	       kg_joinpoint_curve(&part->sample, &params, scratch, fitted, bend);
}

static enum kg_status work(void *context, size_t group, struct kg_arena *scratch, struct kg_rows *rows,
			   struct kg_error *error)
{
	const struct run *run = context;
	struct kg_series series, part;

	if (!kg_series_make(&run->source, group, scratch, &series))
		return kg_error_memory(error);
	for (size_t s = 0; s < kg_series_segments(&series); s++)
		if (!kg_series_part(&series, s, scratch, &part) || add_fit(run, &part, group, scratch, rows) != KG_OK)
			return kg_error_memory(error);
	return KG_OK;
}

/* One end of --range. */
static enum kg_status read_period(const struct run *run, const char *text, double *year, struct kg_error *error)
{
	enum kg_period_kind kind;
	long index;

	if (!kg_period_parse(text, &kind, &index, year) || kind != run->source.time.kind)
		return kg_error_set(error, KG_EUSAGE,
				    "'%s' in --range is no %s; write FROM:TO with two periods as in the column '%s'",
				    text, kg_period_noun(run->source.time.kind), run->source.time.name);
	return KG_OK;
}

static enum kg_status read_range(struct run *run, struct kg_arena *arena, struct kg_error *error)
{
	char *from, *colon;

	run->joinpoint.from = run->joinpoint.to = NAN;
	if (!run->options->range)
		return KG_OK;
	from = kg_arena_text(arena, run->options->range);
	if (!from)
		return kg_error_memory(error);
	colon = strchr(from, ':');
	if (!colon)
		return kg_error_set(error, KG_EUSAGE, "'%s' in --range has no colon; write FROM:TO, such as 2010:2019",
				    run->options->range);
	*colon = '\0';
	KG_TRY(read_period(run, from, &run->joinpoint.from, error));
	KG_TRY(read_period(run, colon + 1, &run->joinpoint.to, error));
	if (run->joinpoint.from >= run->joinpoint.to)
		return kg_error_set(error, KG_EUSAGE, "'%s' in --range ends before it begins; write FROM:TO",
				    run->options->range);
	return KG_OK;
}

static size_t find_choice(const char *const *choice, const char *word)
{
	size_t i = 0;

	while (choice[i] && strcmp(choice[i], word) != 0)
		i++;
	return i;
}

static enum kg_status read_most(const struct options *options, size_t *most, struct kg_error *error)
{
	const char *text = options->max_joinpoints;

	*most = SIZE_MAX;
	if (!text)
		return KG_OK;
	if (text[0] < '0' || text[0] > '0' + KG_JOINPOINTS_MOST || text[1])
		return kg_error_set(error, KG_EUSAGE, "'%s' in --max-joinpoints is no number from 0 to %d", text,
				    KG_JOINPOINTS_MOST);
	*most = (size_t)(text[0] - '0');
	return KG_OK;
}

static enum kg_status prepare(struct run *run, const struct kg_table *table, struct kg_context *context,
			      struct kg_error *error)
{
	static const enum kg_joinpoint_select select[] = { KG_SELECT_WBIC, KG_SELECT_BIC, KG_SELECT_BIC3,
							   KG_SELECT_PERMUTATION };
	static const enum kg_joinpoint_scale scale[] = { KG_SCALE_LOG, KG_SCALE_LINEAR, KG_SCALE_POISSON };
	const struct options *options = run->options;
	const char *const column[] = { options->time, options->value, options->population };

	KG_TRY(kg_series_open(table, column, &context->by, context->arena, &run->source, error));
	if (options->std_error)
		KG_TRY(kg_table_number(table, options->std_error, &run->source.extra[0], error));
	KG_TRY(read_range(run, context->arena, error));
	KG_TRY(read_most(options, &run->joinpoint.rules.most, error));
	run->joinpoint.rules.min_end = (size_t)options->min_end;
	run->joinpoint.rules.min_between = (size_t)options->min_between;
	run->joinpoint.select = select[find_choice(select_choice, options->select)];
	run->joinpoint.scale = scale[find_choice(model_choice, options->model)];
	run->joinpoint.empirical = strcmp(options->ci, "empirical") == 0;
	run->params = (struct kg_params){ .conf_level = context->conf_level,
					  .seed = context->seed,
					  .replicates = context->replicates,
					  .permutations = context->replicates,
					  .period_noun = kg_period_noun(run->source.time.kind) };
	return KG_OK;
}

static enum kg_status run(const void *options, const struct kg_table *const *in, size_t nin, struct kg_context *context,
			  struct kg_result **result, struct kg_error *error)
{
	struct run joinpoint = { .options = options };
	struct kg_tidy_plan plan = { .name = "joinpoint", .table = in[0], .own = own, .nown = OWN_COUNT };
	const struct kg_table *table;

	(void)nin;
	KG_TRY(prepare(&joinpoint, in[0], context, error));
	plan.groups = &joinpoint.source.groups;
	plan.conf_level = context->conf_level;
	plan.threads = context->threads;
	plan.work = work;
	plan.context = &joinpoint;
	KG_TRY(kg_tidy_run(&plan, context->arena, &table, error));
	*result = kg_result_new(table, context->arena);
	if (!*result)
		return kg_error_memory(error);
	kg_result_title(*result, context->arena, "Joinpoints of %s", joinpoint.source.value->name);
	kg_series_describe(&joinpoint.source, &context->by, *result, context->arena);
	return kg_picture_fitted(&joinpoint.source, fit_pieces, &joinpoint, context->arena, *result, error);
}

const struct kg_program kg_program_joinpoint = {
	.name = "joinpoint",
	.summary = "where a trend changes, and its annual change on each side",
	.detail = "Fits straight pieces that meet at joinpoints to the logarithms (or the values) and chooses their "
		  "number. Rows: "
		  "joinpoint_1.. (the time), apc_1.. (annual percent change of each piece, from .. to), aapc (average "
		  "over all or "
		  "--range). With --model linear the rows are slope_1.. and average_slope.",
	.option = option,
	.noption = sizeof option / sizeof option[0],
	.options_size = sizeof(struct options),
	.example = example,
	.nexample = sizeof example / sizeof example[0],
	.run = run,
};
