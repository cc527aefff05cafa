#include "stats/root.h"

#include <float.h>
#include <math.h>
#include <stddef.h>

/* Bisection alone needs about 2100 halvings for the whole range of double; Brent's worst case is its square, never met.
 */
#define STEPS_MOST 4000

/* best: the point with the smallest value; other: the end with the opposite sign; last: the best of the step before. */
struct bracket {
	double best, other, last;
	double f_best, f_other, f_last;
	double step, step_before;
};

static void swap(double *a, double *b)
{
	double keep = *a;

	*a = *b;
	*b = keep;
}

/* Restores: `other` has the opposite sign, `best` the smaller value. */
static void order(struct bracket *at)
{
	if ((at->f_best > 0) == (at->f_other > 0)) {
		at->other = at->last;
		at->f_other = at->f_last;
		at->step = at->step_before = at->best - at->last;
	}
	if (fabs(at->f_other) < fabs(at->f_best)) {
		at->last = at->best;
		at->f_last = at->f_best;
		swap(&at->best, &at->other);
		swap(&at->f_best, &at->f_other);
	}
}

/* The interpolated step p / q, or half the bracket where interpolation would leave it or converge slowly. */
static void choose(struct bracket *at, double half, double least)
{
	double s = at->f_best / at->f_last, p, q, r;

	if (fabs(at->step_before) < least || fabs(at->f_last) <= fabs(at->f_best)) {
		at->step = at->step_before = half;
		return;
	}
	if (at->last == at->other) {
		p = 2 * half * s;
		q = 1 - s;
	} else {
		q = at->f_last / at->f_other;
		r = at->f_best / at->f_other;
		p = s * (2 * half * q * (q - r) - (at->best - at->last) * (r - 1));
		q = (q - 1) * (r - 1) * (s - 1);
	}
	if (p > 0)
		q = -q;
	p = fabs(p);
	if (2 * p < 3 * half * q - fabs(least * q) && 2 * p < fabs(at->step_before * q)) {
		at->step_before = at->step;
		at->step = p / q;
	} else {
		at->step = at->step_before = half;
	}
}

double kg_root_find(kg_root_function *function, const void *context, double low, double high)
{
	struct bracket at = { .best = high, .other = low, .last = low };

	at.f_other = at.f_last = function(context, low);
	at.f_best = function(context, high);
	at.step = at.step_before = high - low;
	if (isnan(at.f_best) || isnan(at.f_other) || (at.f_best > 0 && at.f_other > 0) ||
	    (at.f_best < 0 && at.f_other < 0))
		return at.f_best == 0 ? high : NAN;
	if (at.f_other == 0)
		return low;
	for (size_t k = 0; k < STEPS_MOST; k++) {
		double least = DBL_EPSILON * fabs(at.best) + DBL_MIN, half;

		order(&at);
		half = (at.other - at.best) / 2;
		if (fabs(half) <= least || at.f_best == 0)
			return at.best;
		choose(&at, half, least);
		at.last = at.best;
		at.f_last = at.f_best;
		at.best += fabs(at.step) > least ? at.step : copysign(least, half);
		at.f_best = function(context, at.best);
		if (isnan(at.f_best))
			return NAN;
	}
	return NAN;
}
