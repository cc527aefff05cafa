#include "standardise_totals.h"

enum { OBSERVED, DENOMINATOR, CRUDE, EXPECTED = DENOMINATOR, REFERENCE = CRUDE };

const struct kg_own *kg_standard_totals(bool indirect)
{
	static const struct kg_own direct[KG_STANDARD_TOTALS] = { [OBSERVED] = { "observed", KG_REAL, NULL },
								  [DENOMINATOR] = { "denominator", KG_REAL, NULL },
								  [CRUDE] = { "crude_rate", KG_REAL, NULL } };
	static const struct kg_own other[KG_STANDARD_TOTALS] = { [OBSERVED] = { "observed", KG_REAL, NULL },
								 [EXPECTED] = { "expected", KG_REAL, NULL },
								 [REFERENCE] = { "reference_rate", KG_REAL, NULL } };

	return indirect ? other : direct;
}

void kg_standard_totals_set(const struct kg_standard_strata *strata, const struct kg_strata_group *of, bool indirect,
			    double multiplier, struct kg_row *row)
{
	const struct kg_counts sum = kg_strata_group_sum(of, strata->count);
	long double expected = 0;

	for (size_t k = 0; k < KG_STANDARD_TOTALS; k++)
		row->own[k].real = NAN;
	if (of->sum.n_missing > 0 || of->sum.negative || of->sum.bounded || of->contradicts || of->repeated)
		return;
	for (size_t s = 0; s < strata->count; s++)
		expected += (long double)of->population.stated[s] * strata->weight[s];
	row->own[OBSERVED].real = (double)sum.count;
	if (!indirect) {
		row->own[DENOMINATOR].real = (double)sum.denominator;
		row->own[CRUDE].real = sum.denominator > 0 ? (double)(sum.count / sum.denominator * multiplier) : NAN;
	} else if (!strata->bounded) {
		row->own[EXPECTED].real = (double)expected;
		row->own[REFERENCE].real = strata->crude * multiplier;
	}
}
