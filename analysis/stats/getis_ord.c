#include <math.h>

#include "stats/weights.h"

/* z of G*: place i counts as its own neighbour, with weight 1. */
static struct kg_term make_place(const struct kg_weights *weights, const double *centred, double square, size_t i)
{
	double n = (double)weights->n, sum = 1, squares = 1, near = centred[i], spread = square / n;
	struct kg_term term = kg_term_new("G*", NULL);

	for (size_t k = weights->start[i]; k < weights->start[i + 1]; k++) {
		sum += weights->weight[k];
		squares += weights->weight[k] * weights->weight[k];
		near += weights->weight[k] * centred[weights->to[k]];
	}
	term.estimate = term.statistic = near / sqrt(spread * (n * squares - sum * sum) / (n - 1));
	return term;
}

static size_t fit_getis_ord(const struct kg_sample *sample, const struct kg_params *params, struct kg_arena *scratch,
			    struct kg_term *out, size_t room)
{
	const struct kg_spatial_own *own = params->own;
	double square, *centred = kg_spatial_centre(sample->y, sample->n, &square, scratch);

	(void)room;
	if (!centred)
		return 0;
	for (size_t i = 0; i < sample->n; i++) {
		out[i] = kg_term_none("G*", NULL, KG_WHY_NO_SPREAD);
		if (!(square > 0))
			continue;
		out[i] = make_place(own->weights, centred, square, i);
		out[i].p_value = kg_spatial_p(out[i].statistic, own->alternative);
	}
	return sample->n;
}

const struct kg_stat kg_stat_getis_ord = {
	.program = "spatial",
	.id = "getis-ord",
	.title = "Getis and Ord's G*: where high or low values gather",
	.formula =
	    "G*_i = (sum w_ij x_j - W_i mean) / (s sqrt((n sum w_ij^2 - W_i^2) / (n - 1))), place i included with "
	    "weight 1, s with divisor n; a standard normal score",
	.source = "Ord and Getis 1995, Geogr. Anal. 27: 286-306",
	.assumes = "several neighbours per place, or roughly normal values; style B is usual; one test per place: p is "
		   "adjusted (bh) unless --adjust says otherwise",
	.unit = "z score",
	.agrees = "R spdep::localG with include.self",
	.needs = KG_NEEDS_Y,
	.min_n = 4,
	.fit = fit_getis_ord,
};
