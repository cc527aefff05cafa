#include <stdlib.h>
#include <string.h>

#include "base/random.h"
#include "stats/trend.h"

/* Up to so many slopes are listed; of more only those near the one that is looked for. */
#define LISTED_MOST ((size_t)1 << 20)
/* Slopes drawn to guess the one that is looked for. */
#define DRAWN 63
#define DRAWS_PER_VALUE 64
/* Slopes nearer together than the rounding of y - b x tells apart are one. */
#define ROUNDING 0x1p-50

/* Pairs whose slope is below a number are those that y - b x puts into the wrong order: counted, or listed, by a merge
 * sort (Dillencourt, Mount & Netanyahu 1992, "A randomized algorithm for slope selection"). */
struct sorter {
	const struct kg_trend_slopes *slopes;
	double *level, *held;	  /* y - b x, in the order being sorted */
	uint32_t *who, *who_held; /* which value */
	uint32_t (*pair)[2];	  /* pairs in the wrong order; NULL = only counted */
	size_t count;
};

static double slope_of(const struct kg_trend_slopes *slopes, size_t i, size_t j)
{
	return (slopes->y[j] - slopes->y[i]) / (slopes->x[j] - slopes->x[i]);
}

static void merge(struct sorter *sorter, size_t start, size_t middle, size_t end)
{
	size_t left = start, right = middle;

	for (size_t k = start; k < end; k++) {
		bool from_right = left == middle || (right < end && sorter->level[right] < sorter->level[left]);
		size_t from = from_right ? right++ : left++;

		sorter->held[k] = sorter->level[from];
		sorter->who_held[k] = sorter->who[from];
		for (size_t i = left; from_right && sorter->pair && i < middle; i++) {
			sorter->pair[sorter->count + i - left][0] = sorter->who[i];
			sorter->pair[sorter->count + i - left][1] = sorter->who[from];
		}
		sorter->count += from_right ? middle - left : 0;
	}
}

/* Sorts by y - b x from the order `who` is in. */
static void sort_at(struct sorter *sorter, double b)
{
	const struct kg_trend_slopes *slopes = sorter->slopes;
	size_t n = slopes->n;

	sorter->count = 0;
	for (size_t i = 0; i < n; i++)
		sorter->level[i] = slopes->y[sorter->who[i]] - b * (slopes->x[sorter->who[i]] - slopes->x[0]);
	for (size_t width = 1; width < n; width *= 2) {
		double *level = sorter->level;
		uint32_t *who = sorter->who;

		for (size_t start = 0; start < n; start += 2 * width)
			merge(sorter, start, start + width < n ? start + width : n,
			      start + 2 * width < n ? start + 2 * width : n);
		sorter->level = sorter->held;
		sorter->held = level;
		sorter->who = sorter->who_held;
		sorter->who_held = who;
	}
}

static size_t count_below(struct sorter *sorter, double b)
{
	for (size_t i = 0; i < sorter->slopes->n; i++)
		sorter->who[i] = (uint32_t)i;
	sort_at(sorter, b);
	return sorter->count;
}

/* Slopes from `low` up to below `high`, of which `below` and `count` were counted. */
struct range {
	double low, high;
	size_t below, count;
};

static int compare(const void *a, const void *b)
{
	const double *left = a, *right = b;

	return (*left > *right) - (*left < *right);
}

/* A slope in the range, near rank k, from random pairs. NaN: none was met. */
static double guess(const struct kg_trend_slopes *slopes, const struct range *range, size_t k, struct kg_random *random)
{
	double drawn[DRAWN];
	size_t count = 0, n = slopes->n;

	for (size_t tries = 0; count < DRAWN && tries < DRAWS_PER_VALUE * n; tries++) {
		size_t i = kg_random_below(random, (uint32_t)n), j = kg_random_below(random, (uint32_t)n);
		double slope = i == j ? NAN : slope_of(slopes, i, j);

		if (slope >= range->low && slope < range->high)
			drawn[count++] = slope;
	}
	if (!count)
		return NAN;
	qsort(drawn, count, sizeof drawn[0], compare);
	return drawn[(size_t)((double)(k - range->below) / (double)range->count * (double)count)];
}

