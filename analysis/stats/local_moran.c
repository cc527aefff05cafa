#include <math.h>

#include "base/parallel.h"
#include "stats/weights.h"

#define PERMUTATIONS 999
#define CHUNK 64 /* places per piece of work */

/* Neighbours drawn once per replicate and used for all places: row r holds `most` distinct numbers below n - 1; for
 * place i those from i on mean the next place. */
struct conditional {
	const struct kg_weights *weights;
	const double *centred;
	double square;
	uint32_t *drawn;
	size_t replicates, most;
	const struct kg_params *params;
	struct kg_term *out;
};

static size_t find_most(const struct kg_weights *weights)
{
	size_t most = 0;

	for (size_t i = 0; i < weights->n; i++) {
		size_t count = weights->start[i + 1] - weights->start[i];

		most = count > most ? count : most;
	}
	return most;
}

/* `many` distinct numbers below `below` (Floyd's method, then shuffled: order matters where weights differ). */
static void draw_distinct(struct kg_random *random, uint32_t below, size_t many, uint32_t *drawn)
{
	for (size_t k = 0; k < many; k++) {
		uint32_t last = below - (uint32_t)many + (uint32_t)k, value = kg_random_below(random, last + 1);

		for (size_t m = 0; m < k; m++)
			if (drawn[m] == value) {
				value = last;
				break;
			}
		drawn[k] = value;
	}
	kg_random_shuffle(random, drawn, many);
}

static bool draw_all(struct conditional *of, struct kg_arena *scratch)
{
	of->most = find_most(of->weights);
	of->drawn = KG_ARRAY(scratch, uint32_t, of->replicates * of->most + 1);
	if (!of->drawn)
		return false;
	for (size_t r = 0; r < of->replicates; r++) {
		struct kg_random random = kg_random_stream(of->params->seed, of->params->stream, (uint32_t)r);

		draw_distinct(&random, (uint32_t)of->weights->n - 1, of->most, of->drawn + r * of->most);
	}
	return true;
}

/* Conditional moments (Sokal, Oden and Thomson 1998). */
static void set_moments(const struct conditional *of, size_t i, struct kg_term *term)
{
	double n = (double)of->weights->n, z = of->centred[i], m2 = of->square / n, sum = 0, squares = 0, variance;

	for (size_t k = of->weights->start[i]; k < of->weights->start[i + 1]; k++) {
		sum += of->weights->weight[k];
		squares += of->weights->weight[k] * of->weights->weight[k];
	}
	term->estimate = z / m2 * kg_weights_lag(of->weights, of->centred, i);
	variance = z / m2 * (z / m2) * (n / (n - 2)) * (squares - sum * sum / (n - 1)) * (m2 - z * z / (n - 1));
	term->std_error = sqrt(variance);
	if (variance > 0)
		term->statistic = (term->estimate + z * z * sum / ((n - 1) * m2)) / term->std_error;
}

static double permute_place(const struct conditional *of, size_t i, double observed)
{
	const struct kg_spatial_own *own = of->params->own;
	size_t from = of->weights->start[i], count = of->weights->start[i + 1] - from, above = 0, below = 0;
	const double *weight = of->weights->weight + from;
	double share = of->centred[i] * (double)of->weights->n / of->square, p, slack;

	slack = KG_PERMUTATION_SLACK * (1 + fabs(observed));
	for (size_t r = 0; r < of->replicates; r++) {
		const uint32_t *drawn = of->drawn + r * of->most;
		double lag = 0, value;

		for (size_t k = 0; k < count; k++)
			lag += weight[k] * of->centred[drawn[k] + (drawn[k] >= i)];
		value = share * lag;
		above += value >= observed - slack;
		below += value <= observed + slack;
	}
	p = (double)(own->alternative == KG_LESS		       ? below
		     : own->alternative == KG_GREATER || above < below ? above
								       : below);
	p = (p + 1) / ((double)of->replicates + 1);
	return own->alternative == KG_TWO_SIDED ? fmin(1, 2 * p) : p;
}

static enum kg_status fit_places(void *context, size_t chunk, struct kg_arena *scratch, struct kg_error *error)
{
	const struct conditional *of = context;

	(void)scratch;
	(void)error;
	for (size_t i = chunk * CHUNK; i < (chunk + 1) * CHUNK && i < of->weights->n; i++) {
		struct kg_term *term = &of->out[i];

		*term = kg_term_none("I", NULL, KG_WHY_NO_NEIGHBOURS);
		if (of->weights->start[i] == of->weights->start[i + 1])
			continue;
		term->why = KG_WHY_NONE;
		set_moments(of, i, term);
		if (!isnan(term->statistic))
			term->p_value = permute_place(of, i, term->estimate);
	}
	return KG_OK;
}

static size_t fit_local_moran(const struct kg_sample *sample, const struct kg_params *params, struct kg_arena *scratch,
			      struct kg_term *out, size_t room)
{
	const struct kg_spatial_own *own = params->own;
	struct conditional of = { .weights = own->weights,
				  .replicates = params->permutations ? params->permutations : PERMUTATIONS,
				  .params = params,
				  .out = out };

	(void)room;
	of.centred = kg_spatial_centre(sample->y, sample->n, &of.square, scratch);
	if (!of.centred || !draw_all(&of, scratch))
		return 0;
	for (size_t i = 0; i < sample->n && !(of.square > 0); i++)
		out[i] = kg_term_none("I", NULL, KG_WHY_NO_SPREAD);
	if (of.square > 0 &&
	    kg_parallel_each((sample->n + CHUNK - 1) / CHUNK, params->threads, fit_places, &of, NULL) != KG_OK)
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
