#include "stats/smooth_border.h"

#include <math.h>
#include <stdlib.h>

#include "stats/open_range.h"

#define EDGES_MOST 6	 /* free counts up to which all edges of their box are walked */
#define POINTS_LEAST 512 /* on each branch before the best is narrowed down */
#define OWN_STEPS 8	 /* between the ends of a place's own count */
#define SECTIONS 40	 /* 0.618^40: narrowed to 4e-9 of two steps */

/* A bounded count. */
struct free_count {
	double low, high, n;
	size_t place;
};

/* Branches of the border of what sums of counts x and of x^2 / n can be: counts at a common rate, as far as their ends
 * let them; one count between its ends and the others at theirs. */
enum branch { COMMON_RATE, ENDS };

struct sums {
	double count, square;
};

/* A step along a branch, of which `part` is done: count = count[0] + count[1] part, and so on with the square of it. */
struct step {
	double count[2], square[3];
};

struct border {
	struct free_count *count; /* those that add most per event first */
	size_t n;
	double *rate; /* where counts leave their lower and reach their upper end, ascending */
	size_t nrate;
	struct sums fixed;    /* over the exact counts */
	struct step *step[2]; /* of each branch */
	size_t nstep[2];
};

static void add(struct sums *sums, double x, double n)
{
	sums->count += x;
	sums->square += x * x / n;
}

/* Adds a count that goes from `from` by `by` in a step. */
static void move(struct step *step, double from, double by, double n)
{
	step->count[0] += from;
	step->count[1] += by;
	step->square[0] += from * from / n;
	step->square[1] += 2 * from * by / n;
	step->square[2] += by * by / n;
}

static double keep_within(const struct free_count *count, double x)
{
	return fmin(fmax(x, count->low), count->high);
}

static void step_rate(const struct border *border, size_t at, struct step *step)
{
	for (size_t i = 0; i < border->n; i++) {
		const struct free_count *count = &border->count[i];
		double from = keep_within(count, border->rate[at] * count->n);

		move(step, from, keep_within(count, border->rate[at + 1] * count->n) - from, count->n);
	}
}

/* Edge `at` of the box: one count moves, the others are at an end. */
static void step_edge(const struct border *border, size_t at, struct step *step)
{
	size_t axis = at % border->n, corner = at / border->n;

	for (size_t i = 0; i < border->n; i++) {
		const struct free_count *count = &border->count[i];
		double from = i != axis && corner >> i & 1 ? count->high : count->low;

		move(step, from, i == axis ? count->high - count->low : 0, count->n);
	}
}

/* The chord over the edges from all low to all high, steepest first: nothing lies above it. */
static void step_chord(const struct border *border, size_t at, struct step *step)
{
	for (size_t i = 0; i < border->n; i++) {
		const struct free_count *count = &border->count[i];

		move(step, i < at ? count->high : count->low, 0, count->n);
	}
	step->count[1] = border->count[at].high - border->count[at].low;
	step->square[1] = step->count[1] * (border->count[at].high + border->count[at].low) / border->count[at].n;
}

static bool make_steps(struct border *border, enum branch branch, struct kg_arena *scratch)
{
	size_t count = border->n > EDGES_MOST ? border->n : border->n << border->n;

	border->nstep[branch] = branch == COMMON_RATE ? border->nrate - 1 : border->n ? count : 1;
	border->step[branch] = KG_ARRAY(scratch, struct step, border->nstep[branch]);
	for (size_t k = 0; border->step[branch] && k < border->nstep[branch]; k++) {
		struct step *step = &border->step[branch][k];

		step->count[0] = border->fixed.count;
		step->square[0] = border->fixed.square;
		if (branch == COMMON_RATE)
			step_rate(border, k, step);
		else if (border->n > EDGES_MOST)
			step_chord(border, k, step);
		else if (border->n)
			step_edge(border, k, step);
	}
	return border->step[branch];
}

/* The sums at t, which runs from 0 to the number of the branch's steps. */
static struct sums walk(const struct border *border, enum branch branch, double t)
{
	size_t length = border->nstep[branch], at = (size_t)t < length ? (size_t)t : length - 1;
	const struct step *step = &border->step[branch][at];
	double part = t - (double)at;

	return (struct sums){ step->count[0] + part * step->count[1],
			      step->square[0] + part * (step->square[1] + part * step->square[2]) };
}

