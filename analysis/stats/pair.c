#include "stats/pair.h"

#include <math.h>

#include "stats/root.h"

/* Ratios are searched by factors of this, at most so often: 4^500 is near the largest double. */
#define STEP 4.0
#define STEPS_MOST 500

enum kg_why kg_pair_read(const struct kg_sample *sample, bool whole, struct kg_pair *pair)
{
	const double *x = sample->y, *n = sample->exposure;

	*pair = (struct kg_pair){ x[0], n[0], x[1], n[1] };
	if (x[0] < 0 || x[1] < 0)
		return KG_WHY_NEGATIVE;
	if (!(n[0] > 0 && n[1] > 0))
		return KG_WHY_ZERO_DENOMINATOR;
	return whole && (x[0] > n[0] || x[1] > n[1]) ? KG_WHY_COUNT_ABOVE_DENOMINATOR : KG_WHY_NONE;
}

struct kg_term kg_pair_term(const struct kg_pair *pair, enum kg_contrast contrast)
{
	static const char *const name[] = { "difference", "ratio", "odds_ratio" };
	static const char *const unit[] = { NULL, "ratio", "odds ratio" };
	struct kg_term term = kg_term_new(name[contrast], unit[contrast]);
	long double above = (long double)pair->x1 * pair->n2, below = (long double)pair->x2 * pair->n1;

	if (contrast == KG_DIFFERENCE) {
		term.estimate = (double)((above - below) / pair->n1 / pair->n2);
		return term;
	}
	if (contrast == KG_ODDS_RATIO) {
		above = (long double)pair->x1 * (pair->n2 - pair->x2);
		below = (long double)pair->x2 * (pair->n1 - pair->x1);
	}
	if (below > 0)
		term.estimate = (double)(above / below);
	else
		term.why = KG_WHY_ZERO_BASE;
	return term;
}

void kg_pair_note_test(struct kg_term *term, double z)
{
	if (isnan(z))
		return;
	term->statistic = z;
	term->p_value = 2 * pnorm(-fabs(z), 0, 1, 1, 0);
}

double kg_pair_pooled_z(const struct kg_pair *pair)
{
	long double n = (long double)pair->n1 + pair->n2, p = ((long double)pair->x1 + pair->x2) / n;
	long double difference = (long double)pair->x1 / pair->n1 - (long double)pair->x2 / pair->n2;

	return p > 0 && p < 1
		   ? (double)(difference / sqrtl(p * (1 - p) * (1 / (long double)pair->n1 + 1 / (long double)pair->n2)))
		   : NAN;
}

struct shifted {
	kg_pair_deviate *deviate;
	const void *context;
	double by;
};

static double shift(const void *context, double supposed)
{
	const struct shifted *of = context;

	return of->deviate(of->context, supposed) - of->by;
}

struct kg_interval kg_pair_invert(kg_pair_deviate *deviate, const void *context, double z, double least, double most)
{
	struct shifted low = { deviate, context, z }, high = { deviate, context, -z };
	double from = kg_root_find(shift, &low, least, most), to = kg_root_find(shift, &high, least, most);

	return (struct kg_interval){ isnan(from) ? least : from, isnan(to) ? most : to };
}

/* Walks from 1 by factors until the deviate has passed `of->by`; NaN: the end of the line. */
static double find_ratio(const struct shifted *of)
{
	double from = 1, factor = shift(of, from) > 0 ? STEP : 1 / STEP;

	for (size_t k = 0; k < STEPS_MOST; k++) {
		double to = from * factor, at = shift(of, to);

		if ((at <= 0) == (factor > 1))
			return kg_root_find(shift, of, from, to);
		from = to;
	}
	return factor > 1 ? INFINITY : 0;
}

struct kg_interval kg_pair_invert_ratio(kg_pair_deviate *deviate, const void *context, double z)
{
	struct shifted low = { deviate, context, z }, high = { deviate, context, -z };

	return (struct kg_interval){ find_ratio(&low), find_ratio(&high) };
}
