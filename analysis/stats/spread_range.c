#include "stats/spread_range.h"

/* The values and then, where they have ranges, weights. */
struct bounded {
	kg_spread_measure *measure;
	const struct kg_sample *sample;
	const struct kg_params *params;
	struct kg_arena *scratch;
	bool weights;
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

void kg_spread_range(kg_spread_measure *measure, const struct kg_sample *sample, const struct kg_params *params,
		     struct kg_range_domain domain, struct kg_arena *scratch, struct kg_term *term)
{
	const struct kg_inequality *own = params->own;
	struct bounded of = { measure, sample, params, scratch, own && own->weight_low };
	struct kg_range_block block[2];
	struct kg_box_range range;

	if (!own || !own->low || term->why != KG_WHY_NONE || isnan(term->estimate))
		return;
	block[0] = (struct kg_range_block){ sample->n, sample->y, own->low, own->high, domain };
	block[1] =
	    (struct kg_range_block){ sample->n, sample->weight, own->weight_low, own->weight_high, KG_RANGE_AMOUNTS };
	range = kg_open_range_find(block, of.weights ? 2 : 1, measure_at, &of, scratch);
	term->bound_low = range.low;
	term->bound_high = range.high;
	term->why = KG_WHY_BOUND;
}

struct kg_term kg_spread_bounded(const struct kg_spread *spread, const struct kg_sample *sample,
				 const struct kg_params *params, struct kg_arena *scratch)
{
	struct kg_term term = kg_spread_term(spread, sample, params, scratch);

	kg_spread_range(spread->measure, sample, params, KG_RANGE_AMOUNTS, scratch, &term);
	return term;
}
