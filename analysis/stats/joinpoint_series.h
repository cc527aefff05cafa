/* joinpoint_series: from a sample to points on the scale of the fit, and from points to the chosen model. Pure numbers;
 * everything lives in the arena it was made in. */
#ifndef KG_STATS_JOINPOINT_SERIES_H
#define KG_STATS_JOINPOINT_SERIES_H

#include "stats/joinpoint.h"

struct kg_joinpoint_series {
	struct kg_points points;
	struct kg_joinpoint_rules
	    rules; /* as many joinpoints as asked for, or as the length suggests, as far as they fit */
	double jump_time[KG_JUMPS_MOST]; /* of points.jump */
	double *y, *weight;
	enum kg_why why, note; /* why: there is no model; note: a warning for every estimate */
	bool exact;	       /* residuals are nothing but rounding */
};

/* Values with their weights and jumps; series->why = why there can be no model. False when memory is out. */
bool kg_joinpoint_series_make(const struct kg_sample *sample, const struct kg_joinpoint_options *own,
			      struct kg_arena *scratch, struct kg_joinpoint_series *series);

/* The model that the rule of params->own chooses; estimates the autocorrelation into series->points where asked to.
 * Random numbers by params->seed, stream and permutations. False when memory is out. */
bool kg_joinpoint_choose(struct kg_joinpoint_series *series, const struct kg_params *params, struct kg_arena *scratch,
			 struct kg_joinpoint_model *model);

#endif
