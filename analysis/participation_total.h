/* participation_total: how much of a count and its denominator was read, and how much of it stands in rows with an
 * estimate, so that a loss shows. */
#ifndef KG_PARTICIPATION_TOTAL_H
#define KG_PARTICIPATION_TOTAL_H

#include "participation_counts.h"

struct kg_counts_total {
	const struct kg_counts_source *source; /* borrowed */
	long double *count, *denominator;      /* of each group that has an estimate, else 0 */
	size_t ngroup;
};

/* False: memory is out. */
bool kg_counts_total_open(struct kg_counts_total *total, const struct kg_counts_source *source, size_t ngroup,
			  struct kg_arena *arena);

/* The group has an estimate. Groups may be kept from different threads. */
void kg_counts_total_keep(const struct kg_counts_total *total, size_t group, const struct kg_counts *counts);

/* Adds a remark; `people`: also with the totals of the denominator. Bounds count at their stated figures. */
void kg_counts_total_say(const struct kg_counts_total *total, bool people, struct kg_result *result,
			 struct kg_arena *arena);

#endif
