#include <math.h>
#include <Rmath.h>

#include "stats/attainment.h"
#include "stats/interval.h"
#include "stats/order.h"
#include "stats/resample.h"
#include "stats/stat.h"

#define TERMS 4

/* Groups of equal exposure in ascending order. */
struct groups {
	size_t count;
	double *success, *trials, *score;
};

static bool make_groups(const struct kg_sample *sample, const struct kg_attainment_own *own, struct groups *groups,
			struct kg_arena *scratch)
{
	struct kg_order order = kg_order_make(sample->x, sample->n, scratch);

	groups->count = order.ndistinct;
	groups->success = KG_ARRAY(scratch, double, order.ndistinct + 1);
	groups->trials = KG_ARRAY(scratch, double, order.ndistinct + 1);
	groups->score = KG_ARRAY(scratch, double, order.ndistinct + 1);
	if (kg_arena_failed(scratch))
		return false;
	for (size_t i = 0; i < sample->n; i++) {
		size_t g = order.code[i];

		groups->success[g] += sample->y[i];
		groups->trials[g] += sample->exposure ? sample->exposure[i] : 1;
		groups->score[g] = own && own->score ? own->score[g] : sample->x[i];
	}
	return true;
}

struct trend {
	double n, share, product, spread, pearson;
	double variance; /* of product, by the share of each group */
};

static struct trend find_trend(const struct groups *groups)
{
	long double n = 0, success = 0, mean = 0, product = 0, spread = 0, pearson = 0, variance = 0, share;

	for (size_t g = 0; g < groups->count; g++) {
		n += groups->trials[g];
		success += groups->success[g];
		mean += (long double)groups->trials[g] * groups->score[g];
	}
	mean /= n;
	share = success / n;
	for (size_t g = 0; g < groups->count; g++) {
		long double own = groups->success[g] / groups->trials[g];
		long double excess = groups->success[g] - groups->trials[g] * share, off = groups->score[g] - mean;

		product += off * excess;
		variance += off * off * groups->trials[g] * own * (1 - own);
		spread += groups->trials[g] * off * off;
		pearson += excess * excess / (groups->trials[g] * share * (1 - share));
	}
	return (struct trend){ (double)n,      (double)share,	(double)product,
			       (double)spread, (double)pearson, (double)variance };
}

/* p of a standard normal statistic. */
static double find_p(double z, enum kg_alternative alternative)
{
	if (alternative == KG_TWO_SIDED)
		return 2 * pnorm(-fabs(z), 0, 1, 1, 0);
	return pnorm(z, 0, 1, alternative == KG_LESS, 0);
}

static struct kg_term make_trend(const char *name, const struct trend *trend, double share_of_n,
				 const struct kg_params *params)
{
	const struct kg_attainment_own *own = params->own;
	double half = kg_interval_z(params->conf_level) * sqrt(trend->variance) / trend->spread;
	struct kg_term term = kg_term_new(name, NULL);
	double variance = trend->share * (1 - trend->share) / share_of_n;

	term.estimate = trend->product / trend->spread;
	term.std_error = sqrt(variance / trend->spread);
	term.statistic = term.estimate / term.std_error;
	term.p_value = find_p(term.statistic, own ? own->alternative : KG_TWO_SIDED);
	if (half > 0) {
		term.conf_low = term.estimate - half;
		term.conf_high = term.estimate + half;
	}
	return term;
}

static struct kg_term make_chi_squared(const char *name, double statistic, double df)
{
	struct kg_term term = kg_term_new(name, NULL);

	term.statistic = term.estimate = statistic;
	term.df = df;
	term.p_value = df > 0 ? pchisq(statistic, df, 0, 0) : NAN;
	return term;
}

/* One observation per trial, for permutation. */
struct expanded {
	size_t n;
	double *score, *outcome;
	uint32_t *code;
};

static double sum_scores(const void *data, const uint32_t *order, struct kg_arena *scratch)
{
	const struct expanded *expanded = data;
	double sum = 0;

	(void)scratch;
	for (size_t i = 0; i < expanded->n; i++)
		sum += expanded->score[i] * expanded->outcome[order[i]];
	return sum;
}

static bool expand(const struct groups *groups, const struct trend *trend, struct expanded *expanded,
		   struct kg_arena *scratch)
{
	size_t n = (size_t)trend->n, at = 0;
	double mean = 0;

