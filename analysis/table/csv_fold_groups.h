/* csv_fold_groups: a hash table of groups, each with its key and folded values.
 * Ownership: everything lives in the table's own arena. */
#ifndef KG_TABLE_CSV_FOLD_GROUPS_H
#define KG_TABLE_CSV_FOLD_GROUPS_H

#include "table/csv_fold_rows.h"

/* Folded bounds: the high end depends on whether the column turns out to hold integers only. */
struct kg_fold_range {
	long double low, high_whole, high_real;
};

struct kg_fold_group {
	size_t row;  /* in the file, from 0, where the key stood first */
	size_t line; /* of that row */
	size_t words;
	struct kg_fold_range *range; /* one for each value; NULL while the group has no bounds */
	long double *total;	     /* sum, least or greatest, one for each value */
	size_t *count;		     /* values that went in */
	uint64_t key[];
};

struct kg_fold_slot {
	uint64_t hash;
	struct kg_fold_group *group;
};

struct kg_fold_groups {
	struct kg_arena *arena;
	enum kg_fold_how how;
	size_t nvalue;
	struct kg_fold_slot *slot;
	size_t nslot;
	struct kg_fold_group **group; /* in order of first appearance */
	size_t count, room;
};

/* KG_ENOMEM. */
enum kg_status kg_fold_groups_start(struct kg_fold_groups *groups, enum kg_fold_how how, size_t nvalue,
				    struct kg_error *error) KG_CHECKED;

/* Adds the rows first..last-1 of a chunk. KG_ENOMEM. */
enum kg_status kg_fold_groups_add(struct kg_fold_groups *groups, const struct kg_chunk *chunk,
				  const struct kg_fold_rows *rows, size_t first, size_t last,
				  struct kg_error *error) KG_CHECKED;

/* Adds all that went into `from` to `into`. KG_ENOMEM. */
enum kg_status kg_fold_groups_merge(struct kg_fold_groups *groups, struct kg_fold_group *into,
				    const struct kg_fold_group *from, struct kg_error *error) KG_CHECKED;

void kg_fold_groups_free(struct kg_fold_groups *groups);

#endif
