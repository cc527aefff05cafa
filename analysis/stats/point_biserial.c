#include "stats/correlation.h"

static size_t fit_point_biserial(const struct kg_sample *sample, const struct kg_params *params,
				 struct kg_arena *scratch, struct kg_term *out, size_t room)
{
	size_t levels_x = kg_order_make(sample->x, sample->n, scratch).ndistinct;
	size_t levels_y = kg_order_make(sample->y, sample->n, scratch).ndistinct;

	(void)room;
	if (levels_x > 1 && levels_y > 1 && levels_x != 2 && levels_y != 2) {
		*out = kg_term_none("r", NULL, KG_WHY_NOT_BINARY);
		return 1;
	}
	return kg_correlation_fit(&kg_correlation_pearson, sample, params, scratch, out);
}

const struct kg_stat kg_stat_point_biserial = {
	.program = "correlate",
	.id = "point-biserial",
	.title = "Point-biserial correlation of a two-valued and a numeric column",
	.formula = "Pearson's r with the two values as numbers: r = (mean1 - mean0) / s_n sqrt(p (1 - p)); "
		   "t = r sqrt((n - 2) / (1 - r^2)) on n - 2 degrees of freedom, the two-sample t test",
	.source = "Lev 1949, Ann. Math. Stat. 20: 125-126; Tate 1954, Ann. Math. Stat. 25: 603-607",
	.assumes = "one column has exactly two values; equal spread in both groups for the test; cannot reach 1, and "
		   "less the further the prevalence is from one half",
	.unit = "-1 to 1",
	.agrees = "R cor.test and t.test(var.equal = TRUE)",
	.needs = KG_NEEDS_X | KG_NEEDS_Y,
	.min_n = 3,
	.fit = fit_point_biserial,
	.terms_most = 1,
};