/* The whole map, and what is asked of one place. */
struct asking {
	const struct border *border;
	const struct sums *point[2]; /* of each branch, in even steps */
	size_t npoint[2], k;
	double exposure; /* of all */
	double count, n; /* of the place */
	bool among;	 /* the place's count is none of the border's: it comes on top */
};

static double rate_at(const struct asking *asking, struct sums sums)
{
	struct kg_smooth_prior prior;

	if (asking->among)
		add(&sums, asking->count, asking->n);
	prior = kg_smooth_from_sums(sums.count, asking->exposure, sums.square, asking->k);
	return kg_smooth_estimate(&prior, asking->count, asking->n);
}

/* The best point of the branches' steps. */
struct best {
	enum branch branch;
	size_t point;
	double value; /* sign * rate */
};

/* Golden sections about the best point; the greatest sign * rate. */
static double narrow(const struct asking *asking, double sign, const struct best *best)
{
	const double golden = (sqrt(5) - 1) / 2;
	size_t last = asking->npoint[best->branch] - 1;
	double step = last ? (double)asking->border->nstep[best->branch] / (double)last : 0;
	double low = (double)(best->point ? best->point - 1 : 0) * step;
	double high = (double)(best->point < last ? best->point + 1 : last) * step, most = best->value;
	double left = high - golden * (high - low), right = low + golden * (high - low), at_left, at_right;

	if (!last)
		return most;
	at_left = sign * rate_at(asking, walk(asking->border, best->branch, left));
	at_right = sign * rate_at(asking, walk(asking->border, best->branch, right));
	for (int k = 0; k < SECTIONS; k++) {
		most = fmax(most, fmax(at_left, at_right));
		if (at_left > at_right) {
			high = right, right = left, at_right = at_left;
			left = high - golden * (high - low);
			at_left = sign * rate_at(asking, walk(asking->border, best->branch, left));
		} else {
			low = left, left = right, at_left = at_right;
			right = low + golden * (high - low);
			at_right = sign * rate_at(asking, walk(asking->border, best->branch, right));
		}
	}
	return most;
}

static void widen(const struct asking *asking, struct kg_box_range *range)
{
	struct best least = { COMMON_RATE, 0, -INFINITY }, most = least;

	for (enum branch branch = COMMON_RATE; branch <= ENDS; branch++) {
		for (size_t p = 0; p < asking->npoint[branch]; p++) {
			double rate = rate_at(asking, asking->point[branch][p]);

			if (rate > most.value)
				most = (struct best){ branch, p, rate };
			if (-rate > least.value)
				least = (struct best){ branch, p, -rate };
		}
	}
	range->low = fmin(range->low, -narrow(asking, -1, &least));
	range->high = fmax(range->high, narrow(asking, 1, &most));
}

static int compare_steepness(const void *a, const void *b)
{
	const struct free_count *one = a, *other = b;
	double left = (one->high + one->low) / one->n, right = (other->high + other->low) / other->n;

	return left < right ? 1 : left > right ? -1 : one->place > other->place ? 1 : -1;
}

static int compare_reals(const void *a, const void *b)
{
	double one = *(const double *)a, other = *(const double *)b;

	return one < other ? -1 : one > other;
}

/* The border of the free counts but that of `without`; false: memory is out. */
static bool make_border(const struct free_count *all, size_t n, size_t without, struct kg_arena *scratch,
			struct border *border, struct asking *asking)
{
	struct free_count *count = KG_ARRAY(scratch, struct free_count, n + 1);

	border->rate = KG_ARRAY(scratch, double, 2 * n + 2);
	if (!count || !border->rate)
		return false;
	border->n = border->nrate = 0;
	for (size_t i = 0; i < n; i++) {
		if (all[i].place == without)
			continue;
		count[border->n++] = all[i];
		border->rate[border->nrate++] = all[i].low / all[i].n;
		border->rate[border->nrate++] = all[i].high / all[i].n;
	}
	if (!border->n) /* the place's own count is the only free one: a border of one point */
		border->nrate = 2;
	border->count = count;
	qsort(count, border->n, sizeof *count, compare_steepness);
	qsort(border->rate, border->nrate, sizeof *border->rate, compare_reals);
	for (enum branch branch = COMMON_RATE; branch <= ENDS; branch++) {
		struct sums *point;
		size_t parts;

		if (!make_steps(border, branch, scratch))
			return false;
		parts = POINTS_LEAST / border->nstep[branch] + 1;
		asking->npoint[branch] = border->nstep[branch] * parts + 1;
		asking->point[branch] = point = KG_ARRAY(scratch, struct sums, asking->npoint[branch]);
		if (!point)
			return false;
		for (size_t p = 0; p < asking->npoint[branch]; p++)
			point[p] = walk(border, branch, (double)p / (double)parts);
	}
	asking->border = border;
	return true;
}

