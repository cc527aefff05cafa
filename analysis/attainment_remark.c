#include "attainment_robust.h"

#include <string.h>

#include "base/buffer.h"
#include "report/label.h"
#include "stats/coefficient.h"
#include "table/lines.h"

/* Distinct terms of a method whose note is `why`, quoted; the intercept is no covariate. */
static const char *list_terms(const struct kg_table *table, const char *method, enum kg_why why, struct kg_arena *arena)
{
	const struct kg_column *note = kg_table_find(table, "note"), *term = kg_table_find(table, "term");
	const struct kg_column *by = kg_table_find(table, "method"), *left_out = kg_table_find(table, "left_out");
	struct kg_buffer list = kg_buffer_new(arena);

	for (size_t level = 0; level < term->nlevel; level++)
		for (size_t i = strcmp(term->level[level], "(Intercept)") == 0 ? table->nrow : 0; i < table->nrow; i++)
			if (term->code[i] == level && strcmp(kg_column_text(note, i), kg_why_id(why)) == 0 &&
			    strcmp(kg_column_text(by, i), method) == 0 &&
			    (!left_out || kg_column_missing(left_out, i))) {
				kg_buffer_printf(&list, "%s'%s'", list.length ? ", " : "", term->level[level]);
				break;
			}
	return list.length ? list.text : NULL;
}

static void remark_separation(const struct kg_attainment_run *run, struct kg_result *result, struct kg_arena *arena)
{
	static const char *const model[] = { "logistic", "firth", "flac", "marginal-effects" };
	const char *infinite = list_terms(result->table, "logistic", KG_WHY_SEPARATION, arena), *collinear = NULL;

	if (infinite)
		kg_result_remark(
		    result, arena,
		    "%s separates the outcomes perfectly: the maximum-likelihood estimate is infinite; method "
		    "firth gives a finite one",
		    infinite);
	for (size_t m = 0; m < sizeof model / sizeof model[0] && !collinear && !run->options->robustness; m++)
		collinear = list_terms(result->table, model[m], KG_WHY_COLLINEAR, arena);
	if (run->options->robustness)
		collinear = kg_attainment_collinear(run, arena);
	if (collinear)
		kg_result_remark(result, arena,
				 "%s left out: constant, or a combination of other columns; take it out of the "
				 "formula, or take out the columns that make it up",
				 collinear);
}

static void remark_exposed(const struct kg_attainment_run *run, struct kg_result *result, struct kg_arena *arena)
{
	const struct kg_column *exposure = run->exposure ? kg_table_find(run->table, run->exposure) : NULL;
	const char *largest = "";

	if (!exposure || exposure->type != KG_TEXT)
		return;
	for (size_t level = 0; level < exposure->nlevel; level++)
		if (strcmp(exposure->level[level], largest) > 0)
			largest = exposure->level[level];
	kg_result_remark(result, arena, "'%s': '%s' is the exposed", kg_label_column(exposure, arena), largest);
}

static bool has_note(const struct kg_table *table, enum kg_why why)
{
	const struct kg_column *note = kg_table_find(table, "note");

	for (size_t i = 0; i < table->nrow; i++)
		if (strcmp(kg_column_text(note, i), kg_why_id(why)) == 0)
			return true;
	return false;
}

