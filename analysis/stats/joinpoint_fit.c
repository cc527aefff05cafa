#include <math.h>

#include "stats/joinpoint_design.h"

/* Position of the left (piece) and right (piece + 1) end of a piece. */
static size_t find_end(const struct kg_points *points, const struct kg_placement *placement, size_t end)
{
	return end == 0 ? 0 : end > placement->k ? points->n - 1 : placement->at[end - 1];
}

/* The share that a point has of the value at end number `end`. */
static double share_of(const struct kg_points *points, const struct kg_placement *placement, size_t end, size_t t)
{
	double here = points->x[find_end(points, placement, end)], other;

	if (points->x[t] == here)
		return 1;
	if (points->x[t] < here)
		other = end ? points->x[find_end(points, placement, end - 1)] : here;
	else
		other = end <= placement->k ? points->x[find_end(points, placement, end + 1)] : here;
	return fmax(0, other == here ? 0 : (points->x[t] - other) / (here - other));
}

static void add_ends(const struct kg_points *points, const struct kg_placement *placement,
		     struct kg_joinpoint_design *design)
{
	for (size_t end = 0; end < placement->k + 2; end++) {
		for (size_t t = 0; t < points->n; t++)
			design->raw[t] = share_of(points, placement, end, t);
		kg_joinpoint_design_add(design);
	}
}

/* Standard errors of the jumps with the joinpoints taken as known. */
static bool find_jump_errors(const struct kg_points *points, const struct kg_joinpoint_design *design,
			     struct kg_arena *scratch, struct kg_joinpoint_model *model)
{
	const struct kg_qr *qr = design->qr;
	size_t k = model->placement.k, rank = qr->rank;
	double *inverse = KG_ARRAY(scratch, double, rank *rank);
	double df = (double)points->n - 2 * (double)k - 2 - (double)points->jumps;

	if (!inverse)
		return false;
	kg_qr_inverse(qr, inverse);
	for (size_t i = 0; i < points->jumps; i++) {
		long double sum = 0;
		size_t at = 0;

		while (at < rank && qr->column[at] != k + 2 + i)
			at++;
		for (size_t c = 0; at < rank && c < rank; c++)
			sum += (long double)inverse[c * rank + at] * inverse[c * rank + at];
		model->jump_se[i] = df > 0 && at < rank ? sqrt((double)sum * model->placement.sse / df) : NAN;
	}
	return true;
}

static void take_solution(const struct kg_points *points, const struct kg_joinpoint_design *design,
			  struct kg_joinpoint_model *model)
{
	const struct kg_placement *placement = &model->placement;
	const struct kg_qr *qr = design->qr;

	for (size_t end = 0; end < placement->k + 2; end++)
		model->value[end] = (double)design->solution[end];
	for (size_t i = 0; i < points->jumps; i++)
		model->jump[i] = (double)design->solution[placement->k + 2 + i];
	for (size_t j = 0; j <= placement->k; j++)
		model->slope[j] = (double)((design->solution[j + 1] - design->solution[j]) /
					   ((long double)points->x[find_end(points, placement, j + 1)] -
					    points->x[find_end(points, placement, j)]));
	for (size_t k = 0; k < qr->rank; k++)
		model->log_determinant +=
		    2 * (double)logl(fabsl(qr->upper[k * qr->p_most + k]) * qr->scale[qr->column[k]]);
}

bool kg_joinpoint_fit(const struct kg_points *points, const struct kg_placement *placement, struct kg_arena *scratch,
		      struct kg_joinpoint_model *model)
{
	struct kg_arena_mark mark = kg_arena_mark(scratch);
	struct kg_joinpoint_design design;

	if (!kg_joinpoint_design_make(points, placement->k + 2 + points->jumps, scratch, &design))
		return false;
	*model = (struct kg_joinpoint_model){ .placement = *placement,
					      .autocorrelation = points->autocorrelation,
					      .log_scale = design.whitening.log_scale };
	add_ends(points, placement, &design);
	kg_joinpoint_design_jumps(points, &design);
	model->placement.sse = (double)kg_joinpoint_design_solve(&design, points->y, 0, points->n - 1);
	take_solution(points, &design, model);
	if (points->jumps && !find_jump_errors(points, &design, scratch, model))
		return false;
	kg_arena_rewind(scratch, mark);
	return true;
}

