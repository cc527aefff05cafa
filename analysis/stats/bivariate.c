#include "stats/bivariate.h"

#include <math.h>

bool kg_bivariate_start(struct kg_bivariate *of, const struct kg_sample *sample, const struct kg_params *params,
			struct kg_arena *scratch)
{
	const struct kg_spatial_own *own = params->own;
	double square_x, square_y;
	long double product = 0;

	of->weights = own->weights;
	of->x = kg_spatial_centre(sample->y, sample->n, &square_x, scratch);
	of->y = kg_spatial_centre(sample->x, sample->n, &square_y, scratch);
	if (!of->x || !of->y)
		return false;
	for (size_t i = 0; i < sample->n; i++)
		product += (long double)of->x[i] * of->y[i];
	of->norm = sqrt(square_x) * sqrt(square_y);
	of->r = (double)(product / of->norm);
	return true;
}

static double find_ordered(const void *data, const uint32_t *order, struct kg_arena *scratch)
{
	const struct kg_bivariate *of = data;

	(void)scratch;
	return of->find(of, order) - of->expected;
}

size_t kg_bivariate_fit(struct kg_bivariate *of, const char *name, const struct kg_sample *sample,
			const struct kg_params *params, struct kg_arena *scratch, struct kg_term *out)
{
	struct kg_resampled statistic = { of, NULL, find_ordered };

	out[0] = kg_term_none(name, NULL, KG_WHY_NO_SPREAD);
	if (!(of->norm > 0))
		return 1;
	out[0].why = KG_WHY_NONE;
	out[0].estimate = of->find(of, NULL);
	out[0].p_value = kg_spatial_permute(&statistic, sample, params, out[0].estimate - of->expected, scratch);
	out[1] = kg_term_new("expected", NULL);
	out[1].estimate = of->expected;
	out[2] = kg_term_new("pearson", NULL);
	out[2].estimate = of->r;
	return 3;
}