/* The slope of rank k among those of the range, which are listed. */
static double take_listed(struct sorter *sorter, const struct range *range, size_t k, struct kg_arena *scratch)
{
	double *slope = KG_ARRAY(scratch, double, range->count);
	uint32_t(*pair)[2] = kg_arena_array(scratch, range->count, sizeof *pair);

	if (!slope || !pair)
		return NAN;
	count_below(sorter, range->low);
	sorter->pair = pair;
	sort_at(sorter, range->high);
	for (size_t i = 0; i < sorter->count; i++)
		slope[i] = slope_of(sorter->slopes, pair[i][0], pair[i][1]);
	return kg_trend_select(slope, sorter->count, k - range->below);
}

static double search(struct sorter *sorter, size_t k, struct kg_arena *scratch)
{
	const struct kg_trend_slopes *slopes = sorter->slopes;
	struct range range = { -slopes->steepest, slopes->steepest, 0, slopes->count };
	struct kg_random random = kg_random_stream(0, 0, 0);

	while (range.count > LISTED_MOST) {
		double middle = guess(slopes, &range, k, &random), margin;
		size_t below, within;

		if (isnan(middle))
			return take_listed(sorter, &range, k, scratch);
		margin = ROUNDING * fmax(fabs(middle), slopes->resolution);
		below = count_below(sorter, middle - margin);
		within = count_below(sorter, middle + margin);
		if (k >= below && k < within)
			return middle;
		if (k < below)
			range = (struct range){ range.low, middle - margin, range.below, below - range.below };
		else
			range =
			    (struct range){ middle + margin, range.high, within, range.count - (within - range.below) };
	}
	return take_listed(sorter, &range, k, scratch);
}

struct kg_trend_slopes kg_trend_slopes_make(const double *x, const double *y, size_t n, struct kg_arena *scratch)
{
	struct kg_trend_slopes slopes = { .x = x, .y = y, .n = n, .count = n * (n - 1) / 2, .scratch = scratch };
	double least = INFINITY, most = -INFINITY, size = 0, step = INFINITY;

	if (slopes.count <= LISTED_MOST) {
		slopes.listed = KG_ARRAY(scratch, double, slopes.count + 1);
		if (slopes.listed)
			kg_trend_slopes(x, y, n, slopes.listed);
		return slopes;
	}
	for (size_t i = 0; i < n; i++) {
		least = fmin(least, y[i]);
		most = fmax(most, y[i]);
		size = fmax(size, fabs(y[i]));
		step = i ? fmin(step, x[i] - x[i - 1]) : step;
	}
	slopes.steepest = 2 * (most - least) / step + 1;
	slopes.resolution = size / (x[n - 1] - x[0]);
	return slopes;
}

double kg_trend_slopes_at(const struct kg_trend_slopes *slopes, size_t k)
{
	struct kg_arena_mark mark = kg_arena_mark(slopes->scratch);
	struct sorter sorter = { .slopes = slopes };
	double slope = NAN;

	if (kg_arena_failed(slopes->scratch))
		return NAN;
	if (slopes->listed)
		return kg_trend_select(slopes->listed, slopes->count, k);
	sorter.level = KG_ARRAY(slopes->scratch, double, slopes->n);
	sorter.held = KG_ARRAY(slopes->scratch, double, slopes->n);
	sorter.who = KG_ARRAY(slopes->scratch, uint32_t, slopes->n);
	sorter.who_held = KG_ARRAY(slopes->scratch, uint32_t, slopes->n);
	if (!kg_arena_failed(slopes->scratch))
		slope = search(&sorter, k, slopes->scratch);
	kg_arena_rewind(slopes->scratch, mark);
	return slope;
}

double kg_trend_slopes_median(const struct kg_trend_slopes *slopes)
{
	double upper = slopes->count ? kg_trend_slopes_at(slopes, slopes->count / 2) : NAN;

	if (slopes->count % 2 || isnan(upper))
		return upper;
	return (upper + kg_trend_slopes_at(slopes, slopes->count / 2 - 1)) / 2;
}
