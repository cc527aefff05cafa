/* attainment_study: one group while --robustness examines it. */
#ifndef KG_ATTAINMENT_STUDY_H
#define KG_ATTAINMENT_STUDY_H

#include "attainment.h"

struct kg_study {
	const struct kg_attainment_run *run;
	const struct kg_model *model;
	const struct kg_sample *sample;
	size_t focus; /* design column of the first covariate */
	double *success, *trials;
	double conf_level;
	size_t n_missing, left_out; /* rows: with missing cells; complete, but left out on purpose */
	struct kg_arena *scratch;
	struct kg_rows *rows;
};

struct kg_effect {
	double estimate, std_error;
	enum kg_why why;
};

/* Coefficient of `focus` with the study's successes and trials; `direction` (may be NULL) gets what one more success
 * in each row adds to it, to first order. */
struct kg_effect kg_study_estimate(const struct kg_study *study, const struct kg_design *design, size_t focus,
				   bool firth, double *direction);

/* A row with nothing but its names and counts; a row with an effect and its odds ratio. */
struct kg_row kg_study_row(const struct kg_study *study, const char *name, const char *method);
void kg_study_add(const struct kg_study *study, const char *name, const char *method, struct kg_effect effect,
		  const char *left_out);

/* Rows on outcomes that would have to differ, on permutation within clusters, on the association between clusters. */
void kg_study_add_fragility(const struct kg_study *study, struct kg_effect whole);
void kg_study_add_permutation(const struct kg_study *study);
void kg_study_add_between(const struct kg_study *study, double whole);

#endif