/* What stands in the way of an estimate, by the name of the column, and what to try. */
static void remark_obstacles(const struct kg_attainment_run *run, struct kg_result *result, struct kg_arena *arena)
{
	const struct kg_table *table = result->table;
	const char *exposure = run->exposure ? kg_label_named(run->table, run->exposure, arena) : NULL;

	if (has_note(table, KG_WHY_CONSTANT_OUTCOME))
		kg_result_remark(result, arena,
				 "'%s' is the same in all rows of a group: there is nothing to compare; take more rows "
				 "or another outcome",
				 kg_label_named(run->table, kg_formula_outcome(run->formula), arena));
	if (run->exposure && has_note(table, KG_WHY_NO_SPREAD))
		kg_result_remark(result, arena,
				 "'%s' has one value only in a group: there is nothing to compare; take more rows or "
				 "another exposure",
				 exposure);
	if (run->exposure && has_note(table, KG_WHY_NOT_BINARY))
		kg_result_remark(result, arena,
				 "'%s' has more than two values: name a two-valued exposure, or cut it with --groups 2",
				 exposure);
	if (run->exposure && has_note(table, KG_WHY_SCORES))
		kg_result_remark(result, arena,
				 "'%s' has not %zu values, as many as --scores: give one score for each value in "
				 "ascending order",
				 exposure, run->own.nscore);
}

/* Rows of the table with every cell that the methods need. */
struct used {
	const struct kg_column **column;
	size_t count;
};

static enum kg_status find_used(const struct kg_attainment_run *run, struct used *used, struct kg_arena *arena,
				struct kg_error *error)
{
	const struct kg_column *const also[] = { run->trials, run->cluster, run->strata };
	const char *const *name;
	size_t count;

	KG_TRY(kg_formula_columns(run->formula_text, arena, &name, &count, error));
	*used = (struct used){ KG_ARRAY(arena, const struct kg_column *, count + 3), 0 };
	if (!used->column)
		return kg_error_memory(error);
	for (size_t c = 0; c < count; c++)
		used->column[used->count++] = kg_table_find(run->table, name[c]);
	for (size_t c = 0; c < sizeof also / sizeof also[0]; c++)
		if (also[c])
			used->column[used->count++] = also[c];
	return KG_OK;
}

static bool is_used(const struct used *used, size_t row)
{
	for (size_t c = 0; c < used->count; c++)
		if (kg_column_missing(used->column[c], row))
			return false;
	return true;
}

static void remark_missing(const struct kg_attainment_run *run, const struct used *used, struct kg_result *result,
			   struct kg_arena *arena)
{
	struct kg_lines missing = kg_lines_new(arena);

	for (size_t i = 0; i < run->table->nrow; i++)
		if (!is_used(used, i))
			kg_lines_add(&missing, run->table, i);
	if (missing.count && !missing.text.failed)
		kg_result_remark(result, arena, "%zu of %zu rows left out because a cell is missing: lines %s",
				 missing.count, run->table->nrow, missing.text.text);
}

/* How many clusters have rows, and whether each has one row. */
static size_t count_clusters(const struct kg_attainment_run *run, const struct used *used, bool *single,
			     struct kg_arena *arena)
{
	size_t *rows = KG_ARRAY(arena, size_t, run->table->nrow + 1), count = 0;

	*single = true;
	for (size_t i = 0; rows && i < run->table->nrow; i++)
		if (is_used(used, i)) {
			count += rows[run->cluster_number[i]]++ == 0;
			*single &= rows[run->cluster_number[i]] == 1;
		}
	return count;
}

/* The rule behind the standard errors, and whether there are clusters enough. */
static void remark_clusters(const struct kg_attainment_run *run, const struct used *used, struct kg_result *result,
			    struct kg_arena *arena)
{
	bool single;
	size_t clusters = count_clusters(run, used, &single, arena);
	const char *name = kg_label_column(run->cluster, arena);

	kg_result_remark(result, arena,
			 "standard errors: clustered by '%s' (CR1: G/(G-1) (n-1)/(n-k), t with G-1 degrees of freedom)",
			 name);
	if (clusters < 2)
		kg_result_remark(
		    result, arena,
		    "'%s' has one value only: there are no clustered standard errors; leave --cluster out or "
		    "name another column",
		    name);
	else if (single)
		kg_result_remark(
		    result, arena,
		    "every value of '%s' has one row: these are the standard errors of single rows; name a "
		    "column that groups rows, or take --covariance hc1",
		    name);
	else if (clusters < KG_ENOUGH_CLUSTERS)
		kg_result_remark(
		    result, arena,
		    "'%s' has %zu values: with fewer than %d clusters these standard errors tend to be too "
		    "small; compare with --robustness, which permutes within clusters",
		    name, clusters, KG_ENOUGH_CLUSTERS);
}

