#include "stats/moments.h"

static size_t fit_quantiles(const struct kg_sample *sample, const struct kg_params *params, struct kg_arena *scratch,
			    struct kg_term *out, size_t room)
{
	static const char *const name[] = { "min", "q1", "median", "q3", "max" };
	const double *sorted = kg_sorted(sample->y, sample->n, scratch);

	(void)params;
	if (!sorted || room < 5)
		return 0;
	for (size_t i = 0; i < 5; i++) {
		out[i] = kg_term_new(name[i], NULL);
		out[i].estimate = kg_quantile(sorted, sample->n, (double)i / 4);
	}
	return 5;
}

const struct kg_stat kg_stat_quantiles = {
	.program = "describe",
	.id = "quantiles",
	.title = "Minimum, quartiles and maximum",
	.formula =
	    "Quantile p of the sorted values y(1) <= ... <= y(n): y(j) + g (y(j+1) - y(j)) with h = (n - 1) p + 1, "
	    "j = floor(h), g = h - j.",
	.source =
	    "Hyndman, R. J. and Fan, Y. (1996), Sample quantiles in statistical packages, The American Statistician "
	    "50(4), 361-365: definition 7.",
	.assumes = "Numbers on an interval scale. Missing cells are left out and counted in n_missing.",
	.unit = "unit of the column",
	.agrees =
	    "R's quantile() and numpy.quantile() as they come; other programs' quartiles may follow another of the "
	    "nine definitions and differ in small samples.",
	.needs = KG_NEEDS_Y,
	.min_n = 1,
	.fit = fit_quantiles,
	.terms_most = 5,
};
