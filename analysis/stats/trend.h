/* trend: what the tests for monotone trend share. Samples are in time order; times differ. Pure numbers. */
#ifndef KG_STATS_TREND_H
#define KG_STATS_TREND_H

#include "stats/stat.h"

/* params->own of the trend methods. */
struct kg_trend_options {
	size_t season;		 /* periods in a cycle */
	size_t lag_max;		 /* autocorrelations that are used; 0 = all */
	const double *covariate; /* of each observation, NULL = none */
	const double *std_error; /* of each y, NULL = none */
	const char *unit;	 /* of a slope: "persons per year" */
};

/* Kendall's score of a series against time. */
struct kg_trend_score {
	size_t n;
	double s, variance; /* variance corrected for ties */
	double ties;	    /* tied pairs */
};

/* y, or y / exposure; NULL when memory is out. */
const double *kg_trend_values(const struct kg_sample *sample, struct kg_arena *scratch);

/* Mann 1945, Kendall 1975. Cost O(n log n). */
struct kg_trend_score kg_trend_score(const double *y, size_t n, struct kg_arena *scratch);

/* s drawn 1 towards 0, over its standard deviation. 0 when the variance is. */
double kg_trend_z(double s, double variance);

/* Two-sided normal p of z. */
double kg_trend_p(double z);

/* NEVER_SIGNIFICANT when even the most extreme order of the values has a p that is not below 1 - conf_level. */
enum kg_why kg_trend_reachable(double least_p, double conf_level);

/* Writes the terms `tau` (tau-b; p exact where there are no ties and n < 50 and `exact` is asked for) and `s` (with
 * standard deviation, z, normal p) under the given variance of s. NO_SPREAD when all values are the same. Returns 2. */
size_t kg_trend_report(const struct kg_trend_score *score, double variance, const struct kg_params *params, bool exact,
		       struct kg_arena *scratch, struct kg_term *out);

/* Median; reorders `value`. NaN when n = 0. */
double kg_trend_median(double *value, size_t n);

/* k-th smallest (from 0) of n; reorders `value`. Hoare 1961. */
double kg_trend_select(double *value, size_t n, size_t k);

/* (y[j] - y[i]) / (x[j] - x[i]) of all pairs i < j into `slope`; returns how many. */
size_t kg_trend_slopes(const double *x, const double *y, size_t n, double *slope);

/* The slopes of all pairs, x ascending: listed when few, else found by rank in O(n log n) time and O(n) memory. */
struct kg_trend_slopes {
	const double *x, *y;
	size_t n, count;   /* count: n (n - 1) / 2 */
	double *listed;	   /* NULL = too many; reordered by looking up */
	double steepest;   /* none is steeper */
	double resolution; /* slope that moves the line by the size of y */
	struct kg_arena *scratch;
};

/* Lives in scratch, which has failed when memory is out. */
struct kg_trend_slopes kg_trend_slopes_make(const double *x, const double *y, size_t n, struct kg_arena *scratch);

/* The k-th smallest, from 0; of many, to within the rounding of y. NaN when memory is out. */
double kg_trend_slopes_at(const struct kg_trend_slopes *slopes, size_t k);

/* Their median; NaN when there is none. */
double kg_trend_slopes_median(const struct kg_trend_slopes *slopes);

/* Median of those slopes; NaN with scratch failed when memory is out. */
double kg_trend_sen(const double *x, const double *y, size_t n, struct kg_arena *scratch);

/* Times from 0 at the usual step (median of the steps of x): what is left after missing values were dropped counts as
 * consecutive wherever lags count. NULL when memory is out. */
double *kg_trend_positions(const double *x, size_t n, struct kg_arena *scratch);

/* y less slope * position, in scratch. */
double *kg_trend_remove(const double *position, const double *y, size_t n, double slope, struct kg_arena *scratch);

/* Autocorrelation at a lag: products about the mean of all, divided by n throughout. */
double kg_trend_autocorrelation(const double *y, size_t n, size_t lag);

/* Change points. Replicates behind the p of a method that draws random numbers (0 `asked` = its own); 0 = it draws
 * none. */
size_t kg_trend_replicates(const char *method, size_t asked);

/* Statistic of a change in level and, in `at`, the last value before it; NaN: the values do not vary. `sum`: room for
 * n. */
typedef double kg_trend_measure(const double *y, size_t n, long double *sum, size_t *at);

/* Room for simulated series and their sums. */
struct kg_trend_room {
	size_t n;
	double *y;
	long double *sum;
};

/* Sums of the first k deviations from the mean, and the sum of their squares. False: the values do not vary. */
bool kg_trend_partial_sums(const double *y, size_t n, long double *sum, long double *squares);

/* Term `change_point` with p = (b + 1) / (m + 1), b of m simulated normal series reaching the statistic. Returns 1, 0
 * when memory is out. */
size_t kg_trend_change(kg_trend_measure *measure, size_t replicates, const struct kg_sample *sample,
		       const struct kg_params *params, struct kg_arena *scratch, struct kg_term *out);

/* Position of the largest |2 sum of the first k ranks - k (n + 1)|, the first of equal ones, and that value. */
size_t kg_trend_rank_split(const double *rank, size_t n, double *most);

/* Score summed over strata. `s`, `variance` as for one series; `pairs`: of each stratum with itself. */
struct kg_trend_pool {
	size_t n;
	double s, variance, pairs, slope; /* slope: median over all pairs within strata */
	double ties;			  /* tied pairs within strata */
};

/* Strata in sample->stratum, time order within each (strata may be interleaved). */
struct kg_trend_pool kg_trend_pool(const struct kg_sample *sample, const double *y, struct kg_arena *scratch);

/* The same with the covariances of the strata, over the rows (sample->period) in which every stratum has a value.
 * Hirsch & Slack 1984. */
struct kg_trend_pool kg_trend_pool_correlated(const struct kg_sample *sample, const double *y,
					      struct kg_arena *scratch);

/* Kendall's score between a and b, and the covariance of their scores against time (Dietz & Killeen 1981). */
double kg_trend_covariance(const double *a, const double *b, size_t n, struct kg_arena *scratch);

/* Terms `tau` (tau-a), `s`, `slope` of a pooled score; z with the continuity correction where asked for. Returns 3. */
size_t kg_trend_report_pool(const struct kg_trend_pool *pool, bool continuity, const struct kg_params *params,
			    struct kg_term *out);

/* Pools the seasons of a series (its periods modulo own->season), or the strata of a sample, and reports; `out` has
 * room for 3. 0 when memory is out. */
size_t kg_trend_fit_seasons(const struct kg_sample *sample, const struct kg_params *params, struct kg_arena *scratch,
			    struct kg_term *out, bool correlated);
size_t kg_trend_fit_regions(const struct kg_sample *sample, const struct kg_params *params, struct kg_arena *scratch,
			    struct kg_term *out, bool correlated);

#endif