/* The map as it is asked: `far`: what stands for an open end. */
struct map {
	const struct kg_sample *sample;
	const struct kg_smooth_bounds *bounds;
	double largest, far, exposure;
	struct free_count *free;
	size_t nfree;
	double fixed, fixed_square;
};

static double find_largest(const struct kg_sample *sample, const struct kg_smooth_bounds *bounds)
{
	double largest = 1;

	for (size_t i = 0; i < sample->n; i++) {
		largest = fmax(largest, fmax(sample->y[i], bounds->count_low[i]));
		largest = fmax(largest, isfinite(bounds->count_high[i]) ? bounds->count_high[i] : 0);
	}
	return largest;
}

static void split_counts(struct map *map)
{
	const struct kg_sample *sample = map->sample;
	struct sums fixed = { 0, 0 };

	map->nfree = 0;
	map->exposure = 0;
	for (size_t i = 0; i < sample->n; i++) {
		double low = map->bounds->count_low[i], high = map->bounds->count_high[i];

		map->exposure += sample->exposure[i];
		if (low < high)
			map->free[map->nfree++] =
			    (struct free_count){ low, fmin(high, map->largest * map->far), sample->exposure[i], i };
		else
			add(&fixed, sample->y[i], sample->exposure[i]);
	}
	map->fixed = fixed.count;
	map->fixed_square = fixed.square;
}

/* A place whose own count is free: tried at steps between its ends, an open one also at its far end. */
static void widen_own(const struct map *map, const struct free_count *own, struct asking *asking,
		      struct kg_box_range *range)
{
	double near = fmin(own->high, 2 * map->largest);

	asking->among = true;
	for (int k = 0; k <= OWN_STEPS + 1; k++) {
		asking->count = k > OWN_STEPS ? own->high : own->low + (near - own->low) * k / OWN_STEPS;
		widen(asking, range);
	}
}

static bool find_all(struct map *map, struct kg_arena *scratch, struct kg_box_range *range)
{
	const struct kg_sample *sample = map->sample;
	struct border common = { .fixed = { map->fixed, map->fixed_square } };
	struct asking all = { .k = sample->n, .exposure = map->exposure };
	size_t next = 0;

	if (!make_border(map->free, map->nfree, SIZE_MAX, scratch, &common, &all))
		return false;
	for (size_t i = 0; i < sample->n; i++) {
		struct kg_arena_mark mark = kg_arena_mark(scratch);
		struct border rest = common;
		struct asking asking = all;

		range[i] = (struct kg_box_range){ INFINITY, -INFINITY };
		asking.count = sample->y[i];
		asking.n = sample->exposure[i];
		if (next < map->nfree && map->free[next].place == i) {
			if (!make_border(map->free, map->nfree, i, scratch, &rest, &asking))
				return false;
			widen_own(map, &map->free[next++], &asking, &range[i]);
		} else {
			widen(&asking, &range[i]);
		}
		kg_arena_rewind(scratch, mark);
	}
	return true;
}

bool kg_smooth_border_range(const struct kg_sample *sample, const struct kg_smooth_bounds *bounds,
			    struct kg_arena *scratch, struct kg_box_range *range)
{
	struct map map = { sample, bounds, find_largest(sample, bounds), KG_RANGE_FAR,
			   .free = KG_ARRAY(scratch, struct free_count, sample->n + 1) };
	struct kg_box_range *less_far = KG_ARRAY(scratch, struct kg_box_range, sample->n + 1);
	bool open = false;

	if (!map.free || !less_far)
		return false;
	for (size_t i = 0; i < sample->n; i++)
		open |= isinf(bounds->count_high[i]);
	split_counts(&map);
	if (!find_all(&map, scratch, range))
		return false;
	if (!open)
		return true;
	map.far = KG_RANGE_LESS_FAR;
	split_counts(&map);
	if (!find_all(&map, scratch, less_far))
		return false;
	for (size_t i = 0; i < sample->n; i++)
		range[i] = (struct kg_box_range){ kg_range_limit(less_far[i].low, range[i].low, 0),
						  kg_range_limit(less_far[i].high, range[i].high, INFINITY) };
	return true;
}
