#include <math.h>
#include <Rmath.h>

#include "stats/fourfold.h"
#include "stats/interval.h"

#define TERMS 12

static struct kg_term make(const char *name, double estimate, struct kg_interval limits)
{
	struct kg_term term = kg_term_new(name, NULL);

	term.estimate = estimate;
	term.conf_low = limits.low;
	term.conf_high = limits.high;
	return term;
}

/* Wilson's score limits. */
static struct kg_interval limit_risk(double x, double n, double z)
{
	double p = x / n, centre = p + z * z / (2 * n), half = z * sqrt(p * (1 - p) / n + z * z / (4 * n * n));

	return (struct kg_interval){ (centre - half) / (1 + z * z / n), (centre + half) / (1 + z * z / n) };
}

static struct kg_term make_risk(const char *name, double x, double n, double z)
{
	return make(name, x / n, limit_risk(x, n, z));
}

/* Newcombe (1998), method 10: from the Wilson limits of both risks. */
static struct kg_term make_difference(const struct kg_fourfold *t, double z)
{
	double p = t->a / (t->a + t->b), q = t->c / (t->c + t->d), variance;
	struct kg_interval one = limit_risk(t->a, t->a + t->b, z), two = limit_risk(t->c, t->c + t->d, z);
	struct kg_term term = make(
	    "risk_difference", p - q,
	    (struct kg_interval){ p - q - hypot(p - one.low, two.high - q), p - q + hypot(one.high - p, q - two.low) });

	variance = p * (1 - p) / (t->a + t->b) + q * (1 - q) / (t->c + t->d);
	term.std_error = sqrt(variance);
	return term;
}

/* A ratio with Wald limits on the log scale; std_error is that of the logarithm. */
static struct kg_term make_ratio(const char *name, double ratio, double variance, double z)
{
	double error = sqrt(variance);
	struct kg_term term = kg_term_new(name, NULL);

	if (!isfinite(ratio) || !(ratio > 0) || !isfinite(error)) {
		term.why = KG_WHY_ZERO_DENOMINATOR;
		return term;
	}
	term = make(name, ratio, (struct kg_interval){ ratio * exp(-z * error), ratio * exp(z * error) });
	term.std_error = error;
	term.statistic = log(ratio) / error;
	term.p_value = 2 * pnorm(-fabs(term.statistic), 0, 1, 1, 0);
	return term;
}

static struct kg_term make_odds_ratio(const char *name, struct kg_fourfold t, double added, double z)
{
	t = (struct kg_fourfold){ t.a + added, t.b + added, t.c + added, t.d + added };
	return make_ratio(name, t.a * t.d / (t.b * t.c), 1 / t.a + 1 / t.b + 1 / t.c + 1 / t.d, z);
}

static struct kg_term make_chi_squared(const char *name, double chi_squared)
{
	struct kg_term term = kg_term_none(name, NULL, KG_WHY_CONSTANT_OUTCOME);

	if (isnan(chi_squared))
		return term;
	term.why = KG_WHY_NONE;
	term.statistic = term.estimate = chi_squared;
	term.df = 1;
	term.p_value = pchisq(chi_squared, 1, 0, 0);
	return term;
}

/* Pearson's chi-squared; `yates`: with his continuity correction. */
static double find_chi_squared(const struct kg_fourfold *t, bool yates)
{
	double n = kg_fourfold_total(t), excess = fabs(t->a * t->d - t->b * t->c);

	if (yates)
		excess = fmax(0, excess - n / 2);
	return n * excess * excess / ((t->a + t->b) * (t->c + t->d) * (t->a + t->c) * (t->b + t->d));
}

static double share_log(double x, double expected)
{
	return x > 0 ? x * log(x / expected) : 0;
}

