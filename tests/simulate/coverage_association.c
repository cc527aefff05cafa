/* coverage_association: how often 95 % intervals of correlate and attainment hold the truth, and how often their tests
 * reject at 0.05 where there is no association, in data made as each method assumes. The random streams are fixed. */
#include <gsl/gsl_errno.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/random.h"
#include "stats/attainment.h"
#include "stats/correlation.h"
#include "stats/stat.h"

#define N_MOST 2000
#define SERIES 4000
#define SLOPE 0.8      /* of the log-odds */
#define RHO 0.5	       /* of normal pairs */
#define SHIFT 0.8      /* between groups of normal values */
#define CLUSTER_SIZE 4 /* rows of a cluster share the covariate and part of the chance */

struct series {
	size_t n;
	double x[N_MOST], y[N_MOST], z[N_MOST];
	uint32_t unit[N_MOST];
};

struct trial {
	const char *program, *method, *term, *setting;
	void (*fill)(struct kg_random *random, struct series *series, double effect);
	double effect; /* 0: no association, tests are counted */
	size_t n;
	double truth; /* NaN: no interval */
	size_t replicates, permutations;
	const char *interval;
	enum kg_covariance covariance;
	size_t block; /* of the bootstrap */
};

static double draw_outcome(struct kg_random *random, double p)
{
	return kg_random_uniform(random) < p;
}

static double logistic(double x)
{
	return 1 / (1 + exp(-x));
}

/* Normal pairs of correlation `effect`; z is a third column that both share. */
static void fill_normal(struct kg_random *random, struct series *series, double effect)
{
	for (size_t i = 0; i < series->n; i++) {
		series->x[i] = kg_random_normal(random);
		series->y[i] = effect * series->x[i] + sqrt(1 - effect * effect) * kg_random_normal(random);
		series->unit[i] = (uint32_t)i % 7;
	}
}

static void fill_shared(struct kg_random *random, struct series *series, double effect)
{
	fill_normal(random, series, effect);
	for (size_t i = 0; i < series->n; i++) {
		series->z[i] = kg_random_normal(random);
		series->x[i] += series->z[i];
		series->y[i] += series->z[i];
	}
}

/* The third column is less than a third of the spread. */
static void fill_faint(struct kg_random *random, struct series *series, double effect)
{
	fill_normal(random, series, effect);
	for (size_t i = 0; i < series->n; i++) {
		series->z[i] = kg_random_normal(random);
		series->x[i] += series->z[i] / 2;
		series->y[i] += series->z[i] / 2;
	}
}

/* The same monotone, with long tails. */
static void fill_skewed(struct kg_random *random, struct series *series, double effect)
{
	fill_normal(random, series, effect);
	for (size_t i = 0; i < series->n; i++) {
		series->x[i] = exp(series->x[i]);
		series->y[i] = exp(2 * series->y[i]);
	}
}

/* Two series without association, each with autocorrelation 0.3. */
static void fill_series(struct kg_random *random, struct series *series, double effect)
{
	fill_normal(random, series, effect);
	for (size_t i = 1; i < series->n; i++) {
		series->x[i] = 0.3 * series->x[i - 1] + sqrt(1 - 0.09) * series->x[i];
		series->y[i] = 0.3 * series->y[i - 1] + sqrt(1 - 0.09) * series->y[i];
	}
}

/* Two groups, 40 % the second; normal values in x that differ by `effect`. */
static void fill_groups(struct kg_random *random, struct series *series, double effect)
{
	for (size_t i = 0; i < series->n; i++) {
		series->y[i] = i % 5 < 2;
		series->x[i] = kg_random_normal(random) + effect * series->y[i];
	}
}

static double place(size_t i, size_t n)
{
	return 4 * ((double)i + 0.5) / (double)n - 2;
}

/* Log-odds 0.3 + effect x over a fixed grid of x. */
static void fill_logit(struct kg_random *random, struct series *series, double effect)
{
	for (size_t i = 0; i < series->n; i++) {
		series->x[i] = place(i, series->n);
		series->y[i] = draw_outcome(random, logistic(0.3 + effect * series->x[i]));
	}
}

