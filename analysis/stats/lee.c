#include "stats/bivariate.h"

/* S2 here: the sum of squared row sums. */
static double sum_rows(const struct kg_weights *weights)
{
	long double squares = 0;

	for (size_t i = 0; i < weights->n; i++) {
		double row = 0;

		for (size_t k = weights->start[i]; k < weights->start[i + 1]; k++)
			row += weights->weight[k];
		squares += (long double)row * row;
	}
	return (double)squares;
}

static double sum_squares(const struct kg_weights *weights)
{
	long double squares = 0;

	for (size_t k = 0; k < weights->start[weights->n]; k++)
		squares += (long double)weights->weight[k] * weights->weight[k];
	return (double)squares;
}

static double find_lee(const struct kg_bivariate *of, const uint32_t *order)
{
	const struct kg_weights *weights = of->weights;
	long double sum = 0, rows = 0;

	for (size_t i = 0; i < weights->n; i++) {
		double x = 0, y = 0, row = 0;

		for (size_t k = weights->start[i]; k < weights->start[i + 1]; k++) {
			size_t j = order ? order[weights->to[k]] : weights->to[k];

			x += weights->weight[k] * of->x[j];
			y += weights->weight[k] * of->y[j];
			row += weights->weight[k];
		}
		sum += (long double)x * y;
		rows += (long double)row * row;
	}
	return (double)((double)weights->n / rows * sum / of->norm);
}

static size_t fit_lee(const struct kg_sample *sample, const struct kg_params *params, struct kg_arena *scratch,
		      struct kg_term *out, size_t room)
{
	struct kg_bivariate of = { .find = find_lee };
	double n = (double)sample->n, rows, squares;

	(void)room;
	if (!kg_bivariate_start(&of, sample, params, scratch))
		return 0;
	rows = sum_rows(of.weights);
	squares = sum_squares(of.weights);
	of.expected = of.r * (n * squares - rows) / (rows * (n - 1));
	return kg_bivariate_fit(&of, "L", sample, params, scratch, out);
}

const struct kg_stat kg_stat_lee = {
	.program = "spatial",
	.id = "lee",
	.title = "Lee's L: do the neighbourhoods' means of two values go together",
	.formula = "L = n / sum_i (sum_j w_ij)^2 sum_i (sum_j w_ij x_j)(sum_j w_ij y_j) / sqrt(sum x^2 sum y^2), x the "
		   "value and "
		   "y that of --with, both less their mean; expectation r (n sum w^2 - sum_i W_i^2) / ((n - 1) sum_i "
		   "W_i^2); p "
		   "by permutation of the pairs (x, y) over places around it",
	.source = "Lee 2001, J. Geogr. Syst. 3: 369-385; Lee 2004, Environ. Plan. A 36: 1687-1703",
	.assumes = "pairs exchangeable over places; it is the correlation of smoothed values and mixes association in "
		   "the same place (pearson) with the clustering of each value",
	.unit = "L: about -1 to 1",
	.agrees = "R spdep::lee",
	.needs = KG_NEEDS_Y | KG_NEEDS_X,
	.min_n = 4,
	.fit = fit_lee,
	.terms_most = 3,
};
