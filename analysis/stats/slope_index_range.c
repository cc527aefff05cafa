#include <math.h>

#include "stats/spread_range.h"

/* The fitted values at rank 0 and 1; false where a value has no log or logit or the line is not defined. */
static bool find_ends(const struct kg_sample *sample, const struct kg_params *params, struct kg_arena *scratch,
		      double end[2])
{
	const struct kg_inequality *own = params->own;
	struct kg_inequality plain = { .transform = own->transform };
	double *midpoint = KG_ARRAY(scratch, double, sample->n), *value = KG_ARRAY(scratch, double, sample->n);
	struct kg_slope_line line;

	if (!midpoint || !value || !kg_slope_midpoints(sample, scratch, midpoint) ||
	    kg_transform_values(&plain, sample, value, NULL) != KG_WHY_NONE)
		return false;
	line = kg_slope_line_fit(sample, midpoint, value, NULL);
	end[0] = kg_transform_back(own->transform, line.intercept);
	end[1] = kg_transform_back(own->transform, line.intercept + line.slope);
	return isfinite(line.slope);
}

static double measure_sii(const struct kg_sample *sample, const struct kg_params *params, struct kg_arena *scratch)
{
	double end[2];

	return find_ends(sample, params, scratch, end) ? end[1] - end[0] : NAN;
}

static double measure_rii(const struct kg_sample *sample, const struct kg_params *params, struct kg_arena *scratch)
{
	double end[2];

	return find_ends(sample, params, scratch, end) ? end[1] / end[0] : NAN;
}

static double measure_bottom(const struct kg_sample *sample, const struct kg_params *params, struct kg_arena *scratch)
{
	double end[2];

	return find_ends(sample, params, scratch, end) ? end[0] : NAN;
}

void kg_slope_ranges(const struct kg_sample *sample, const struct kg_params *params, struct kg_arena *scratch,
		     struct kg_term out[2])
{
	const struct kg_inequality *own = params->own;
	struct kg_range_domain domain = { -INFINITY, INFINITY, false };
	struct kg_term bottom = out[0];

	if (own->transform == KG_TRANSFORM_LOG)
		domain = (struct kg_range_domain){ 0, INFINITY, true };
	else if (own->transform == KG_TRANSFORM_LOGIT)
		domain = (struct kg_range_domain){ 0, 1, true };
	kg_spread_range(measure_bottom, sample, params, domain, scratch, &bottom);
	kg_spread_range(measure_sii, sample, params, domain, scratch, &out[0]);
	kg_spread_range(measure_rii, sample, params, domain, scratch, &out[1]);
	if (own->transform != KG_TRANSFORM_NONE || !(bottom.bound_low <= 0 && bottom.bound_high >= 0))
		return;
	out[1].bound_low = -INFINITY;
	out[1].bound_high = INFINITY;
}