static void fill_rare(struct kg_random *random, struct series *series, double effect)
{
	for (size_t i = 0; i < series->n; i++) {
		series->x[i] = place(i, series->n);
		series->y[i] = draw_outcome(random, logistic(-2.5 + effect * series->x[i]));
	}
}

/* Clusters of four with the same covariate; a third of the rows take the cluster's own outcome. */
static void fill_clusters(struct kg_random *random, struct series *series, double effect)
{
	double common = 0;

	for (size_t i = 0; i < series->n; i++) {
		size_t cluster = i / CLUSTER_SIZE;
		double p;

		series->unit[i] = (uint32_t)cluster;
		series->x[i] = place(cluster, series->n / CLUSTER_SIZE);
		p = logistic(0.3 + effect * series->x[i]);
		if (i % CLUSTER_SIZE == 0)
			common = draw_outcome(random, p);
		series->y[i] = kg_random_uniform(random) < 1.0 / 3 ? common : draw_outcome(random, p);
	}
}

/* Half exposed; risks 0.3 and 0.3 + effect. */
static void fill_table(struct kg_random *random, struct series *series, double effect)
{
	for (size_t i = 0; i < series->n; i++) {
		series->x[i] = (double)(i % 2);
		series->y[i] = draw_outcome(random, 0.3 + effect * series->x[i]);
	}
}

/* Four strata with other odds, each half exposed; log odds ratio `effect` in all. */
static void fill_strata(struct kg_random *random, struct series *series, double effect)
{
	for (size_t i = 0; i < series->n; i++) {
		series->unit[i] = (uint32_t)(i / 2 % 4);
		series->x[i] = (double)(i % 2);
		series->y[i] = draw_outcome(random, logistic(0.5 * series->unit[i] - 1 + effect * series->x[i]));
	}
}

/* Four groups, shares 0.35 + effect times the score. */
static void fill_scores(struct kg_random *random, struct series *series, double effect)
{
	for (size_t i = 0; i < series->n; i++) {
		series->x[i] = (double)(i % 4);
		series->y[i] = draw_outcome(random, 0.35 + effect * series->x[i]);
	}
}

struct tally {
	size_t intervals, held, tests, rejected;
};

/* A design of 1 and x; for the partial correlations of z alone. */
static struct kg_design make_design(const struct series *series, bool partial, struct kg_arena *arena)
{
	static const char *const name[] = { "(Intercept)", "x" };
	double *x = KG_ARRAY(arena, double, 2 * series->n);
	struct kg_design design = { series->n, partial ? 1 : 2, x, name, !partial, NULL };

	for (size_t i = 0; i < series->n; i++) {
		x[i] = partial ? series->z[i] : 1;
		x[series->n + i] = series->x[i];
	}
	return design;
}

/* Every case at 0, and every case at 1. */
static void set_levels(struct kg_contrast *contrast, struct kg_arena *arena)
{
	struct kg_design *const side[] = { &contrast->low, &contrast->high };

	contrast->width = NULL;
	for (int level = 0; level < 2; level++) {
		size_t n = side[level]->n;
		double *x = KG_ARRAY(arena, double, 2 * n);

		for (size_t i = 0; i < n; i++) {
			x[i] = 1;
			x[n + i] = level;
		}
		side[level]->x = x;
	}
}

static void run_once(const struct trial *trial, struct kg_random *random, size_t number, struct kg_arena *arena,
		     struct tally *tally)
{
	bool partial = strstr(trial->method, "partial") != NULL;
	struct series series = { .n = trial->n };
	double one[N_MOST];
	struct kg_contrast contrast = { .name = "x", .width = one };
	struct kg_attainment_own own = { .contrast = &contrast, .ncontrast = 1 };
	struct kg_correlation_own correlation = { .block = trial->block };
	const struct kg_params params = { .conf_level = 0.95,
					  .seed = 1,
					  .stream = (uint32_t)number,
					  .threads = 1,
					  .replicates = trial->replicates,
					  .permutations = trial->permutations,
					  .interval = trial->interval,
					  .covariance = trial->covariance,
					  .own = strcmp(trial->program, "attainment") == 0 ? (const void *)&own
											   : &correlation };
	struct kg_design design, step;
	struct kg_sample sample = { .n = trial->n, .x = series.x, .y = series.y, .cluster = series.unit };
	struct kg_term term[32];
	size_t count;

