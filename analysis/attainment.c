#include "attainment_contrast.h"
#include "attainment_robust.h"

#include <string.h>

#include "stats/logit_summary.h"
#include "stats/order.h"

#define OPTION(field_name) offsetof(struct kg_attainment_options, field_name)

static const char *const covariance_choice[] = { "classical", "hc0", "hc1", "hc2", "hc3", "cluster", NULL };

static const char *const ci_choice[] = { "wald", "profile", NULL };

static const char *const alternative_choice[] = { "two-sided", "greater", "less", NULL };

static const struct kg_option option[] = {
	{ .name = "formula",
	  .argument = "'Y ~ X'",
	  .kind = KG_OPTION_FORMULA,
	  .role = KG_ROLE_VALUE,
	  .help = "y ~ x + log(z) + factor(d) + x:z, y a 0/1 column; text columns are factors",
	  .field = OPTION(formula) },
	{ .name = "outcome",
	  .argument = "COL",
	  .kind = KG_OPTION_COLUMN,
	  .role = KG_ROLE_VALUE,
	  .help = "instead of --formula: the 0/1 outcome, or a count with --trials",
	  .field = OPTION(outcome) },
	{ .name = "exposure",
	  .argument = "COL",
	  .kind = KG_OPTION_COLUMN,
	  .role = KG_ROLE_VALUE,
	  .help = "and what may go with it; in tables the larger value is the exposed",
	  .field = OPTION(exposure) },
	{ .name = "method",
	  .argument = "LIST",
	  .fallback = "logistic",
	  .kind = KG_OPTION_METHODS,
	  .help = "one or more methods, comma-separated",
	  .field = OPTION(method) },
	{ .name = "trials",
	  .argument = "COL",
	  .kind = KG_OPTION_COLUMN,
	  .role = KG_ROLE_VALUE,
	  .help = "grouped data: the outcome counts how many of these attained",
	  .field = OPTION(trials) },
	{ .name = "strata",
	  .argument = "COL",
	  .kind = KG_OPTION_COLUMN,
	  .role = KG_ROLE_KEY,
	  .help = "tables by the values of this column",
	  .field = OPTION(strata) },
	{ .name = "scores",
	  .argument = "LIST",
	  .kind = KG_OPTION_TEXT,
	  .help = "cochran-armitage: scores of the exposure's values in ascending order (default: the values)",
	  .field = OPTION(scores) },
	{ .name = "groups",
	  .argument = "K",
	  .fallback = "0",
	  .kind = KG_OPTION_INTEGER,
	  .least = 0,
	  .most = 1000,
	  .help = "cut the exposure into K groups of equal size, scored 1 to K; 0 = as it is",
	  .field = OPTION(groups) },
	{ .name = "permutations",
	  .argument = "N",
	  .fallback = "0",
	  .kind = KG_OPTION_INTEGER,
	  .least = 0,
	  .most = 100000000,
	  .help = "cochran-armitage: p from N random orders, (b + 1) / (N + 1); exact when few orders exist",
	  .field = OPTION(permutations) },
	{ .name = "alternative",
	  .argument = "WHICH",
	  .fallback = "two-sided",
	  .kind = KG_OPTION_CHOICE,
	  .choice = alternative_choice,
	  .help = "cochran-armitage: a trend either way, upwards (greater) or downwards (less)",
	  .field = OPTION(alternative) },
	{ .name = "ci",
	  .argument = "KIND",
	  .kind = KG_OPTION_CHOICE,
	  .choice = ci_choice,
	  .help = "limits of coefficients (default: wald for logistic, profile for firth)",
	  .field = OPTION(ci) },
	{ .name = "covariance",
	  .argument = "KIND",
	  .fallback = "classical",
	  .kind = KG_OPTION_CHOICE,
	  .choice = covariance_choice,
	  .help = "of the coefficients of logistic",
	  .field = OPTION(covariance) },
	{ .name = "cluster",
	  .argument = "COL",
	  .kind = KG_OPTION_COLUMN,
	  .role = KG_ROLE_KEY,
	  .help = "rows with the same value belong together; implies --covariance cluster",
	  .field = OPTION(cluster) },
	{ .name = "robustness",
	  .kind = KG_OPTION_FLAG,
	  .help = "would the estimate of the first covariate survive: other methods, without each covariate, place and "
		  "--cluster, changed outcomes, permutation within clusters, between clusters",
	  .field = OPTION(robustness) },
	{ .name = "instead",
	  .argument = "COLS",
	  .kind = KG_OPTION_COLUMNS,
	  .role = KG_ROLE_VALUE,
	  .help = "--robustness: columns that take the place of the first covariate in turn, such as units per commune "
		  "beside units per resident",
	  .field = OPTION(instead) },
	{ .name = "id",
	  .argument = "COL",
	  .kind = KG_OPTION_COLUMN,
	  .role = KG_ROLE_KEY,
	  .help = "names places in --robustness (default: their line)",
	  .field = OPTION(id) },
};

