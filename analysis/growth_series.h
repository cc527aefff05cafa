/* growth_series: the time series of a table's groups as samples for statistics, split where a definition changed.
 * Made once per run in the run's arena; each group's series in the arena passed in. */
#ifndef KG_GROWTH_SERIES_H
#define KG_GROWTH_SERIES_H

#include "program.h"
#include "stats/growth.h"
#include "table/group.h"

/* Further columns that go with each value: a covariate, a standard error. */
#define KG_SERIES_EXTRA 2

/* What a run reads: columns by name in, columns and groups out. */
struct kg_series_source {
	const struct kg_table *table;
	struct kg_time time;
	const struct kg_column *value, *population;	/* population NULL = none */
	const struct kg_column *extra[KG_SERIES_EXTRA]; /* set after opening, NULL = none */
	const struct kg_column *cluster;		/* the same */
	const uint32_t *cluster_number;			/* of each row of the table */
	struct kg_groups groups;			/* rows in time order */
	double *break_year;				/* ascending; a series is split before each */
	size_t nbreak;
};

/* One group, all its periods in time order. */
struct kg_series {
	struct kg_sample sample; /* y NaN = missing; x true years; stratum = number of the segment between breaks */
	struct kg_growth range;	 /* of y and exposures; NULL = exact */
	double *y, *x, *exposure, *low, *high, *exposure_low, *exposure_high, *extra[KG_SERIES_EXTRA];
	long *period;
	uint32_t *segment, *cluster; /* cluster NULL = none */
	size_t n_missing;
};

/* Columns, groups by time and breaks. KG_EUSAGE: a column does not exist; KG_EDATA: text where numbers are needed, a
 * cell that is no period, or a period twice in a group. */
enum kg_status kg_series_open(const struct kg_table *table, const char *const column[3], const struct kg_names *by,
			      struct kg_arena *arena, struct kg_series_source *source,
			      struct kg_error *error) KG_CHECKED;

/* Fills what holds for every program on series: the end of the title (" per x by y"), default chart, and remarks: where
 * series were split, and which rows have a population that is missing, zero or negative (in growth_remark.c). */
void kg_series_describe(const struct kg_series_source *source, const struct kg_names *by, struct kg_result *result,
			struct kg_arena *arena);

/* For methods on logarithms: remarks which rows are missing, zero or negative, and which method takes them. */
void kg_series_remark_logs(const struct kg_series_source *source, struct kg_result *result, struct kg_arena *arena);

/* The same for joinpoint, whose model is an option: which rows are zero or negative, and which model takes them. */
void kg_series_remark_model(const struct kg_series_source *source, struct kg_result *result, struct kg_arena *arena);

/* Adds an empty group for what concerns all groups; false when memory is out. */
bool kg_series_total_group(struct kg_groups *groups, struct kg_arena *arena);

/* Number of breaks up to a time: values of different epochs are not comparable. */
uint32_t kg_series_epoch(const struct kg_series_source *source, double year);

/* The series of a group; false when memory is out. */
bool kg_series_make(const struct kg_series_source *source, size_t group, struct kg_arena *scratch,
		    struct kg_series *series);

/* Number of segments: one more than the breaks within the series. */
size_t kg_series_segments(const struct kg_series *series);

/* The periods of one segment that have a value, the extras, a cluster and, with a population, a positive one; the
 * sample of `part` is ready for a fit; n_missing counts what was left out. False when memory is out. */
bool kg_series_part(const struct kg_series *series, size_t segment, struct kg_arena *scratch, struct kg_series *part);

/* Name of the i-th period of a series, in `scratch`. */
const char *kg_series_label(const struct kg_series_source *source, const struct kg_series *series, size_t i,
			    struct kg_arena *scratch);

#endif
