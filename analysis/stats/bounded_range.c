#include "stats/bounded_range.h"

#include <math.h>
#include <string.h>

#define WORK_MOST 1e6	 /* numbers read per start: some tenths of a second */
#define EVALUATIONS 1000 /* per start at least: as many as a bootstrap takes */
#define SCAN 16		 /* steps along a line before its best one is narrowed down */
#define SECTIONS 45	 /* 0.618^45: a line narrowed to 4e-10 of two steps */
#define SWEEPS_MOST 200
#define LEVELS 32

struct search {
	const struct kg_box *box;
	kg_box_statistic *statistic;
	const void *data;
	double sign; /* 1: the greatest value is sought, -1: the least */
	size_t left; /* evaluations */
	double *best, *trial;
	double value, found; /* at `best`, and of all starts; times sign; NaN = none yet */
};

static bool is_free(const struct kg_box *box, size_t i)
{
	return box->low[i] < box->high[i];
}

static double clip(const struct kg_box *box, size_t i, double value)
{
	return fmin(fmax(value, box->low[i]), box->high[i]);
}

/* Evaluates the trial; the best point becomes the trial where that is better. */
static double judge(struct search *search)
{
	double value = search->sign * search->statistic(search->data, search->trial);

	search->left -= search->left > 0;
	if (value > search->value || (isnan(search->value) && !isnan(value))) {
		search->value = value;
		memcpy(search->best, search->trial, search->box->n * sizeof *search->best);
	}
	return isnan(value) ? -INFINITY : value;
}

/* The best point with one number set to t; axis n: with all alike numbers as near the level t as they can be. */
static double probe(struct search *search, size_t axis, double t)
{
	const struct kg_box *box = search->box;

	memcpy(search->trial, search->best, box->n * sizeof *search->trial);
	if (axis < box->n)
		search->trial[axis] = clip(box, axis, t);
	for (size_t i = 0; axis == box->n && i < box->alike; i++)
		search->trial[i] = clip(box, i, t);
	return judge(search);
}

static void narrow(struct search *search, size_t axis, double low, double high)
{
	const double golden = (sqrt(5) - 1) / 2;
	double left = high - golden * (high - low), right = low + golden * (high - low);
	double at_left = probe(search, axis, left), at_right = probe(search, axis, right);

	for (int k = 0; k < SECTIONS && search->left; k++) {
		if (at_left > at_right) {
			high = right, right = left, at_right = at_left;
			left = high - golden * (high - low);
			at_left = probe(search, axis, left);
		} else {
			low = left, left = right, at_left = at_right;
			right = low + golden * (high - low);
			at_right = probe(search, axis, right);
		}
	}
}

/* Between which figures an axis is worth a look; the common level: between the ends of all. */
static void find_ends(const struct kg_box *box, size_t axis, double *low, double *high)
{
	size_t from = axis < box->n ? axis : 0, to = axis < box->n ? axis + 1 : box->alike;

	*low = INFINITY;
	*high = -INFINITY;
	for (size_t i = from; i < to; i++) {
		*low = fmin(*low, fmax(box->low[i], -box->near[i]));
		*high = fmax(*high, fmin(box->high[i], box->near[i]));
	}
}

static void search_line(struct search *search, size_t axis)
{
	double low, high, most = -INFINITY;
	int at = 0;

	find_ends(search->box, axis, &low, &high);
	if (!(low < high))
		return;
	for (int k = 0; k <= SCAN && search->left; k++) {
		double value = probe(search, axis, low + (high - low) * k / SCAN);

		if (value > most) {
			most = value;
			at = k;
		}
	}
	narrow(search, axis, low + (high - low) * fmax(at - 1, 0) / SCAN,
	       low + (high - low) * fmin(at + 1, SCAN) / SCAN);
}

static void sweep(struct search *search, bool inside)
{
	const struct kg_box *box = search->box;

	if (inside && box->alike)
		search_line(search, box->n);
	for (size_t i = 0; i < box->n && search->left; i++) {
		if (!is_free(box, i))
			continue;
		probe(search, i, box->low[i]);
		probe(search, i, box->high[i]);
		if (inside)
			search_line(search, i);
	}
}

