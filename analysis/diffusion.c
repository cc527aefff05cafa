#include "stats/diffusion.h"

#include <string.h>

#include "growth_picture.h"
#include "report/label.h"
#include "report/tidy.h"

struct options {
	const char *time, *value, *ceiling;
	bool flow;
	struct kg_names method;
};

#define OPTION(field_name) offsetof(struct options, field_name)

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
	  .help = "total so far (or, with --flow, number per period)",
	  .field = OPTION(value) },
	{ .name = "flow", .kind = KG_OPTION_FLAG, .help = "the values are per period", .field = OPTION(flow) },
	{ .name = "ceiling",
	  .argument = "N",
	  .kind = KG_OPTION_TEXT,
	  .help = "known final total, such as the number of communes (default: estimated)",
	  .field = OPTION(ceiling) },
	{ .name = "method",
	  .argument = "LIST",
	  .fallback = "bass",
	  .kind = KG_OPTION_METHODS,
	  .help = "one or more curves, comma-separated",
	  .field = OPTION(method) },
};

static const struct kg_example example[] = {
	{ "How a model spread from unit to unit, and when fastest",
	  "diffusion models.csv --time year --value units --method bass,logistic,gompertz" },
	{ "The number of communes is the ceiling",
	  "diffusion models.csv --time year --value new --flow --ceiling 131" },
};

enum { OWN_FROM, OWN_TO, OWN_COUNT };

static const struct kg_own own[OWN_COUNT] = {
	[OWN_FROM] = { "from", KG_TEXT, NULL }, [OWN_TO] = { "to", KG_TEXT, NULL }
};

struct run {
	const struct options *options;
	struct kg_series_source source;
	struct kg_params params;
	struct kg_diffusion_options diffusion;
};

static enum kg_status add_fit(const struct run *run, const struct kg_stat *stat, const struct kg_series *part,
			      struct kg_arena *scratch, struct kg_rows *rows)
{
	struct kg_term *term = KG_ARRAY(scratch, struct kg_term, stat->terms_most);
	size_t count = 1, n = part->sample.n;

	if (!term)
		return KG_ENOMEM;
	if (n < stat->min_n)
		term[0] = kg_term_none("peak_time", "year", KG_WHY_TOO_FEW);
	else
		count = stat->fit(&part->sample, &run->params, scratch, term, stat->terms_most);
	for (size_t k = 0; k < count; k++) {
		struct kg_row row = { term[k], stat->id, (double)n, (double)part->n_missing, { { 0, NULL } } };

		row.own[OWN_FROM].text = n ? kg_series_label(&run->source, part, 0, scratch) : NULL;
		row.own[OWN_TO].text = n ? kg_series_label(&run->source, part, n - 1, scratch) : NULL;
		kg_rows_add(rows, &row);
	}
	return kg_arena_failed(scratch) ? KG_ENOMEM : KG_OK;
}

/* The curve of the first method. */
static bool fit_curve(void *context, const struct kg_series *part, size_t group, struct kg_arena *scratch,
		      struct kg_picture_curve *picture)
{
	const struct run *run = context;
	const char *method = run->options->method.name[0];
	const struct kg_diffusion_curve *curve = kg_diffusion_curve_find(method);
	const struct kg_stat *stat = kg_stat_find("diffusion", method);

	(void)group;
	return part->sample.n < stat->min_n ||
	       kg_diffusion_draw(
		   curve, &part->sample, &run->params, scratch,
		   &(struct kg_diffusion_drawn){ picture->fitted, picture->low, picture->high, picture->bend });
}

static enum kg_status work(void *context, size_t group, struct kg_arena *scratch, struct kg_rows *rows,
			   struct kg_error *error)
{
	const struct run *run = context;
	struct kg_series series, part;

	if (!kg_series_make(&run->source, group, scratch, &series))
		return kg_error_memory(error);
	for (size_t s = 0; s < kg_series_segments(&series); s++) {
		if (!kg_series_part(&series, s, scratch, &part))
			return kg_error_memory(error);
		for (size_t m = 0; m < run->options->method.count; m++)
			if (add_fit(run, kg_stat_find("diffusion", run->options->method.name[m]), &part, scratch,
				    rows) != KG_OK)
				return kg_error_memory(error);
	}
	return KG_OK;
}

