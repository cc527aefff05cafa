#include <string.h>

#include "report/label.h"
#include "growth_picture.h"
#include "joinpoint.h"
#include "report/tidy.h"
#include "stats/joinpoint_average.h"

#define OPTION(field_name) offsetof(struct kg_joinpoint_command, field_name)

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
	  .choice = kg_joinpoint_model_choice,
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
	  .choice = kg_joinpoint_select_choice,
	  .help = "how the number of joinpoints is chosen (permutation: --replicates, 4499)",
	  .field = OPTION(select) },
	{ .name = "ci",
	  .argument = "KIND",
	  .fallback = "parametric",
	  .kind = KG_OPTION_CHOICE,
	  .choice = kg_joinpoint_ci_choice,
	  .help = "limits: parametric (as the National Cancer Institute's program), delta (an average's carry the "
		  "joinpoints' uncertainty, too), or empirical quantiles of resampled series (--replicates, 1000)",
	  .field = OPTION(ci) },
	{ .name = "range",
	  .argument = "LIST",
	  .kind = KG_OPTION_TEXT,
	  .help = "periods that the average change is over, such as 2010:2019,last:5 (default: all)",
	  .field = OPTION(range) },
	{ .name = "autocorrelation",
	  .argument = "R",
	  .fallback = "0",
	  .kind = KG_OPTION_TEXT,
	  .help = "correlation of errors one period apart, -1 to 1, or 'estimate'",
	  .field = OPTION(autocorrelation) },
	{ .name = "jump",
	  .argument = "PERIODS",
	  .kind = KG_OPTION_TEXT,
	  .help = "first periods of new definitions: the level steps there, the trend goes on; 'breaks' = the schema's",
	  .field = OPTION(jump) },
	{ .name = "comparability-ratio",
	  .argument = "R",
	  .kind = KG_OPTION_REAL,
	  .least = 0.01,
	  .most = 100,
	  .help = "value by the new definition over that by the old, known; values before --jump are multiplied by it",
	  .field = OPTION(comparability_ratio) },
	{ .name = "comparability-variance",
	  .argument = "V",
	  .kind = KG_OPTION_REAL,
	  .least = 0,
	  .most = 100,
	  .help = "variance of that ratio",
	  .field = OPTION(comparability_variance) },
	{ .name = "compare",
	  .argument = "COL",
	  .kind = KG_OPTION_COLUMN,
	  .role = KG_ROLE_KEY,
	  .help = "test every two series of this column: one model for both (coincidence), or one but for the level "
		  "(parallelism)",
	  .field = OPTION(compare) },
	{ .name = "method",
	  .argument = "LIST",
	  .kind = KG_OPTION_METHODS,
	  .methods_of = "joinpoint,joinpoint-pair",
	  .help = "joinpoint, or with --compare coincidence and parallelism (default: what goes with --compare)",
	  .field = OPTION(method) },
};

static const struct kg_example example[] = {
	{ "Where did the trend of a rate change", "joinpoint rates.csv --time year --value rate --by sex" },
	{ "With the rates' standard errors, and the average change over ten years",
	  "joinpoint rates.csv --time year --value rate --std-error se --by sex --range 2010:2019" },
	{ "A definition changed in 2012: how far the level stepped, and the trend beyond it",
	  "joinpoint rates.csv --time year --value rate --by sex --jump 2012 --ci delta" },
	{ "Do men and women follow the same trend, or parallel ones",
	  "joinpoint rates.csv --time year --value rate --compare sex --replicates 199" },
};

enum { OWN_FROM, OWN_TO, OWN_COUNT };

static const struct kg_own own[OWN_COUNT] = {
	[OWN_FROM] = { "from", KG_TEXT, NULL }, [OWN_TO] = { "to", KG_TEXT, NULL }
};

/* Position of a time in a series; the last when it is not there. */
static size_t find_time(const struct kg_series *part, double x)
{
	size_t i = 0;

	while (i + 1 < part->sample.n && part->x[i] < x)
		i++;
	return i;
}

/* Number of terms whose names begin so. */
static size_t count_terms(const struct kg_term *term, size_t count, const char *start)
{
	size_t k = 0;

	for (size_t i = 0; i < count; i++)
		k += strncmp(term[i].term, start, strlen(start)) == 0;
	return k;
}

struct span {
	size_t from, to;
};

