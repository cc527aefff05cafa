#include "stats/smooth_range.h"

#include <math.h>

#include "stats/open_range.h"
#include "stats/smooth_border.h"

/* A place among those that its rate depends on, itself first. */
struct searching {
	struct kg_sample sample;
	const struct kg_smooth_neighbours *neighbours; /* NULL: the prior of all */
	size_t ncentre;				       /* places whose surroundings' mean counts */
	double *mean;				       /* NULL: one mean */
	size_t place;
};

static double evaluate(const void *data, const double *number)
{
	const struct searching *of = data;
	struct kg_sample sample = of->sample;
	struct kg_smooth_prior prior;
	double value;

	sample.y = number;
	sample.exposure = number + sample.n;
	for (size_t i = 0; of->mean && i < of->ncentre; i++)
		of->mean[i] = kg_smooth_local(&sample, of->neighbours, i, NULL).mean;
	prior =
	    of->neighbours ? kg_smooth_local(&sample, of->neighbours, of->place, of->mean) : kg_smooth_global(&sample);
	value = kg_smooth_estimate(&prior, sample.y[of->place], sample.exposure[of->place]);
	return isfinite(value) ? value : NAN;
}

static struct kg_box_range search(const struct searching *of, const struct kg_smooth_bounds *bounds,
				  struct kg_arena *scratch)
{
	const struct kg_range_block block[] = {
		{ of->sample.n, of->sample.y, bounds->count_low, bounds->count_high, KG_RANGE_AMOUNTS },
		{ of->sample.n,
		  of->sample.exposure,
		  bounds->exposure_low,
		  bounds->exposure_high,
		  { 0, INFINITY, true } },
	};

	return kg_open_range_find(block, 2, evaluate, of, scratch);
}

bool kg_smooth_global_range(const struct kg_sample *sample, const struct kg_smooth_bounds *bounds,
			    struct kg_arena *scratch, struct kg_box_range *range)
{
	bool exact = true, free = false;

	for (size_t i = 0; i < sample->n; i++) {
		exact &= !(bounds->exposure_low[i] < bounds->exposure_high[i]);
		free |= bounds->count_low[i] < bounds->count_high[i];
		range[i] = (struct kg_box_range){ NAN, NAN };
	}
	if (exact && !free)
		return true;
	if (exact)
		return kg_smooth_border_range(sample, bounds, scratch, range);
	for (size_t i = 0; i < sample->n; i++) {
		struct kg_arena_mark mark = kg_arena_mark(scratch);

		range[i] = search(&(struct searching){ .sample = *sample, .place = i }, bounds, scratch);
		kg_arena_rewind(scratch, mark);
	}
	return !kg_arena_failed(scratch);
}

/* The places that one place's local rate depends on: itself, its neighbours and, for their own means, theirs. */
struct around {
	size_t *place, n;
	size_t ncentre; /* the place and its neighbours */
};

static size_t number_place(struct around *around, size_t place)
{
	size_t i = 0;

	while (i < around->n && around->place[i] != place)
		i++;
	if (i == around->n)
		around->place[around->n++] = place;
	return i;
}

/* Lists them, with the neighbours of the place and, `deep`, of its neighbours under their numbers here. */
static bool list_around(const struct kg_smooth_neighbours *all, size_t place, bool deep, struct kg_arena *scratch,
			struct around *around, struct kg_smooth_neighbours *here)
{
	size_t own = all->first[place + 1] - all->first[place], links = own, *first, *of, count = 0;

	for (size_t k = all->first[place]; deep && k < all->first[place + 1]; k++)
		links += all->first[all->of[k] + 1] - all->first[all->of[k]];
	around->place = KG_ARRAY(scratch, size_t, links + 1);
	first = KG_ARRAY(scratch, size_t, own + 2);
	of = KG_ARRAY(scratch, size_t, links + 1);
	if (!around->place || !first || !of)
		return false;
	around->n = 0;
	number_place(around, place);
	for (size_t k = all->first[place]; k < all->first[place + 1]; k++)
		of[count++] = number_place(around, all->of[k]);
	first[1] = count;
	around->ncentre = around->n;
	for (size_t i = 1; i < around->ncentre && deep; i++) {
		size_t at = around->place[i];

		for (size_t k = all->first[at]; k < all->first[at + 1]; k++)
			of[count++] = number_place(around, all->of[k]);
		first[i + 1] = count;
	}
	*here = (struct kg_smooth_neighbours){ first, of };
	return true;
}

static const double *pick(const double *from, const struct around *around, struct kg_arena *scratch)
{
	double *picked = KG_ARRAY(scratch, double, around->n);

	for (size_t i = 0; picked && i < around->n; i++)
		picked[i] = from[around->place[i]];
	return picked;
}

bool kg_smooth_local_range(const struct kg_smooth_area *area, size_t place, struct kg_arena *scratch,
			   struct kg_box_range *range)
{
	struct around around;
	struct kg_smooth_neighbours here;
	struct searching of = { .neighbours = &here };
	struct kg_smooth_bounds ends;
	bool free = false;

	*range = (struct kg_box_range){ NAN, NAN };
	if (!list_around(area->neighbours, place, area->about_each, scratch, &around, &here))
		return false;
	for (size_t i = 0; i < around.n; i++) {
		size_t at = around.place[i];

		free |= area->bounds->count_low[at] < area->bounds->count_high[at] ||
			area->bounds->exposure_low[at] < area->bounds->exposure_high[at];
	}
	if (!free)
		return true;
	of.sample = (struct kg_sample){ .n = around.n,
					.y = pick(area->sample->y, &around, scratch),
					.exposure = pick(area->sample->exposure, &around, scratch) };
	ends = (struct kg_smooth_bounds){ pick(area->bounds->count_low, &around, scratch),
					  pick(area->bounds->count_high, &around, scratch),
					  pick(area->bounds->exposure_low, &around, scratch),
					  pick(area->bounds->exposure_high, &around, scratch) };
	of.ncentre = around.ncentre;
	of.mean = area->about_each ? KG_ARRAY(scratch, double, around.n) : NULL;
	if (kg_arena_failed(scratch))
		return false;
	*range = search(&of, &ends, scratch);
	return !kg_arena_failed(scratch);
}
