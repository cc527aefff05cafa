#include "stats/moran.h"

#include <math.h>

double kg_moran(const struct kg_weights *weights, const double *centred, double square)
{
	long double sum = 0;

	for (size_t i = 0; i < weights->n; i++)
		sum += (long double)centred[i] * kg_weights_lag(weights, centred, i);
	return (double)(weights->n_used / weights->s0 * sum / square);
}

struct permuted {
	const struct kg_weights *weights;
	const double *centred;
	double square, expected;
};

static double moran_ordered(const void *data, const uint32_t *order, struct kg_arena *scratch)
{
	const struct permuted *of = data;
	double *moved = KG_ARRAY(scratch, double, of->weights->n), sum = 0;

	if (!moved)
		return NAN;
	for (size_t i = 0; i < of->weights->n; i++)
		moved[i] = of->centred[order[i]];
	for (size_t i = 0; i < of->weights->n; i++)
		sum += moved[i] * kg_weights_lag(of->weights, moved, i);
	return of->weights->n_used / of->weights->s0 * sum / of->square - of->expected;
}

double kg_moran_permute(const struct kg_sample *sample, const struct kg_params *params, const double *centred,
			double square, struct kg_arena *scratch)
{
	const struct kg_spatial_own *own = params->own;
	struct permuted of = { own->weights, centred, square, -1 / (own->weights->n_used - 1) };
	struct kg_resampled statistic = { &of, NULL, moran_ordered };

	return kg_spatial_permute(&statistic, sample, params, kg_moran(own->weights, centred, square) - of.expected,
				  scratch);
}

/* Variance of I when all orders of the values are alike (randomisation; Cliff and Ord 1981, eq. 2.43). */
static double find_variance(const struct kg_weights *weights, const double *centred, double square)
{
	double n = weights->n_used, s0 = weights->s0, s1 = weights->s1, s2 = weights->s2, expected = -1 / (n - 1);
	long double fourth = 0;
	double kurtosis, first, second;

	for (size_t i = 0; i < weights->n; i++)
		fourth += powl(centred[i], 4);
	kurtosis = (double)(fourth * weights->n / ((long double)square * square));
	first = n * (s1 * (n * n - 3 * n + 3) - n * s2 + 3 * s0 * s0);
	second = kurtosis * (s1 * (n * n - n) - 2 * n * s2 + 6 * s0 * s0);
	return (first - second) / ((n - 1) * (n - 2) * (n - 3) * s0 * s0) - expected * expected;
}

static double find_normal_variance(const struct kg_weights *weights)
{
	double n = weights->n_used, s0 = weights->s0, expected = -1 / (n - 1);

	return (n * n * weights->s1 - n * weights->s2 + 3 * s0 * s0) / (s0 * s0 * (n * n - 1)) - expected * expected;
}

static struct kg_term make(const char *name, double estimate)
{
	struct kg_term term = kg_term_new(name, NULL);

	term.estimate = estimate;
	return term;
}

static void set_test(struct kg_term *term, double expected, double variance, enum kg_alternative alternative)
{
	term->std_error = sqrt(variance);
	term->statistic = (term->estimate - expected) / term->std_error;
	term->p_value = kg_spatial_p(term->statistic, alternative);
}

size_t kg_moran_fit(const struct kg_sample *sample, const struct kg_params *params, struct kg_arena *scratch,
		    struct kg_term *out, size_t room)
{
	const struct kg_spatial_own *own = params->own;
	double square, *centred = kg_spatial_centre(sample->y, sample->n, &square, scratch);

	(void)room;
	out[0] = kg_term_none("I", NULL, KG_WHY_NO_SPREAD);
	if (!(square > 0))
		return 1;
	out[0] = make("I", kg_moran(own->weights, centred, square));
	set_test(&out[0], -1 / (own->weights->n_used - 1), find_variance(own->weights, centred, square),
		 own->alternative);
	if (params->permutations)
		out[0].p_value = kg_moran_permute(sample, params, centred, square, scratch);
	out[1] = make("expected", -1 / (own->weights->n_used - 1));
	out[2] = make("I_normality", out[0].estimate);
	set_test(&out[2], out[1].estimate, find_normal_variance(own->weights), own->alternative);
	return 3;
}

const struct kg_stat kg_stat_moran = {
	.program = "spatial",
	.id = "moran",
	.title = "Moran's I: do neighbours have similar values",
	.formula =
	    "I = n / S0 sum w_ij z_i z_j / sum z^2, z = x - mean; expectation -1 / (n - 1); z score with the variance "
	    "over all orders of the values (I) or for normal values (I_normality); n without islands",
	.source = "Moran 1950, Biometrika 37: 17-23; Cliff and Ord 1981, Spatial Processes, sec. 2.3",
	.assumes = "values exchangeable over places without association: rates of unequal populations are not, use "
		   "eb-moran; p is one-sided, greater, unless --alternative says otherwise; for skewed values take "
		   "--permutations "
		   "or moran-rank",
	.unit = "I: about -1 to 1",
	.agrees = "R spdep::moran.test",
	.needs = KG_NEEDS_Y,
	.min_n = 4,
	.fit = kg_moran_fit,
	.terms_most = 3,
};
