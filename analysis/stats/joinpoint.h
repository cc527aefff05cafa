/* joinpoint: straight pieces that meet at joinpoints, placed on observed times by least squares. Pure numbers.
 * Source of the model: Kim, Fay, Feuer & Midthune 2000, Statistics in Medicine 19: 335-351; conventions as confirmed on
 * exports of the National Cancer Institute's Joinpoint program. */
#ifndef KG_STATS_JOINPOINT_H
#define KG_STATS_JOINPOINT_H

#include "stats/stat.h"

/* Joinpoints that are ever fitted, jumps in one series, and ranges that averages are taken over. */
#define KG_JOINPOINTS_MOST 9
#define KG_JUMPS_MOST 4
#define KG_RANGES_MOST 8

/* Points in time order, times different; y on the scale of the fit (logarithms); weights 1 when NULL. */
struct kg_points {
	size_t n;
	const double *x, *y, *weight;
	double autocorrelation;		   /* of errors one period apart; 0 = independent */
	const long *period;		   /* calendar keys, for distances; NULL = all one apart */
	size_t jumps, jump[KG_JUMPS_MOST]; /* from each of these points on the level has moved by an unknown step */
	const double *shift; /* how y moves with a quantity that is known with this variance; NULL = none */
	double shift_variance;
};

/* Observations that must lie before the first and after the last joinpoint, and between two; a joinpoint itself is not
 * counted. */
struct kg_joinpoint_rules {
	size_t most, min_end, min_between;
};

/* Best placement of k joinpoints: positions of points; NaN sse when none is allowed. */
struct kg_placement {
	size_t k, at[KG_JOINPOINTS_MOST];
	double sse;
};

/* The model at a placement. Pieces are numbered 0 .. k. */
struct kg_joinpoint_model {
	struct kg_placement placement;
	double slope[KG_JOINPOINTS_MOST + 1];
	double value[KG_JOINPOINTS_MOST + 2]; /* fitted at first point, joinpoints, last point, without jumps */
	double jump[KG_JUMPS_MOST], jump_se[KG_JUMPS_MOST]; /* se: the joinpoints taken as known */
	double autocorrelation;
	double log_determinant; /* of the whitened design's cross-products */
	double log_scale;	/* of the whitening */
	double bic, bic3, wbic; /* kg_joinpoint_criteria */
};

/* What is known about a model's lines when the joinpoints are estimated too: each piece a line of its own through its
 * points without its joinpoints (Lerman 1980; Feder 1975). Entry 2 j is the level of piece j at x = centre[j], 2 j + 1
 * its slope, 2 (k + 1) + i jump i. */
#define KG_LINES_MOST (2 * KG_JOINPOINTS_MOST + 2 + KG_JUMPS_MOST)
struct kg_joinpoint_lines {
	size_t count; /* entries */
	double df;
	double centre[KG_JOINPOINTS_MOST + 1];
	double covariance[KG_LINES_MOST][KG_LINES_MOST]; /* NaN without degrees of freedom, or where not determined */
};

enum kg_joinpoint_select { KG_SELECT_WBIC, KG_SELECT_BIC, KG_SELECT_BIC3, KG_SELECT_PERMUTATION };
enum kg_joinpoint_scale { KG_SCALE_LOG, KG_SCALE_LINEAR, KG_SCALE_POISSON };
enum kg_joinpoint_limits { KG_LIMITS_PARAMETRIC, KG_LIMITS_DELTA, KG_LIMITS_EMPIRICAL };

/* A known change of definition: values before are multiplied by `ratio` (new over old), known with this variance. */
struct kg_comparability {
	double ratio, variance; /* ratio NaN = none */
};

/* params->own of the method `joinpoint`. */
struct kg_joinpoint_options {
	struct kg_joinpoint_rules rules; /* most = SIZE_MAX: by length */
	enum kg_joinpoint_select select;
	enum kg_joinpoint_scale scale;
	enum kg_joinpoint_limits limits;
	const double *std_error; /* of each y, NULL = none */
	size_t ranges;		 /* averages, 0 = one over all */
	double from[KG_RANGES_MOST], to[KG_RANGES_MOST];
	double autocorrelation; /* of errors one period apart; NaN = estimated */
	size_t jumps;
	double jump[KG_JUMPS_MOST];	       /* times from which the level has moved, ascending */
	struct kg_comparability comparability; /* of the first jump; then nothing is estimated there */
};

