#include "stats/fourfold.h"

#include <Rmath.h>

/* Probabilities that differ by less are the same one, computed twice (as in R's fisher.test). */
#define SAME_PROBABILITY (1 + 1e-7)

struct kg_fourfold *kg_fourfold_count(const struct kg_sample *sample, size_t *count, struct kg_arena *scratch)
{
	double high = sample->x[0];
	struct kg_fourfold *table;

	*count = 1;
	for (size_t i = 0; i < sample->n; i++) {
		high = fmax(high, sample->x[i]);
		if (sample->stratum && sample->stratum[i] >= *count)
			*count = (size_t)sample->stratum[i] + 1;
	}
	table = KG_ARRAY(scratch, struct kg_fourfold, *count);
	for (size_t i = 0; table && i < sample->n; i++) {
		struct kg_fourfold *here = &table[sample->stratum ? sample->stratum[i] : 0];
		double without = (sample->exposure ? sample->exposure[i] : 1) - sample->y[i];

		if (sample->x[i] == high) {
			here->a += sample->y[i];
			here->b += without;
		} else {
			here->c += sample->y[i];
			here->d += without;
		}
	}
	return table;
}

enum kg_why kg_fourfold_why(const struct kg_sample *sample)
{
	double low = INFINITY, high = -INFINITY, success = 0, trials = 0;

	for (size_t i = 0; i < sample->n; i++) {
		low = fmin(low, sample->x[i]);
		high = fmax(high, sample->x[i]);
		success += sample->y[i];
		trials += sample->exposure ? sample->exposure[i] : 1;
	}
	if (!(low < high))
		return KG_WHY_NO_SPREAD;
	for (size_t i = 0; i < sample->n; i++)
		if (sample->x[i] != low && sample->x[i] != high)
			return KG_WHY_NOT_BINARY;
	return success > 0 && success < trials ? KG_WHY_NONE : KG_WHY_CONSTANT_OUTCOME;
}

double kg_fourfold_exact_p(const struct kg_fourfold *table, bool mid)
{
	double exposed = table->a + table->b, others = table->c + table->d, success = table->a + table->c;
	double observed = dhyper(table->a, success, table->b + table->d, exposed, 0);
	double p = 0;

	for (double a = fmax(0, success - others); a <= fmin(exposed, success); a++) {
		double likely = dhyper(a, success, table->b + table->d, exposed, 0);

		if (likely > observed * SAME_PROBABILITY)
			continue;
		p += mid && likely * SAME_PROBABILITY >= observed ? likely / 2 : likely;
	}
	return fmin(1, p);
}