static const struct kg_example example[] = {
	{ "Does density go with attainment, other things equal",
	  "attainment communes.csv --formula 'attained ~ density + log(population)'" },
	{ "Does attainment rise over four groups of density",
	  "attainment communes.csv --outcome attained --exposure density --groups 4 --method cochran-armitage" },
	{ "Would the association survive without single communes and districts",
	  "attainment communes.csv --formula 'attained ~ density + log(population)' --robustness --cluster district" },
	{ "In probabilities: average marginal effects, and calibration on rows left out",
	  "attainment communes.csv --formula 'attained ~ density + upland' --method marginal-effects,calibration" },
	{ "Risk, odds and their ratios in a two-by-two table",
	  "attainment communes.csv --outcome attained --exposure upland --method two-by-two" },
};

static const struct kg_own own[KG_ATTAINMENT_OWN] = { { "odds_ratio", KG_REAL, NULL },
						      { "or_low", KG_REAL, NULL },
						      { "or_high", KG_REAL, NULL },
						      { "left_out", KG_TEXT, NULL } };

static void set_odds_ratio(struct kg_row *row)
{
	bool log_odds = row->term.unit && strcmp(row->term.unit, "log-odds") == 0;
	bool ratio = row->term.term && strstr(row->term.term, "odds_ratio");

	for (size_t k = 0; k < KG_ATTAINMENT_LEFT_OUT; k++)
		row->own[k].real = NAN;
	if (!log_odds && !ratio)
		return;
	row->own[KG_ATTAINMENT_ODDS_RATIO].real = log_odds ? exp(row->term.estimate) : row->term.estimate;
	row->own[KG_ATTAINMENT_OR_LOW].real = log_odds ? exp(row->term.conf_low) : row->term.conf_low;
	row->own[KG_ATTAINMENT_OR_HIGH].real = log_odds ? exp(row->term.conf_high) : row->term.conf_high;
}

/* Where there are no rows to fit: one row per coefficient that says so. */
static size_t fit_terms(const struct kg_params *params, const struct kg_stat *stat, const struct kg_sample *sample,
			struct kg_arena *scratch, struct kg_term *term, size_t room)
{
	if (sample->n >= stat->min_n)
		return stat->fit(sample, params, scratch, term, room);
	if (!(stat->needs & KG_NEEDS_DESIGN)) {
		term[0] = kg_term_none(stat->id, NULL, KG_WHY_TOO_FEW);
		return 1;
	}
	if (stat->terms_most || strcmp(stat->id, "marginal-effects") == 0) {
		term[0] = kg_term_none(stat->id, NULL, KG_WHY_TOO_FEW);
		return 1;
	}
	for (size_t j = 0; j < sample->design->p; j++)
		term[j] = kg_term_none(sample->design->name[j], "log-odds", KG_WHY_TOO_FEW);
	return sample->design->p;
}

static enum kg_status add_method(const struct kg_params *params, const struct kg_stat *stat,
				 const struct kg_sample *sample, size_t n_missing, struct kg_arena *scratch,
				 struct kg_rows *rows)
{
	const struct kg_attainment_own *asked = params->own;
	size_t room = stat->terms_most ? stat->terms_most
				       : sample->design->p + KG_LOGIT_SUMMARY_TERMS + 2 * asked->ncontrast,
	       count;
	struct kg_term *term = KG_ARRAY(scratch, struct kg_term, room);