/* First and last period of what term `at` is about: a joinpoint, a piece between two, an average, a jump, or all. */
static struct span find_span(const struct kg_joinpoint_options *options, const struct kg_series *part,
			     const struct kg_term *term, size_t count, size_t at)
{
	size_t k = count_terms(term, count, "joinpoint"), ranges = options->ranges ? options->ranges : 1;
	struct span span = { 0, part->sample.n - 1 };

	if (at < k) {
		span.from = span.to = find_time(part, term[at].estimate);
	} else if (at < 2 * k + 1) {
		span.from = at > k ? find_time(part, term[at - k - 1].estimate) : span.from;
		span.to = at < 2 * k ? find_time(part, term[at - k].estimate) : span.to;
	} else if (at < 2 * k + 1 + ranges && options->ranges) {
		span.from = find_time(part, options->from[at - 2 * k - 1]);
		span.to = find_time(part, options->to[at - 2 * k - 1]);
	} else if (strncmp(term[at].term, "jump", strlen("jump")) == 0) {
		size_t i = 0;

		/* a jump outside the series has no term */
		while (i < options->jumps && options->jump[i] <= part->x[0])
			i++;
		i += at - 2 * k - 1 - ranges;
		span.from = span.to = find_time(part, options->jump[i]);
	}
	return span;
}

static enum kg_status add_fit(const struct kg_joinpoint_run *run, const struct kg_series *part, size_t group,
			      struct kg_arena *scratch, struct kg_rows *rows)
{
	const struct kg_stat *stat = kg_stat_find("joinpoint", "joinpoint");
	struct kg_term *term = KG_ARRAY(scratch, struct kg_term, stat->terms_most);
	struct kg_joinpoint_options options = kg_joinpoint_for(run, part);
	struct kg_params params = run->params;
	size_t count = 1, n = part->sample.n;

	if (!term)
		return KG_ENOMEM;
	params.own = &options;
	params.stream = (uint32_t)group;
	if (n < stat->min_n)
		term[0] = kg_term_none(options.scale == KG_SCALE_LINEAR ? "slope_1" : "apc_1", "", KG_WHY_TOO_FEW);
	else
		count = stat->fit(&part->sample, &params, scratch, term, stat->terms_most);
	for (size_t k = 0; k < count; k++) {
		struct kg_row row = { term[k], stat->id, (double)n, (double)part->n_missing, { { 0, NULL } } };

		if (n) {
			struct span span = find_span(&options, part, term, count, k);

			row.own[OWN_FROM].text = kg_series_label(&run->source, part, span.from, scratch);
			row.own[OWN_TO].text = kg_series_label(&run->source, part, span.to, scratch);
		}
		kg_rows_add(rows, &row);
	}
	return kg_arena_failed(scratch) ? KG_ENOMEM : KG_OK;
}

static bool fit_pieces(void *context, const struct kg_series *part, size_t group, struct kg_arena *scratch,
		       struct kg_picture_curve *curve)
{
	const struct kg_joinpoint_run *run = context;
	struct kg_joinpoint_options options = kg_joinpoint_for(run, part);
	struct kg_params params = run->params;

	params.own = &options;
	params.stream = (uint32_t)group;
	return part->sample.n < kg_stat_find("joinpoint", "joinpoint")->min_n ||
	       kg_joinpoint_curve(&part->sample, &params, scratch,
				  &(struct kg_joinpoint_drawn){ curve->fitted, curve->low, curve->high, curve->bend });
}

static enum kg_status work(void *context, size_t group, struct kg_arena *scratch, struct kg_rows *rows,
			   struct kg_error *error)
{
	const struct kg_joinpoint_run *run = context;
	struct kg_series series, part;

	if (!kg_series_make(&run->source, group, scratch, &series))
		return kg_error_memory(error);
	for (size_t s = 0; s < kg_series_segments(&series); s++)
		if (!kg_series_part(&series, s, scratch, &part) || add_fit(run, &part, group, scratch, rows) != KG_OK)
			return kg_error_memory(error);
	return KG_OK;
}