/* Methods whose limits take rows as independent although clusters are given. */
static void remark_unclustered(const struct kg_attainment_run *run, struct kg_result *result, struct kg_arena *arena)
{
	const struct kg_names *method = &run->options->method;

	for (size_t m = 0; run->cluster && !run->options->robustness && m < method->count; m++)
		if (strcmp(method->name[m], "logistic") != 0 && strcmp(method->name[m], "marginal-effects") != 0)
			kg_result_remark(
			    result, arena,
			    "%s takes no account of --cluster: its limits and tests hold for independent rows",
			    method->name[m]);
}

/* True when a row whose text in `column` begins with `start` has a value in `filled` (NULL = any row will do). */
static bool has_row(const struct kg_table *table, const char *column, const char *start, const char *filled)
{
	const struct kg_column *text = kg_table_find(table, column);

	for (size_t i = 0; i < table->nrow; i++)
		if (strncmp(kg_column_text(text, i), start, strlen(start)) == 0 &&
		    (!filled || !kg_column_missing(kg_table_find(table, filled), i)))
			return true;
	return false;
}

static void remark_permutations(const struct kg_attainment_run *run, struct kg_result *result, struct kg_arena *arena)
{
	size_t orders = run->params.permutations ? run->params.permutations : KG_STUDY_PERMUTATIONS;
	bool robust = run->options->robustness, permuted = has_row(result->table, "term", "permutation", "p_value");

	if (!robust)
		permuted = run->params.permutations && has_row(result->table, "method", "cochran-armitage", "p_value");
	if (permuted)
		kg_result_remark(
		    result, arena,
		    "p by permutation: (b + 1) / (m + 1), m = %zu random orders, seed %llu; exact, b / m over "
		    "all orders, where there are at most %d of them",
		    orders, (unsigned long long)run->params.seed, KG_EXACT_ORDERS);
	else if (run->params.permutations)
		kg_result_remark(result, arena,
				 "--permutations: nothing was permuted; method cochran-armitage and --robustness of a "
				 "0/1 outcome permute");
	if (robust && permuted && has_row(result->table, "term", "without_covariate", NULL))
		kg_result_remark(result, arena,
				 "the permutation test does not hold other covariates fixed: its p is that of the "
				 "first covariate and the outcome alone");
	if (robust && has_row(result->table, "term", "changes_to", NULL))
		kg_result_remark(result, arena,
				 "changes_to_...: outcomes changed one after the other, each the one that moves the "
				 "estimate most; the smallest number may be lower");
}

enum kg_status kg_attainment_remark(const struct kg_attainment_run *run, struct kg_result *result,
				    struct kg_arena *arena, struct kg_error *error)
{
	struct used used;

	KG_TRY(find_used(run, &used, arena, error));
	remark_separation(run, result, arena);
	remark_obstacles(run, result, arena);
	if (run->params.covariance == KG_COV_CLUSTER && !run->options->robustness)
		remark_clusters(run, &used, result, arena);
	else if (run->params.covariance != KG_COV_CLASSICAL && !run->options->robustness)
		kg_result_remark(result, arena, "standard errors: %s", run->options->covariance);
	else if (run->params.covariance != KG_COV_CLASSICAL)
		kg_result_remark(result, arena,
				 "--robustness takes rows as independent: its standard errors are classical; leave it "
				 "out for those of --cluster and --covariance");
	remark_unclustered(run, result, arena);
	remark_permutations(run, result, arena);
	remark_exposed(run, result, arena);
	remark_missing(run, &used, result, arena);
	return KG_OK;
}