	expanded->n = n;
	expanded->score = KG_ARRAY(scratch, double, n);
	expanded->outcome = KG_ARRAY(scratch, double, n);
	expanded->code = KG_ARRAY(scratch, uint32_t, n);
	if (kg_arena_failed(scratch))
		return false;
	for (size_t g = 0; g < groups->count; g++)
		mean += groups->score[g] * groups->trials[g] / trend->n;
	for (size_t g = 0; g < groups->count; g++)
		for (double k = 0; k < groups->trials[g]; k++, at++) {
			expanded->score[at] = groups->score[g] - mean;
			expanded->outcome[at] = k < groups->success[g];
			expanded->code[at] = k < groups->success[g];
		}
	return true;
}

static double permute(const struct groups *groups, const struct trend *trend, const struct kg_params *params,
		      struct kg_arena *scratch)
{
	struct expanded expanded;
	struct kg_resampled statistic = { &expanded, NULL, sum_scores };
	const struct kg_attainment_own *own = params->own;
	struct kg_resampling how = { .seed = params->seed,
				     .stream = params->stream,
				     .replicates = params->permutations,
				     .threads = params->threads,
				     .alternative = own ? own->alternative : KG_TWO_SIDED };

	if (!expand(groups, trend, &expanded, scratch))
		return NAN;
	how.strata = kg_strata_make(NULL, expanded.n, scratch);
	if (!how.strata.member)
		return NAN;
	return kg_permutation_test(&statistic, &how, expanded.code, trend->product,
				   KG_PERMUTATION_SLACK * sqrt(trend->spread * trend->n))
	    .p;
}

static enum kg_why find_why(const struct groups *groups, const struct trend *trend, const struct kg_attainment_own *own)
{
	if (groups->count < 2)
		return KG_WHY_NO_SPREAD;
	if (own && own->score && own->nscore != groups->count)
		return KG_WHY_SCORES;
	if (!(trend->spread > 0))
		return KG_WHY_NO_SPREAD;
	return trend->share > 0 && trend->share < 1 ? KG_WHY_NONE : KG_WHY_CONSTANT_OUTCOME;
}

static size_t fit_cochran_armitage(const struct kg_sample *sample, const struct kg_params *params,
				   struct kg_arena *scratch, struct kg_term *out, size_t room)
{
	const struct kg_attainment_own *own = params->own;
	struct groups groups;
	struct trend trend;

	(void)room;
	if (own && own->score && kg_order_make(sample->x, sample->n, scratch).ndistinct != own->nscore) {
		out[0] = kg_term_none("trend", NULL, KG_WHY_SCORES);
		return 1;
	}
	if (!make_groups(sample, own, &groups, scratch))
		return 0;
	trend = find_trend(&groups);
	out[0] = kg_term_none("trend", NULL, find_why(&groups, &trend, own));
	if (out[0].why != KG_WHY_NONE)
		return 1;
	out[0] = make_trend("trend", &trend, 1, params);
	out[1] = make_trend("trend_n_minus_1", &trend, 1 - 1 / trend.n, params);
	out[2] = make_chi_squared("pearson", trend.pearson, (double)groups.count - 1);
	out[3] = make_chi_squared("departure", trend.pearson - out[0].statistic * out[0].statistic,
				  (double)groups.count - 2);
	if (params->permutations)
		out[0].p_value = permute(&groups, &trend, params, scratch);
	for (size_t k = 0; k < TERMS; k++)
		out[k].n = trend.n;
	return TERMS;
}

const struct kg_stat kg_stat_cochran_armitage = {
	.program = "attainment",
	.id = "cochran-armitage",
	.title = "Cochran-Armitage test for a trend of a proportion over ordered groups",
	.formula =
	    "slope b = sum (s - mean s)(y - m p) / sum m (s - mean s)^2, s the score, p the overall proportion; trend: "
	    "z = b / sqrt(p (1 - p) / sum m (s - mean s)^2); trend_n_minus_1: variance n / (n - 1) times that; "
	    "departure: Pearson's chi-squared less z^2, on groups - 2; --alternative greater: p of a z at least as "
	    "high; limits b -+ z sqrt(sum m (s - mean s)^2 q (1 - q)) / sum m (s - mean s)^2, q each group's share",
	.source =
	    "Cochran 1954, Biometrics 10: 417-451; Armitage 1955, Biometrics 11: 375-386; with n - 1: Mantel 1963, "
	    "JASA 58: 690-700",
	.assumes = "outcomes independent; the result depends on the scores: state them; --permutations gives the "
		   "conditional p of the trend, which takes few values and is safe, not exact, below some 400 rows",
	.unit = "z; slope: change of the share per unit of score",
	.agrees = "R prop.trend.test (trend, as chi-squared); trend_n_minus_1: coin::independence_test",
	.needs = KG_NEEDS_Y | KG_NEEDS_X,
	.min_n = 2,
	.fit = fit_cochran_armitage,
	.terms_most = TERMS,
};
