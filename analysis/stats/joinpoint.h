/* joinpoint: straight pieces that meet at joinpoints, placed on observed times by least squares. Pure numbers.
 * Source of the model: Kim, Fay, Feuer & Midthune 2000, Statistics in Medicine 19: 335-351; conventions as confirmed on
 * exports of the National Cancer Institute's Joinpoint program. */
#ifndef KG_STATS_JOINPOINT_H
#define KG_STATS_JOINPOINT_H

#include "stats/stat.h"

/* Joinpoints that are ever fitted. */
#define KG_JOINPOINTS_MOST 9

/* Points in time order, times different; y on the scale of the fit (logarithms); weights 1 when NULL. */
struct kg_points {
	size_t n;
	const double *x, *y, *weight;
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
	double slope[KG_JOINPOINTS_MOST + 1], slope_se[KG_JOINPOINTS_MOST + 1];
	double value[KG_JOINPOINTS_MOST + 2]; /* fitted at first point, joinpoints, last point */
	double df;			      /* of the slopes' t */
	double bic, bic3, wbic;
};

enum kg_joinpoint_select { KG_SELECT_WBIC, KG_SELECT_BIC, KG_SELECT_BIC3, KG_SELECT_PERMUTATION };
enum kg_joinpoint_scale { KG_SCALE_LOG, KG_SCALE_LINEAR, KG_SCALE_POISSON };

/* params->own of the method `joinpoint`. */
struct kg_joinpoint_options {
	struct kg_joinpoint_rules rules; /* most = SIZE_MAX: by length */
	enum kg_joinpoint_select select;
	enum kg_joinpoint_scale scale;
	const double *std_error; /* of each y, NULL = none */
	double from, to;	 /* range of the average change; NaN = all */
	bool empirical;		 /* limits from resampled residuals */
};

/* Largest number of joinpoints for a length: 0 below 7 points, then one more per 5, at most 7. */
size_t kg_joinpoint_most(size_t n);

/* Whether k joinpoints fit into n points. */
bool kg_joinpoint_allows(const struct kg_joinpoint_rules *rules, size_t n, size_t k);

/* Best placements of 0 .. rules->most joinpoints among all on the grid of observed times, exactly, by dynamic
 * programming over the fitted value at the last joinpoint. best: rules->most + 1. Returns false when memory is out. */
bool kg_joinpoint_search(const struct kg_points *points, const struct kg_joinpoint_rules *rules,
			 struct kg_arena *scratch, struct kg_placement *best);

/* Least sse when joinpoint j (from 0) of k lies at each point; NaN where it may not. sse: k rows of n.
 * False when memory is out. */
bool kg_joinpoint_profile(const struct kg_points *points, const struct kg_joinpoint_rules *rules, size_t k,
			  struct kg_arena *scratch, double *sse);

/* Fits a placement: slopes, standard errors (NaN without degrees of freedom), criteria. False when memory is out. */
bool kg_joinpoint_fit(const struct kg_points *points, const struct kg_placement *placement, struct kg_arena *scratch,
		      struct kg_joinpoint_model *model);

/* Fitted value at a time. */
double kg_joinpoint_value(const struct kg_points *points, const struct kg_joinpoint_model *model, double x);

/* The chosen model's values at the points of a sample, on the scale of the data, and where its joinpoints lie; left as
 * they are when there is no model. params as for the method `joinpoint`. False when memory is out. */
bool kg_joinpoint_curve(const struct kg_sample *sample, const struct kg_params *params, struct kg_arena *scratch,
			double *fitted, bool *bend);

/* Number of joinpoints by the sequential permutation test. -1 when memory is out. */
int kg_joinpoint_permute(const struct kg_points *points, const struct kg_joinpoint_rules *rules,
			 const struct kg_placement *best, const struct kg_params *params, struct kg_arena *scratch);

#endif