static double find_likelihood_ratio(const struct kg_fourfold *t)
{
	double n = kg_fourfold_total(t), one = t->a + t->b, two = t->c + t->d, with = t->a + t->c, out = t->b + t->d;

	if (with == 0 || out == 0)
		return NAN;
	return 2 * (share_log(t->a, one * with / n) + share_log(t->b, one * out / n) + share_log(t->c, two * with / n) +
		    share_log(t->d, two * out / n));
}

static struct kg_term make_exact(const char *name, double p)
{
	struct kg_term term = kg_term_new(name, NULL);

	term.p_value = p;
	return term;
}

static size_t fit_two_by_two(const struct kg_sample *sample, const struct kg_params *params, struct kg_arena *scratch,
			     struct kg_term *out, size_t room)
{
	struct kg_sample whole = *sample;
	double z = kg_interval_z(params->conf_level), one, two;
	struct kg_fourfold *t;
	size_t count;

	(void)room;
	out[0] = kg_term_none("odds_ratio", NULL, kg_fourfold_why(sample));
	if (out[0].why == KG_WHY_NO_SPREAD || out[0].why == KG_WHY_NOT_BINARY)
		return 1;
	whole.stratum = NULL;
	t = kg_fourfold_count(&whole, &count, scratch);
	if (!t)
		return 0;
	one = t->a + t->b;
	two = t->c + t->d;
	count = 0;
	out[count++] = make_risk("risk_exposed", t->a, one, z);
	out[count++] = make_risk("risk_unexposed", t->c, two, z);
	out[count++] = make_difference(t, z);
	out[count++] = make_ratio("risk_ratio", t->a / one / (t->c / two), 1 / t->a - 1 / one + 1 / t->c - 1 / two, z);
	out[count++] = make_odds_ratio("odds_ratio", *t, 0, z);
	if (out[count - 1].why != KG_WHY_NONE) {
		out[count] = make_odds_ratio("odds_ratio_plus_half", *t, 0.5, z);
		out[count++].why = KG_WHY_HALF_ADDED;
	}
	out[count++] = make_chi_squared("chi_squared", find_chi_squared(t, false));
	out[count++] = make_chi_squared("chi_squared_yates", find_chi_squared(t, true));
	out[count++] = make_chi_squared("likelihood_ratio", find_likelihood_ratio(t));
	out[count++] = make_exact("fisher_exact", kg_fourfold_exact_p(t, false));
	out[count++] = make_exact("mid_p", kg_fourfold_exact_p(t, true));
	for (size_t k = 0; k < count; k++)
		out[k].n = one + two;
	return count;
}

const struct kg_stat kg_stat_two_by_two = {
	.program = "attainment",
	.id = "two-by-two",
	.title = "Risks, their difference and ratio, odds ratio, and tests of a two-by-two table",
	.formula =
	    "risk = a / (a + b), c / (c + d), exposed = the larger value; risk difference with Newcombe's limits "
	    "(method 10); risk ratio and odds ratio a d / (b c) with limits exp(log ratio -+ z se), se that of "
	    "the logarithm; Pearson's chi-squared without and with Yates' correction, likelihood ratio, Fisher's "
	    "exact test; odds_ratio_plus_half adds 0.5 to each cell, only where a cell is zero, and says so",
	.source =
	    "Agresti 2013, Categorical Data Analysis, 3rd ed., ch. 3; Newcombe 1998, Stat. Med. 17: 873-890; Woolf "
	    "1955, Ann. Hum. Genet. 19: 251-253",
	.assumes = "outcomes independent; chi-squared needs expected counts of about five, else fisher_exact; "
		   "its p takes few values: at 0.05 it rejects 3 % where there is nothing among 80 rows, 4 % among "
		   "2,000; mid_p is nearer; Yates's correction makes chi_squared_yates as safe",
	.unit = "risks and their difference: fractions 0 to 1; ratios without unit",
	.agrees = "R chisq.test, fisher.test (p), epitools oddsratio.wald, riskratio.wald",
	.needs = KG_NEEDS_Y | KG_NEEDS_X,
	.min_n = 1,
	.fit = fit_two_by_two,
	.terms_most = TERMS,
};