static enum kg_status read_ceiling(const char *text, double *ceiling, struct kg_error *error)
{
	*ceiling = NAN;
	if (!text)
		return KG_OK;
	if (kg_number_parse(text, strlen(text), '.', 0, ceiling) != KG_PARSED || !(*ceiling > 0))
		return kg_error_set(error, KG_EUSAGE, "'%s' in --ceiling is no positive number", text);
	return KG_OK;
}

static enum kg_status prepare(struct run *run, const struct kg_table *table, struct kg_context *context,
			      struct kg_error *error)
{
	const char *const column[] = { run->options->time, run->options->value, NULL };
	enum kg_period_kind kind;

	KG_TRY(kg_series_open(table, column, &context->by, context->arena, &run->source, error));
	KG_TRY(read_ceiling(run->options->ceiling, &run->diffusion.ceiling, error));
	kind = run->source.time.kind;
	run->diffusion.flow = run->options->flow;
	run->diffusion.step = kg_period_year(kind, 1) - kg_period_year(kind, 0);
	run->diffusion.unit = run->source.value->unit;
	run->params = (struct kg_params){ .conf_level = context->conf_level,
					  .period_noun = kg_period_noun(kind),
					  .own = &run->diffusion };
	return KG_OK;
}

/* What totals rise to, for the chart: as given, or of the first method where there is one series and no warning. */
static double find_ceiling(const struct run *run, const struct kg_table *table)
{
	const struct kg_column *note = kg_table_find(table, "note"), *estimate = kg_table_find(table, "estimate");

	if (run->options->flow)
		return 0;
	if (run->options->ceiling)
		return run->diffusion.ceiling;
	if (run->source.groups.ngroup != 1 || !kg_column_missing(note, 0) || kg_column_missing(estimate, 0))
		return 0;
	return kg_column_real(estimate, 0);
}

static enum kg_status run(const void *options, const struct kg_table *const *in, size_t nin, struct kg_context *context,
			  struct kg_result **result, struct kg_error *error)
{
	struct run diffusion = { .options = options };
	struct kg_tidy_plan plan = { .name = "diffusion", .table = in[0], .own = own, .nown = OWN_COUNT };
	const struct kg_table *table;

	(void)nin;
	KG_TRY(prepare(&diffusion, in[0], context, error));
	plan.groups = &diffusion.source.groups;
	plan.conf_level = context->conf_level;
	plan.threads = context->threads;
	plan.work = work;
	plan.context = &diffusion;
	KG_TRY(kg_tidy_run(&plan, context->arena, &table, error));
	*result = kg_result_new(table, context->arena);
	if (!*result)
		return kg_error_memory(error);
	kg_result_title(*result, context->arena, "Diffusion of %s",
			kg_label_column(diffusion.source.value, context->arena));
	kg_series_describe(&diffusion.source, &context->by, *result, context->arena);
	KG_TRY(kg_picture_fitted(&diffusion.source, fit_curve, &diffusion, context->arena, *result, error));
	(*result)->picture.kind = "diffusion";
	(*result)->picture.reference = find_ceiling(&diffusion, table);
	return KG_OK;
}

const struct kg_program kg_program_diffusion = {
	.name = "diffusion",
	.summary = "S-curves of replication: how far, how fast, and when fastest",
	.detail = "Rows: the curve's parameters (bass, also as rates or by regression: m p q; logistic and gompertz: "
		  "ceiling rate midpoint), peak_time "
		  "(in years) and "
		  "peak_flow (per year). A curve whose peak lies beyond the data carries a note: give --ceiling.",
	.option = option,
	.noption = sizeof option / sizeof option[0],
	.options_size = sizeof(struct options),
	.example = example,
	.nexample = sizeof example / sizeof example[0],
	.run = run,
};
