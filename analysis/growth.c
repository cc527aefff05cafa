#include "growth.h"
#include "report/label.h"

#define OPTION(field_name) offsetof(struct kg_growth_options, field_name)

static const struct kg_option option[] = {
	{ .name = "time",
	  .argument = "COL",
	  .kind = KG_OPTION_COLUMN,
	  .role = KG_ROLE_KEY,
	  .required = true,
	  .help = "years, 2020-05, 2020-Q1 or dates; rates are per true year",
	  .field = OPTION(time) },
	{ .name = "value",
	  .argument = "COL",
	  .kind = KG_OPTION_COLUMN,
	  .role = KG_ROLE_VALUE,
	  .required = true,
	  .help = "what grows",
	  .field = OPTION(value) },
	{ .name = "population",
	  .argument = "COL",
	  .kind = KG_OPTION_COLUMN,
	  .role = KG_ROLE_VALUE,
	  .help = "growth of the rate value / population instead",
	  .field = OPTION(population) },
	{ .name = "method",
	  .argument = "LIST",
	  .fallback = "cagr",
	  .kind = KG_OPTION_METHODS,
	  .help = "one or more methods, comma-separated",
	  .field = OPTION(method) },
	{ .name = "base",
	  .argument = "PERIOD",
	  .kind = KG_OPTION_TEXT,
	  .help = "period whose index is 100 (default: the first of each series)",
	  .field = OPTION(base) },
	{ .name = "lag",
	  .argument = "K",
	  .fallback = "1",
	  .kind = KG_OPTION_INTEGER,
	  .least = 1,
	  .most = 100000,
	  .help = "change and contribution compare with K periods before, by the calendar",
	  .field = OPTION(lag) },
	KG_COVARIANCE_OPTIONS(OPTION(covariance), OPTION(cluster),
			      "of the coefficients of log-linear and the count models"),
	{ .name = "decompose-boundary",
	  .argument = "CROSSWALK",
	  .kind = KG_OPTION_TABLE,
	  .help = "split each unit's change into redrawing of boundaries and real change; --by ends with the unit",
	  .field = OPTION(crosswalk) },
	{ .name = "crosswalk-columns",
	  .argument = "LIST",
	  .fallback = "from,to",
	  .kind = KG_OPTION_TEXT,
	  .help = "columns of the crosswalk: old unit, new unit and, if not 'share', the share",
	  .field = OPTION(crosswalk_columns) },
};

static const struct kg_example example[] = {
	{ "Yearly growth of each district's population",
	  "growth population.csv --time year --value population --by district" },
	{ "Change from year to year, and the index with 2017 = 100",
	  "growth population.csv --time year --value population --by district --method change,index --base 2017" },
	{ "How much of each commune's change is new boundaries",
	  "growth panel.csv --time year --value population --by code --decompose-boundary changes.csv" },
	{ "What each district adds to the growth of the whole",
	  "growth population.csv --time year --value population --by district --method contribution" },
};

static const struct kg_own own[KG_GROWTH_OWN] = {
	[KG_GROWTH_FROM] = { "from", KG_TEXT, NULL }, [KG_GROWTH_TO] = { "to", KG_TEXT, NULL }
};

/* Estimates over one segment. */
static enum kg_status add_segment(const struct kg_growth_run *run, const struct kg_stat *stat,
				  const struct kg_series *series, size_t segment, struct kg_arena *scratch,
				  struct kg_rows *rows)
{
	struct kg_term *term = KG_ARRAY(scratch, struct kg_term, stat->terms_most);
	struct kg_params params = run->params;
	struct kg_series part;
	size_t count = 1, n;

	if (!term || !kg_series_part(series, segment, scratch, &part))
		return KG_ENOMEM;
	n = part.sample.n;
	params.own = part.low || part.exposure_low ? &part.range : NULL;
	if (n < stat->min_n)
		term[0] = kg_term_none(stat == &kg_stat_cagr ? "cagr" : "apc", "% per year", KG_WHY_TOO_FEW);
	else
		count = stat->fit(&part.sample, &params, scratch, term, stat->terms_most);
	for (size_t k = 0; k < count; k++) {
		struct kg_row row = { term[k], stat->id, (double)n, (double)part.n_missing, { { 0, NULL } } };

		row.own[KG_GROWTH_FROM].text = n ? kg_series_label(&run->source, &part, 0, scratch) : NULL;
		row.own[KG_GROWTH_TO].text = n ? kg_series_label(&run->source, &part, n - 1, scratch) : NULL;
		kg_rows_add(rows, &row);
	}
	return kg_arena_failed(scratch) ? KG_ENOMEM : KG_OK;
}

