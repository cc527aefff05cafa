#include <math.h>

#include "stats/weights.h"

/* Expected products of indicator pairs when `a` of n places are drawn without replacement: a (a - 1) ... / n (n - 1)
 * ..., `many` factors. */
static double draw(double a, double n, unsigned many)
{
	double share = 1;

	for (unsigned k = 0; k < many; k++)
		share *= (a - k) / (n - k);
	return share;
}

struct joins {
	const struct kg_weights *weights;
	const double *value; /* 0 or 1 */
	double one, two;     /* colour of each end */
	double expected;
};

/* Half the weights between ends of the two colours, in both directions where they differ. */
static double count_joins(const struct joins *of, const uint32_t *order)
{
	double sum = 0;

	for (size_t i = 0; i < of->weights->n; i++)
		for (size_t k = of->weights->start[i]; k < of->weights->start[i + 1]; k++) {
			size_t j = of->weights->to[k];
			double x = of->value[order ? order[i] : i], y = of->value[order ? order[j] : j];

			if ((x == of->one && y == of->two) || (x == of->two && y == of->one))
				sum += of->weights->weight[k];
		}
	return sum / 2;
}

static double joins_ordered(const void *data, const uint32_t *order, struct kg_arena *scratch)
{
	const struct joins *of = data;

	(void)scratch;
	return count_joins(of, order) - of->expected;
}

/* Same colour: Cliff and Ord (1981), eq. 2.26, sampling without replacement. */
static double find_same_variance(const struct kg_weights *w, double a, double n)
{
	double mean = w->s0 * draw(a, n, 2) / 2;
	double square = w->s1 * draw(a, n, 2) + (w->s2 - 2 * w->s1) * draw(a, n, 3) +
			(w->s0 * w->s0 + w->s1 - w->s2) * draw(a, n, 4);

	return square / 4 - mean * mean;
}

/* Different colours: eq. 2.28. */
static double find_mixed_variance(const struct kg_weights *w, double a, double n)
{
	double b = n - a, pairs = a * b / (n * (n - 1)), mean = w->s0 * pairs;
	double square =
	    2 * w->s1 * pairs + (w->s2 - 2 * w->s1) * a * b * (a + b - 2) / (n * (n - 1) * (n - 2)) +
	    4 * (w->s0 * w->s0 + w->s1 - w->s2) * a * (a - 1) * b * (b - 1) / (n * (n - 1) * (n - 2) * (n - 3));

	return square / 4 - mean * mean;
}

static struct kg_term make(const char *name, const struct joins *of, double variance, const struct kg_sample *sample,
			   const struct kg_params *params, struct kg_arena *scratch)
{
	const struct kg_spatial_own *own = params->own;
	struct kg_resampled statistic = { of, NULL, joins_ordered };
	struct kg_term term = kg_term_new(name, "joins");

	term.estimate = count_joins(of, NULL);
	term.std_error = sqrt(variance);
	if (!(variance > 0))
		return term;
	term.statistic = (term.estimate - of->expected) / term.std_error;
	term.p_value = kg_spatial_p(term.statistic, own->alternative);
	if (params->permutations)
		term.p_value = kg_spatial_permute(&statistic, sample, params, term.estimate - of->expected, scratch);
	return term;
}

static size_t fit_join_count(const struct kg_sample *sample, const struct kg_params *params, struct kg_arena *scratch,
			     struct kg_term *out, size_t room)
{
	const struct kg_spatial_own *own = params->own;
	const struct kg_weights *w = own->weights;
	double ones = 0, n = w->n_used;
	struct joins both = { w, sample->y, 1, 1, 0 }, none = { w, sample->y, 0, 0, 0 },
		     mixed = { w, sample->y, 1, 0, 0 };

	(void)room;
	out[0] = kg_term_none("BB", NULL, KG_WHY_NOT_BINARY);
	for (size_t i = 0; i < sample->n; i++) {
		if (sample->y[i] != 0 && sample->y[i] != 1)
			return 1;
		ones += sample->y[i];
	}
	out[0].why = KG_WHY_CONSTANT_OUTCOME;
	if (ones == 0 || ones == (double)sample->n)
		return 1;
	ones = 0;
	for (size_t i = 0; i < sample->n; i++)
		ones += w->start[i] < w->start[i + 1] ? sample->y[i] : 0;
	both.expected = w->s0 * draw(ones, n, 2) / 2;
	none.expected = w->s0 * draw(n - ones, n, 2) / 2;
	mixed.expected = w->s0 * ones * (n - ones) / (n * (n - 1));
	out[0] = make("BB", &both, find_same_variance(w, ones, n), sample, params, scratch);
	out[1] = make("WW", &none, find_same_variance(w, n - ones, n), sample, params, scratch);
	out[2] = make("BW", &mixed, find_mixed_variance(w, ones, n), sample, params, scratch);
	return 3;
}

const struct kg_stat kg_stat_join_count = {
	.program = "spatial",
	.id = "join-count",
	.title = "Join counts of a 0/1 value: how often neighbours are both 1, both 0, or different",
	.formula =
	    "BB = sum w_ij x_i x_j / 2, WW the same for zeros, BW = S0 / 2 - BB - WW; expectation and variance when "
	    "the ones are placed at random, their number kept",
	.source = "Cliff and Ord 1981, Spatial Processes, sec. 2.2; Moran 1948, J. R. Stat. Soc. B 10: 243-251",
	.assumes = "a 0/1 value; style B gives counts of joins; for BW a clustered map has few, so look at less; "
		   "by permutation p takes few values and is safe, not exact, below some 400 places",
	.unit = "joins",
	.agrees = "R spdep::joincount.test, joincount.multi",
	.needs = KG_NEEDS_Y,
	.min_n = 4,
	.fit = fit_join_count,
	.terms_most = 3,
};
