#include <string.h>

#include "attainment.h"
#include "base/text.h"

static bool needs_exposure(const char *method)
{
	return !(kg_stat_find("attainment", method)->needs & KG_NEEDS_DESIGN);
}

static bool needs_strata(const char *method)
{
	return strcmp(method, "mantel-haenszel") == 0 || strcmp(method, "breslow-day") == 0;
}

static enum kg_status make_formula(struct kg_attainment_run *run, struct kg_arena *arena, struct kg_error *error)
{
	const struct kg_attainment_options *options = run->options;

	if (options->formula ? options->outcome || options->exposure : !options->outcome || !options->exposure)
		return kg_error_set(error, KG_EUSAGE,
				    "name a model with --formula 'y ~ x', or --outcome and --exposure");
	run->formula_text = options->formula;
	if (!options->formula)
		run->formula_text = kg_arena_format(arena, "`%s` ~ `%s`", options->outcome, options->exposure);
	if (!run->formula_text)
		return kg_error_memory(error);
	KG_TRY(kg_formula_parse(run->formula_text, arena, &run->formula, error));
	KG_TRY(kg_formula_check(run->formula, run->table, error));
	run->outcome = kg_formula_outcome_column(run->formula);
	run->exposure = kg_formula_single(run->formula);
	for (size_t m = 0; m < options->method.count; m++)
		if (needs_exposure(options->method.name[m]) && (!run->exposure || !run->outcome))
			return kg_error_set(error, KG_EUSAGE,
					    "'%s' takes one exposure; name it with --outcome and --exposure",
					    options->method.name[m]);
	for (size_t m = 0; m < options->method.count; m++)
		if (needs_strata(options->method.name[m]) && !options->strata)
			return kg_error_set(error, KG_EUSAGE,
					    "'%s' compares tables of strata; name their column with --strata",
					    options->method.name[m]);
	return KG_OK;
}

static enum kg_status read_scores(struct kg_attainment_run *run, struct kg_arena *arena, struct kg_error *error)
{
	const char *const *part = NULL;
	double *score;

	if (!run->options->scores)
		return KG_OK;
	run->own.nscore = kg_text_split(run->options->scores, ',', arena, &part);
	score = KG_ARRAY(arena, double, run->own.nscore + 1);
	if (!part || !score)
		return kg_error_memory(error);
	for (size_t k = 0; k < run->own.nscore; k++)
		if (kg_number_parse(part[k], strlen(part[k]), '.', 0, &score[k]) != KG_PARSED)
			return kg_error_set(error, KG_EUSAGE, "'%s' in --scores is no number; write --scores 1,2,3",
					    part[k]);
	run->own.score = score;
	return KG_OK;
}

/* Numbers 0, 1, ... of the values of a column, by table row. */
static enum kg_status number_values(const struct kg_attainment_run *run, const char *name,
				    const struct kg_column **column, const uint32_t **numbers, struct kg_arena *arena,
				    struct kg_error *error)
{
	struct kg_names by = { &name, 1 };
	struct kg_groups values;
	uint32_t *number = KG_ARRAY(arena, uint32_t, run->table->nrow + 1);

	if (!name)
		return KG_OK;
	if (!number)
		return kg_error_memory(error);
	KG_TRY(kg_table_column(run->table, name, column, error));
	KG_TRY(kg_groups_make(run->table, &by, arena, &values, error));
	for (size_t g = 0; g < values.ngroup; g++)
		for (size_t i = values.start[g]; i < values.start[g + 1]; i++)
			number[values.row[i]] = (uint32_t)g;
	*numbers = number;
	return KG_OK;
}

static enum kg_status choose_covariance(struct kg_attainment_run *run, struct kg_error *error)
{
	static const char *const id[] = { "classical", "hc0", "hc1", "hc2", "hc3", "cluster" };
	const struct kg_attainment_options *options = run->options;
	bool cluster = strcmp(options->covariance, "cluster") == 0;

	if (cluster && !options->cluster)
		return kg_error_set(error, KG_EUSAGE,
				    "'cluster' in --covariance needs the column of the clusters; name it "
				    "with --cluster");
	if (options->cluster && !cluster && strcmp(options->covariance, "classical") != 0)
		return kg_error_set(error, KG_EUSAGE, "'%s' in --covariance takes no --cluster; leave one of them out",
				    options->covariance);
	for (size_t k = 0; k < sizeof id / sizeof id[0]; k++)
		if (strcmp(options->covariance, id[k]) == 0)
			run->params.covariance = (enum kg_covariance)k;
	if (options->cluster)
		run->params.covariance = KG_COV_CLUSTER;
	return KG_OK;
}

