/* joinpoint_average: the average of a joinpoint model's slopes over a range, and limits from resampled residuals. */
#ifndef KG_STATS_JOINPOINT_AVERAGE_H
#define KG_STATS_JOINPOINT_AVERAGE_H

#include "stats/joinpoint.h"

/* Slopes weighted by the length of their pieces within a range. `piece`: the piece that holds the whole range, SIZE_MAX
 * when it spans several. */
struct kg_joinpoint_average {
	double slope;
	double independent_se; /* the slopes taken as independent and the joinpoints as known (Clegg and others 2009) */
	double delta_se; /* from all covariances of the pieces' lines, which carry the joinpoints' (Muggeo 2010) */
	size_t piece;
	bool unsettled; /* a jump beside a joinpoint lies in the range: delta_se is independent_se */
};

/* From .. to: within the data. `lines` NULL: no standard errors. */
struct kg_joinpoint_average kg_joinpoint_average(const struct kg_points *points, const struct kg_joinpoint_model *model,
						 const struct kg_joinpoint_lines *lines, double from, double to);

/* What is resampled: per replicate the joinpoints' times (k), the slopes (k + 1), the averages over the ranges of the
 * options and the jumps, one row of each. */
struct kg_joinpoint_resample {
	size_t replicates, width;
	double *draw; /* replicates x width */
};

/* Resampled series when --replicates is not given. */
#define KG_JOINPOINT_REPLICATES ((size_t)1000)

/* Whitened residuals are drawn with replacement, widened by sqrt(n / (n - 2k - 2 - jumps)), added to the fit, and the k
 * joinpoints are placed again; a comparability ratio is drawn, too. False when memory is out. */
bool kg_joinpoint_resample(const struct kg_points *points, const struct kg_joinpoint_rules *rules,
			   const struct kg_joinpoint_model *model, const struct kg_params *params,
			   struct kg_arena *scratch, struct kg_joinpoint_resample *resample);

/* Limits of one column of it at params->conf_level: quantiles by linear interpolation. Reorders nothing. */
void kg_joinpoint_quantiles(const struct kg_joinpoint_resample *resample, size_t column, double conf_level,
			    struct kg_arena *scratch, double *low, double *high);

#endif
