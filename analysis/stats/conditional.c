#include "stats/conditional.h"

#include <math.h>

#define PERMUTATIONS 999

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

bool kg_conditional_start(struct kg_conditional *conditional, const struct kg_params *params, struct kg_arena *scratch)
{
	const struct kg_weights *weights = conditional->weights;

	conditional->replicates = params->permutations ? params->permutations : PERMUTATIONS;
	conditional->most = find_most(weights);
	conditional->drawn = KG_ARRAY(scratch, uint32_t, conditional->replicates * conditional->most + 1);
	if (!conditional->drawn)
		return false;
	for (size_t r = 0; r < conditional->replicates; r++) {
		struct kg_random random = kg_random_stream(params->seed, params->stream, (uint32_t)r);

		draw_distinct(&random, (uint32_t)weights->n - 1, conditional->most,
			      conditional->drawn + r * conditional->most);
	}
	return true;
}

double kg_conditional_p(const struct kg_conditional *conditional, size_t i, double sign)
{
	const struct kg_weights *weights = conditional->weights;
	size_t from = weights->start[i], count = weights->start[i + 1] - from, above = 0, below = 0;
	const double *weight = weights->weight + from, *value = conditional->value;
	double observed = sign * kg_weights_lag(weights, value, i), total = 0, slack, p;

	for (size_t k = 0; k < count; k++)
		total += weight[k];
	slack = KG_PERMUTATION_SLACK * (fabs(observed) + total * conditional->spread);
	for (size_t r = 0; r < conditional->replicates; r++) {
		const uint32_t *drawn = conditional->drawn + r * conditional->most;
		double lag = 0;

		for (size_t k = 0; k < count; k++)
			lag += weight[k] * value[drawn[k] + (drawn[k] >= i)];
		above += sign * lag >= observed - slack;
		below += sign * lag <= observed + slack;
	}
	p = (double)(conditional->alternative == KG_LESS		       ? below
		     : conditional->alternative == KG_GREATER || above < below ? above
									       : below);
	p = (p + 1) / ((double)conditional->replicates + 1);
	return conditional->alternative == KG_TWO_SIDED ? fmin(1, 2 * p) : p;
}
