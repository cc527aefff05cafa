/* attainment_tell: rows of the result as sentences. */
#ifndef KG_ATTAINMENT_TELL_H
#define KG_ATTAINMENT_TELL_H

#include "attainment.h"

/* One row of the result, and what its sentence goes to. */
struct kg_told {
	const char *term, *method, *outcome, *exposure;
	double estimate, low, high, odds, odds_low, odds_high, p, n;
	double percent; /* of the limits */
	struct kg_result *result;
	struct kg_arena *arena;
};

/* A row of the result, the columns by their titles. */
struct kg_told kg_told_read(const struct kg_attainment_run *run, struct kg_result *result, size_t row,
			    struct kg_arena *arena);

/* Sentences on the rows of --robustness; nothing without it. */
void kg_attainment_tell_robustness(const struct kg_attainment_run *run, struct kg_result *result,
				   struct kg_arena *arena);

#endif
