/* correlate: what the parts of the program `correlate` share. */
#ifndef KG_CORRELATE_H
#define KG_CORRELATE_H

#include "program.h"
#include "report/tidy.h"
#include "stats/correlation.h"

struct kg_correlate_options {
	const char *x, *y, *ci, *adjust, *within;
	struct kg_names columns, method, partial;
	long permutations, block;
	bool uniform;
};

/* Two columns by their position in `column`; `name` is "x~y". */
struct kg_column_pair {
	size_t x, y;
	const char *name;
};

#define KG_CORRELATE_TERMS 4 /* most terms that a method of the family gives */

/* What one method says about one pair in one group. */
struct kg_pair_estimate {
	struct kg_term term[KG_CORRELATE_TERMS];
	size_t nterm, n, n_missing;
	double p_unadjusted;
};

struct kg_correlate_run {
	const struct kg_correlate_options *options;
	const struct kg_table *table;
	struct kg_names method; /* with --partial pearson is partial, spearman partial-spearman */
	const struct kg_column **column;
	size_t ncolumn;
	const struct kg_column **covariate; /* of --partial */
	size_t ncovariate;
	struct kg_column_pair *pair;
	size_t npair;
	const struct kg_column *within; /* NULL = none */
	struct kg_groups groups;
	struct kg_params params;
	struct kg_correlation_own own;
	struct kg_pair_estimate *estimate; /* by group, pair, method */
};

static inline struct kg_pair_estimate *kg_correlate_at(const struct kg_correlate_run *run, size_t group, size_t pair,
						       size_t method)
{
	return &run->estimate[(group * run->npair + pair) * run->method.count + method];
}

/* Fills run->estimate, groups in parallel, and adjusts p over all groups and pairs of a method. */
enum kg_status kg_correlate_estimate(struct kg_correlate_run *run, const struct kg_context *context,
				     struct kg_error *error) KG_CHECKED;

/* Remarks on rows and columns: what was left out and why, random numbers, adjustment. */
void kg_correlate_remark(const struct kg_correlate_run *run, struct kg_result *result, struct kg_arena *arena);

/* Sentences for readers: direction, size, limits, n, and what a correlation does not show. */
void kg_correlate_tell(const struct kg_correlate_run *run, struct kg_result *result, struct kg_arena *arena);

#endif
