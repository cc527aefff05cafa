#include "stats/joinpoint_average.h"

#include <math.h>

#include "base/random.h"
#include "stats/joinpoint_rows.h"
#include "stats/trend.h"

/* The piece that a range begins in (`right`: at a joinpoint the piece after it) or ends in (the piece before it). */
static size_t find_piece(const struct kg_points *points, const struct kg_placement *placement, double x, bool right)
{
	size_t piece = 0;

	while (piece < placement->k &&
	       (x > points->x[placement->at[piece]] || (right && x == points->x[placement->at[piece]])))
		piece++;
	return piece;
}

/* Standard error of (f(to) - f(from)) / (to - from), the lines' joint covariance taken whole. */
static double carry_all(const struct kg_points *points, const struct kg_placement *placement,
			const struct kg_joinpoint_lines *lines, double from, double to)
{
	size_t first = find_piece(points, placement, from, true), last = find_piece(points, placement, to, false);
	const size_t at[] = { 2 * last, 2 * last + 1, 2 * first, 2 * first + 1 };
	const double by[] = { 1, to - lines->centre[last], -1, lines->centre[first] - from };
	double variance = 0;

	if (first >= last)
		return sqrt(lines->covariance[2 * last + 1][2 * last + 1]);
	for (size_t a = 0; a < 4; a++)
		for (size_t b = 0; b < 4; b++)
			variance += by[a] * by[b] * lines->covariance[at[a]][at[b]];
	return sqrt(variance) / (to - from);
}

struct kg_joinpoint_average kg_joinpoint_average(const struct kg_points *points, const struct kg_joinpoint_model *model,
						 const struct kg_joinpoint_lines *lines, double from, double to)
{
	struct kg_joinpoint_average average = { 0, 0, NAN, SIZE_MAX, false };
	const struct kg_placement *placement = &model->placement;

	for (size_t j = 0; j <= placement->k; j++) {
		double left = j ? points->x[placement->at[j - 1]] : points->x[0];
		double right = j < placement->k ? points->x[placement->at[j]] : points->x[points->n - 1];
		double share = (fmin(right, to) - fmax(left, from)) / (to - from);

		if (share <= 0)
			continue;
		average.piece = left <= from && to <= right ? j : average.piece;
		average.slope += share * model->slope[j];
		if (lines)
			average.independent_se += share * share * lines->covariance[2 * j + 1][2 * j + 1];
	}
	average.independent_se = lines ? sqrt(average.independent_se) : NAN;
	if (lines)
		average.delta_se = carry_all(points, placement, lines, from, to);
	average.unsettled = isnan(average.delta_se) && !isnan(average.independent_se);
	if (average.unsettled)
		average.delta_se = average.independent_se;
	return average;
}

/* What the replicates share. */
struct urn {
	struct kg_whitening whitening;
	struct kg_points drawn;
	double *fitted, *rest, *white, *error, *y;
};

static bool fill_urn(const struct kg_points *points, const struct kg_joinpoint_model *model, struct kg_arena *scratch,
		     struct urn *urn)
{
	size_t n = points->n;
	double free = (double)n - 2 * (double)model->placement.k - 2 - (double)points->jumps;

	*urn = (struct urn){ .drawn = *points,
			     .fitted = KG_ARRAY(scratch, double, n),
			     .rest = KG_ARRAY(scratch, double, n),
			     .white = KG_ARRAY(scratch, double, n),
			     .error = KG_ARRAY(scratch, double, n),
			     .y = KG_ARRAY(scratch, double, n) };
	if (kg_arena_failed(scratch) || !kg_whitening_make(points, scratch, &urn->whitening))
		return false;
	urn->drawn.y = urn->y;
	for (size_t i = 0; i < n; i++) {
		urn->fitted[i] = kg_joinpoint_fitted(points, model, i);
		urn->error[i] = points->y[i] - urn->fitted[i];
	}
	kg_whitening_apply(&urn->whitening, urn->error, urn->rest);
	for (size_t i = 0; i < n; i++)
		urn->rest[i] *= sqrt((double)n / free);
	return true;
}