	trial->fill(random, &series, trial->effect);
	design = make_design(&series, partial, arena);
	for (size_t i = 0; i < series.n; i++) {
		one[i] = 1;
		series.x[i] += 1;
	}
	step = make_design(&series, partial, arena);
	for (size_t i = 0; i < series.n; i++)
		series.x[i] -= 1;
	contrast.low = design;
	contrast.high = step;
	if (trial->fill == fill_table) /* levels 0 and 1, not a slope */
		set_levels(&contrast, arena);
	sample.design = strcmp(trial->program, "attainment") == 0 || partial ? &design : NULL;
	sample.stratum = trial->fill == fill_strata || strstr(trial->setting, "within") ? series.unit : NULL;
	count = kg_stat_find(trial->program, trial->method)->fit(&sample, &params, arena, term, 32);
	for (size_t k = 0; k < count; k++) {
		if (strcmp(term[k].term, trial->term) != 0)
			continue;
		if (!isnan(trial->truth) && !(isnan(term[k].conf_low) && isnan(term[k].conf_high))) {
			tally->intervals++;
			tally->held += !(trial->truth < term[k].conf_low) && !(trial->truth > term[k].conf_high);
		}
		if (trial->effect == 0 && !trial->replicates && !isnan(term[k].p_value)) {
			tally->tests++;
			tally->rejected += term[k].p_value <= 0.05;
		}
	}
}

static void print_share(size_t part, size_t whole)
{
	if (whole)
		printf(" %.3f |", (double)part / (double)whole);
	else
		printf(" |");
}

static void run_trial(const struct trial *trial, size_t number)
{
	size_t count = trial->replicates ? SERIES / 4 : SERIES;
	struct kg_arena *arena = kg_arena_new(0);
	struct kg_arena_mark mark = kg_arena_mark(arena);
	struct tally tally = { 0, 0, 0, 0 };

	for (size_t r = 0; r < count; r++) {
		struct kg_random random = kg_random_stream(20201117, (uint32_t)number, (uint32_t)r);

		run_once(trial, &random, r, arena, &tally);
		kg_arena_rewind(arena, mark);
	}
	printf("| %s | %s | %s | %s | %zu | %zu |", trial->program, trial->method, trial->term, trial->setting,
	       trial->n, tally.intervals > tally.tests ? tally.intervals : tally.tests);
	print_share(tally.held, tally.intervals);
	print_share(tally.rejected, tally.tests);
	puts("");
	kg_arena_free(arena);
}

/* Mean of p (1 - p) b over the grid. */
static double mean_slope(size_t n)
{
	double sum = 0;

	for (size_t i = 0; i < n; i++) {
		double p = logistic(0.3 + SLOPE * place(i, n));

		sum += SLOPE * p * (1 - p) / (double)n;
	}
	return sum;
}

