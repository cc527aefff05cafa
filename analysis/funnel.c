#include <string.h>

#include "funnel_run.h"
#include "report/label.h"
#include "report/tidy.h"

#define OPTION(field_name) offsetof(struct kg_funnel_options, field_name)

static const char *const kinds[] = { "rate", "proportion", "ratio", NULL };
static const char *const dispersions[] = { "none", "multiplicative", "additive", NULL };

static const struct kg_option option[] = {
	{ .name = "count",
	  .argument = "COL",
	  .kind = KG_OPTION_COLUMN,
	  .role = KG_ROLE_VALUE,
	  .required = true,
	  .help = "what is counted in each place",
	  .field = OPTION(count) },
	{ .name = "population",
	  .argument = "COL",
	  .kind = KG_OPTION_COLUMN,
	  .role = KG_ROLE_VALUE,
	  .help = "population; the denominator with --as proportion, the expected count with --as ratio",
	  .field = OPTION(population) },
	{ .name = "standardised",
	  .argument = "COL",
	  .kind = KG_OPTION_COLUMN,
	  .role = KG_ROLE_KEY,
	  .help = "directly standardised rate of each place, per --multiplier, in place of --population; not assessed "
		  "below 10 events",
	  .field = OPTION(standardised) },
	{ .name = "as",
	  .argument = "KIND",
	  .fallback = "rate",
	  .kind = KG_OPTION_CHOICE,
	  .choice = kinds,
	  .help = "what counts and populations make",
	  .field = OPTION(as) },
	{ .name = "target",
	  .argument = "T",
	  .kind = KG_OPTION_REAL,
	  .least = 0,
	  .most = 1e300,
	  .help = "the value to compare with, in the unit of the result (default: all places together; 1 for a ratio)",
	  .field = OPTION(target) },
	{ .name = "overdispersion",
	  .argument = "HOW",
	  .fallback = "none",
	  .kind = KG_OPTION_CHOICE,
	  .choice = dispersions,
	  .help = "widen the limits when places differ by more than chance",
	  .field = OPTION(overdispersion) },
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
	  .methods_of = "funnel,",
	  .help =
	      "how limits are made (default: poisson; binomial with --as proportion); dispersion: rows of all places "
	      "together",
	  .field = OPTION(method) },
};

static const struct kg_example example[] = {
	{ "Which communes draw more or fewer people than their size explains",
	  "funnel communes.csv --count attendances --population population --by commune" },
	{ "Districts that attain a criterion more or less often, wider limits",
	  "funnel communes.csv --count attained --population communes --as proportion --by district --overdispersion "
	  "additive" },
};

enum { LOW_95, HIGH_95, LOW_998, HIGH_998, CLASS, OWN_COUNT };

static const struct kg_own own[OWN_COUNT] = { [LOW_95] = { "limit_95_low", KG_REAL, NULL },
					      [HIGH_95] = { "limit_95_high", KG_REAL, NULL },
					      [LOW_998] = { "limit_998_low", KG_REAL, NULL },
					      [HIGH_998] = { "limit_998_high", KG_REAL, NULL },
					      [CLASS] = { "class", KG_INTEGER, NULL } };

static void add_place(const struct kg_funnel_run *run, const struct kg_funnel_fitted *fitted, size_t group,
		      const struct kg_counts *counts, struct kg_rows *rows)
{
	double per = run->multiplier;
	struct kg_row row = { .term = kg_term_none("value", run->unit, kg_funnel_refuse(run, counts)),
			      .method = fitted->id,
			      .n = (double)counts->sample.n,
			      .n_missing = counts->n_missing };
	struct kg_funnel_place place;

	for (size_t k = 0; k < OWN_COUNT; k++)
		row.own[k].real = NAN;
	if (row.term.why == KG_WHY_NONE && !(run->target > 0 && (!run->proportion || run->target < 1)))
		row.term.why = KG_WHY_NO_SPREAD;
	if (row.term.why == KG_WHY_NONE) {
		place = kg_funnel_place_make(fitted->method, (double)counts->count, (double)counts->denominator,
					     run->target, &fitted->spread, run->how);
		row.term.estimate = (double)(counts->count / counts->denominator * per);
		row.term.statistic = place.z;
		row.term.p_value = fmin(1, 2 * fmin(place.p_low, place.p_high));
		row.own[LOW_95].real = place.limit_95.low * per;
		row.own[HIGH_95].real = place.limit_95.high * per;
		row.own[LOW_998].real = place.limit_998.low * per;
		row.own[HIGH_998].real = place.limit_998.high * per;
		row.own[CLASS].real = place.level;
		kg_counts_bound(counts, per, run->proportion ? 1 : INFINITY, &row.term);
	}
	if (row.term.why == KG_WHY_NONE || row.term.why == KG_WHY_BOUND)
		kg_counts_total_keep(&run->total, group, counts);
	kg_rows_add(rows, &row);
}

