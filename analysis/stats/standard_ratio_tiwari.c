#include "stats/standard.h"

static size_t fit(const struct kg_sample *sample, const struct kg_params *params, struct kg_arena *scratch,
		  struct kg_term *out, size_t room)
{
	(void)sample, (void)scratch;
	return kg_direct_ratio(params, kg_direct_ratio_mean, out, room);
}

const struct kg_stat kg_stat_standard_ratio_tiwari = {
	.program = "standardised-ratio",
	.id = "f-tiwari",
	.title = "ratio of two directly standardised rates with Tiwari's F limits",
	.formula = "as Fay's F limits, with the mean of k and of k^2 over the strata in place of the largest",
	.source =
	    "Tiwari, Clegg & Zou 2006, Statistical Methods in Medical Research 15:547-569; Fay 1999, Communications "
	    "in Statistics - Theory and Methods 28:2141-2160",
	.assumes = "as for the F limits",
	.agrees = "equals Fay's F limits where all strata weigh the same",
	.unit = "ratio",
	.min_n = 1,
	.fit = fit,
	.terms_most = 1,
};
