/* joinpoint: what the files of the program share. */
#ifndef KG_JOINPOINT_H
#define KG_JOINPOINT_H

#include "growth_series.h"
#include "stats/joinpoint.h"

/* What the command line gives, as it stands there. */
struct kg_joinpoint_command {
	const char *time, *value, *population, *std_error, *select, *model, *range, *ci, *max_joinpoints;
	const char *autocorrelation, *jump, *compare;
	double comparability_ratio, comparability_variance;
	long min_end, min_between;
	struct kg_names method;
};

/* A range of --range: two times, or the last periods of each series. */
struct kg_joinpoint_range {
	double from, to;
	long last; /* 0 = from .. to */
};

struct kg_joinpoint_run {
	const struct kg_joinpoint_command *command;
	const struct kg_context *context;
	struct kg_series_source source;
	struct kg_params params;
	struct kg_joinpoint_options options; /* without ranges and std_error, which are each series' own */
	struct kg_joinpoint_range range[KG_RANGES_MOST];
	size_t ranges;
};

extern const char *const kg_joinpoint_select_choice[], *const kg_joinpoint_model_choice[],
							   *const kg_joinpoint_ci_choice[];

/* Opens the series and reads the options. KG_EUSAGE: an option that cannot be read, named. */
enum kg_status kg_joinpoint_open(struct kg_joinpoint_run *run, const struct kg_table *table, const struct kg_names *by,
				 struct kg_arena *arena, struct kg_error *error) KG_CHECKED;

/* Options for one series: its ranges and standard errors. */
struct kg_joinpoint_options kg_joinpoint_for(const struct kg_joinpoint_run *run, const struct kg_series *part);

/* --compare: every two series of that column, tested for coincidence and parallelism; the whole result. */
enum kg_status kg_joinpoint_compare_all(struct kg_joinpoint_run *run, const struct kg_table *table,
					struct kg_context *context, struct kg_result **result,
					struct kg_error *error) KG_CHECKED;

#endif