/* Target and spread of all places together. */
static void add_dispersion(const struct kg_funnel_run *run, struct kg_rows *rows)
{
	const struct kg_funnel_spread *spread = &run->fitted[0].spread;
	double per = run->multiplier, fewer = run->target_own ? 1 : 0;
	struct kg_term term[] = { kg_term_new("target", run->unit), kg_term_new("phi", NULL),
				  kg_term_new("phi_winsorised", NULL), kg_term_new("tau", run->unit) };

	term[0].estimate = run->target * per;
	term[1].estimate = spread->phi;
	term[2].estimate = spread->phi_winsorised;
	term[3].estimate = sqrt(spread->tau2) * per;
	if ((double)spread->n > fewer) {
		term[1].statistic = spread->phi * (double)spread->n;
		term[1].df = (double)spread->n - fewer;
		term[1].p_value = pchisq(term[1].statistic, term[1].df, 0, 0);
	}
	for (size_t k = 0; k < sizeof term / sizeof term[0]; k++) {
		struct kg_row row = { .term = term[k],
				      .method = kg_stat_funnel_dispersion.id,
				      .n = (double)spread->n,
				      .n_missing = (double)(run->nplace - spread->n) };

		for (size_t own_cell = 0; own_cell < OWN_COUNT; own_cell++)
			row.own[own_cell].real = NAN;
		if (isnan(row.term.estimate))
			row.term.why = KG_WHY_TOO_FEW;
		kg_rows_add(rows, &row);
	}
}

static enum kg_status work(void *context, size_t group, struct kg_arena *scratch, struct kg_rows *rows,
			   struct kg_error *error)
{
	const struct kg_funnel_run *run = context;
	struct kg_counts place;

	if (group == run->nplace) {
		add_dispersion(run, rows);
		return KG_OK;
	}
	if (!kg_funnel_read(run, group, scratch, &place))
		return kg_error_memory(error);
	for (size_t m = 0; m < run->nfitted && run->places; m++)
		add_place(run, &run->fitted[m], group, &place, rows);
	return KG_OK;
}

static void remark(const struct kg_funnel_run *run, struct kg_result *result)
{
	const struct kg_funnel_spread *spread = &run->fitted[0].spread;
	struct kg_arena *arena = run->context->arena;
	double target = run->target * run->multiplier;
	const char *unit = kg_label_unit(run->unit, run->source.table->from, arena);

	if (!spread->n) {
		kg_result_remark(result, arena, "No place can be assessed.");
		return;
	}
	if (run->options->target > 0)
		kg_result_remark(result, arena, "Target: %.6g %s, from --target.", target, unit);
	else if (strcmp(run->options->as, "ratio") == 0)
		kg_result_remark(result, arena, "Target: %.6g %s, from the definition.", target, unit);
	else if (run->source.count->low)
		kg_result_remark(result, arena,
				 "Target: %.6g %s, from all places together at their stated figures, though some are "
				 "bounds.", target, unit);
	else
		kg_result_remark(result, arena, "Target: %.6g %s, from all places together.", target, unit);
	kg_result_remark(
	    result, arena,
	    "Spread of %zu places: phi %'.4g, winsorised %'.4g, tau %'.4g; 1 is chance alone. Overdispersion: %s.",
	    spread->n, spread->phi, spread->phi_winsorised, sqrt(spread->tau2) * run->multiplier,
	    kg_label_argument("funnel", "overdispersion", run->options->overdispersion, arena));
}

static enum kg_status run_funnel(const void *options, const struct kg_table *const *in, size_t nin,
				 struct kg_context *context, struct kg_result **result, struct kg_error *error)
{
	struct kg_funnel_run run = { .options = options, .context = context };
	struct kg_counts_shown shown = { .kind = "funnel", .term = "value" };
	const struct kg_table *table;
	struct kg_tidy_plan plan = { .name = "funnel",
				     .table = in[0],
				     .groups = &run.groups,
				     .own = own,
				     .nown = OWN_COUNT,
				     .conf_level = context->conf_level,
				     .threads = context->threads,
				     .work = work,
				     .context = &run };

	(void)nin;
	KG_TRY(kg_funnel_open(&run, in[0], error));
	KG_TRY(kg_tidy_run(&plan, context->arena, &table, error));
	*result = kg_result_new(table, context->arena);
	if (!*result)
		return kg_error_memory(error);
	kg_result_title(*result, context->arena, "Funnel of %s", kg_label_column(run.source.count, context->arena));
	if (run.standardised)
		kg_result_title_by(*result, context->arena, &context->by);
	else
		kg_counts_title(&run.source, &context->by, *result, context->arena);
	remark(&run, *result);
	if (run.places)
		kg_counts_total_say(&run.total, !run.standardised, *result, context->arena);
	shown.label = context->by.count ? context->by.name[context->by.count - 1] : NULL;
	shown.method = run.fitted[0].id;
	KG_TRY(kg_counts_picture(*result, &shown, context->arena, error));
	(*result)->picture.title = kg_message_pack(context->arena, &(*result)->title);
	(*result)->picture.data = in[0];
	(*result)->picture.x = run.standardised ? run.options->count : run.options->population;
	(*result)->picture.reference = run.target * run.multiplier;
	return KG_OK;
}

const struct kg_program kg_program_funnel = {
	.name = "funnel",
	.summary = "which places differ from the average by more than chance",
	.detail =
	    "One row per place (group of --by, else row), each with the limits that chance sets for its size at 95 and "
	    "99.8 %. "
	    "class is 2 or 1 above the 99.8 or 95 % limit, 0 within, -1 or -2 below. phi and tau in the remarks, and "
	    "as rows with --method dispersion, say whether places differ by more than chance as a whole; then "
	    "--overdispersion widens the limits.",
	.option = option,
	.noption = sizeof option / sizeof option[0],
	.options_size = sizeof(struct kg_funnel_options),
	.example = example,
	.nexample = sizeof example / sizeof example[0],
	.run = run_funnel,
};