/* From the best point: ends alone until they gain no more, then all along the lines, and so on. */
static void climb(struct search *search)
{
	bool inside = false;

	for (int k = 0; k < SWEEPS_MOST && search->left; k++) {
		double before = search->value;

		sweep(search, inside);
		if (search->value > before)
			inside = false;
		else if (inside)
			break;
		else
			inside = true;
	}
	search->found = isnan(search->found) ? search->value : fmax(search->found, search->value);
}

static void start(struct search *search)
{
	double most = WORK_MOST / (double)search->box->n;

	search->left = (size_t)fmax(most, EVALUATIONS);
	search->value = NAN;
}

static void climb_from(struct search *search, const double *point)
{
	start(search);
	memcpy(search->best, point, search->box->n * sizeof *point);
	memcpy(search->trial, point, search->box->n * sizeof *point);
	judge(search);
	climb(search);
}

/* Of `levels` figures of a free number the one at `level`: even steps, the last at its end. */
static double place_level(const struct kg_box *box, size_t i, size_t level, size_t levels)
{
	double low = fmax(box->low[i], -box->near[i]), high = fmin(box->high[i], box->near[i]);

	if (level == 0)
		return box->low[i];
	return level + 1 == levels ? box->high[i] : low + (high - low) * (double)level / (double)(levels - 1);
}

/* A grid with its corners. */
static void climb_from_grid(struct search *search, size_t nfree)
{
	const struct kg_box *box = search->box;
	size_t levels = (size_t)pow((double)(1 << KG_BOX_CORNERS) + .5, 1 / (double)nfree), points = 1;

	for (size_t i = 0; i < nfree; i++)
		points *= levels;
	start(search);
	for (size_t point = 0; point < points; point++) {
		size_t rest = point;

		for (size_t i = 0; i < box->n; i++) {
			search->trial[i] = is_free(box, i) ? place_level(box, i, rest % levels, levels) : box->low[i];
			rest /= is_free(box, i) ? levels : 1;
		}
		judge(search);
	}
	start(search);
	memcpy(search->trial, search->best, box->n * sizeof *search->trial);
	judge(search);
	climb(search);
}

/* All numbers near one level, or those with a stated figure up to the level at one end and the others at the other. */
static void climb_from_levels(struct search *search)
{
	const struct kg_box *box = search->box;
	double low, high;

	start(search);
	find_ends(box, box->n, &low, &high);
	memcpy(search->best, box->stated, box->n * sizeof *search->best);
	for (int k = 0; k <= LEVELS; k++) {
		double level = low + (high - low) * k / LEVELS;

		probe(search, box->n, level);
		for (size_t i = 0; i < box->n; i++)
			search->trial[i] = i >= box->alike	    ? box->stated[i]
					   : box->stated[i] > level ? box->high[i]
								    : box->low[i];
		judge(search);
	}
	climb(search);
}

static double find_end(struct search *search, double sign, size_t nfree)
{
	search->sign = sign;
	search->found = NAN;
	climb_from(search, search->box->stated);
	climb_from(search, search->box->low);
	climb_from(search, search->box->high);
	if (nfree && nfree <= KG_BOX_CORNERS)
		climb_from_grid(search, nfree);
	if (search->box->alike)
		climb_from_levels(search);
	return sign * search->found;
}

struct kg_box_range kg_box_range_find(const struct kg_box *box, kg_box_statistic *statistic, const void *data,
				      struct kg_arena *scratch)
{
	struct search search = { .box = box,
				 .statistic = statistic,
				 .data = data,
				 .best = KG_ARRAY(scratch, double, box->n),
				 .trial = KG_ARRAY(scratch, double, box->n) };
	struct kg_box_range range = { NAN, NAN };
	size_t nfree = 0;

	if (!search.best || !search.trial)
		return range;
	for (size_t i = 0; i < box->n; i++)
		nfree += is_free(box, i);
	range.low = find_end(&search, -1, nfree);
	range.high = find_end(&search, 1, nfree);
	return range;
}
