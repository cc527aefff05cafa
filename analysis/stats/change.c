#include "stats/growth.h"

/* One term per observation: its change from `lag` periods before, looked up by calendar key. */
static size_t fit(const struct kg_sample *sample, const struct kg_params *params, struct kg_arena *scratch,
		  struct kg_term *out, size_t room)
{
	size_t n = sample->n < room ? sample->n : room;
	const char *unit = params->lag == 1
			       ? kg_arena_format(scratch, "%% per %s", params->period_noun)
			       : kg_arena_format(scratch, "%% over %zu %ss", params->lag, params->period_noun);

	for (size_t i = 0; i < n; i++) {
		size_t base = kg_growth_find(sample, sample->period[i] - (long)params->lag);
		struct kg_growth_value ratio = kg_growth_between(sample, params, base, i);

		out[i] = kg_term_new("change", unit);
		out[i].n = 2;
		kg_growth_fill(&out[i], &ratio, 100, -100);
	}
	return n;
}

const struct kg_stat kg_stat_change = {
	.program = "growth",
	.id = "change",
	.title = "Percent change from an earlier period",
	.formula = "100 (x[t] / x[t-k] - 1), t-k the calendar period k periods (--lag) before t",
	.source = "International Monetary Fund (2018), Quarterly National Accounts Manual, 2017 edition",
	.assumes =
	    "The base is positive. It is relative change in percent, not a difference in percentage points: a share "
	    "that "
	    "goes from 40 % to 44 % has changed by 10 %. With --population the rate value / population is compared. "
	    "A base that is not in the data is a gap, never the row before; no change is computed across a series "
	    "break. Bounds give the sharp range.",
	.unit = "% from one period to the next, or to the period --lag before",
	.agrees = "R 100 * (x[-1] / x[-n] - 1)",
	.needs = KG_NEEDS_Y | KG_NEEDS_PERIOD,
	.min_n = 2,
	.fit = fit,
};
