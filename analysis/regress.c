#include "regress.h"

#include <math.h>
#include <string.h>

#include "stats/glm_terms.h"
#include "stats/linear.h"

#define OPTION(field_name) offsetof(struct kg_regress_options, field_name)

static const struct kg_option option[] = {
	{ .name = "formula",
	  .argument = "'Y ~ X'",
	  .kind = KG_OPTION_FORMULA,
	  .role = KG_ROLE_VALUE,
	  .required = true,
	  .help = "y ~ x + log(z) + factor(d) + x:z + I(x^2) - 1; also a*b, (a + b)^2, exp, sqrt, log2, log10, log1p; "
		  "text columns are factors",
	  .field = OPTION(formula) },
	{ .name = "method",
	  .argument = "LIST",
	  .fallback = "ols",
	  .kind = KG_OPTION_METHODS,
	  .help = "one or more methods, comma-separated; with --weights ols becomes wls",
	  .field = OPTION(method) },
	{ .name = "weights",
	  .argument = "COL",
	  .kind = KG_OPTION_COLUMN,
	  .role = KG_ROLE_VALUE,
	  .help = "weights inverse to the variance of a row; rows with weight 0 are left out",
	  .field = OPTION(weights) },
	KG_COVARIANCE_OPTIONS(OPTION(covariance), OPTION(cluster), "of the coefficients"),
	{ .name = "offset",
	  .argument = "COL",
	  .kind = KG_OPTION_COLUMN,
	  .role = KG_ROLE_VALUE,
	  .help = "count models: population or time at risk; its logarithm is added to the model with coefficient 1",
	  .field = OPTION(offset) },
};

static const struct kg_example example[] = {
	{ "A straight line, and a curve with robust standard errors",
	  "regress districts.csv --formula 'density ~ income + I(income^2)' --covariance hc3" },
	{ "One model per year, rows clustered in provinces",
	  "regress districts.csv --formula 'log(density) ~ income + region' --by year --cluster province" },
	{ "Rates of events from counts and population",
	  "regress districts.csv --formula 'cases ~ factor(year) + income' --offset population --method "
	  "poisson,negative-binomial" },
};

enum { OWN_RATIO, OWN_LOW, OWN_HIGH, OWN_COUNT };
static const struct kg_own own[OWN_COUNT] = { { "rate_ratio", KG_REAL, NULL },
					      { "rr_low", KG_REAL, NULL },
					      { "rr_high", KG_REAL, NULL } };

bool kg_regress_is_linear(const char *method)
{
	return strcmp(method, "ols") == 0 || strcmp(method, "wls") == 0;
}

bool kg_regress_counts(const struct kg_regress_run *run, uint32_t row)
{
	return !(run->weights && kg_column_real(run->weights, row) == 0) &&
	       !(run->offset && kg_column_real(run->offset, row) == 0);
}

/* Complete cases of a group as a model. */
static enum kg_status make_model(const struct kg_regress_run *run, size_t group, struct kg_arena *scratch,
				 struct kg_model *model, struct kg_error *error)
{
	const struct kg_column *also[3];
	size_t start = run->groups.start[group], end = run->groups.start[group + 1], nalso = 0;
	uint32_t *row = KG_ARRAY(scratch, uint32_t, end - start);
	struct kg_cases cases = { row, 0, also, 0 };

	if (!row)
		return kg_error_memory(error);
	for (size_t i = start; i < end; i++)
		if (kg_regress_counts(run, run->groups.row[i]))
			row[cases.nrow++] = run->groups.row[i];
	if (run->weights)
		also[nalso++] = run->weights;
	if (run->offset)
		also[nalso++] = run->offset;
	if (run->covariance.cluster)
		also[nalso++] = run->covariance.cluster;
	cases.nalso = nalso;
	KG_TRY(kg_formula_model(run->formula, run->table, &cases, scratch, model, error));
	model->n_missing += end - start - cases.nrow;
	return KG_OK;
}

/* Cells of a column in the order of the model's cases; NULL when there is no column. */
static const double *pick_cells(const struct kg_column *column, const struct kg_model *model, struct kg_arena *scratch)
{
	double *cell = column ? KG_ARRAY(scratch, double, model->design.n) : NULL;

	for (size_t i = 0; cell && i < model->design.n; i++)
		cell[i] = column->real[model->row[i]];
	return cell;
}

static const uint32_t *pick_clusters(const struct kg_regress_run *run, const struct kg_model *model,
				     struct kg_arena *scratch)
{
	uint32_t *cluster = run->covariance.cluster ? KG_ARRAY(scratch, uint32_t, model->design.n) : NULL;

	for (size_t i = 0; cluster && i < model->design.n; i++)
		cluster[i] = run->covariance.number[model->row[i]];
	return cluster;
}

static size_t fit_terms(const struct kg_regress_run *run, const struct kg_stat *stat, const struct kg_sample *sample,
			struct kg_arena *scratch, struct kg_term *term, size_t room)
{
	if (sample->n > 0)
		return stat->fit(sample, &run->params, scratch, term, room);
	for (size_t j = 0; j < sample->design->p; j++)
		term[j] = kg_term_none(sample->design->name[j], NULL, KG_WHY_TOO_FEW);
	return sample->design->p;
}