bool kg_joinpoint_band(const struct kg_points *points, const struct kg_joinpoint_model *model, struct kg_arena *scratch,
		       double *std_error)
{
	struct kg_arena_mark mark = kg_arena_mark(scratch);
	const struct kg_placement *placement = &model->placement;
	size_t p = placement->k + 2 + points->jumps, rank;
	double df = (double)points->n - 2 * (double)placement->k - 2 - (double)points->jumps;
	double *inverse = KG_ARRAY(scratch, double, p *p);
	struct kg_joinpoint_design design;

	if (!inverse || !kg_joinpoint_design_make(points, p, scratch, &design))
		return false;
	add_ends(points, placement, &design);
	kg_joinpoint_design_jumps(points, &design);
	kg_joinpoint_design_solve(&design, points->y, 0, points->n - 1);
	rank = design.qr->rank;
	kg_qr_inverse(design.qr, inverse);
	for (size_t t = 0; t < points->n; t++) {
		long double sum = 0;

		for (size_t c = 0; c < rank; c++) {
			long double part = 0;

			for (size_t a = 0; a <= c; a++) {
				size_t column = design.qr->column[a];
				bool end = column < placement->k + 2;

				part += inverse[c * rank + a] * (end ? share_of(points, placement, column, t)
								     : t >= points->jump[column - placement->k - 2]);
			}
			sum += part * part;
		}
		std_error[t] = df > 0 ? sqrt((double)sum * placement->sse / df) : NAN;
	}
	kg_arena_rewind(scratch, mark);
	return true;
}

/* Share of what a straight line leaves that joinpoint j explains, within the two pieces next to it. */
static double explain(const struct kg_points *points, const struct kg_placement *placement, size_t j,
		      struct kg_joinpoint_design *design)
{
	size_t from = j ? placement->at[j - 1] + 1 : 0;
	size_t to = j + 1 < placement->k ? placement->at[j + 1] : points->n - 1;
	double bend = points->x[placement->at[j]];
	long double line = 0, both = 0;

	for (size_t with = 0; with < 2; with++) {
		design->p = 0;
		for (size_t t = 0; t < points->n; t++)
			design->raw[t] = 1;
		kg_joinpoint_design_add(design);
		for (size_t t = 0; t < points->n; t++)
			design->raw[t] = points->x[t] - bend;
		kg_joinpoint_design_add(design);
		for (size_t t = 0; with && t < points->n; t++)
			design->raw[t] = fmax(points->x[t] - bend, 0);
		if (with)
			kg_joinpoint_design_add(design);
		kg_joinpoint_design_jumps(points, design);
		both = kg_joinpoint_design_solve(design, points->y, from, to);
		line = with ? line : both;
	}
	return line > 0 ? (double)(1 - both / line) : 0;
}

bool kg_joinpoint_criteria(const struct kg_points *points, struct kg_arena *scratch, struct kg_joinpoint_model *model)
{
	struct kg_arena_mark mark = kg_arena_mark(scratch);
	double n = (double)points->n, k = (double)model->placement.k, more = (double)points->jumps, partial = 0;
	double fit = log(model->placement.sse / n) - 2 * model->log_scale / n;
	struct kg_joinpoint_design design;

	if (!kg_joinpoint_design_make(points, 3 + points->jumps, scratch, &design))
		return false;
	for (size_t j = 0; j < model->placement.k; j++)
		partial = fmax(partial, explain(points, &model->placement, j, &design));
	model->bic = fit + (2 * k + 2 + more) * log(n) / n;
	model->bic3 = fit + (3 * k + 2 + more) * log(n) / n;
	model->wbic = (1 - partial) * model->bic + partial * model->bic3;
	kg_arena_rewind(scratch, mark);
	return true;
}

double kg_joinpoint_value(const struct kg_points *points, const struct kg_joinpoint_model *model, double x)
{
	size_t piece = 0;

	while (piece < model->placement.k && x > points->x[model->placement.at[piece]])
		piece++;
	return model->value[piece] + model->slope[piece] * (x - points->x[find_end(points, &model->placement, piece)]);
}

double kg_joinpoint_fitted(const struct kg_points *points, const struct kg_joinpoint_model *model, size_t i)
{
	double value = kg_joinpoint_value(points, model, points->x[i]);

	for (size_t j = 0; j < points->jumps; j++)
		value += i >= points->jump[j] ? model->jump[j] : 0;
	return value;
}

size_t kg_joinpoint_most(size_t n)
{
	size_t most = n < 7 ? 0 : (n - 2) / 5;

	return most > 7 ? 7 : most;
}

bool kg_joinpoint_allows(const struct kg_joinpoint_rules *rules, size_t n, size_t k)
{
	return k == 0 || n >= 2 * rules->min_end + (k - 1) * rules->min_between + k;
}