/* Series without a model, and what the rule or the limits drew at random. */
static void remark_result(const struct kg_joinpoint_run *run, struct kg_result *result, struct kg_arena *arena)
{
	const struct kg_column *term = kg_table_find(result->table, "term");
	const struct kg_column *estimate = kg_table_find(result->table, "estimate");
	const struct kg_column *n = kg_table_find(result->table, "n");
	size_t series = 0, failed = 0, brief = 0, most = run->options.rules.most;

	for (size_t row = 0; row < result->table->nrow; row++) {
		const char *name = kg_column_text(term, row);

		if (strcmp(name, "apc_1") != 0 && strcmp(name, "slope_1") != 0)
			continue;
		series++;
		failed += kg_column_missing(estimate, row);
		brief += run->command->max_joinpoints && !kg_column_missing(estimate, row) &&
			 !kg_joinpoint_allows(&run->options.rules, (size_t)kg_column_real(n, row), most);
	}
	if (failed)
		kg_result_remark(result, arena, "Series without a model: %zu of %zu; the column note says why.", failed,
				 series);
	if (brief)
		kg_result_remark(result, arena,
				 "Series too short for %zu joinpoints with %zu values at each end and %zu between: %zu "
				 "of %zu; as many as fit were tried.",
				 most, run->options.rules.min_end, run->options.rules.min_between, brief, series);
	if (run->options.scale == KG_SCALE_LOG)
		kg_series_remark_model(&run->source, result, arena);
	if (run->options.select == KG_SELECT_PERMUTATION)
		kg_result_remark(result, arena, "Permutation tests: %zu draws, seed %llu.",
				 run->params.permutations ? run->params.permutations : KG_JOINPOINT_DRAWS,
				 (unsigned long long)run->params.seed);
	if (run->options.limits == KG_LIMITS_EMPIRICAL)
		kg_result_remark(result, arena, "Limits from %zu resampled series, seed %llu.",
				 run->params.replicates ? run->params.replicates : KG_JOINPOINT_REPLICATES,
				 (unsigned long long)run->params.seed);
}

static enum kg_status fit_all(struct kg_joinpoint_run *run, const struct kg_table *in, struct kg_context *context,
			      struct kg_result **result, struct kg_error *error)
{
	const struct kg_tidy_plan plan = { .name = "joinpoint",
					   .table = in,
					   .groups = &run->source.groups,
					   .own = own,
					   .nown = OWN_COUNT,
					   .conf_level = context->conf_level,
					   .threads = context->threads,
					   .work = work,
					   .context = run };
	const struct kg_table *table;

	KG_TRY(kg_joinpoint_open(run, in, &context->by, context->arena, error));
	KG_TRY(kg_tidy_run(&plan, context->arena, &table, error));
	*result = kg_result_new(table, context->arena);
	if (!*result)
		return kg_error_memory(error);
	kg_result_title(*result, context->arena, "Joinpoints of %s",
			kg_label_column(run->source.value, context->arena));
	kg_series_describe(&run->source, &context->by, *result, context->arena);
	remark_result(run, *result, context->arena);
	return kg_picture_fitted(&run->source, fit_pieces, run, context->arena, *result, error);
}

static enum kg_status run(const void *options, const struct kg_table *const *in, size_t nin, struct kg_context *context,
			  struct kg_result **result, struct kg_error *error)
{
	struct kg_joinpoint_run joinpoint = { .command = options, .context = context };

	(void)nin;
	if (joinpoint.command->compare)
		return kg_joinpoint_compare_all(&joinpoint, in[0], context, result, error);
	for (size_t i = 0; i < joinpoint.command->method.count; i++)
		if (strcmp(joinpoint.command->method.name[i], "joinpoint") != 0)
			return kg_error_set(error, KG_EUSAGE, "--method %s needs --compare with a column",
					    joinpoint.command->method.name[i]);
	return fit_all(&joinpoint, in[0], context, result, error);
}

const struct kg_program kg_program_joinpoint = {
	.name = "joinpoint",
	.summary = "where a trend changes, and its annual change on each side",
	.detail = "Fits straight pieces that meet at joinpoints to the logarithms (or the values) and chooses their "
		  "number. Rows: "
		  "joinpoint_1.. (the time), apc_1.. (annual percent change of each piece, from .. to), aapc (average "
		  "over all or "
		  "--range). With --model linear the rows are slope_1.. and average_slope. With --jump "
		  "also jump_1.., with --autocorrelation that. --compare COL tests every two series of that column "
		  "instead; its own columns are COL, reference, from, to, joinpoints.",
	.option = option,
	.noption = sizeof option / sizeof option[0],
	.options_size = sizeof(struct kg_joinpoint_command),
	.example = example,
	.nexample = sizeof example / sizeof example[0],
	.run = run,
};
