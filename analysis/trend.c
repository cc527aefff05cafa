#include <string.h>

#include "growth_picture.h"
#include "report/label.h"
#include "report/tidy.h"
#include "trend.h"

#define OPTION(field_name) offsetof(struct kg_trend_command, field_name)

static const struct kg_option option[] = {
	{ .name = "time",
	  .argument = "COL",
	  .kind = KG_OPTION_COLUMN,
	  .role = KG_ROLE_KEY,
	  .required = true,
	  .help = "years, 2020-05, 2020-Q1 or dates; slopes are per true year",
	  .field = OPTION(time) },
	{ .name = "value",
	  .argument = "COL",
	  .kind = KG_OPTION_COLUMN,
	  .role = KG_ROLE_VALUE,
	  .required = true,
	  .help = "what may have a trend",
	  .field = OPTION(value) },
	{ .name = "population",
	  .argument = "COL",
	  .kind = KG_OPTION_COLUMN,
	  .role = KG_ROLE_VALUE,
	  .help = "trend of the rate value / population instead",
	  .field = OPTION(population) },
	{ .name = "method",
	  .argument = "LIST",
	  .fallback = "mann-kendall",
	  .kind = KG_OPTION_METHODS,
	  .help = "one or more methods, comma-separated",
	  .field = OPTION(method) },
	{ .name = "season",
	  .argument = "K",
	  .kind = KG_OPTION_INTEGER,
	  .least = 2,
	  .most = 100000,
	  .help = "periods in a cycle for the seasonal methods (default: 12 for months, 4 for quarters)",
	  .field = OPTION(season) },
	{ .name = "lag-max",
	  .argument = "K",
	  .kind = KG_OPTION_INTEGER,
	  .least = 1,
	  .most = 100000,
	  .help = "largest lag for hamed-rao and yue-wang (default: all) and block-bootstrap (default: n/4)",
	  .field = OPTION(lag_max) },
	{ .name = "covariate",
	  .argument = "COL",
	  .kind = KG_OPTION_COLUMN,
	  .role = KG_ROLE_VALUE,
	  .help = "for partial: what may explain the trend",
	  .field = OPTION(covariate) },
	{ .name = "std-error",
	  .argument = "COL",
	  .kind = KG_OPTION_COLUMN,
	  .role = KG_ROLE_VALUE,
	  .help = "for recent: standard error of each value",
	  .field = OPTION(std_error) },
};

static const struct kg_example example[] = {
	{ "Is there a trend in each district, and how steep is it",
	  "trend population.csv --time year --value population --by district --method mann-kendall,theil-sen" },
	{ "One trend over all districts",
	  "trend population.csv --time year --value population --by district --method regional" },
};

enum { OWN_FROM, OWN_TO, OWN_DIRECTION, OWN_COUNT };

static const struct kg_own own[OWN_COUNT] = { [OWN_FROM] = { "from", KG_TEXT, NULL },
					      [OWN_TO] = { "to", KG_TEXT, NULL },
					      [OWN_DIRECTION] = { "direction", KG_TEXT, NULL } };

static bool is_regional(const char *method)
{
	return strncmp(method, "regional", strlen("regional")) == 0;
}

/* `up`, `down`, `none`, `not tested`; NULL for a term that has no direction. */
static const char *name_direction(const struct kg_trend_run *run, const struct kg_term *term)
{
	bool test = strcmp(term->term, "trend") == 0;
	bool some = !isnan(term->p_value)				? term->p_value < run->alpha
		    : !(term->conf_low <= 0) && !(term->conf_high >= 0) ? true
									: term->conf_low > 0 || term->conf_high < 0;

	if (strcmp(term->term, "change_point") == 0)
		return NULL;
	if (isnan(term->estimate))
		return test ? "not tested" : NULL;
	if (isnan(term->p_value) && isnan(term->conf_low) && isnan(term->conf_high))
		return NULL;
	return !some ? "none" : term->estimate > 0 ? "up" : "down";
}

static const char *first_term(const char *method)
{
	static const char *const change[] = { "pettitt", "snh", "buishand", "buishand-u", "lanzante" };

	for (size_t i = 0; i < sizeof change / sizeof change[0]; i++)
		if (strcmp(method, change[i]) == 0)
			return "change_point";
	return strcmp(method, "theil-sen") == 0 ? "slope" : strcmp(method, "recent") == 0 ? "trend" : "tau";
}

