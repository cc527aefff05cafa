#include <math.h>

#include "stats/pair.h"
#include "stats/proportion.h"

/* A quantity with its limits, whose ratio to another is wanted. */
struct part {
	double low, value, high;
};

static struct part take_odds(struct part p)
{
	return (struct part){ p.low / (1 - p.low), p.value / (1 - p.value), p.high / (1 - p.high) };
}

static struct part take_other(struct part p)
{
	return (struct part){ 1 - p.high, 1 - p.value, 1 - p.low };
}

/* The odds whose ratio is the odds ratio; those of the other outcome, the groups swapped, where a proportion is 1.
 * False where neither way both are finite. */
static bool take_both_odds(struct part *a, struct part *b)
{
	struct part one = *a, two = *b;
	bool other = one.value == 1 || two.value == 1;

	if (other && (one.value == 0 || two.value == 0))
		return false;
	*a = take_odds(other ? take_other(two) : one);
	*b = take_odds(other ? take_other(one) : two);
	return true;
}

/* One limit of a / b from the facing limits; `sign` -1 for the lower. Infinite where b's limit allows 0. */
static double bound_ratio(struct part a, struct part b, double facing_a, double facing_b, double sign)
{
	double product = a.value * b.value, below = facing_b * (2 * b.value - facing_b);
	double inside = product * product - facing_a * (2 * a.value - facing_a) * below;

	if (below == 0)
		return sign > 0 ? INFINITY : 0;
	return fmax(0, (product + sign * sqrt(fmax(0, inside))) / below);
}

static void set_limits(const struct kg_pair *pair, enum kg_contrast contrast, double conf_level, struct kg_term *term)
{
	struct kg_interval one = kg_proportion_wilson(pair->x1, pair->n1, conf_level);
	struct kg_interval two = kg_proportion_wilson(pair->x2, pair->n2, conf_level);
	struct part a = { one.low, pair->x1 / pair->n1, one.high }, b = { two.low, pair->x2 / pair->n2, two.high };

	if (contrast == KG_DIFFERENCE) {
		term->conf_low = term->estimate - hypot(a.value - a.low, b.high - b.value);
		term->conf_high = term->estimate + hypot(a.high - a.value, b.value - b.low);
		return;
	}
	if (contrast == KG_ODDS_RATIO && !take_both_odds(&a, &b))
		return;
	term->conf_low = bound_ratio(a, b, a.low, b.high, -1);
	term->conf_high = bound_ratio(a, b, a.high, b.low, 1);
}

static size_t fit(const struct kg_sample *sample, const struct kg_params *params, struct kg_arena *scratch,
		  struct kg_term *out, size_t room)
{
	struct kg_pair pair;
	enum kg_why why = kg_pair_read(sample, true, &pair);
	size_t count = 0;

	(void)scratch;
	for (enum kg_contrast k = KG_DIFFERENCE; k <= KG_ODDS_RATIO && count < room; k++) {
		struct kg_term term = kg_pair_term(&pair, k);

		if (why == KG_WHY_NONE) {
			set_limits(&pair, k, params->conf_level, &term);
			kg_pair_note_test(&term, kg_pair_pooled_z(&pair));
		} else {
			term = kg_term_none(term.term, term.unit, why);
		}
		out[count++] = term;
	}
	return count;
}

const struct kg_stat kg_stat_compare_newcombe = {
	.program = "compare",
	.id = "newcombe",
	.title = "difference, ratio and odds ratio of two proportions from their two Wilson intervals (MOVER)",
	.formula = "difference d = p1 - p2: lower d - sqrt((p1-l1)^2 + (u2-p2)^2), upper d + sqrt((u1-p1)^2 + "
		   "(p2-l2)^2); ratio of a to b: lower (ab - sqrt((ab)^2 - l1 u2 (2a-l1) (2b-u2))) / (u2 (2b-u2)), "
		   "upper the same with u1, l2 and +; a, b are the proportions or the odds, where a "
		   "proportion is 1 those of the other outcome. Test: the pooled z",
	.source = "Newcombe 1998, Statistics in Medicine 17:873-890, method 10; Donner & Zou 2012, Statistical "
		  "Methods in Medical Research 21:347-359 (ratios)",
	.assumes = "two independent groups; counts are binomial, each a part of its denominator",
	.agrees = "R and Python on the reference tables, and Newcombe's table II, 10 digits (difference)",
	.unit = "difference: fraction; ratio and odds ratio: pure numbers",
	.needs = KG_NEEDS_Y | KG_NEEDS_EXPOSURE,
	.min_n = 2,
	.fit = fit,
	.terms_most = 3,
};