/* Largest number of joinpoints for a length: 0 below 7 points, then one more per 5, at most 7. */
size_t kg_joinpoint_most(size_t n);

/* Whether k joinpoints fit into n points. */
bool kg_joinpoint_allows(const struct kg_joinpoint_rules *rules, size_t n, size_t k);

/* Best placements of 0 .. rules->most joinpoints among all on the grid of observed times, exactly, by dynamic
 * programming over the fitted value at the last joinpoint; a jump is taken up by the one piece that it falls into.
 * best: rules->most + 1. Returns false when memory is out. */
bool kg_joinpoint_search(const struct kg_points *points, const struct kg_joinpoint_rules *rules,
			 struct kg_arena *scratch, struct kg_placement *best);

/* Least sse when joinpoint j (from 0) of k lies at each point; NaN where it may not. sse: k rows of n.
 * False when memory is out. */
bool kg_joinpoint_profile(const struct kg_points *points, const struct kg_joinpoint_rules *rules, size_t k,
			  struct kg_arena *scratch, double *sse);

/* Fits a placement: slopes and jumps. False when memory is out. */
bool kg_joinpoint_fit(const struct kg_points *points, const struct kg_placement *placement, struct kg_arena *scratch,
		      struct kg_joinpoint_model *model);

/* BIC, BIC3 and weighted BIC of a fitted model; a jump counts as a parameter. False when memory is out. */
bool kg_joinpoint_criteria(const struct kg_points *points, struct kg_arena *scratch, struct kg_joinpoint_model *model);

/* Covariance of the pieces' lines at a placement. False when memory is out. */
bool kg_joinpoint_lines(const struct kg_points *points, const struct kg_placement *placement, struct kg_arena *scratch,
			struct kg_joinpoint_lines *lines);

/* Standard error of the slope of piece j (from 0), of jump i; NaN where there is none. */
double kg_joinpoint_slope_se(const struct kg_joinpoint_lines *lines, size_t j);
double kg_joinpoint_jump_se(const struct kg_joinpoint_lines *lines, const struct kg_points *points, size_t i);

/* The autocorrelation of errors at the best placements of k joinpoints by restricted maximum likelihood, in turn with
 * the placement until that rests; `points` and `best` are left at it. False when memory is out. */
bool kg_joinpoint_correlate(struct kg_points *points, const struct kg_joinpoint_rules *rules, size_t k,
			    struct kg_arena *scratch, struct kg_placement *best);

/* Fitted value at a time without jumps, and at a point with them. */
double kg_joinpoint_value(const struct kg_points *points, const struct kg_joinpoint_model *model, double x);
double kg_joinpoint_fitted(const struct kg_points *points, const struct kg_joinpoint_model *model, size_t i);

/* Standard error of the fitted value at each point, the joinpoints taken as known. False when memory is out. */
bool kg_joinpoint_band(const struct kg_points *points, const struct kg_joinpoint_model *model, struct kg_arena *scratch,
		       double *std_error);

/* The chosen model at the points of a sample, on the scale of the data; its limits; and where its joinpoints lie. */
struct kg_joinpoint_drawn {
	double *fitted, *low, *high;
	bool *bend;
};

/* Fills them; they are left as they are when there is no model. params as for the method `joinpoint`. False when memory
 * is out. */
bool kg_joinpoint_curve(const struct kg_sample *sample, const struct kg_params *params, struct kg_arena *scratch,
			const struct kg_joinpoint_drawn *drawn);

/* Permutations when --replicates is not given, as in the National Cancer Institute's program. */
#define KG_JOINPOINT_DRAWS ((size_t)4499)

/* Number of joinpoints by the sequential permutation test: whitened residuals are permuted. params->own as for the
 * method `joinpoint`; an autocorrelation that is to be estimated is so under each null hypothesis. -1 when memory is
 * out. */
int kg_joinpoint_permute(const struct kg_points *points, const struct kg_joinpoint_rules *rules,
			 const struct kg_params *params, struct kg_arena *scratch);

#endif