/* A change point's row names the periods before and after the change. */
static void name_periods(const struct kg_trend_run *run, const struct kg_series *part, const struct kg_term *term,
			 struct kg_arena *scratch, struct kg_row *row)
{
	size_t n = part->sample.n, from = 0, to = 0;

	if (!n)
		return;
	for (size_t i = 1; i < n; i++) {
		from = part->period[i] < part->period[from] ? i : from;
		to = part->period[i] > part->period[to] ? i : to;
	}
	if (strcmp(term->term, "change_point") == 0 && !isnan(term->estimate)) {
		for (from = 0; part->x[from] < term->estimate;)
			from++;
		to = from + 1;
	} else if (strcmp(term->term, "trend") == 0 && n > (size_t)term->n) {
		from = n - (size_t)term->n;
	}
	row->own[OWN_FROM].text = kg_series_label(&run->source, part, from, scratch);
	row->own[OWN_TO].text = kg_series_label(&run->source, part, to, scratch);
}

static enum kg_status add_fit(const struct kg_trend_run *run, const struct kg_stat *stat, const struct kg_series *part,
			      size_t group, struct kg_arena *scratch, struct kg_rows *rows)
{
	struct kg_term *term = KG_ARRAY(scratch, struct kg_term, stat->terms_most);
	struct kg_trend_options trend = run->trend;
	struct kg_params params = run->params;
	size_t count = 1, n = part->sample.n;

	if (!term)
		return KG_ENOMEM;
	trend.covariate = part->extra[0];
	trend.std_error = part->extra[1];
	params.own = &trend;
	params.stream = (uint32_t)group;
	if (n < stat->min_n)
		term[0] = kg_term_none(first_term(stat->id), "", KG_WHY_TOO_FEW);
	else
		count = stat->fit(&part->sample, &params, scratch, term, stat->terms_most);
	for (size_t k = 0; k < count; k++) {
		struct kg_row row = { term[k], stat->id, (double)n, (double)part->n_missing, { { 0, NULL } } };

		name_periods(run, part, &term[k], scratch, &row);
		row.own[OWN_DIRECTION].text = name_direction(run, &term[k]);
		kg_rows_add(rows, &row);
	}
	return kg_arena_failed(scratch) ? KG_ENOMEM : KG_OK;
}

/* All groups, one after another; each segment of each group is a stratum. */
static enum kg_status pool_groups(const struct kg_trend_run *run, struct kg_arena *scratch, struct kg_series *pool)
{
	size_t total = run->source.table->nrow, at = 0, strata = 0;

	*pool = (struct kg_series){ .y = KG_ARRAY(scratch, double, total),
				    .x = KG_ARRAY(scratch, double, total),
				    .exposure = run->source.population ? KG_ARRAY(scratch, double, total) : NULL,
				    .period = KG_ARRAY(scratch, long, total),
				    .segment = KG_ARRAY(scratch, uint32_t, total) };
	if (kg_arena_failed(scratch))
		return KG_ENOMEM;
	for (size_t g = 0; g < run->source.groups.ngroup; g++) {
		struct kg_series series, part;

		if (!kg_series_make(&run->source, g, scratch, &series))
			return KG_ENOMEM;
		for (size_t s = 0; s < kg_series_segments(&series); s++, strata++) {
			if (!kg_series_part(&series, s, scratch, &part))
				return KG_ENOMEM;
			for (size_t i = 0; i < part.sample.n; i++, at++) {
				pool->y[at] = part.y[i];
				pool->x[at] = part.x[i];
				pool->period[at] = part.period[i];
				pool->segment[at] = (uint32_t)strata;
				if (pool->exposure)
					pool->exposure[at] = part.exposure[i];
			}
			pool->n_missing += part.n_missing;
		}
	}
	pool->sample = (struct kg_sample){ .n = at,
					   .y = pool->y,
					   .x = pool->x,
					   .exposure = pool->exposure,
					   .period = pool->period,
					   .stratum = pool->segment };
	return KG_OK;
}

static enum kg_status add_regional(const struct kg_trend_run *run, struct kg_arena *scratch, struct kg_rows *rows)
{
	const struct kg_names *method = &run->options->method;
	struct kg_series pool;

	KG_TRY(pool_groups(run, scratch, &pool));
	for (size_t m = 0; m < method->count; m++)
		if (is_regional(method->name[m]))
			KG_TRY(add_fit(run, kg_stat_find("trend", method->name[m]), &pool, run->groups.ngroup, scratch,
				       rows));
	return KG_OK;
}

