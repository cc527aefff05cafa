#include "stats/spread_range.h"

#include <math.h>

#include "stats/bounded_range.h"

#define FAR 1e12	/* times the largest figure stands for infinity */
#define LESS_FAR 1e9	/* what it is compared with */
#define GROWTH_MOST .01 /* a larger change from one to the other: there is no limit */

/* The box of values and then, where they have ranges, weights. */
struct bounded {
	kg_spread_measure *measure;
	const struct kg_sample *sample;
	const struct kg_params *params;
	struct kg_arena *scratch;
	double *stated, *low, *high, *near;
	bool open, weights;
};

static double measure_at(const void *data, const double *number)
{
	const struct bounded *of = data;
	struct kg_arena_mark mark = kg_arena_mark(of->scratch);
	struct kg_sample sample = *of->sample;
	double value;

	sample.y = number;
	if (of->weights)
		sample.weight = number + sample.n;
	value = of->measure(&sample, of->params, of->scratch);
	kg_arena_rewind(of->scratch, mark);
	return value;
}

static double find_largest(const double *stated, const double *low, const double *high, size_t n)
{
	double largest = 0;

	for (size_t i = 0; i < n; i++) {
		largest = fmax(largest, fabs(stated[i]));
		largest = fmax(largest, isfinite(low[i]) ? fabs(low[i]) : 0);
		largest = fmax(largest, isfinite(high[i]) ? fabs(high[i]) : 0);
	}
	return largest > 0 ? largest : 1;
}

/* Ends of the numbers from `at` on, inside the domain; open ones at `far`. */
static void fill(struct bounded *of, size_t at, const double *const from[3], struct kg_spread_domain domain, double far)
{
	size_t n = of->sample->n;
	double largest = find_largest(from[0], from[1], from[2], n);
	double least = domain.open ? domain.least + largest / far : domain.least;
	double most = domain.open ? domain.most - 1 / far : domain.most;

	for (size_t i = 0; i < n; i++) {
		bool free = from[1][i] < from[2][i];
		double low = fmax(from[1][i], least), high = fmin(from[2][i], most);

		of->open |= free && (low == -INFINITY || high == INFINITY || (domain.open && low == least) ||
				     (domain.open && high == most));
		of->low[at + i] = free ? fmax(low, -largest * far) : from[0][i];
		of->high[at + i] = free ? fmin(high, largest * far) : from[0][i];
		of->stated[at + i] = fmin(fmax(from[0][i], of->low[at + i]), of->high[at + i]);
		of->near[at + i] = 2 * largest;
	}
}

static struct kg_box_range find_range(struct bounded *of, struct kg_spread_domain domain, double far)
{
	const struct kg_inequality *own = of->params->own;
	const struct kg_sample *sample = of->sample;
	struct kg_box box = {
		of->weights ? 2 * sample->n : sample->n, sample->n, of->stated, of->low, of->high, of->near
	};

	fill(of, 0, (const double *const[]){ sample->y, own->low, own->high }, domain, far);
	if (of->weights)
		fill(of, sample->n, (const double *const[]){ sample->weight, own->weight_low, own->weight_high },
		     (struct kg_spread_domain){ 0, INFINITY, false }, far);
	return kg_box_range_find(&box, measure_at, of, of->scratch);
}

/* The end, or `open` where it still moves on the way to infinity. */
static double take_limit(double less_far, double far, double open)
{
	return fabs(far - less_far) > GROWTH_MOST * fmax(fabs(far), fabs(less_far)) ? open : far;
}

void kg_spread_range(kg_spread_measure *measure, const struct kg_sample *sample, const struct kg_params *params,
		     struct kg_spread_domain domain, struct kg_arena *scratch, struct kg_term *term)
{
	const struct kg_inequality *own = params->own;
	size_t n = 2 * sample->n;
	struct bounded of = { measure,
			      sample,
			      params,
			      scratch,
			      KG_ARRAY(scratch, double, n),
			      KG_ARRAY(scratch, double, n),
			      KG_ARRAY(scratch, double, n),
			      KG_ARRAY(scratch, double, n),
			      false,
			      own && own->weight_low };
	struct kg_box_range range, less_far;

	if (!own || !own->low || term->why != KG_WHY_NONE || isnan(term->estimate) || kg_arena_failed(scratch))
		return;
	range = find_range(&of, domain, FAR);
	if (of.open) {
		less_far = find_range(&of, domain, LESS_FAR);
		range.low = take_limit(less_far.low, range.low, -INFINITY);
		range.high = take_limit(less_far.high, range.high, INFINITY);
	}
	term->bound_low = range.low;
	term->bound_high = range.high;
	term->why = KG_WHY_BOUND;
}

struct kg_term kg_spread_bounded(kg_spread_measure *measure, const char *name, const struct kg_sample *sample,
				 const struct kg_params *params, struct kg_arena *scratch)
{
	struct kg_term term = kg_spread_term(measure, name, sample, params, scratch);

	kg_spread_range(measure, sample, params, KG_SPREAD_AMOUNTS, scratch, &term);
	return term;
}
