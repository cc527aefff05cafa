/* correlation: what Pearson, Spearman, Kendall and point-biserial correlation have in common: checks, intervals,
 * permutation test. Each coefficient is one file with its own struct kg_correlation. */
#ifndef KG_STATS_CORRELATION_H
#define KG_STATS_CORRELATION_H

#include "stats/order.h"
#include "stats/resample.h"
#include "stats/stat.h"

/* One pair of columns, prepared once. */
struct kg_pair {
	size_t n;
	const double *x, *y; /* scores that are multiplied: centred values, or centred mid-ranks */
	double norm;	     /* sqrt(sum x^2 sum y^2) */
	struct kg_order by_x, by_y;
	size_t taken;			/* covariates taken out: degrees of freedom lost besides two */
	double explained;		/* share of y's spread that they explain but that stays in y (semi-partial) */
	const struct kg_sample *sample; /* as it came */
};

struct kg_correlation {
	/* Fills x, y and norm; the orders are already there. */
	void (*prepare)(const struct kg_sample *sample, struct kg_pair *pair, struct kg_arena *scratch);
	/* Estimate, std_error under no association, statistic, df, p_value. */
	void (*test)(const struct kg_pair *pair, struct kg_term *term, struct kg_arena *scratch);
	/* As in struct kg_resampled; data is the struct kg_pair. */
	double (*counted)(const void *pair, const uint32_t *count, struct kg_arena *scratch);
	double (*ordered)(const void *pair, const uint32_t *order, struct kg_arena *scratch);
	/* Variance of atanh(estimate); NaN where there are too few pairs. `bonett`: after Bonett and Wright (2000). */
	double (*z_variance)(const struct kg_pair *pair, double estimate, bool bonett);
	bool bonett_first; /* the interval that is made when none is asked for */
};

/* What the family takes besides kg_params: `own` points to it or is NULL. */
struct kg_correlation_own {
	size_t block; /* moving blocks of the bootstrap; 0 = none */
};

/* fit() of the family: one term named "r". Uses params: conf_level, interval ("fisher", "bonett-wright", "bootstrap" =
 * BCa, "percentile"), permutations (0 = the coefficient's own test), replicates, seed, stream, threads; sample->stratum
 * keeps permutations and resamples within strata. */
size_t kg_correlation_fit(const struct kg_correlation *kind, const struct kg_sample *sample,
			  const struct kg_params *params, struct kg_arena *scratch, struct kg_term *out);

/* Pairs less the covariates taken out. */
static inline double kg_pair_count(const struct kg_pair *pair)
{
	return (double)pair->n - (double)pair->taken;
}

/* Shared by Pearson, Spearman and point-biserial. */
void kg_pair_scale(const double *x, const double *y, struct kg_pair *pair, struct kg_arena *scratch);
void kg_pair_test(const struct kg_pair *pair, struct kg_term *term, struct kg_arena *scratch);
double kg_pair_ordered(const void *pair, const uint32_t *order, struct kg_arena *scratch);

/* Correlation of x and y with weights count, sums over `n`; NaN when one of them does not vary. */
double kg_pair_counted(const double *x, const double *y, const uint32_t *count, size_t n);

extern const struct kg_correlation kg_correlation_pearson, kg_correlation_spearman, kg_correlation_kendall;

#endif
