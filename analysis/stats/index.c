#include "stats/growth.h"

/* One term per observation: its value when that of the base period is set to 100. */
static size_t fit(const struct kg_sample *sample, const struct kg_params *params, struct kg_arena *scratch,
		  struct kg_term *out, size_t room)
{
	size_t n = sample->n < room ? sample->n : room;
	size_t base = params->base == KG_BASE_FIRST ? 0 : kg_growth_find(sample, params->base);

	(void)scratch;
	for (size_t i = 0; i < n; i++) {
		struct kg_growth_value ratio = kg_growth_between(sample, params, base, i);

		out[i] = kg_term_new("index", "base = 100");
		out[i].n = 2;
		kg_growth_fill(&out[i], &ratio, 100, 0);
	}
	return n;
}

const struct kg_stat kg_stat_index = {
	.program = "growth",
	.id = "index",
	.title = "Index with a base period",
	.formula = "100 x[t] / x[base], the base period being --base, else the first period of the series",
	.source = "International Labour Office and others (2004), Consumer Price Index Manual: Theory and Practice",
	.assumes =
	    "The base value is positive. With --population the rate value / population is indexed. Values on the other "
	    "side of a series break get no index: it is not chained across breaks. Bounds give the sharp range.",
	.unit = "base period = 100",
	.agrees = "R 100 * x / x[1]",
	.needs = KG_NEEDS_Y | KG_NEEDS_PERIOD,
	.min_n = 1,
	.fit = fit,
};
