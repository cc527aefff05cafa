/* trend: what the files of the program share. */
#ifndef KG_TREND_H
#define KG_TREND_H

#include "growth_series.h"
#include "stats/trend.h"

struct kg_trend_command {
	const char *time, *value, *population, *covariate, *std_error;
	long season, lag_max;
	struct kg_names method;
};

struct kg_trend_run {
	const struct kg_trend_command *options;
	struct kg_series_source source;
	struct kg_groups groups; /* the source's, and one empty group when a regional method is asked for */
	struct kg_params params;
	struct kg_trend_options trend;
	double alpha;
};

/* Checks that options and methods go together, reads the columns and makes the groups. */
enum kg_status kg_trend_open(const struct kg_trend_command *options, const struct kg_table *table,
			     struct kg_context *context, struct kg_trend_run *run, struct kg_error *error) KG_CHECKED;

#endif
