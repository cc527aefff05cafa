#include <math.h>

#include "stats/moran.h"

/* Rates in units of their standard deviation around the overall rate b, variance a + b / n, a the variance between
 * places by moments; where that is negative only b / n is left. */
static double *standardise(const struct kg_sample *sample, struct kg_arena *scratch)
{
	double *z = KG_ARRAY(scratch, double, sample->n);
	long double count = 0, population = 0, spread = 0, b, a;

	for (size_t i = 0; i < sample->n; i++) {
		count += sample->y[i];
		population += sample->exposure[i];
	}
	b = count / population;
	for (size_t i = 0; i < sample->n; i++) {
		long double d = sample->y[i] / sample->exposure[i] - b;

		spread += sample->exposure[i] * d * d;
	}
	a = spread / population - b / (population / sample->n);
	for (size_t i = 0; z && i < sample->n; i++) {
		long double variance = a + b / sample->exposure[i];

		if (variance < 0)
			variance = b / sample->exposure[i];
		z[i] = (double)((sample->y[i] / sample->exposure[i] - b) / sqrtl(variance));
	}
	return z;
}

static size_t fit_eb_moran(const struct kg_sample *sample, const struct kg_params *params, struct kg_arena *scratch,
			   struct kg_term *out, size_t room)
{
	const struct kg_spatial_own *own = params->own;
	struct kg_sample rates = *sample;
	double square, *centred;

	(void)room;
	out[0] = kg_term_none("I", NULL, KG_WHY_NO_SPREAD);
	rates.y = standardise(sample, scratch);
	if (!rates.y)
		return 0;
	centred = kg_spatial_centre(rates.y, rates.n, &square, scratch);
	if (!(square > 0))
		return 1;
	out[0].why = KG_WHY_NONE;
	out[0].estimate = kg_moran(own->weights, centred, square);
	out[0].p_value = kg_moran_permute(&rates, params, centred, square, scratch);
	return 1;
}

const struct kg_stat kg_stat_eb_moran = {
	.program = "spatial",
	.id = "eb-moran",
	.title = "Moran's I of rates, standardised for unequal populations",
	.formula =
	    "z = (rate - b) / sqrt(a + b / population), b the overall rate, a the variance between places by moments "
	    "(b / population alone where the sum is negative); I of z less its mean; p by permutation",
	.source = "Assuncao and Reis 1999, Stat. Med. 18: 2147-2162",
	.assumes = "--value counts events in --population; Poisson variation within places",
	.unit = "I: about -1 to 1",
	.agrees = "R spdep::EBImoran.mc",
	.needs = KG_NEEDS_Y | KG_NEEDS_EXPOSURE,
	.min_n = 4,
	.fit = fit_eb_moran,
	.terms_most = 1,
};