	if (!term)
		return KG_ENOMEM;
	count = fit_terms(params, stat, sample, scratch, term, room);
	for (size_t k = 0; k < count; k++) {
		struct kg_row row = {
			.term = term[k], .method = stat->id, .n = (double)sample->n, .n_missing = (double)n_missing
		};

		set_odds_ratio(&row);
		kg_rows_add(rows, &row);
	}
	return kg_arena_failed(scratch) ? KG_ENOMEM : KG_OK;
}

/* Cuts x at its quantiles by rank; tied values stay together, in the group of their middle. */
static bool cut_exposure(struct kg_sample *sample, size_t groups, struct kg_arena *scratch)
{
	double *cut = KG_ARRAY(scratch, double, sample->n + 1);
	struct kg_order order = kg_order_make(sample->x, sample->n, scratch);

	if (!cut || !order.index)
		return false;
	kg_order_ranks(&order, cut);
	for (size_t i = 0; i < sample->n; i++)
		cut[i] = fmin((double)groups, 1 + floor((cut[i] - 0.5) * (double)groups / (double)sample->n));
	sample->x = cut;
	return true;
}

static bool has_method(const struct kg_names *method, const char *id)
{
	for (size_t m = 0; m < method->count; m++)
		if (strcmp(method->name[m], id) == 0)
			return true;
	return false;
}

static enum kg_status work(void *context, size_t group, struct kg_arena *scratch, struct kg_rows *rows,
			   struct kg_error *error)
{
	const struct kg_attainment_run *run = context;
	const struct kg_names *method = &run->options->method;
	struct kg_params params = run->params;
	struct kg_attainment_own with_contrasts = run->own;
	struct kg_sample sample;
	struct kg_model model;

	params.own = &with_contrasts;
	if (run->options->robustness)
		return kg_attainment_robust(run, group, scratch, rows, error);
	KG_TRY(kg_attainment_sample(run, group, scratch, &model, &sample, error));
	if (run->options->groups && sample.x && !cut_exposure(&sample, (size_t)run->options->groups, scratch))
		return kg_error_memory(error);
	if (has_method(method, "marginal-effects"))
		KG_TRY(kg_attainment_contrasts(run, &model, &with_contrasts, scratch, error));
	for (size_t m = 0; m < method->count; m++)
		if (add_method(&params, kg_stat_find("attainment", method->name[m]), &sample, model.n_missing, scratch,
			       rows) != KG_OK)
			return kg_error_memory(error);
	return KG_OK;
}

static enum kg_status run(const void *options, const struct kg_table *const *in, size_t nin, struct kg_context *context,
			  struct kg_result **result, struct kg_error *error)
{
	struct kg_attainment_run attainment;
	struct kg_tidy_plan plan = { .name = "attainment", .table = in[0], .own = own, .nown = KG_ATTAINMENT_LEFT_OUT };
	const struct kg_table *table;

	(void)nin;
	KG_TRY(kg_attainment_open(options, in[0], context, &attainment, error));
	if (attainment.options->robustness)
		plan.nown = KG_ATTAINMENT_OWN;
	plan.groups = &attainment.groups;
	plan.conf_level = context->conf_level;
	plan.threads = context->threads;
	plan.work = work;
	plan.context = &attainment;
	KG_TRY(kg_tidy_run(&plan, context->arena, &table, error));
	*result = kg_result_new(table, context->arena);
	if (!*result)
		return kg_error_memory(error);
	return kg_attainment_describe(&attainment, *result, context->arena, error);
}

const struct kg_program kg_program_attainment = {
	.name = "attainment",
	.summary = "a 0/1 outcome and what goes with it",
	.detail =
	    "Models give one row per coefficient, named as in R, in log-odds with the odds ratio beside it, then what "
	    "describes the whole model; tables give one row per measure and test. Rows with a missing cell are left "
	    "out and counted in n_missing. A covariate that separates the outcomes perfectly is named: its estimate "
	    "is infinite. An association between places need not hold for people.",
	.option = option,
	.noption = sizeof option / sizeof option[0],
	.options_size = sizeof(struct kg_attainment_options),
	.example = example,
	.nexample = sizeof example / sizeof example[0],
	.run = run,
};
