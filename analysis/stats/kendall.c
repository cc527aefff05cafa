#include <Rmath.h>
#include <string.h>

#include "stats/correlation.h"
#include "stats/concordance.h"

#define EXACT_BELOW 50 /* without ties, as R's cor.test does */

static double find_tau(double score, const struct kg_pair *pair)
{
	double tau = score / pair->norm;

	return fmax(-1, fmin(1, tau));
}

static void prepare_pairs(const struct kg_sample *sample, struct kg_pair *pair, struct kg_arena *scratch)
{
	double n = (double)pair->n, all = n * (n - 1) / 2;

	(void)sample;
	(void)scratch;
	pair->norm = sqrt(all - kg_order_ties(&pair->by_x).pairs) * sqrt(all - kg_order_ties(&pair->by_y).pairs);
}

/* Variance of the score without association, with ties (Kendall 1970, ch. 4). */
static double find_variance(const struct kg_pair *pair)
{
	struct kg_ties x = kg_order_ties(&pair->by_x), y = kg_order_ties(&pair->by_y);
	double n = (double)pair->n, variance = (n * (n - 1) * (2 * n + 5) - x.second - y.second) / 18;

	variance += 2 * x.pairs * y.pairs / (n * (n - 1));
	if (n > 2)
		variance += x.third * y.third / (9 * n * (n - 1) * (n - 2));
	return variance;
}

static void test_score(const struct kg_pair *pair, struct kg_term *term, struct kg_arena *scratch)
{
	double score = kg_concordance_score(&pair->by_x, &pair->by_y, scratch), variance = find_variance(pair);
	bool ties = pair->by_x.ndistinct < pair->n || pair->by_y.ndistinct < pair->n;

	term->estimate = find_tau(score, pair);
	if (!(variance > 0))
		return;
	term->std_error = sqrt(variance) / pair->norm;
	term->statistic = score / sqrt(variance);
	term->p_value = ties || pair->n >= EXACT_BELOW ? 2 * pnorm(-fabs(term->statistic), 0, 1, 1, 0)
						       : kg_concordance_exact_p(score, pair->n, scratch);
}

static double count_pairs(const void *data, const uint32_t *count, struct kg_arena *scratch)
{
	const struct kg_pair *pair = data;

	return kg_concordance_counted(&pair->by_x, &pair->by_y, count, scratch);
}

static double order_pairs(const void *data, const uint32_t *order, struct kg_arena *scratch)
{
	const struct kg_pair *pair = data;

	return find_tau(kg_concordance_ordered(&pair->by_x, &pair->by_y, order, scratch), pair);
}

/* Fieller, Hartley and Pearson (1957), kept by Bonett and Wright (2000). */
static double find_z_variance(const struct kg_pair *pair, double tau, bool bonett)
{
	(void)tau;
	(void)bonett;
	return kg_pair_count(pair) > 4 ? 0.437 / (kg_pair_count(pair) - 4) : NAN;
}

const struct kg_correlation kg_correlation_kendall = { prepare_pairs, test_score,      count_pairs,
						       order_pairs,   find_z_variance, true };

static size_t fit_kendall(const struct kg_sample *sample, const struct kg_params *params, struct kg_arena *scratch,
			  struct kg_term *out, size_t room)
{
	(void)room;
	return kg_correlation_fit(&kg_correlation_kendall, sample, params, scratch, out);
}

const struct kg_stat kg_stat_kendall = {
	.program = "correlate",
	.id = "kendall",
	.title = "Kendall's tau-b",
	.formula = "tau_b = (concordant - discordant) / sqrt((n0 - ties in x)(n0 - ties in y)), n0 = n (n - 1) / 2; "
		   "z = score / sqrt(variance corrected for ties); limits tanh(atanh tau -+ z sqrt(0.437 / (n - 4)))",
	.source =
	    "Kendall 1970, Rank Correlation Methods, 4th ed.; counting in n log n: Knight 1966, JASA 61: 436-439; "
	    "limits: Fieller, Hartley and Pearson 1957, Biometrika 44: 470-481",
	.assumes =
	    "pairs independent; measures monotone association; p is exact below n = 50 without ties, else normal "
	    "without continuity correction",
	.unit = "-1 to 1",
	.agrees = "R cor.test(method = \"kendall\")",
	.needs = KG_NEEDS_X | KG_NEEDS_Y,
	.min_n = 3,
	.fit = fit_kendall,
	.terms_most = 1,
};
