#include <math.h>

#include "stats/rank.h"

/* The group of a rank among n places; the first ranks are in group 1. */
static double find_group(double rank, double n, double groups)
{
	double group = floor(groups + 1 - ceil((n + 1 - rank) * groups / n));

	return group < 1 ? 1 : group;
}

static size_t fit(const struct kg_sample *sample, const struct kg_params *params, struct kg_arena *scratch,
		  struct kg_term *out, size_t room)
{
	const struct kg_rank *own = params->own;
	double n = (double)sample->n, groups = (double)own->quantiles;

	if (room < sample->n || !kg_rank_terms(sample, params, scratch, out))
		return 0;
	for (size_t i = 0; i < sample->n; i++) {
		struct kg_term *term = &out[i];

		term->term = "quantile";
		term->unit = "group";
		if (sample->n < own->quantiles) {
			*term = kg_term_none("quantile", "group", KG_WHY_TOO_FEW);
			continue;
		}
		term->estimate = find_group(term->estimate, n, groups);
		term->conf_low = find_group(term->conf_low, n, groups);
		term->conf_high = find_group(term->conf_high, n, groups);
		term->bound_low = find_group(term->bound_low, n, groups);
		term->bound_high = find_group(term->bound_high, n, groups);
	}
	return sample->n;
}

const struct kg_stat kg_stat_rank_quantile = {
	.program = "rank",
	.id = "quantile",
	.title = "Quantile group of each place: fifths, tenths",
	.formula =
	    "floor(Q + 1 - ceiling((n + 1 - rank) Q / n)), at least 1, for Q = --quantiles groups of n places; equal "
	    "values share the best rank, and with it the group. Limits and bounds are those of the rank.",
	.source = "Public Health England (2018), Fingertips technical guidance: quantiles of areas",
	.assumes = "At least as many places as groups, else none is given.",
	.unit = "group, 1 = first",
	.agrees = "phe_quantile of R's PHEindicatormethods (invert = TRUE, with --ascending FALSE)",
	.needs = KG_NEEDS_Y,
	.min_n = 1,
	.fit = fit,
};
