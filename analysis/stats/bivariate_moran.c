#include "stats/bivariate.h"

static double find_moran(const struct kg_bivariate *of, const uint32_t *order)
{
	const struct kg_weights *weights = of->weights;
	long double sum = 0;

	for (size_t i = 0; i < weights->n; i++) {
		double lag = 0;

		for (size_t k = weights->start[i]; k < weights->start[i + 1]; k++)
			lag += weights->weight[k] * of->y[order ? order[weights->to[k]] : weights->to[k]];
		sum += (long double)of->x[order ? order[i] : i] * lag;
	}
	return (double)(weights->n_used / weights->s0 * sum / of->norm);
}

static size_t fit_bivariate_moran(const struct kg_sample *sample, const struct kg_params *params,
				  struct kg_arena *scratch, struct kg_term *out, size_t room)
{
	struct kg_bivariate of = { .find = find_moran };

	(void)room;
	if (!kg_bivariate_start(&of, sample, params, scratch))
		return 0;
	of.expected = -of.r * of.weights->n_used / ((double)sample->n * ((double)sample->n - 1));
	return kg_bivariate_fit(&of, "I_xy", sample, params, scratch, out);
}

const struct kg_stat kg_stat_bivariate_moran = {
	.program = "spatial",
	.id = "bivariate-moran",
	.title = "Bivariate Moran's I: does a value go with another value of the neighbours",
	.formula =
	    "I_xy = n / S0 sum w_ij x_i y_j / sqrt(sum x^2 sum y^2), x the value and y that of --with, both less their "
	    "mean; p by permutation of the pairs (x, y) over places, around the expectation -r / (n - 1)",
	.source = "Wartenberg 1985, Geogr. Anal. 17: 263-283; Czaplewski and Reich 1993, USDA Research Paper RM-309",
	.assumes = "pairs exchangeable over places; it mixes association in the same place (pearson) with association "
		   "between neighbours: large when x and y go together and either is clustered",
	.unit = "I: about -1 to 1",
	.agrees = "R spdep::moran_bv with style W",
	.needs = KG_NEEDS_Y | KG_NEEDS_X,
	.min_n = 4,
	.fit = fit_bivariate_moran,
	.terms_most = 3,
};
