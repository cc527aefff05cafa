/* attainment: what the parts of the program `attainment` share. */
#ifndef KG_ATTAINMENT_H
#define KG_ATTAINMENT_H

#include "program.h"
#include "report/tidy.h"
#include "stats/attainment.h"
#include "stats/stat.h"
#include "table/formula.h"

struct kg_attainment_options {
	const char *formula, *outcome, *exposure, *trials, *cluster, *strata, *covariance, *ci, *scores, *alternative,
	    *id;
	struct kg_names method, instead;
	long groups, permutations;
	bool robustness;
};

struct kg_attainment_run {
	const struct kg_attainment_options *options;
	const struct kg_table *table;
	const struct kg_formula *formula; /* always: made from outcome and exposure when not given */
	const char *formula_text;
	const char *outcome, *exposure; /* NULL when the formula has more than one plain column on the right */
	const struct kg_column *trials, *cluster, *strata; /* NULL = none */
	const uint32_t *cluster_number, *stratum_number;   /* by table row */
	struct kg_groups groups;
	struct kg_attainment_own own;
	struct kg_params params; /* own points to `own` */
};

#define KG_STUDY_PERMUTATIONS 9999 /* of --robustness, where --permutations is not given */

enum {
	KG_ATTAINMENT_ODDS_RATIO,
	KG_ATTAINMENT_OR_LOW,
	KG_ATTAINMENT_OR_HIGH,
	KG_ATTAINMENT_LEFT_OUT,
	KG_ATTAINMENT_OWN
};

/* Reads the options against the table. */
enum kg_status kg_attainment_open(const struct kg_attainment_options *options, const struct kg_table *table,
				  struct kg_context *context, struct kg_attainment_run *run,
				  struct kg_error *error) KG_CHECKED;

/* Complete cases of a group; the sample has y, design, trials (exposure), stratum, cluster, and x where the exposure is
 * one column. KG_EDATA: an outcome that is not 0 or 1, or not within its trials; names line and column. */
enum kg_status kg_attainment_sample(const struct kg_attainment_run *run, size_t group, struct kg_arena *scratch,
				    struct kg_model *model, struct kg_sample *sample,
				    struct kg_error *error) KG_CHECKED;

/* Sentences for readers: direction, size, limits, n of the main results, and what they do not show. */
void kg_attainment_tell(const struct kg_attainment_run *run, struct kg_result *result, struct kg_arena *arena);

/* Remarks on rows and columns: what was left out and why, rules and random numbers. */
enum kg_status kg_attainment_remark(const struct kg_attainment_run *run, struct kg_result *result,
				    struct kg_arena *arena, struct kg_error *error) KG_CHECKED;

/* Title, sentences, remarks and the default chart. */
enum kg_status kg_attainment_describe(const struct kg_attainment_run *run, struct kg_result *result,
				      struct kg_arena *arena, struct kg_error *error) KG_CHECKED;

#endif
