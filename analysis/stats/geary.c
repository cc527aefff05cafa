#include <math.h>

#include "stats/weights.h"

struct contrast {
	const struct kg_weights *weights;
	const double *value;
	double square;
};

/* C = (n - 1) / (2 S0) sum w_ij (x_i - x_j)^2 / sum z^2; order NULL = as they stand. */
static double find_geary(const struct contrast *of, const uint32_t *order)
{
	const struct kg_weights *weights = of->weights;
	long double sum = 0;

	for (size_t i = 0; i < weights->n; i++)
		for (size_t k = weights->start[i]; k < weights->start[i + 1]; k++) {
			size_t j = weights->to[k];
			double d = of->value[order ? order[i] : i] - of->value[order ? order[j] : j];

			sum += weights->weight[k] * d * d;
		}
	return (double)((weights->n_used - 1) / (2 * weights->s0) * sum / of->square);
}

static double geary_ordered(const void *data, const uint32_t *order, struct kg_arena *scratch)
{
	(void)scratch;
	return 1 - find_geary(data, order);
}

/* Variance over all orders of the values (Cliff and Ord 1981, eq. 2.45). */
static double find_variance(const struct contrast *of)
{
	double n = of->weights->n_used, s0 = of->weights->s0, s1 = of->weights->s1, s2 = of->weights->s2, k, variance;
	long double fourth = 0;

	for (size_t i = 0; i < of->weights->n; i++)
		fourth += powl(of->value[i], 4);
	k = (double)(fourth * of->weights->n / ((long double)of->square * of->square));
	variance = (n - 1) * s1 * (n * n - 3 * n + 3 - k * (n - 1));
	variance -= (n - 1) * s2 * (n * n + 3 * n - 6 - k * (n * n - n + 2)) / 4;
	variance += s0 * s0 * (n * n - 3 - k * (n - 1) * (n - 1));
	return variance / (n * (n - 2) * (n - 3) * s0 * s0);
}

static size_t fit_geary(const struct kg_sample *sample, const struct kg_params *params, struct kg_arena *scratch,
			struct kg_term *out, size_t room)
{
	const struct kg_spatial_own *own = params->own;
	struct contrast of = { own->weights, NULL, 0 };
	struct kg_resampled statistic = { &of, NULL, geary_ordered };

	(void)room;
	of.value = kg_spatial_centre(sample->y, sample->n, &of.square, scratch);
	out[0] = kg_term_none("C", NULL, KG_WHY_NO_SPREAD);
	if (!(of.square > 0))
		return 1;
	out[0] = kg_term_new("C", NULL);
	out[0].estimate = find_geary(&of, NULL);
	out[0].std_error = sqrt(find_variance(&of));
	out[0].statistic = (1 - out[0].estimate) / out[0].std_error;
	out[0].p_value = kg_spatial_p(out[0].statistic, own->alternative);
	if (params->permutations)
		out[0].p_value = kg_spatial_permute(&statistic, sample, params, 1 - out[0].estimate, scratch);
	return 1;
}

const struct kg_stat kg_stat_geary = {
	.program = "spatial",
	.id = "geary",
	.title = "Geary's C: how much neighbours differ",
	.formula =
	    "C = (n - 1) / (2 S0) sum w_ij (x_i - x_j)^2 / sum z^2; expectation 1, below 1 = alike; z = (1 - C) / sd, "
	    "so that positive means alike; sd over all orders of the values",
	.source =
	    "Geary 1954, The Incorporated Statistician 5: 115-145; Cliff and Ord 1981, Spatial Processes, sec. 2.3",
	.assumes = "as moran; looks at differences between neighbours and is more sensitive to outliers",
	.unit = "C: 0 to about 2, 1 = no association",
	.agrees = "R spdep::geary.test",
	.needs = KG_NEEDS_Y,
	.min_n = 4,
	.fit = fit_geary,
	.terms_most = 1,
};
