#include "standardise_range.h"

#include "stats/open_range.h"

/* What the search moves, each by stratum. */
enum {
	EVENTS,
	PEOPLE,
	STANDARD,
	STANDARD_PEOPLE, /* indirect */
	INDIRECT_BLOCKS,
	OTHER_EVENTS = STANDARD_PEOPLE, /* direct, with another group */
	OTHER_PEOPLE,
	BLOCKS
};

/* Sum of weight * a / b over strata, by the sum of weights. */
static long double weigh(const struct kg_standard_strata *strata, const double *a, const double *b)
{
	long double above = 0, sum = 0;

	for (size_t s = 0; s < strata->count; s++) {
		sum += strata->weight[s];
		above += (long double)strata->weight[s] * a[s] / b[s];
	}
	return above / sum;
}

/* Sum of a by the sum of weight * b. */
static long double divide(const struct kg_standard_strata *strata, const double *a, const double *b)
{
	long double above = 0, below = 0;

	for (size_t s = 0; s < strata->count; s++) {
		above += a[s];
		below += (long double)strata->weight[s] * b[s];
	}
	return above / below;
}

/* The exact standard: the lower end of the group's events by the upper one of its population is the least. */
static struct kg_box_range find_sharp(const struct kg_standard_figure *figure)
{
	const struct kg_strata_group *of = figure->of, *other = figure->other;
	long double (*make)(const struct kg_standard_strata *, const double *, const double *) =
	    figure->indirect ? divide : weigh;
	double rate = figure->as_rate ? figure->strata->crude : 1;
	struct kg_box_range range = {
		rate * (double)make(figure->strata, of->events.low, of->population.high),
		rate * (double)make(figure->strata, of->events.high, of->population.low),
	};

	if (other) {
		range.low /= (double)make(figure->strata, other->events.high, other->population.low);
		range.high /= (double)make(figure->strata, other->events.low, other->population.high);
	}
	return range;
}

/* The standard's figure of a stratum: with those of the groups where it is the sum of the data. */
static double add_own(const struct kg_standard_figure *figure, double rest, double group, double other)
{
	return rest + (figure->strata->own ? group + (figure->other ? other : 0) : 0);
}

static double make_direct(const struct kg_standard_figure *figure, const double *const *number)
{
	double above = 0, below = 0, sum = 0;

	for (size_t s = 0; s < figure->strata->count; s++) {
		double other = figure->other ? number[OTHER_PEOPLE][s] : 0;
		double weight = add_own(figure, number[STANDARD][s], number[PEOPLE][s], other);

		sum += weight;
		above += weight * number[EVENTS][s] / number[PEOPLE][s];
		below += figure->other ? weight * number[OTHER_EVENTS][s] / other : 0;
	}
	return figure->other ? above / below : above / sum;
}

static double make_indirect(const struct kg_standard_figure *figure, const double *const *number)
{
	double observed = 0, expected = 0, events = 0, people = 0;

	for (size_t s = 0; s < figure->strata->count; s++) {
		double of_stratum = add_own(figure, number[STANDARD][s], number[EVENTS][s], 0);
		double among = add_own(figure, number[STANDARD_PEOPLE][s], number[PEOPLE][s], 0);

		observed += number[EVENTS][s];
		expected += number[PEOPLE][s] * of_stratum / among;
		events += of_stratum;
		people += among;
	}
	return observed / expected * (figure->as_rate ? events / people : 1);
}

static double evaluate(const void *data, const double *number)
{
	const struct kg_standard_figure *figure = data;
	const double *block[BLOCKS];
	double value;

	for (size_t b = 0; b < BLOCKS; b++)
		block[b] = number + b * figure->strata->count;
	value = figure->indirect ? make_indirect(figure, block) : make_direct(figure, block);
	return isfinite(value) ? value : NAN;
}

static struct kg_range_block list(const struct kg_strata_figures *figures, size_t count)
{
	return (struct kg_range_block){ count, figures->stated, figures->low, figures->high, KG_RANGE_AMOUNTS };
}

/* The standard without what the groups have of it. */
static bool leave_own(const struct kg_standard_figure *figure, struct kg_strata_figures *standard,
		      struct kg_strata_figures *people, struct kg_arena *scratch)
{
	const struct kg_strata_figures all = *standard, all_people = *people;
	const struct kg_strata_group *of = figure->of;
	size_t count = figure->strata->count;

	if (!figure->strata->own)
		return true;
	if (!kg_strata_figures_copy(&all, count, scratch, standard))
		return false;
	kg_strata_figures_remove(standard, figure->indirect ? &of->events : &of->population, count);
	if (figure->other)
		kg_strata_figures_remove(standard, &figure->other->population, count);
	if (!figure->indirect)
		return true;
	if (!kg_strata_figures_copy(&all_people, count, scratch, people))
		return false;
	kg_strata_figures_remove(people, &of->population, count);
	return true;
}

/* The bounded standard: all that is not exact is moved. */
static struct kg_box_range search(const struct kg_standard_figure *figure, struct kg_arena *scratch)
{
	size_t count = figure->strata->count;
	const struct kg_strata_group *of = figure->of, *other = figure->other;
	struct kg_strata_figures standard = figure->strata->standard, people = figure->strata->people;
	struct kg_range_block block[BLOCKS];

	if (!leave_own(figure, &standard, &people, scratch))
		return (struct kg_box_range){ NAN, NAN };
	block[EVENTS] = list(&of->events, count);
	block[PEOPLE] = list(&of->population, count);
	block[STANDARD] = list(&standard, count);
	if (figure->indirect)
		block[STANDARD_PEOPLE] = list(&people, count);
	if (other) {
		block[OTHER_EVENTS] = list(&other->events, count);
		block[OTHER_PEOPLE] = list(&other->population, count);
	}
	return kg_open_range_find(block,
				  other		     ? BLOCKS
				  : figure->indirect ? INDIRECT_BLOCKS
						     : STANDARD + 1,
				  evaluate, figure, scratch);
}

void kg_standard_range(const struct kg_standard_figure *figure, double multiplier, struct kg_arena *scratch,
		       struct kg_term *term)
{
	bool group = figure->of->sum.bounded || (figure->other && figure->other->sum.bounded);
	struct kg_box_range range;

	if (isnan(term->estimate) || (!group && !figure->strata->bounded))
		return;
	range = figure->strata->bounded ? search(figure, scratch) : find_sharp(figure);
	term->bound_low = multiplier * range.low;
	term->bound_high = multiplier * range.high;
	term->why = KG_WHY_BOUND;
}
