#include <string.h>

#include "attainment.h"
#include "base/buffer.h"
#include "stats/coefficient.h"

/* Distinct terms of the result whose note is `why`, quoted; the intercept is no covariate. */
static void list_terms(const struct kg_table *table, enum kg_why why, struct kg_buffer *out)
{
	const struct kg_column *note = kg_table_find(table, "note"), *term = kg_table_find(table, "term");

	for (size_t level = 0; level < term->nlevel; level++)
		for (size_t i = strcmp(term->level[level], "(Intercept)") == 0 ? table->nrow : 0; i < table->nrow; i++)
			if (term->code[i] == level && strcmp(kg_column_text(note, i), kg_why_id(why)) == 0) {
				kg_buffer_printf(out, "%s'%s'", out->length ? ", " : "", term->level[level]);
				break;
			}
}

static void remark_separation(struct kg_result *result, struct kg_arena *arena)
{
	struct kg_buffer infinite = kg_buffer_new(arena), collinear = kg_buffer_new(arena);

	list_terms(result->table, KG_WHY_SEPARATION, &infinite);
	list_terms(result->table, KG_WHY_COLLINEAR, &collinear);
	if (infinite.length)
		kg_result_remark(
		    result, arena,
		    "%s separates the outcomes perfectly: the maximum-likelihood estimate is infinite; method "
		    "firth gives a finite one",
		    infinite.text);
	if (collinear.length)
		kg_result_remark(result, arena, "%s left out: a combination of other columns", collinear.text);
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
	kg_result_remark(result, arena, "'%s': '%s' is the exposed", exposure->name, largest);
}

/* The rule behind the standard errors. */
static void remark_covariance(const struct kg_attainment_run *run, struct kg_result *result, struct kg_arena *arena)
{
	size_t clusters = 0;

	if (run->params.covariance != KG_COV_CLUSTER) {
		if (run->params.covariance != KG_COV_CLASSICAL)
			kg_result_remark(result, arena, "standard errors: %s", run->options->covariance);
		return;
	}
	for (size_t i = 0; i < run->table->nrow; i++)
		if (run->cluster_number[i] >= clusters)
			clusters = (size_t)run->cluster_number[i] + 1;
	if (!run->options->robustness)
		kg_result_remark(result, arena,
				 "standard errors: clustered by '%s' (CR1: G/(G-1) (n-1)/(n-k), t with G-1 degrees of "
				 "freedom), G = %zu",
				 run->cluster->name, clusters);
	if (clusters < KG_ENOUGH_CLUSTERS && !run->options->robustness)
		kg_result_remark(
		    result, arena,
		    "'%s' has %zu values: with fewer than %d clusters these standard errors tend to be too "
		    "small; compare with --robustness, which permutes within clusters",
		    run->cluster->name, clusters, KG_ENOUGH_CLUSTERS);
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

static void remark_permutations(const struct kg_attainment_run *run, struct kg_result *result, struct kg_arena *arena)
{
	bool asked = run->params.permutations > 0 || run->options->robustness;
	size_t orders = run->params.permutations ? run->params.permutations : KG_STUDY_PERMUTATIONS;

	if (asked)
		kg_result_remark(
		    result, arena,
		    "p by permutation: (b + 1) / (m + 1), m = %zu random orders, seed %llu; exact, b / m over "
		    "all orders, where there are at most %d of them",
		    orders, (unsigned long long)run->params.seed, KG_EXACT_ORDERS);
}

/* Outcomes and fitted curve over one numeric exposure. */
static void describe_picture(const struct kg_attainment_run *run, const struct kg_table *table,
			     struct kg_picture *picture)
{
	const struct kg_column *exposure = run->exposure ? kg_table_find(run->table, run->exposure) : NULL;

	if (run->options->robustness) {
		picture->kind = "forest";
		picture->title = "Odds ratio under other data and methods";
		picture->table = table;
		picture->x = "term";
		picture->y = "odds_ratio";
		picture->low = "or_low";
		picture->high = "or_high";
		return;
	}
	if (!exposure || exposure->type == KG_TEXT || run->trials || !run->outcome || run->groups.ngroup != 1)
		return;
	picture->kind = "fit";
	picture->table = run->table;
	picture->x = run->exposure;
	picture->y = run->outcome;
}

enum kg_status kg_attainment_describe(const struct kg_attainment_run *run, struct kg_result *result,
				      struct kg_arena *arena, struct kg_error *error)
{
	const char *const *name;
	size_t count, missing = 0;

	kg_result_title(result, arena, "Attainment: %s", kg_formula_outcome(run->formula));
	kg_attainment_tell(run, result, arena);
	remark_separation(result, arena);
	remark_covariance(run, result, arena);
	remark_unclustered(run, result, arena);
	remark_permutations(run, result, arena);
	remark_exposed(run, result, arena);
	KG_TRY(kg_formula_columns(run->formula_text, arena, &name, &count, error));
	for (size_t i = 0; i < run->table->nrow; i++) {
		bool any = run->trials && kg_column_missing(run->trials, i);

		for (size_t c = 0; c < count; c++)
			any |= kg_column_missing(kg_table_find(run->table, name[c]), i);
		missing += any;
	}
	if (missing)
		kg_result_remark(result, arena, "%zu of %zu rows left out because a cell is missing", missing,
				 run->table->nrow);
	describe_picture(run, result->table, &result->picture);
	if (run->options->robustness)
		kg_result_remark(result, arena,
				 "changes_to_...: outcomes changed one after the other, each the one that moves the "
				 "estimate most; the smallest number may be lower");
	return KG_OK;
}
