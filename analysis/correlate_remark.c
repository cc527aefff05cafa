#include <string.h>

#include "report/label.h"
#include "correlate.h"
#include "stats/bootstrap.h"
#include "table/lines.h"

static bool is_missing_somewhere(const struct kg_correlate_run *run, size_t row)
{
	bool missing = run->within && kg_column_missing(run->within, row);

	for (size_t k = 0; k < run->ncovariate; k++)
		missing |= kg_column_missing(run->covariate[k], row);
	for (size_t k = 0; k < run->ncolumn; k++)
		missing |= kg_column_missing(run->column[k], row);
	return missing;
}

static void remark_missing(const struct kg_correlate_run *run, struct kg_result *result, struct kg_arena *arena)
{
	struct kg_lines missing = kg_lines_new(arena);

	for (size_t i = 0; i < run->table->nrow; i++)
		if (is_missing_somewhere(run, i))
			kg_lines_add(&missing, run->table, i);
	if (!missing.count || missing.text.failed)
		return;
	if (run->npair == 1 || run->options->uniform)
		kg_result_remark(result, arena, "%zu of %zu rows left out because a cell is missing: lines %s",
				 missing.count, run->table->nrow, missing.text.text);
	else
		kg_result_remark(
		    result, arena,
		    "%zu of %zu rows have a missing cell and are left out pair by pair, counted in n_missing "
		    "(lines %s); --uniform uses one common sample",
		    missing.count, run->table->nrow, missing.text.text);
}

/* Columns that are constant in a group, or have more than two values where two are needed. */
static void remark_obstacles(const struct kg_correlate_run *run, struct kg_result *result, struct kg_arena *arena)
{
	bool not_binary = false;

	for (size_t k = 0; k < run->ncolumn; k++) {
		const struct kg_column *column = run->column[k];
		double first = NAN;
		bool varies = false;

		for (size_t i = 0; i < run->table->nrow && !varies; i++) {
			double value = kg_column_real(column, i);

			first = isnan(first) ? value : first;
			varies = value > first || value < first;
		}
		if (!varies && !isnan(first))
			kg_result_remark(result, arena, "'%s' is %.6g in every row: it has no correlation",
					 kg_label_column(column, arena), first);
	}
	for (size_t i = 0; i < run->groups.ngroup * run->npair * run->method.count; i++)
		not_binary |= run->estimate[i].term[0].why == KG_WHY_NOT_BINARY;
	if (not_binary)
		kg_result_remark(
		    result, arena,
		    "point-biserial needs one column with exactly two values: derive it with --let, or take "
		    "pearson or spearman");
}

/* True when no two rows have the same value to permute within. */
static bool are_single(const struct kg_correlate_run *run, struct kg_arena *arena)
{
	const struct kg_column *within = run->within;
	size_t n = run->table->nrow;
	double *value = KG_ARRAY(arena, double, n + 1);

	for (size_t i = 0; value && i < n; i++)
		value[i] = within->type == KG_TEXT ? within->code[i] : within->real[i];
	return value && kg_order_make(value, n, arena).ndistinct == n;
}

static bool has_p_value(const struct kg_correlate_run *run)
{
	for (size_t i = 0; i < run->groups.ngroup * run->npair * run->method.count; i++)
		if (!isnan(run->estimate[i].term[0].p_value))
			return true;
	return false;
}

static void remark_permutations(const struct kg_correlate_run *run, struct kg_result *result, struct kg_arena *arena)
{
	unsigned long long seed = run->params.seed;
	size_t orders = run->params.permutations;

	if (!orders || !has_p_value(run))
		return;
	if (run->within)
		kg_result_remark(result, arena,
				 "p by permutation within '%s': (b + 1) / (m + 1), m = %zu random orders, seed %llu; "
				 "exact, b / m over all orders, where there are at most %d of them",
				 kg_label_column(run->within, arena), orders, seed, KG_EXACT_ORDERS);
	else
		kg_result_remark(result, arena,
				 "p by permutation: (b + 1) / (m + 1), m = %zu random orders, seed %llu; exact, b / m "
				 "over all orders, where there are at most %d of them",
				 orders, seed, KG_EXACT_ORDERS);
}

static void remark_within(const struct kg_correlate_run *run, struct kg_result *result, struct kg_arena *arena)
{
	if (run->within && are_single(run, arena))
		kg_result_remark(
		    result, arena,
		    "every value of '%s' has one row: nothing can be permuted or resampled within it; name a "
		    "column that groups rows",
		    kg_label_column(run->within, arena));
}

static void remark_bootstrap(const struct kg_correlate_run *run, struct kg_result *result, struct kg_arena *arena)
{
	const char *ci = run->options->ci ? run->options->ci : "";
	size_t replicates = run->params.replicates ? run->params.replicates : (size_t)KG_BOOTSTRAP_REPLICATES;
	unsigned long long seed = run->params.seed;

	if (strcmp(ci, "bootstrap") == 0)
		kg_result_remark(result, arena, "BCa bootstrap limits: %zu replicates, seed %llu", replicates, seed);
	else if (strcmp(ci, "percentile") == 0)
		kg_result_remark(result, arena, "percentile bootstrap limits: %zu replicates, seed %llu", replicates,
				 seed);
	else
		return;
	if (run->within)
		kg_result_remark(result, arena, "resamples are drawn within '%s'", kg_label_column(run->within, arena));
	if (run->options->block)
		kg_result_remark(result, arena, "resamples are made of blocks of %ld rows in file order",
				 run->options->block);
}

static void remark_adjusting(const struct kg_correlate_run *run, struct kg_result *result, struct kg_arena *arena)
{
	if (strcmp(run->options->adjust, "none") != 0)
		kg_result_remark(
		    result, arena,
		    "p_value is adjusted (%s) for the %zu tests of each method; p_unadjusted is the single "
		    "test's",
		    run->options->adjust, run->groups.ngroup * run->npair);
}

void kg_correlate_remark(const struct kg_correlate_run *run, struct kg_result *result, struct kg_arena *arena)
{
	remark_obstacles(run, result, arena);
	remark_missing(run, result, arena);
	remark_permutations(run, result, arena);
	remark_bootstrap(run, result, arena);
	remark_within(run, result, arena);
	remark_adjusting(run, result, arena);
}
