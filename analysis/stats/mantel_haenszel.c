#include <math.h>
#include <Rmath.h>

#include "stats/fourfold.h"
#include "stats/interval.h"

#define TERMS 5

/* Sums over strata. */
struct sums {
	double r, s, pr, ps_qr, qs;    /* odds ratio: Robins, Breslow and Greenland 1986 */
	double risk_r, risk_s, risk_v; /* risk ratio: Greenland and Robins 1985 */
	double total;
	double excess, variance; /* a less its expectation, and the variance of a */
};

static struct sums add_up(const struct kg_fourfold *table, size_t count)
{
	struct sums sums = { 0 };

	for (size_t k = 0; k < count; k++) {
		const struct kg_fourfold *t = &table[k];
		double n = kg_fourfold_total(t), one = t->a + t->b, two = t->c + t->d, with = t->a + t->c;
		double r = t->a * t->d / n, s = t->b * t->c / n, p = (t->a + t->d) / n, q = (t->b + t->c) / n;

		sums.total += n;
		if (n < 2)
			continue;
		sums.r += r;
		sums.s += s;
		sums.pr += p * r;
		sums.ps_qr += p * s + q * r;
		sums.qs += q * s;
		sums.risk_r += t->a * two / n;
		sums.risk_s += t->c * one / n;
		sums.risk_v += (with * one * two - t->a * t->c * n) / (n * n);
		sums.excess += t->a - one * with / n;
		sums.variance += one * two * with * (n - with) / (n * n * (n - 1));
	}
	return sums;
}

/* A ratio with limits on the log scale; std_error is that of the logarithm. */
static struct kg_term make_ratio(const char *name, double ratio, double variance, double z)
{
	struct kg_term term = kg_term_none(name, NULL, KG_WHY_ZERO_DENOMINATOR);

	if (!(ratio > 0) || !isfinite(ratio) || !isfinite(variance))
		return term;
	term.why = KG_WHY_NONE;
	term.estimate = ratio;
	term.std_error = sqrt(variance);
	term.conf_low = ratio * exp(-z * term.std_error);
	term.conf_high = ratio * exp(z * term.std_error);
	term.statistic = log(ratio) / term.std_error;
	term.p_value = 2 * pnorm(-fabs(term.statistic), 0, 1, 1, 0);
	return term;
}

static struct kg_term make_test(const char *name, double excess, double variance)
{
	struct kg_term term = kg_term_new(name, NULL);

	term.statistic = term.estimate = excess * excess / variance;
	term.df = 1;
	term.p_value = pchisq(term.statistic, 1, 0, 0);
	return term;
}

static struct kg_term make_crude(const struct kg_fourfold *table, size_t count, double z)
{
	struct kg_fourfold t = { 0, 0, 0, 0 };

	for (size_t k = 0; k < count; k++)
		t = (struct kg_fourfold){ t.a + table[k].a, t.b + table[k].b, t.c + table[k].c, t.d + table[k].d };
	return make_ratio("crude_odds_ratio", t.a * t.d / (t.b * t.c), 1 / t.a + 1 / t.b + 1 / t.c + 1 / t.d, z);
}

static size_t fit_mantel_haenszel(const struct kg_sample *sample, const struct kg_params *params,
				  struct kg_arena *scratch, struct kg_term *out, size_t room)
{
	double z = kg_interval_z(params->conf_level);
	struct kg_fourfold *table;
	struct sums sums;
	size_t count;

	(void)room;
	out[0] = kg_term_none("mh_odds_ratio", NULL, kg_fourfold_why(sample));
	if (out[0].why != KG_WHY_NONE)
		return 1;
	table = kg_fourfold_count(sample, &count, scratch);
	if (!table)
		return 0;
	sums = add_up(table, count);
	out[0] = make_ratio(
	    "mh_odds_ratio", sums.r / sums.s,
	    sums.pr / (2 * sums.r * sums.r) + sums.ps_qr / (2 * sums.r * sums.s) + sums.qs / (2 * sums.s * sums.s), z);
	out[1] = make_ratio("mh_risk_ratio", sums.risk_r / sums.risk_s, sums.risk_v / (sums.risk_r * sums.risk_s), z);
	out[2] = make_crude(table, count, z);
	if (!(sums.variance > 0)) {
		out[3] = kg_term_none("cochran_mantel_haenszel", NULL, KG_WHY_NO_SPREAD);
		return 4;
	}
	out[3] = make_test("cochran_mantel_haenszel", sums.excess, sums.variance);
	out[4] = make_test("cochran_mantel_haenszel_continuity", fmax(0, fabs(sums.excess) - 0.5), sums.variance);
	for (size_t k = 0; k < TERMS; k++)
		out[k].n = sums.total;
	return TERMS;
}

const struct kg_stat kg_stat_mantel_haenszel = {
	.program = "attainment",
	.id = "mantel-haenszel",
	.title = "Common odds ratio and risk ratio over strata, and the Cochran-Mantel-Haenszel test",
	.formula =
	    "odds ratio sum(a d / n) / sum(b c / n), se of its logarithm after Robins, Breslow and Greenland; risk "
	    "ratio sum(a (c + d) / n) / sum(c (a + b) / n); test (sum a - sum E a)^2 / sum Var a, chi-squared on 1, "
	    "without and with continuity correction",
	.source = "Mantel and Haenszel 1959, J. Natl. Cancer Inst. 22: 719-748; Robins, Breslow and Greenland 1986, "
		  "Biometrics 42: 311-323; Greenland and Robins 1985, Biometrics 41: 55-68",
	.assumes = "one ratio holds in all strata (see breslow-day); strata may be small; those with fewer than two "
		   "observations say nothing; the test with continuity correction is safe, not exact, in small tables",
	.unit = "odds ratio",
	.agrees = "R mantelhaen.test(correct = FALSE)",
	.needs = KG_NEEDS_Y | KG_NEEDS_X | KG_NEEDS_STRATUM,
	.min_n = 2,
	.fit = fit_mantel_haenszel,
	.terms_most = TERMS,
};
