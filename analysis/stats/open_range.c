#include "stats/open_range.h"

#include <math.h>

#define SHRINKING_LEAST .1 /* what shrinks to less than this share goes to 0 */
#define PASSES 3
#define GROWTH_MOST .01 /* a larger change from one to the other: there is no limit */

/* The box being filled. */
struct filling {
	double *stated, *low, *high, *near;
	size_t n, open; /* numbers so far; blocks with an open end among them */
};

static double find_largest(const struct kg_range_block *block)
{
	double largest = 0;

	for (size_t i = 0; i < block->n; i++) {
		largest = fmax(largest, fabs(block->stated[i]));
		largest = fmax(largest, isfinite(block->low[i]) ? fabs(block->low[i]) : 0);
		largest = fmax(largest, isfinite(block->high[i]) ? fabs(block->high[i]) : 0);
	}
	return largest > 0 ? largest : 1;
}

/* Ends of a block's numbers, inside the domain; open ones at `far`. */
static void fill(struct filling *box, const struct kg_range_block *block, double far)
{
	const struct kg_range_domain *domain = &block->domain;
	double largest = find_largest(block);
	double least = domain->open ? domain->least + largest / far : domain->least;
	double most = domain->open ? domain->most - 1 / far : domain->most;
	bool any = false;

	for (size_t i = 0; i < block->n; i++) {
		bool free = block->low[i] < block->high[i];
		double low = fmax(block->low[i], least), high = fmin(block->high[i], most);
		size_t at = box->n++;

		any |= free && (low == -INFINITY || high == INFINITY || (domain->open && low == least) ||
				(domain->open && high == most));
		box->low[at] = free ? fmax(low, -largest * far) : block->stated[i];
		box->high[at] = free ? fmin(high, largest * far) : block->stated[i];
		box->stated[at] = fmin(fmax(block->stated[i], box->low[at]), box->high[at]);
		box->near[at] = 2 * largest;
	}
	box->open += any;
}

/* How far block b goes in a pass: all alike, or every other one less far, so that neither stands in the other's way
 * where both have open ends. */
static double choose_far(double far, size_t b, size_t pass)
{
	return pass && b % 2 == pass - 1 ? sqrt(far) : far;
}

static struct kg_box_range join(const struct kg_box_range *a, const struct kg_box_range *b)
{
	return (struct kg_box_range){ fmin(a->low, b->low), fmax(a->high, b->high) };
}

double kg_range_limit(double less_far, double far, double open)
{
	if (fabs(far) < SHRINKING_LEAST * fabs(less_far))
		return 0;
	return fabs(far - less_far) > GROWTH_MOST * fmax(fabs(far), fabs(less_far)) ? open : far;
}

struct kg_box_range kg_open_range_find(const struct kg_range_block *block, size_t nblock, kg_box_statistic *statistic,
				       const void *data, struct kg_arena *scratch)
{
	const double far[] = { KG_RANGE_FAR, KG_RANGE_LESS_FAR };
	struct kg_box_range range[2] = { { NAN, NAN }, { NAN, NAN } };
	struct filling filling = { .open = 1 };
	size_t n = 0;

	for (size_t b = 0; b < nblock; b++)
		n += block[b].n;
	filling.stated = KG_ARRAY(scratch, double, 4 * n + 1);
	if (!filling.stated)
		return range[0];
	filling.low = filling.stated + n;
	filling.high = filling.stated + 2 * n;
	filling.near = filling.stated + 3 * n;
	for (size_t k = 0; k < 2 && filling.open; k++) {
		const struct kg_box box = { n, block[0].n, filling.stated, filling.low, filling.high, filling.near };

		for (size_t pass = 0; pass < (filling.open > 1 && nblock > 1 ? PASSES : 1); pass++) {
			struct kg_box_range found;

			filling.n = filling.open = 0;
			for (size_t b = 0; b < nblock; b++)
				fill(&filling, &block[b], choose_far(far[k], b, pass));
			found = kg_box_range_find(&box, statistic, data, scratch);
			range[k] = pass ? join(&range[k], &found) : found;
		}
	}
	if (!filling.open)
		return range[0];
	return (struct kg_box_range){ kg_range_limit(range[1].low, range[0].low, -INFINITY),
				      kg_range_limit(range[1].high, range[0].high, INFINITY) };
}
