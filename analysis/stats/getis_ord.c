#include <math.h>

#include "base/parallel.h"
#include "stats/conditional.h"

struct local {
	struct kg_conditional conditional;
	double square;
	bool permuted;
	struct kg_term *out;
};

/* z of G*: place i counts as its own neighbour, with a raw weight of 1. */
static struct kg_term make_place(const struct local *of, size_t i)
{
	const struct kg_weights *weights = of->conditional.weights;
	const double *centred = of->conditional.value;
	double n = (double)weights->n, self = weights->scale[i], sum = self, squares = self * self;
	double near = self * centred[i], spread = of->square / n;
	struct kg_term term = kg_term_new("G*", NULL);

	for (size_t k = weights->start[i]; k < weights->start[i + 1]; k++) {
		sum += weights->weight[k];
		squares += weights->weight[k] * weights->weight[k];
		near += weights->weight[k] * centred[weights->to[k]];
	}
	term.estimate = term.statistic = near / sqrt(spread * (n * squares - sum * sum) / (n - 1));
	term.p_value = of->permuted ? kg_conditional_p(&of->conditional, i, 1)
				    : kg_spatial_p(term.statistic, of->conditional.alternative);
	return term;
}

static enum kg_status fit_places(void *context, size_t chunk, struct kg_arena *scratch, struct kg_error *error)
{
	const struct local *of = context;
	size_t end = (chunk + 1) * KG_CONDITIONAL_CHUNK;

	(void)scratch;
	(void)error;
	for (size_t i = chunk * KG_CONDITIONAL_CHUNK; i < end && i < of->conditional.weights->n; i++)
		of->out[i] = make_place(of, i);
	return KG_OK;
}

static size_t fit_getis_ord(const struct kg_sample *sample, const struct kg_params *params, struct kg_arena *scratch,
			    struct kg_term *out, size_t room)
{
	const struct kg_spatial_own *own = params->own;
	struct local of = { .conditional = { .weights = own->weights, .alternative = own->alternative },
			    .permuted = params->permutations > 0,
			    .out = out };
	size_t chunks = (sample->n + KG_CONDITIONAL_CHUNK - 1) / KG_CONDITIONAL_CHUNK;

	(void)room;
	of.conditional.value = kg_spatial_centre(sample->y, sample->n, &of.square, scratch);
	of.conditional.spread = sqrt(of.square / (double)sample->n);
	if (!of.conditional.value || (of.permuted && !kg_conditional_start(&of.conditional, params, scratch)))
		return 0;
	for (size_t i = 0; i < sample->n && !(of.square > 0); i++)
		out[i] = kg_term_none("G*", NULL, KG_WHY_NO_SPREAD);
	if (of.square > 0 && kg_parallel_each(chunks, params->threads, fit_places, &of, NULL) != KG_OK)
		return 0;
	return sample->n;
}

const struct kg_stat kg_stat_getis_ord = {
	.program = "spatial",
	.id = "getis-ord",
	.title = "Getis and Ord's G*: where high or low values gather",
	.formula =
	    "G*_i = (sum w_ij x_j - W_i mean) / (s sqrt((n sum w_ij^2 - W_i^2) / (n - 1))), place i included with "
	    "a weight as if listed with 1, s with divisor n; a standard normal score; with --permutations p is that of "
	    "local-moran: the place stays, its neighbours are drawn from the others",
	.source = "Ord and Getis 1995, Geogr. Anal. 27: 286-306",
	.assumes = "several neighbours per place, or roughly normal values; style B is usual; one test per place: p is "
		   "adjusted (bh) unless --adjust says otherwise",
	.unit = "z score",
	.agrees = "R spdep::localG with include.self",
	.needs = KG_NEEDS_Y,
	.min_n = 4,
	.fit = fit_getis_ord,
};