int main(void)
{
	const double spearman = 6 / M_PI * asin(RHO / 2), kendall = 2 / M_PI * asin(RHO), effect = mean_slope(100);
	const double biserial = SHIFT * sqrt(0.24) / sqrt(1 + SHIFT * SHIFT * 0.24), area = 0.5 * erfc(-SHIFT / 2);
	const struct trial trials[] = {
		{ "correlate", "pearson", "r", "normal pairs", fill_normal, 0, 10, .truth = 0 },
		{ "correlate", "pearson", "r", "normal pairs, 0.5", fill_normal, RHO, 30, .truth = RHO },
		{ "correlate", "pearson", "r", "normal pairs, 0.5, BCa", fill_normal, RHO, 60, .truth = RHO,
		  .replicates = 999, .interval = "bootstrap" },
		{ "correlate", "pearson", "r", "normal pairs, 0.5, BCa", fill_normal, RHO, 100, .truth = RHO,
		  .replicates = 999, .interval = "bootstrap" },
		{ "correlate", "pearson", "r", "normal pairs, 0.5, BCa", fill_normal, RHO, 200, .truth = RHO,
		  .replicates = 999, .interval = "bootstrap" },
		{ "correlate", "pearson", "r", "normal pairs, 0.5, percentile bootstrap", fill_normal, RHO, 100,
		  .truth = RHO, .replicates = 999, .interval = "percentile" },
		{ "correlate", "pearson", "r", "normal pairs, resampled within 7 units, BCa", fill_normal, 0, 140,
		  .truth = 0, .replicates = 999, .interval = "bootstrap" },
		{ "correlate", "pearson", "r", "autocorrelation 0.3, blocks of 10, BCa", fill_series, 0, 400,
		  .truth = 0, .replicates = 999, .interval = "bootstrap", .block = 10 },
		{ "correlate", "pearson", "r", "autocorrelation 0.3, blocks of 15, BCa", fill_series, 0, 1500,
		  .truth = 0, .replicates = 999, .interval = "bootstrap", .block = 15 },
		{ "correlate", "pearson", "r", "long tails, permuted", fill_skewed, 0, 20, .truth = NAN,
		  .permutations = 999 },
		{ "correlate", "pearson", "r", "normal, permuted within 7 units", fill_normal, 0, 35, .truth = NAN,
		  .permutations = 999 },
		{ "correlate", "spearman", "r", "long tails", fill_skewed, 0, 20, .truth = 0 },
		{ "correlate", "spearman", "r", "normal pairs, 0.5", fill_normal, RHO, 50, .truth = spearman },
		{ "correlate", "spearman", "r", "long tails, 0.5", fill_skewed, RHO, 100, .truth = spearman },
		{ "correlate", "kendall", "r", "long tails", fill_skewed, 0, 20, .truth = 0 },
		{ "correlate", "kendall", "r", "normal pairs, 0.5", fill_normal, RHO, 50, .truth = kendall },
		{ "correlate", "spearman", "r", "long tails, permuted", fill_skewed, 0, 20, .truth = NAN,
		  .permutations = 999 },
		{ "correlate", "spearman", "r", "long tails, 0.5, BCa", fill_skewed, RHO, 100, .truth = spearman,
		  .replicates = 999, .interval = "bootstrap" },
		{ "correlate", "spearman", "r", "normal pairs, 0.5, Fisher's limits", fill_normal, RHO, 50,
		  .truth = spearman, .interval = "fisher" },
		{ "correlate", "kendall", "r", "long tails, permuted", fill_skewed, 0, 20, .truth = NAN,
		  .permutations = 999 },
		{ "correlate", "kendall", "r", "long tails, 0.5, BCa", fill_skewed, RHO, 100, .truth = kendall,
		  .replicates = 999, .interval = "bootstrap" },
		{ "correlate", "point-biserial", "r", "two groups", fill_groups, 0, 40, .truth = 0 },
		{ "correlate", "point-biserial", "r", "two groups, 0.8 apart", fill_groups, SHIFT, 60,
		  .truth = biserial },
		{ "correlate", "point-biserial", "auc", "two groups, 0.8 apart", fill_groups, SHIFT, 60,
		  .truth = area },
		{ "correlate", "point-biserial", "rank_biserial", "two groups, 0.8 apart", fill_groups, SHIFT, 60,
		  .truth = 2 * area - 1 },
		{ "correlate", "semi-partial", "r", "a third column in both", fill_shared, 0, 30, .truth = 0 },
		{ "correlate", "partial", "r", "a third column in both, permuted", fill_shared, 0, 30, .truth = NAN,
		  .permutations = 999 },
		{ "correlate", "partial", "r", "a third column in both", fill_shared, 0, 30, .truth = 0 },
		{ "correlate", "partial", "r", "a third column in both, 0.5", fill_shared, RHO, 30, .truth = RHO },
		{ "correlate", "partial-spearman", "r", "a third column in both", fill_shared, 0, 30, .truth = NAN },
		{ "correlate", "partial-spearman", "r", "a third column in both", fill_shared, 0, 60, .truth = NAN },
		{ "attainment", "logistic", "x", "half attain", fill_logit, 0, 60, .truth = 0 },
		{ "attainment", "logistic", "x", "log-odds 0.8", fill_logit, SLOPE, 100, .truth = SLOPE },
		{ "attainment", "logistic", "x", "log-odds 0.8, profile", fill_logit, SLOPE, 60, .truth = SLOPE,
		  .interval = "profile" },
		{ "attainment", "logistic", "(Intercept)", "log-odds 0.8", fill_logit, SLOPE, 100, .truth = 0.3 },
		{ "attainment", "logistic", "x", "half attain, hc1", fill_logit, 0, 200, .truth = 0,
		  .covariance = KG_COV_HC1 },
		{ "attainment", "logistic", "x", "half attain, hc3", fill_logit, 0, 100, .truth = 0,
		  .covariance = KG_COV_HC3 },
		{ "attainment", "logistic", "x", "50 clusters of 4", fill_clusters, 0, 200, .truth = 0,
		  .covariance = KG_COV_CLUSTER },
		{ "attainment", "logistic", "x", "50 clusters of 4, taken as rows", fill_clusters, 0, 200, .truth = 0 },
		{ "attainment", "logistic", "likelihood_ratio", "half attain", fill_logit, 0, 60, .truth = NAN },
		{ "attainment", "firth", "x", "one in twelve attains", fill_rare, 0, 60, .truth = 0 },
		{ "attainment", "firth", "x", "one in twelve attains", fill_rare, 0, 200, .truth = 0 },
		{ "attainment", "firth", "x", "half attain", fill_logit, 0, 60, .truth = 0 },
		{ "attainment", "firth", "x", "few attain, log-odds 0.8", fill_rare, SLOPE, 60, .truth = SLOPE },
		{ "attainment", "flac", "x", "few attain, log-odds 0.8", fill_rare, SLOPE, 60, .truth = SLOPE },
		{ "attainment", "marginal-effects", "x", "half attain", fill_logit, 0, 100, .truth = 0 },
		{ "attainment", "marginal-effects", "x", "half attain", fill_logit, 0, 200, .truth = 0 },
		{ "attainment", "marginal-effects", "x", "half attain", fill_logit, 0, 400, .truth = 0 },
		{ "attainment", "marginal-effects", "x", "log-odds 0.8", fill_logit, SLOPE, 100, .truth = effect },
		{ "attainment", "marginal-effects", "x", "log-odds 0.8", fill_logit, SLOPE, 200,
		  .truth = mean_slope(200) },
		{ "attainment", "marginal-effects", "x", "log-odds 0.8", fill_logit, SLOPE, 400,
		  .truth = mean_slope(400) },
		{ "attainment", "marginal-effects", "x", "risks 0.3 and 0.5", fill_table, 0.2, 200, .truth = 0.2 },
		{ "attainment", "marginal-effects", "risk_ratio:x", "risks 0.3 and 0.5", fill_table, 0.2, 200,
		  .truth = 0.5 / 0.3 },
		{ "attainment", "flac", "x", "one in twelve attains", fill_rare, 0, 200, .truth = 0 },
		{ "attainment", "cochran-armitage", "trend_n_minus_1", "equal shares", fill_scores, 0, 80,
		  .truth = NAN },
		{ "attainment", "cochran-armitage", "departure", "equal shares", fill_scores, 0, 200, .truth = NAN },
		{ "attainment", "cochran-armitage", "pearson", "equal shares", fill_scores, 0, 200, .truth = NAN },
		{ "attainment", "cochran-armitage", "trend", "equal shares", fill_scores, 0, 80, .truth = 0 },
		{ "attainment", "cochran-armitage", "trend", "equal shares, permuted", fill_scores, 0, 80, .truth = NAN,
		  .permutations = 999 },
		{ "attainment", "cochran-armitage", "trend", "equal shares, permuted", fill_scores, 0, 400,
		  .truth = NAN, .permutations = 999 },
		{ "attainment", "cochran-armitage", "trend", "equal shares, permuted", fill_scores, 0, 1000,
		  .truth = NAN, .permutations = 999 },
		{ "attainment", "cochran-armitage", "trend", "shares 0.35 to 0.65", fill_scores, 0.1, 80,
		  .truth = 0.1 },
		{ "attainment", "two-by-two", "risk_difference", "risks 0.3 and 0.5", fill_table, 0.2, 80,
		  .truth = 0.2 },
		{ "attainment", "two-by-two", "risk_ratio", "risks 0.3 and 0.5", fill_table, 0.2, 80,
		  .truth = 0.5 / 0.3 },
		{ "attainment", "two-by-two", "odds_ratio", "risks 0.3 and 0.5", fill_table, 0.2, 80,
		  .truth = 1 / (0.3 / 0.7) },
		{ "attainment", "two-by-two", "chi_squared", "equal risks", fill_table, 0, 80, .truth = NAN },
		{ "attainment", "two-by-two", "likelihood_ratio", "equal risks", fill_table, 0, 200, .truth = NAN },
		{ "attainment", "two-by-two", "chi_squared_yates", "equal risks", fill_table, 0, 80, .truth = NAN },
		{ "attainment", "two-by-two", "chi_squared_yates", "equal risks", fill_table, 0, 2000, .truth = NAN },
		{ "attainment", "two-by-two", "odds_ratio", "equal risks", fill_table, 0, 200, .truth = 1 },
		{ "attainment", "two-by-two", "risk_exposed", "risks 0.3 and 0.5", fill_table, 0.2, 80, .truth = 0.5 },
		{ "attainment", "two-by-two", "fisher_exact", "equal risks", fill_table, 0, 80, .truth = NAN },
		{ "attainment", "two-by-two", "fisher_exact", "equal risks", fill_table, 0, 500, .truth = NAN },
		{ "attainment", "two-by-two", "fisher_exact", "equal risks", fill_table, 0, 2000, .truth = NAN },
		{ "attainment", "two-by-two", "mid_p", "equal risks", fill_table, 0, 80, .truth = NAN },
		{ "attainment", "mantel-haenszel", "mh_odds_ratio", "four strata", fill_strata, 0, 160, .truth = 1 },
		{ "attainment", "mantel-haenszel", "mh_odds_ratio", "four strata, log-odds 0.8", fill_strata, SLOPE,
		  160, .truth = exp(SLOPE) },
		{ "attainment", "mantel-haenszel", "cochran_mantel_haenszel", "four strata", fill_strata, 0, 160,
		  .truth = NAN },
		{ "attainment", "mantel-haenszel", "mh_risk_ratio", "four strata", fill_strata, 0, 160, .truth = 1 },
		{ "attainment", "mantel-haenszel", "cochran_mantel_haenszel_continuity", "four strata", fill_strata, 0,
		  160, .truth = NAN },
		{ "attainment", "mantel-haenszel", "cochran_mantel_haenszel_continuity", "four strata", fill_strata, 0,
		  2000, .truth = NAN },
		{ "attainment", "breslow-day", "breslow_day_tarone", "four strata, one odds ratio", fill_strata, 0, 160,
		  .truth = NAN },
		{ "attainment", "breslow-day", "breslow_day", "four strata, one odds ratio", fill_strata, 0, 160,
		  .truth = NAN },
		{ "attainment", "breslow-day", "breslow_day", "four strata, one odds ratio", fill_strata, 0, 800,
		  .truth = NAN },
		{ "attainment", "auc", "auc", "two groups", fill_groups, 0, 60, .truth = 0.5 },
		{ "attainment", "auc", "auc", "two groups", fill_groups, 0, 200, .truth = 0.5 },
		{ "attainment", "auc", "auc", "two groups, 0.8 apart", fill_groups, SHIFT, 60, .truth = area },
		{ "attainment", "mantel-haenszel", "mh_risk_ratio", "four strata", fill_strata, 0, 640, .truth = 1 },
		{ "attainment", "breslow-day", "breslow_day_tarone", "four strata, one odds ratio", fill_strata, 0, 800,
		  .truth = NAN },
		{ "correlate", "partial-spearman", "r", "a fainter third column in both", fill_faint, 0, 60,
		  .truth = NAN },
	};

	gsl_set_error_handler_off();
	puts("| program | method | term | setting | n | series | coverage | rejected at 0.05 |");
	puts("| --- | --- | --- | --- | ---: | ---: | ---: | ---: |");
	for (size_t t = 0; t < sizeof trials / sizeof trials[0]; t++)
		run_trial(&trials[t], t);
	return 0;
}
