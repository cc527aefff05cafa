/* growth: what the files of the program `growth` share. */
#ifndef KG_GROWTH_H
#define KG_GROWTH_H

#include "growth_picture.h"
#include "regress_covariance.h"
#include "report/tidy.h"

struct kg_growth_options {
	const char *time, *value, *population, *base, *covariance, *cluster, *crosswalk_columns;
	struct kg_further crosswalk;
	long lag;
	struct kg_names method;
};

/* Sums over all groups at one period; `why`: some group has no value. */
struct kg_growth_sum {
	long period;
	uint32_t epoch; /* breaks up to this period */
	size_t open;	/* groups whose range is open upwards: not in value.high */
	size_t groups;	/* groups that have a value */
	struct kg_growth_value value;
};

struct kg_growth_run {
	const struct kg_growth_options *options;
	struct kg_series_source source;
	struct kg_groups groups; /* the source's, and one empty group for the total when contributions are asked for */
	struct kg_params params;
	struct kg_covariance_asked covariance;
	struct kg_growth_sum *sum; /* ascending periods */
	size_t nsum;
};

/* The methods that are not fitted segment by segment, and the one whose first term is not `apc`. */
extern const struct kg_stat kg_stat_cagr, kg_stat_change, kg_stat_index, kg_stat_contribution;

/* --decompose-boundary: the change from the first to the last period of each unit, the last of --by, split into what
 * redrawing made and the rest. */
enum kg_status kg_growth_decompose(const struct kg_growth_options *options, const struct kg_table *table,
				   const struct kg_context *context, struct kg_result **result,
				   struct kg_error *error) KG_CHECKED;

/* Own columns of growth. */
enum { KG_GROWTH_FROM, KG_GROWTH_TO, KG_GROWTH_OWN };

/* Checks that options and methods go together, reads the columns and makes the groups. */
enum kg_status kg_growth_open(const struct kg_growth_options *options, const struct kg_table *table,
			      struct kg_context *context, struct kg_growth_run *run, struct kg_error *error) KG_CHECKED;

/* True when one of the methods is asked for; NULL-terminated. */
bool kg_growth_wants(const struct kg_growth_options *options, const char *const *method);

/* A kg_picture_fit (context: struct kg_growth_run): the model of the first method that has one, with its limits. */
bool kg_growth_curve(void *context, const struct kg_series *part, size_t group, struct kg_arena *scratch,
		     struct kg_picture_curve *curve);

/* The methods that fit a model; NULL-terminated. */
extern const char *const kg_growth_models[];

/* Sums by period and the group for the total. KG_ENOMEM. */
enum kg_status kg_growth_total_make(struct kg_growth_run *run, struct kg_arena *arena,
				    struct kg_error *error) KG_CHECKED;

/* Contributions of one group to the growth of the total; of the empty group: the total's growth. KG_ENOMEM. */
enum kg_status kg_growth_contribute(const struct kg_growth_run *run, const struct kg_series *series, bool total,
				    struct kg_arena *scratch, struct kg_rows *rows) KG_CHECKED;

#endif
