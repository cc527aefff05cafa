/* participation_sentence: the main result of participation in a sentence. */
#ifndef KG_PARTICIPATION_SENTENCE_H
#define KG_PARTICIPATION_SENTENCE_H

#include "participation_counts.h"

/* What the sentence is about: rows of one term and method. */
struct kg_sentence_plan {
	const struct kg_counts_source *source;
	const char *term, *method;
	double multiplier, conf_level;
	const char *group; /* column that names the groups, NULL = one group */
};

/* Adds a remark: one quotient with its limits of chance or, apart from them, what its bounds leave; of many, the
 * smallest and the largest. Nothing where no row has an estimate. */
void kg_participation_say(const struct kg_sentence_plan *plan, struct kg_result *result, struct kg_arena *arena);

#endif
