#include <math.h>

#include "stats/joinpoint.h"
#include "stats/line.h"

static double weigh(const struct kg_points *points, size_t i)
{
	return points->weight ? points->weight[i] : 1;
}

/* Position of the left (piece) and right (piece + 1) end of a piece. */
static size_t find_end(const struct kg_points *points, const struct kg_placement *placement, size_t end)
{
	return end == 0 ? 0 : end > placement->k ? points->n - 1 : placement->at[end - 1];
}

/* Normal equations of the fitted values at the ends: tridiagonal. */
struct system {
	long double diagonal[KG_JOINPOINTS_MOST + 2], next[KG_JOINPOINTS_MOST + 2], right[KG_JOINPOINTS_MOST + 2];
};

static struct system add_up(const struct kg_points *points, const struct kg_placement *placement)
{
	struct system system = { { 0 }, { 0 }, { 0 } };
	size_t piece = 0;

	for (size_t i = 0; i < points->n; i++) {
		long double from, share, w = weigh(points, i);

		while (i > find_end(points, placement, piece + 1))
			piece++;
		from = points->x[find_end(points, placement, piece)];
		share = (points->x[i] - from) / (points->x[find_end(points, placement, piece + 1)] - from);
		system.diagonal[piece] += w * (1 - share) * (1 - share);
		system.diagonal[piece + 1] += w * share * share;
		system.next[piece] += w * share * (1 - share);
		system.right[piece] += w * (1 - share) * points->y[i];
		system.right[piece + 1] += w * share * points->y[i];
	}
	return system;
}

static void solve(struct system *system, size_t size, double *value)
{
	for (size_t i = 1; i < size; i++) {
		long double factor = system->next[i - 1] / system->diagonal[i - 1];

		system->diagonal[i] -= factor * system->next[i - 1];
		system->right[i] -= factor * system->right[i - 1];
	}
	for (size_t i = size; i-- > 0;) {
		if (i + 1 < size)
			system->right[i] -= system->next[i] * system->right[i + 1];
		system->right[i] /= system->diagonal[i];
		value[i] = (double)system->right[i];
	}
}

/* The straight line through the points of a piece without its joinpoints. */
static struct kg_line fit_alone(const struct kg_points *points, const struct kg_placement *placement, size_t piece,
				long double *room)
{
	size_t from = piece ? placement->at[piece - 1] + 1 : 0;
	size_t to = piece < placement->k ? placement->at[piece] : points->n;

	for (size_t i = from; i < to; i++)
		room[i - from] = points->y[i];
	return kg_line_fit(points->x + from, room, points->weight ? points->weight + from : NULL, to - from);
}

/* Standard errors from separate lines with a common variance. */
static void find_errors(const struct kg_points *points, struct kg_joinpoint_model *model, long double *room)
{
	size_t pieces = model->placement.k + 1;
	long double sxx[KG_JOINPOINTS_MOST + 1], rss = 0;

	model->df = (double)(points->n - model->placement.k) - 2 * (double)pieces;
	for (size_t j = 0; j < pieces; j++) {
		struct kg_line line = fit_alone(points, &model->placement, j, room);

		sxx[j] = line.sxx;
		rss += line.rss;
	}
	for (size_t j = 0; j < pieces; j++)
		model->slope_se[j] = model->df > 0 ? (double)sqrtl(rss / model->df / sxx[j]) : NAN;
}

/* Share of the spread left by a straight line that a joinpoint explains, within the two pieces next to it. */
static double explain(const struct kg_points *points, const struct kg_placement *placement, size_t j, long double *room)
{
	size_t from = j ? placement->at[j - 1] + 1 : 0;
	size_t to = j + 1 < placement->k ? placement->at[j + 1] : points->n - 1;
	const struct kg_points window = { to - from + 1, points->x + from, points->y + from,
					  points->weight ? points->weight + from : NULL };
	const struct kg_placement bend = { 1, { placement->at[j] - from }, 0 };
	struct system system = add_up(&window, &bend);
	long double rss = 0, line;
	double value[3];

	for (size_t i = 0; i < window.n; i++)
		room[i] = window.y[i];
	line = kg_line_fit(window.x, room, window.weight, window.n).rss;
	solve(&system, 3, value);
	for (size_t i = 0; i < window.n; i++) {
		size_t at = bend.at[0], left = i <= at ? 0 : at, right = i <= at ? at : window.n - 1;
		long double share = ((long double)window.x[i] - window.x[left]) / (window.x[right] - window.x[left]);
		long double fitted = system.right[i > at] * (1 - share) + system.right[(i > at) + 1] * share;

		rss += weigh(&window, i) * (window.y[i] - fitted) * (window.y[i] - fitted);
	}
	return line > 0 ? (double)(1 - rss / line) : 0;
}

static void find_criteria(const struct kg_points *points, struct kg_joinpoint_model *model, long double *room)
{
	double n = (double)points->n, k = (double)model->placement.k, most = 0, fit = log(model->placement.sse / n);

	model->bic = fit + (2 * k + 2) * log(n) / n;
	model->bic3 = fit + (3 * k + 2) * log(n) / n;
	for (size_t j = 0; j < model->placement.k; j++)
		most = fmax(most, explain(points, &model->placement, j, room));
	model->wbic = (1 - most) * model->bic + most * model->bic3;
}

bool kg_joinpoint_fit(const struct kg_points *points, const struct kg_placement *placement, struct kg_arena *scratch,
		      struct kg_joinpoint_model *model)
{
	struct kg_arena_mark mark = kg_arena_mark(scratch);
	long double *room = KG_ARRAY(scratch, long double, points->n), sse = 0;
	struct system system = add_up(points, placement);
	size_t piece = 0;

	if (!room)
		return false;
	*model = (struct kg_joinpoint_model){ .placement = *placement };
	solve(&system, placement->k + 2, model->value);
	for (size_t j = 0; j <= placement->k; j++)
		model->slope[j] = (double)((system.right[j + 1] - system.right[j]) /
					   ((long double)points->x[find_end(points, placement, j + 1)] -
					    points->x[find_end(points, placement, j)]));
	for (size_t i = 0; i < points->n; i++) {
		long double from, share, rest;

		while (i > find_end(points, placement, piece + 1))
			piece++;
		from = points->x[find_end(points, placement, piece)];
		share = (points->x[i] - from) / (points->x[find_end(points, placement, piece + 1)] - from);
		rest = points->y[i] - system.right[piece] * (1 - share) - system.right[piece + 1] * share;
		sse += weigh(points, i) * rest * rest;
	}
	model->placement.sse = (double)sse;
	find_errors(points, model, room);
	find_criteria(points, model, room);
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

size_t kg_joinpoint_most(size_t n)
{
	size_t most = n < 7 ? 0 : (n - 2) / 5;

	return most > 7 ? 7 : most;
}

bool kg_joinpoint_allows(const struct kg_joinpoint_rules *rules, size_t n, size_t k)
{
	return k == 0 || n >= 2 * rules->min_end + (k - 1) * rules->min_between + k;
}