/* Rate ratios exp(b) of a count model's covariates; `coefficient` false for rows that describe the whole model. */
static void set_ratio(struct kg_row *row, bool coefficient)
{
	bool ratio = coefficient && !kg_regress_is_linear(row->method) && strcmp(row->term.term, "(Intercept)") != 0;

	row->own[OWN_RATIO].real = ratio ? exp(row->term.estimate) : NAN;
	row->own[OWN_LOW].real = ratio ? exp(row->term.conf_low) : NAN;
	row->own[OWN_HIGH].real = ratio ? exp(row->term.conf_high) : NAN;
}

static enum kg_status add_method(const struct kg_regress_run *run, const char *method,
				 const struct kg_regress_cases *cases, struct kg_arena *scratch, struct kg_rows *rows)
{
	size_t p = cases->model.design.p, room = p + KG_LINEAR_SUMMARY + KG_COUNT_SUMMARY, count;
	struct kg_term *term = KG_ARRAY(scratch, struct kg_term, room);

	if (!term)
		return KG_ENOMEM;
	count = fit_terms(run, kg_stat_find("regress", method), &cases->sample, scratch, term, room);
	for (size_t k = 0; k < count; k++) {
		struct kg_row row = { .term = term[k],
				      .method = method,
				      .n = (double)cases->sample.n,
				      .n_missing = (double)cases->model.n_missing };

		set_ratio(&row, k < p);
		kg_rows_add(rows, &row);
	}
	return kg_arena_failed(scratch) ? KG_ENOMEM : KG_OK;
}

enum kg_status kg_regress_sample(const struct kg_regress_run *run, size_t group, struct kg_arena *scratch,
				 struct kg_regress_cases *cases, struct kg_error *error)
{
	KG_TRY(make_model(run, group, scratch, &cases->model, error));
	cases->sample = (struct kg_sample){ .n = cases->model.design.n,
					    .y = cases->model.y,
					    .design = &cases->model.design,
					    .weight = pick_cells(run->weights, &cases->model, scratch),
					    .exposure = pick_cells(run->offset, &cases->model, scratch),
					    .cluster = pick_clusters(run, &cases->model, scratch) };
	return kg_arena_failed(scratch) ? kg_error_memory(error) : KG_OK;
}

static enum kg_status work(void *context, size_t group, struct kg_arena *scratch, struct kg_rows *rows,
			   struct kg_error *error)
{
	const struct kg_regress_run *run = context;
	struct kg_regress_cases cases;

	KG_TRY(kg_regress_sample(run, group, scratch, &cases, error));
	for (size_t m = 0; m < run->method.count; m++)
		if (add_method(run, run->method.name[m], &cases, scratch, rows) != KG_OK)
			return kg_error_memory(error);
	return KG_OK;
}

static bool has_counts(const struct kg_regress_run *run)
{
	for (size_t m = 0; m < run->method.count; m++)
		if (!kg_regress_is_linear(run->method.name[m]))
			return true;
	return false;
}

static enum kg_status run(const void *options, const struct kg_table *const *in, size_t nin, struct kg_context *context,
			  struct kg_result **result, struct kg_error *error)
{
	struct kg_regress_run regress;
	struct kg_tidy_plan plan = { .name = "regress", .table = in[0] };
	const struct kg_table *table;

	(void)nin;
	KG_TRY(kg_regress_open(options, in[0], context, &regress, error));
	plan.groups = &regress.groups;
	plan.conf_level = context->conf_level;
	plan.threads = context->threads;
	plan.work = work;
	plan.own = own;
	plan.nown = has_counts(&regress) ? OWN_COUNT : 0;
	plan.context = &regress;
	KG_TRY(kg_tidy_run(&plan, context->arena, &table, error));
	*result = kg_result_new(table, context->arena);
	if (!*result)
		return kg_error_memory(error);
	kg_result_title(*result, context->arena, "Regression: %s", regress.options->formula);
	KG_TRY(kg_regress_picture(&regress, &(*result)->picture, context->arena, error));
	return kg_regress_remark(&regress, *result, context->arena, error);
}

const struct kg_program kg_program_regress = {
	.name = "regress",
	.summary = "linear and count models by formula",
	.detail =
	    "Gives one row per coefficient, named as in R, then what describes the whole model: r_squared, "
	    "adj_r_squared, sigma and f_statistic for ols and wls; dispersion, se_inflation, deviance, log_likelihood "
	    "and aic for "
	    "the count models, theta for negative-binomial; rate_ratio, rr_low and rr_high are exp of a count model's "
	    "coefficient and its limits. Rows with a missing cell are left out and counted in "
	    "n_missing. Collinear columns are named in the column note; the others are estimated.",
	.option = option,
	.noption = sizeof option / sizeof option[0],
	.options_size = sizeof(struct kg_regress_options),
	.example = example,
	.nexample = sizeof example / sizeof example[0],
	.run = run,
};