static void draw_series(struct urn *urn, struct kg_random *random)
{
	const struct kg_points *points = &urn->drawn;
	double step;

	for (size_t i = 0; i < points->n; i++)
		urn->white[i] = urn->rest[kg_random_below(random, (uint32_t)points->n)];
	kg_whitening_undo(&urn->whitening, urn->white, urn->error);
	step = points->shift ? sqrt(points->shift_variance) * kg_random_normal(random) : 0;
	for (size_t i = 0; i < points->n; i++)
		urn->y[i] = urn->fitted[i] + urn->error[i] + (points->shift ? step * points->shift[i] : 0);
}

static void record(const struct kg_points *points, const struct kg_joinpoint_model *model,
		   const struct kg_joinpoint_options *own, double *draw)
{
	size_t k = model->placement.k;

	for (size_t j = 0; j < k; j++)
		*draw++ = points->x[model->placement.at[j]];
	for (size_t j = 0; j <= k; j++)
		*draw++ = model->slope[j];
	for (size_t r = 0; r < own->ranges; r++)
		*draw++ = kg_joinpoint_average(points, model, NULL, own->from[r], own->to[r]).slope;
	for (size_t i = 0; i < points->jumps; i++)
		*draw++ = model->jump[i];
}

bool kg_joinpoint_resample(const struct kg_points *points, const struct kg_joinpoint_rules *rules,
			   const struct kg_joinpoint_model *model, const struct kg_params *params,
			   struct kg_arena *scratch, struct kg_joinpoint_resample *resample)
{
	const struct kg_joinpoint_options *own = params->own;
	size_t k = model->placement.k;
	struct kg_joinpoint_rules same = { k, rules->min_end, rules->min_between };
	struct urn urn;

	resample->replicates = params->replicates ? params->replicates : KG_JOINPOINT_REPLICATES;
	resample->width = 2 * k + 1 + own->ranges + points->jumps;
	resample->draw = KG_ARRAY(scratch, double, resample->replicates * resample->width);
	if (!resample->draw || !fill_urn(points, model, scratch, &urn))
		return false;
	for (size_t r = 0; r < resample->replicates; r++) {
		struct kg_random random = kg_random_stream(params->seed, params->stream, (uint32_t)r);
		struct kg_placement best[KG_JOINPOINTS_MOST + 1];
		struct kg_joinpoint_model again;

		draw_series(&urn, &random);
		if (!kg_joinpoint_search(&urn.drawn, &same, scratch, best) ||
		    !kg_joinpoint_fit(&urn.drawn, &best[k], scratch, &again))
			return false;
		record(&urn.drawn, &again, own, resample->draw + r * resample->width);
	}
	return true;
}

static double interpolate(double *value, size_t n, double share)
{
	double at = share * (double)(n - 1), low = kg_trend_select(value, n, (size_t)at);

	return (size_t)at + 1 < n ? low + (at - floor(at)) * (kg_trend_select(value, n, (size_t)at + 1) - low) : low;
}

void kg_joinpoint_quantiles(const struct kg_joinpoint_resample *resample, size_t column, double conf_level,
			    struct kg_arena *scratch, double *low, double *high)
{
	struct kg_arena_mark mark = kg_arena_mark(scratch);
	double *value = KG_ARRAY(scratch, double, resample->replicates);

	if (!value)
		return;
	for (size_t r = 0; r < resample->replicates; r++)
		value[r] = resample->draw[r * resample->width + column];
	*low = interpolate(value, resample->replicates, (1 - conf_level) / 2);
	*high = interpolate(value, resample->replicates, (1 + conf_level) / 2);
	kg_arena_rewind(scratch, mark);
}
