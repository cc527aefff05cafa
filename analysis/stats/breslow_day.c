#include <math.h>
#include <Rmath.h>

#include "stats/fourfold.h"

/* a of a table with the margins of `t` and the odds ratio `ratio`: the root of a quadratic that leaves no negative
 * cell, in the form without cancellation. */
static double find_expected(const struct kg_fourfold *t, double ratio)
{
	double one = t->a + t->b, two = t->c + t->d, with = t->a + t->c;
	double square = ratio - 1, linear = -(ratio * (one + with) + two - with), constant = ratio * one * with;
	double root = sqrt(fmax(0, linear * linear - 4 * square * constant));

	return 2 * constant / (-linear + root);
}

struct homogeneity {
	double sum, excess, variance;
	size_t strata;
};

static struct homogeneity compare(const struct kg_fourfold *table, size_t count, double ratio)
{
	struct homogeneity found = { 0, 0, 0, 0 };

	for (size_t k = 0; k < count; k++) {
		const struct kg_fourfold *t = &table[k];
		double a = find_expected(t, ratio), b = t->a + t->b - a, c = t->a + t->c - a, d = t->d + a - t->a;
		double variance = 1 / (1 / a + 1 / b + 1 / c + 1 / d);

		if (!(a > 0 && b > 0 && c > 0 && d > 0))
			continue; /* a margin is zero: the table could not be another */
		found.sum += (t->a - a) * (t->a - a) / variance;
		found.excess += t->a - a;
		found.variance += variance;
		found.strata++;
	}
	return found;
}

static struct kg_term make_test(const char *name, double statistic, size_t strata)
{
	struct kg_term term = kg_term_new(name, NULL);

	term.statistic = term.estimate = statistic;
	term.df = (double)strata - 1;
	term.p_value = pchisq(statistic, term.df, 0, 0);
	return term;
}

static size_t fit_breslow_day(const struct kg_sample *sample, const struct kg_params *params, struct kg_arena *scratch,
			      struct kg_term *out, size_t room)
{
	double r = 0, s = 0, total = 0;
	struct homogeneity found;
	struct kg_fourfold *table;
	size_t count;

	(void)params;
	(void)room;
	out[0] = kg_term_none("breslow_day", NULL, kg_fourfold_why(sample));
	if (out[0].why != KG_WHY_NONE)
		return 1;
	table = kg_fourfold_count(sample, &count, scratch);
	if (!table)
		return 0;
	for (size_t k = 0; k < count; k++) {
		double n = kg_fourfold_total(&table[k]);

		r += n > 0 ? table[k].a * table[k].d / n : 0;
		total += n;
		s += n > 0 ? table[k].b * table[k].c / n : 0;
	}
	out[0].why = r > 0 && s > 0 ? KG_WHY_NONE : KG_WHY_ZERO_DENOMINATOR;
	if (out[0].why != KG_WHY_NONE)
		return 1;
	found = compare(table, count, r / s);
	out[0].why = found.strata > 1 ? KG_WHY_NONE : KG_WHY_TOO_FEW;
	if (out[0].why != KG_WHY_NONE)
		return 1;
	out[0] = make_test("breslow_day", found.sum, found.strata);
	out[1] =
	    make_test("breslow_day_tarone", found.sum - found.excess * found.excess / found.variance, found.strata);
	out[0].n = out[1].n = total;
	return 2;
}

const struct kg_stat kg_stat_breslow_day = {
	.program = "attainment",
	.id = "breslow-day",
	.title = "Breslow-Day test that the odds ratio is the same in all strata, without and with Tarone's correction",
	.formula =
	    "sum (a - A)^2 / Var, A the count that the Mantel-Haenszel odds ratio gives with the stratum's margins, "
	    "1 / Var = 1/A + 1/B + 1/C + 1/D; chi-squared on strata - 1; Tarone: less (sum (a - A))^2 / sum Var",
	.source =
	    "Breslow and Day 1980, Statistical Methods in Cancer Research I, sec. 4.4; Tarone 1985, Biometrika 72: "
	    "91-95",
	.assumes = "strata of some size, expected counts of about five: with 40 rows in each of four strata it rejects "
		   "6 % at 0.05 "
		   "where there is nothing; strata with a zero margin say nothing",
	.unit = "chi-squared statistic",
	.agrees = "R DescTools::BreslowDayTest, statsmodels StratifiedTable.test_equal_odds",
	.needs = KG_NEEDS_Y | KG_NEEDS_X | KG_NEEDS_STRATUM,
	.min_n = 2,
	.fit = fit_breslow_day,
	.terms_most = 2,
};
