#include <math.h>

#include "base/parallel.h"
#include "stats/conditional.h"

struct local {
	struct kg_conditional conditional;
	double square;
	struct kg_term *out;
};

/* Conditional moments (Sokal, Oden and Thomson 1998). */
static void set_moments(const struct local *of, size_t i, struct kg_term *term)
{
	const struct kg_weights *weights = of->conditional.weights;
	const double *centred = of->conditional.value;
	double n = (double)weights->n, z = centred[i], m2 = of->square / n, sum = 0, squares = 0, variance;

	for (size_t k = weights->start[i]; k < weights->start[i + 1]; k++) {
		sum += weights->weight[k];
		squares += weights->weight[k] * weights->weight[k];
	}
	term->estimate = z / m2 * kg_weights_lag(weights, centred, i);
	variance = z / m2 * (z / m2) * (n / (n - 2)) * (squares - sum * sum / (n - 1)) * (m2 - z * z / (n - 1));
	term->std_error = sqrt(variance);
	if (variance > 0)
		term->statistic = (term->estimate + z * z * sum / ((n - 1) * m2)) / term->std_error;
}

static enum kg_status fit_places(void *context, size_t chunk, struct kg_arena *scratch, struct kg_error *error)
{
	const struct local *of = context;
	const struct kg_weights *weights = of->conditional.weights;
	size_t end = (chunk + 1) * KG_CONDITIONAL_CHUNK;

	(void)scratch;
	(void)error;
	for (size_t i = chunk * KG_CONDITIONAL_CHUNK; i < end && i < weights->n; i++) {
		struct kg_term *term = &of->out[i];
		double z = of->conditional.value[i];

		*term = kg_term_none("I", NULL, KG_WHY_NO_NEIGHBOURS);
		if (weights->start[i] == weights->start[i + 1])
			continue;
		term->why = KG_WHY_NONE;
		set_moments(of, i, term);
		if (!isnan(term->statistic))
			term->p_value = kg_conditional_p(&of->conditional, i, (z > 0) - (z < 0));
	}
	return KG_OK;
}

static size_t fit_local_moran(const struct kg_sample *sample, const struct kg_params *params, struct kg_arena *scratch,
			      struct kg_term *out, size_t room)
{
	const struct kg_spatial_own *own = params->own;
	struct local of = { .conditional = { .weights = own->weights, .alternative = own->alternative }, .out = out };
	size_t chunks = (sample->n + KG_CONDITIONAL_CHUNK - 1) / KG_CONDITIONAL_CHUNK;

	(void)room;
	of.conditional.value = kg_spatial_centre(sample->y, sample->n, &of.square, scratch);
	of.conditional.spread = sqrt(of.square / (double)sample->n);
	if (!of.conditional.value || !kg_conditional_start(&of.conditional, params, scratch))
		return 0;
	for (size_t i = 0; i < sample->n && !(of.square > 0); i++)
		out[i] = kg_term_none("I", NULL, KG_WHY_NO_SPREAD);
	if (of.square > 0 && kg_parallel_each(chunks, params->threads, fit_places, &of, NULL) != KG_OK)
		return 0;
	return sample->n;
}

const struct kg_stat kg_stat_local_moran = {
	.program = "spatial",
	.id = "local-moran",
	.title = "Local Moran's I: which places are like, or unlike, their neighbours",
	.formula =
	    "I_i = z_i / m2 sum w_ij z_j, m2 = sum z^2 / n; z score with the conditional moments; p by conditional "
	    "permutation: place i stays, its neighbours are drawn from the others; (b + 1) / (m + 1), two-sided "
	    "twice the smaller tail",
	.source = "Anselin 1995, Geogr. Anal. 27: 93-115; Sokal, Oden and Thomson 1998, Geogr. Anal. 30: 331-354",
	.assumes =
	    "as moran; one test per place: p is adjusted (bh) unless --adjust says otherwise; cluster names HH, LL, "
	    "HL, LH only where p is below 1 - --conf-level",
	.unit = "I of each place, without unit",
	.agrees = "R spdep::localmoran (conditional = TRUE), localmoran_perm up to chance",
	.needs = KG_NEEDS_Y,
	.min_n = 4,
	.fit = fit_local_moran,
};
