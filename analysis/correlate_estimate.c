#include <string.h>

#include "base/parallel.h"
#include "correlate.h"
#include "stats/adjust.h"

/* Rows of a group that have all cells a pair needs. */
struct complete {
	double *x, *y;
	struct kg_design covariates; /* p = 0: none */
	uint32_t *stratum;
	size_t n;
	bool bounds;
};

static bool is_missing(const struct kg_correlate_run *run, const struct kg_column_pair *pair, uint32_t row)
{
	if (run->within && kg_column_missing(run->within, row))
		return true;
	for (size_t k = 0; k < run->ncovariate; k++)
		if (kg_column_missing(run->covariate[k], row))
			return true;
	if (!run->options->uniform)
		return kg_column_missing(run->column[pair->x], row) || kg_column_missing(run->column[pair->y], row);
	for (size_t k = 0; k < run->ncolumn; k++)
		if (kg_column_missing(run->column[k], row))
			return true;
	return false;
}

static bool is_bound(const struct kg_column *column, uint32_t row)
{
	return column->low && column->low[row] != column->high[row];
}

/* Codes 0, 1, ... of the strata that occur. */
static uint32_t *number_strata(const struct kg_column *within, const uint32_t *row, size_t n, struct kg_arena *scratch)
{
	double *value = KG_ARRAY(scratch, double, n ? n : 1);

	if (!value)
		return NULL;
	for (size_t i = 0; i < n; i++)
		value[i] = within->type == KG_TEXT ? within->code[row[i]] : within->real[row[i]];
	return kg_order_make(value, n, scratch).code;
}

static struct kg_design gather_covariates(const struct kg_correlate_run *run, const uint32_t *row, size_t n,
					  struct kg_arena *scratch)
{
	struct kg_design design = { .n = n, .p = run->ncovariate };
	double *x = KG_ARRAY(scratch, double, n *design.p + 1);

	for (size_t j = 0; x && j < design.p; j++)
		for (size_t i = 0; i < n; i++)
			x[j * n + i] = run->covariate[j]->real[row[i]];
	design.x = x;
	return design;
}

static bool gather(const struct kg_correlate_run *run, const struct kg_column_pair *pair, size_t group,
		   struct complete *complete, struct kg_arena *scratch)
{
	size_t start = run->groups.start[group], room = run->groups.start[group + 1] - start + 1;
	const struct kg_column *x = run->column[pair->x], *y = run->column[pair->y];
	uint32_t *kept = KG_ARRAY(scratch, uint32_t, room);

	*complete = (struct complete){ .x = KG_ARRAY(scratch, double, room), .y = KG_ARRAY(scratch, double, room) };
	if (!kept || !complete->x || !complete->y)
		return false;
	for (size_t i = start; i < run->groups.start[group + 1]; i++) {
		uint32_t row = run->groups.row[i];

		if (is_missing(run, pair, row))
			continue;
		complete->bounds |= is_bound(x, row) || is_bound(y, row);
		complete->x[complete->n] = x->real[row];
		complete->y[complete->n] = y->real[row];
		kept[complete->n++] = row;
	}
	complete->covariates = gather_covariates(run, kept, complete->n, scratch);
	if (run->within)
		complete->stratum = number_strata(run->within, kept, complete->n, scratch);
	return !kg_arena_failed(scratch);
}

static void fit_pair(const struct kg_correlate_run *run, const struct kg_stat *stat, const struct complete *complete,
		     struct kg_params params, struct kg_pair_estimate *estimate, struct kg_arena *scratch)
{
	struct kg_sample sample = { .n = complete->n,
				    .x = complete->x,
				    .y = complete->y,
				    .stratum = complete->stratum,
				    .design = complete->covariates.p ? &complete->covariates : NULL };

	params.own = &run->own;
	estimate->n = complete->n;
	estimate->nterm = 1;
	if (complete->n < stat->min_n)
		estimate->term[0] = kg_term_none("r", NULL, KG_WHY_TOO_FEW);
	else
		estimate->nterm = stat->fit(&sample, &params, scratch, estimate->term, KG_CORRELATE_TERMS);
	if (complete->bounds && estimate->term[0].why == KG_WHY_NONE)
		estimate->term[0].why = KG_WHY_BOUND;
	estimate->p_unadjusted = estimate->term[0].p_value;
}

static enum kg_status estimate_group(void *context, size_t group, struct kg_arena *scratch, struct kg_error *error)
{
	const struct kg_correlate_run *run = context;
	const struct kg_names *method = &run->method;
	struct kg_params params = run->params;

	params.stream = (uint32_t)group;
	for (size_t p = 0; p < run->npair; p++) {
		struct kg_arena_mark mark = kg_arena_mark(scratch);
		struct complete complete;

		if (!gather(run, &run->pair[p], group, &complete, scratch))
			return kg_error_memory(error);
		for (size_t m = 0; m < method->count; m++) {
			struct kg_pair_estimate *estimate = kg_correlate_at(run, group, p, m);

			fit_pair(run, kg_stat_find("correlate", method->name[m]), &complete, params, estimate, scratch);
			estimate->n_missing = run->groups.start[group + 1] - run->groups.start[group] - complete.n;
		}
		if (kg_arena_failed(scratch))
			return kg_error_memory(error);
		kg_arena_rewind(scratch, mark);
	}
	return KG_OK;
}

static enum kg_status adjust_method(struct kg_correlate_run *run, size_t method, struct kg_arena *arena,
				    struct kg_error *error)
{
	size_t count = run->groups.ngroup * run->npair;
	double *p = KG_ARRAY(arena, double, count ? count : 1);

	if (!p)
		return kg_error_memory(error);
	for (size_t i = 0; i < count; i++)
		p[i] = kg_correlate_at(run, 0, i, method)->p_unadjusted;
	if (!kg_adjust(run->options->adjust, p, count, arena))
		return kg_error_memory(error);
	for (size_t i = 0; i < count; i++)
		kg_correlate_at(run, 0, i, method)->term[0].p_value = p[i];
	return KG_OK;
}

enum kg_status kg_correlate_estimate(struct kg_correlate_run *run, const struct kg_context *context,
				     struct kg_error *error)
{
	size_t methods = run->method.count;

	run->estimate =
	    kg_arena_array(context->arena, run->groups.ngroup * run->npair * methods + 1, sizeof *run->estimate);
	if (!run->estimate)
		return kg_error_memory(error);
	KG_TRY(kg_parallel_each(run->groups.ngroup, context->threads, estimate_group, run, error));
	for (size_t m = 0; m < methods && strcmp(run->options->adjust, "none") != 0; m++)
		KG_TRY(adjust_method(run, m, context->arena, error));
	return KG_OK;
}
