#include "stats/pair.h"

static size_t fit(const struct kg_sample *sample, const struct kg_params *params, struct kg_arena *scratch,
		  struct kg_term *out, size_t room)
{
	struct kg_pair pair;
	enum kg_why why = kg_pair_read(sample, true, &pair);
	struct kg_interval limit;

	(void)scratch;
	if (!room)
		return 0;
	out[0] = kg_pair_term(&pair, KG_RATIO);
	if (why != KG_WHY_NONE) {
		out[0] = kg_term_none(out[0].term, out[0].unit, why);
		return 1;
	}
	limit = kg_pair_score(&pair, KG_RATIO, false, params->conf_level);
	out[0].conf_low = limit.low;
	out[0].conf_high = limit.high;
	kg_pair_note_test(&out[0], kg_pair_pooled_z(&pair));
	return 1;
}

const struct kg_stat kg_stat_compare_koopman = {
	.program = "compare",
	.id = "koopman",
	.title = "ratio of two proportions by Koopman's score limits",
	.formula = "limits phi where (x1 - n1 P1)^2 / (n1 P1 (1-P1)) + (x2 - n2 P2)^2 / (n2 P2 (1-P2)) = z^2 with "
		   "P1 = phi P2 fitted by maximum likelihood",
	.source = "Koopman 1984, Biometrics 40:513-517",
	.assumes = "two independent groups; counts are binomial, each a part of its denominator",
	.agrees = "Koopman's worked example as printed (36/40 against 16/80: 2.94 to 7.15); a slow grid search in "
		  "the unit test, 9 digits",
	.unit = "ratio: a pure number",
	.needs = KG_NEEDS_Y | KG_NEEDS_EXPOSURE,
	.min_n = 2,
	.fit = fit,
	.terms_most = 1,
};
