/* standardise_group: one group of a table by stratum. Lives in the arena passed in. */
#ifndef KG_STANDARDISE_GROUP_H
#define KG_STANDARDISE_GROUP_H

#include "participation_counts.h"
#include "standardise_strata.h"

/* Events and population of a group by stratum. */
struct kg_strata_group {
	struct kg_strata_figures events, population;
	double *variance; /* of the events */
	bool *seen;
	struct kg_counts sum;
	bool repeated;		    /* one stratum with two populations where it must have one */
	bool totalled, contradicts; /* the count stands for the whole group; it is not the same in its rows */
};

/* What is read: `total`: counts are those of the whole group, in one or in each of its rows. */
struct kg_strata_source {
	const struct kg_counts_source *counts;
	const struct kg_standard_strata *strata;
	bool total;
};

/* Collects rows row[0] .. row[n - 1]. False: memory is out. */
bool kg_strata_group_make(const struct kg_strata_source *source, const uint32_t *row, size_t n,
			  struct kg_arena *scratch, struct kg_strata_group *group);

/* Why the group has no estimate; NONE when it has. */
enum kg_why kg_strata_group_refuse(const struct kg_strata_group *group, size_t strata);

/* Events and population at their stated figures, added up. */
struct kg_counts kg_strata_group_sum(const struct kg_strata_group *group, size_t strata);

/* For each group the one to compare with: the same in all keys but the last, which is `value` there; SIZE_MAX = none.
 * KG_EUSAGE: no group has that value. */
enum kg_status kg_strata_references(const struct kg_table *table, const struct kg_groups *groups, const char *value,
				    struct kg_arena *arena, size_t **reference, struct kg_error *error) KG_CHECKED;

#endif