enum kg_status kg_attainment_open(const struct kg_attainment_options *options, const struct kg_table *table,
				  struct kg_context *context, struct kg_attainment_run *run, struct kg_error *error)
{
	*run = (struct kg_attainment_run){ .options = options, .table = table };
	run->params = (struct kg_params){ .conf_level = context->conf_level,
					  .seed = context->seed,
					  .replicates = context->replicates,
					  .threads = context->threads,
					  .interval = options->ci };
	KG_TRY(make_formula(run, context->arena, error));
	if (options->trials)
		KG_TRY(kg_table_number(table, options->trials, &run->trials, error));
	KG_TRY(number_values(run, options->cluster, &run->cluster, &run->cluster_number, context->arena, error));
	KG_TRY(number_values(run, options->strata, &run->strata, &run->stratum_number, context->arena, error));
	if (options->id)
		KG_TRY(kg_table_column(table, options->id, &(const struct kg_column *){ NULL }, error));
	for (size_t k = 0; k < options->instead.count; k++)
		KG_TRY(kg_table_number(table, options->instead.name[k], &(const struct kg_column *){ NULL }, error));
	for (size_t m = 0; m < options->method.count && options->robustness; m++)
		if (strcmp(options->method.name[m], "logistic") != 0 && strcmp(options->method.name[m], "firth") != 0)
			return kg_error_set(
			    error, KG_EUSAGE,
			    "'%s' has no --robustness; it examines logistic and firth: leave one of them out",
			    options->method.name[m]);
	if (options->instead.count && !options->robustness)
		return kg_error_set(error, KG_EUSAGE,
				    "'--instead' changes what --robustness examines; add --robustness");
	KG_TRY(choose_covariance(run, error));
	KG_TRY(read_scores(run, context->arena, error));
	run->own.alternative = strcmp(options->alternative, "greater") == 0 ? KG_GREATER
			       : strcmp(options->alternative, "less") == 0  ? KG_LESS
									    : KG_TWO_SIDED;
	run->params.permutations = (size_t)options->permutations;
	run->params.own = &run->own;
	return kg_groups_make(table, &context->by, context->arena, &run->groups, error);
}

static enum kg_status check_outcome(const struct kg_attainment_run *run, const struct kg_model *model,
				    const struct kg_sample *sample, struct kg_error *error)
{
	const char *name = kg_formula_outcome(run->formula);

	for (size_t i = 0; i < sample->n; i++) {
		double y = sample->y[i], m = sample->exposure ? sample->exposure[i] : 1;
		size_t line = kg_table_line(run->table, model->row[i]);

		if (y >= 0 && y <= m && y == rint(y) && m == rint(m) && m > 0)
			continue;
		if (!sample->exposure)
			return kg_error_cell(
			    error, KG_EDATA, run->table->from->file, line, name,
			    "the outcome is %.15g, not 0 or 1; for counts name their total with --trials, or "
			    "derive a 0/1 column with --let",
			    y);
		return kg_error_cell(
		    error, KG_EDATA, run->table->from->file, line, name,
		    "%.15g of %.15g trials ('%s'); needs whole numbers with 0 <= outcome <= trials and trials "
		    "above 0",
		    y, m, run->trials->name);
	}
	return KG_OK;
}

static const uint32_t *pick_numbers(const uint32_t *number, const struct kg_model *model, struct kg_arena *scratch)
{
	uint32_t *picked = number ? KG_ARRAY(scratch, uint32_t, model->design.n + 1) : NULL;

	for (size_t i = 0; picked && i < model->design.n; i++)
		picked[i] = number[model->row[i]];
	return picked;
}

/* The exposure as numbers; a text column by the order of its levels, so that the larger text is "exposed". */
static const double *pick_exposure(const struct kg_attainment_run *run, const struct kg_model *model,
				   struct kg_arena *scratch)
{
	const struct kg_column *column = run->exposure ? kg_table_find(run->table, run->exposure) : NULL;
	double *x = column ? KG_ARRAY(scratch, double, model->design.n + 1) : NULL;

	for (size_t i = 0; x && i < model->design.n; i++) {
		if (column->type != KG_TEXT) {
			x[i] = column->real[model->row[i]];
			continue;
		}
		for (size_t level = 0; level < column->nlevel; level++)
			x[i] += strcmp(column->level[level], kg_column_text(column, model->row[i])) < 0;
	}
	return x;
}

enum kg_status kg_attainment_sample(const struct kg_attainment_run *run, size_t group, struct kg_arena *scratch,
				    struct kg_model *model, struct kg_sample *sample, struct kg_error *error)
{
	const struct kg_column *also[3];
	size_t start = run->groups.start[group];
	struct kg_cases cases = { run->groups.row + start, run->groups.start[group + 1] - start, also, 0 };
	double *trials = NULL;

	if (run->trials)
		also[cases.nalso++] = run->trials;
	if (run->cluster)
		also[cases.nalso++] = run->cluster;
	if (run->strata)
		also[cases.nalso++] = run->strata;
	KG_TRY(kg_formula_model(run->formula, run->table, &cases, scratch, model, error));
	if (run->trials) {
		trials = KG_ARRAY(scratch, double, model->design.n + 1);
		for (size_t i = 0; trials && i < model->design.n; i++)
			trials[i] = run->trials->real[model->row[i]];
	}
	*sample = (struct kg_sample){ .n = model->design.n,
				      .y = model->y,
				      .x = pick_exposure(run, model, scratch),
				      .exposure = trials,
				      .stratum = pick_numbers(run->stratum_number, model, scratch),
				      .cluster = pick_numbers(run->cluster_number, model, scratch),
				      .design = &model->design };
	if (kg_arena_failed(scratch))
		return kg_error_memory(error);
	return check_outcome(run, model, sample, error);
}