static enum kg_status add_group(const struct kg_trend_run *run, size_t group, struct kg_arena *scratch,
				struct kg_rows *rows)
{
	const struct kg_names *method = &run->options->method;
	struct kg_series series, part;

	if (!kg_series_make(&run->source, group, scratch, &series))
		return KG_ENOMEM;
	for (size_t s = 0; s < kg_series_segments(&series); s++) {
		if (!kg_series_part(&series, s, scratch, &part))
			return KG_ENOMEM;
		for (size_t m = 0; m < method->count; m++)
			if (!is_regional(method->name[m]))
				KG_TRY(
				    add_fit(run, kg_stat_find("trend", method->name[m]), &part, group, scratch, rows));
	}
	return KG_OK;
}

static enum kg_status work(void *context, size_t group, struct kg_arena *scratch, struct kg_rows *rows,
			   struct kg_error *error)
{
	const struct kg_trend_run *run = context;
	bool total = run->groups.start[group] == run->groups.start[group + 1];
	enum kg_status status = total ? add_regional(run, scratch, rows) : add_group(run, group, scratch, rows);

	return status == KG_ENOMEM ? kg_error_memory(error) : status;
}

/* The Theil-Sen line through the medians. */
static bool fit_line(void *context, const struct kg_series *part, size_t group, struct kg_arena *scratch,
		     struct kg_picture_curve *curve)
{
	const double *y = kg_trend_values(&part->sample, scratch);
	size_t n = part->sample.n;
	double slope, *rest = KG_ARRAY(scratch, double, n), level;

	(void)context;
	(void)group;
	if (!y || !rest || n < 2)
		return y && rest;
	slope = kg_trend_sen(part->x, y, n, scratch);
	for (size_t i = 0; i < n; i++)
		rest[i] = y[i] - slope * (part->x[i] - part->x[0]);
	level = kg_trend_median(rest, n);
	for (size_t i = 0; i < n; i++)
		curve->fitted[i] = level + slope * (part->x[i] - part->x[0]);
	return true;
}

/* Random numbers are said with all it takes to draw them again. */
static void remark_random(const struct kg_trend_run *run, const struct kg_context *context, struct kg_result *result)
{
	for (size_t m = 0; m < run->options->method.count; m++) {
		const char *method = run->options->method.name[m];
		size_t replicates = kg_trend_replicates(method, context->replicates);

		if (replicates)
			kg_result_remark(result, context->arena, "%s: %zu random series, seed %llu",
					 kg_label_argument("trend", "method", method, context->arena), replicates,
					 (unsigned long long)context->seed);
	}
}

static enum kg_status run(const void *options, const struct kg_table *const *in, size_t nin, struct kg_context *context,
			  struct kg_result **result, struct kg_error *error)
{
	struct kg_trend_run trend;
	struct kg_tidy_plan plan = { .name = "trend", .table = in[0], .own = own, .nown = OWN_COUNT };
	const struct kg_table *table;

	(void)nin;
	KG_TRY(kg_trend_open(options, in[0], context, &trend, error));
	plan.groups = &trend.groups;
	plan.conf_level = context->conf_level;
	plan.threads = context->threads;
	plan.work = work;
	plan.context = &trend;
	KG_TRY(kg_tidy_run(&plan, context->arena, &table, error));
	*result = kg_result_new(table, context->arena);
	if (!*result)
		return kg_error_memory(error);
	kg_result_title(*result, context->arena, "Trend of %s", kg_label_column(trend.source.value, context->arena));
	kg_series_describe(&trend.source, &context->by, *result, context->arena);
	remark_random(&trend, context, *result);
	return kg_picture_fitted(&trend.source, fit_line, NULL, context->arena, *result, error);
}

const struct kg_program kg_program_trend = {
	.name = "trend",
	.summary = "tests for a monotone trend or a change point, and its slope",
	.detail = "One row per group, segment between series breaks, and term; `from` and `to` name the first and last "
		  "period (of a "
		  "change point: the periods before and after it), `direction` says up, down or none at the confidence "
		  "level. "
		  "The regional methods give one row over all groups, whose group cells are empty.",
	.option = option,
	.noption = sizeof option / sizeof option[0],
	.options_size = sizeof(struct kg_trend_command),
	.example = example,
	.nexample = sizeof example / sizeof example[0],
	.run = run,
};
