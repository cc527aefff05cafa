#include "stats/moran.h"
#include "stats/order.h"

static size_t fit_ranks(const struct kg_sample *sample, const struct kg_params *params, struct kg_arena *scratch,
			struct kg_term *out, size_t room)
{
	struct kg_order order = kg_order_make(sample->y, sample->n, scratch);
	struct kg_sample ranks = *sample;
	double *rank = KG_ARRAY(scratch, double, sample->n + 1);

	if (!order.code || !rank)
		return 0;
	kg_order_ranks(&order, rank);
	ranks.y = rank;
	return kg_moran_fit(&ranks, params, scratch, out, room);
}

const struct kg_stat kg_stat_moran_rank = {
	.program = "spatial",
	.id = "moran-rank",
	.title = "Moran's I of ranks: do neighbours rank alike",
	.formula = "I of the ranks of the values (ties share their mean rank); everything else as moran, with the "
		   "variance from the ranks as they are",
	.source = "Cliff and Ord 1981, Spatial Processes, sec. 2.3; Moran 1950, Biometrika 37: 17-23",
	.assumes = "as moran; single extreme values count no more than their rank",
	.unit = "I: about -1 to 1",
	.agrees = "R spdep::moran.test with rank = TRUE where no values are tied",
	.needs = KG_NEEDS_Y,
	.min_n = 4,
	.fit = fit_ranks,
	.terms_most = 3,
};