/* One row per period. A change whose base lies before the series starts has no row. */
static enum kg_status add_periods(const struct kg_growth_run *run, const struct kg_stat *stat,
				  const struct kg_series *series, struct kg_arena *scratch, struct kg_rows *rows)
{
	const struct kg_sample *sample = &series->sample;
	struct kg_term *term = KG_ARRAY(scratch, struct kg_term, sample->n);
	struct kg_params params = run->params;
	bool change = stat == &kg_stat_change;

	params.own = &series->range;
	if (!term || (stat->fit(sample, &params, scratch, term, sample->n) < sample->n))
		return KG_ENOMEM;
	for (size_t i = 0; i < sample->n; i++) {
		long base = change			   ? sample->period[i] - (long)params.lag
			    : params.base == KG_BASE_FIRST ? sample->period[0]
							   : params.base;
		struct kg_row row = { term[i], stat->id, 2, isnan(term[i].estimate), { { 0, NULL } } };
		char from[32];

		if (base < sample->period[0] && change)
			continue;
		kg_period_text(run->source.time.kind, base, from, sizeof from);
		row.term.n = isnan(term[i].estimate) ? 0 : 2;
		row.term.term = row.own[KG_GROWTH_TO].text = kg_series_label(&run->source, series, i, scratch);
		row.own[KG_GROWTH_FROM].text = from;
		kg_rows_add(rows, &row);
	}
	return kg_arena_failed(scratch) ? KG_ENOMEM : KG_OK;
}

static enum kg_status work(void *context, size_t group, struct kg_arena *scratch, struct kg_rows *rows,
			   struct kg_error *error)
{
	const struct kg_growth_run *run = context;
	const struct kg_names *method = &run->options->method;
	bool total = run->groups.start[group] == run->groups.start[group + 1];
	enum kg_status status = KG_OK;
	struct kg_series series;

	if (!kg_series_make(&run->source, total ? 0 : group, scratch, &series))
		return kg_error_memory(error);
	for (size_t m = 0; m < method->count && status == KG_OK; m++) {
		const struct kg_stat *stat = kg_stat_find("growth", method->name[m]);

		if (stat == &kg_stat_contribution)
			status = kg_growth_contribute(run, &series, total, scratch, rows);
		else if (!total && (stat == &kg_stat_change || stat == &kg_stat_index))
			status = add_periods(run, stat, &series, scratch, rows);
		else
			for (size_t s = 0; !total && s < kg_series_segments(&series) && status == KG_OK; s++)
				status = add_segment(run, stat, &series, s, scratch, rows);
	}
	return status == KG_ENOMEM ? kg_error_memory(error) : status;
}

static enum kg_status run(const void *options, const struct kg_table *const *in, size_t nin, struct kg_context *context,
			  struct kg_result **result, struct kg_error *error)
{
	static const char *const logarithmic[] = { "log-linear", NULL };
	struct kg_growth_run growth = { 0 };
	struct kg_tidy_plan plan = { .name = "growth", .table = in[0], .own = own, .nown = KG_GROWTH_OWN };
	const struct kg_table *table;

	(void)nin;
	if (((const struct kg_growth_options *)options)->crosswalk.table)
		return kg_growth_decompose(options, in[0], context, result, error);
	KG_TRY(kg_growth_open(options, in[0], context, &growth, error));
	plan.groups = &growth.groups;
	plan.conf_level = context->conf_level;
	plan.threads = context->threads;
	plan.work = work;
	plan.context = &growth;
	KG_TRY(kg_tidy_run(&plan, context->arena, &table, error));
	*result = kg_result_new(table, context->arena);
	if (!*result)
		return kg_error_memory(error);
	kg_result_title(*result, context->arena, "Growth of %s", kg_label_column(growth.source.value, context->arena));
	kg_series_describe(&growth.source, &context->by, *result, context->arena);
	if (kg_growth_wants(options, logarithmic))
		kg_series_remark_logs(&growth.source, *result, context->arena);
	kg_covariance_remark(&growth.covariance, *result, context->arena);
	if (growth.nsum)
		kg_result_remark(
		    *result, context->arena,
		    "Rows with empty group cells are the total of all groups: contributions add up to them.");
	if (kg_growth_wants(options, kg_growth_models))
		return kg_picture_fitted(&growth.source, kg_growth_curve, &growth, context->arena, *result, error);
	return KG_OK;
}

const struct kg_program kg_program_growth = {
	.name = "growth",
	.summary = "growth rates of a series, and what contributes to them",
	.detail =
	    "Gives one row per group and segment (cagr, log-linear and the count models) or per period (change, index, "
	    "contribution); `from` and `to` name the periods that are compared. Contributions add up to the growth of "
	    "the total, which is given in rows with empty group cells. Series breaks declared in the data's "
	    "schema "
	    "split a series: no rate is computed across a break.",
	.option = option,
	.noption = sizeof option / sizeof option[0],
	.options_size = sizeof(struct kg_growth_options),
	.example = example,
	.nexample = sizeof example / sizeof example[0],
	.run = run,
};
