/* regress: what the files of the program share. */
#ifndef KG_REGRESS_H
#define KG_REGRESS_H

#include "regress_covariance.h"
#include "report/tidy.h"
#include "stats/stat.h"
#include "table/formula.h"

struct kg_regress_options {
	const char *formula;
	struct kg_names method;
	const char *weights, *cluster, *covariance, *offset;
};

struct kg_regress_run {
	const struct kg_regress_options *options;
	const struct kg_table *table;
	const struct kg_formula *formula;
	const struct kg_column *weights, *offset; /* NULL = not given */
	struct kg_covariance_asked covariance;
	struct kg_groups groups;
	struct kg_names method;
	struct kg_params params;
};

/* Columns besides the formula's, and whether they go with the methods. */
enum kg_status kg_regress_open(const struct kg_regress_options *options, const struct kg_table *table,
			       struct kg_context *context, struct kg_regress_run *run,
			       struct kg_error *error) KG_CHECKED;

/* Says which rows were left out and why, and by which rules standard errors were made. */
enum kg_status kg_regress_remark(const struct kg_regress_run *run, struct kg_result *result, struct kg_arena *arena,
				 struct kg_error *error) KG_CHECKED;

/* Complete cases of one group. `sample` points into `model`. */
struct kg_regress_cases {
	struct kg_model model;
	struct kg_sample sample;
};

enum kg_status kg_regress_sample(const struct kg_regress_run *run, size_t group, struct kg_arena *scratch,
				 struct kg_regress_cases *cases, struct kg_error *error) KG_CHECKED;

/* The program's chart when outcome and covariate are one column each: the data, and for a linear method the fitted
 * line with its band, in each group. */
enum kg_status kg_regress_picture(const struct kg_regress_run *run, struct kg_picture *picture, struct kg_arena *arena,
				  struct kg_error *error) KG_CHECKED;

/* True for ols and wls. */
bool kg_regress_is_linear(const char *method);

/* False for a row whose weight or offset is zero: it can tell nothing. */
bool kg_regress_counts(const struct kg_regress_run *run, uint32_t row);

#endif
