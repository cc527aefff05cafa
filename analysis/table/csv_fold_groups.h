/* csv_fold_groups: a hash table of groups, each with its key and folded values. What each row touches (the key and the
 * totals) is kept small and together, what few rows touch is kept apart: the time goes into waiting for memory.
 * Ownership: everything is the table's own: kg_fold_groups_free. */
#ifndef KG_TABLE_CSV_FOLD_GROUPS_H
#define KG_TABLE_CSV_FOLD_GROUPS_H

#include "table/csv_fold_rows.h"

/* Folded bounds: the high end, and the stated figure that may not lie above it ("<5"), depend on whether the column
 * turns out to hold integers only. */
struct kg_fold_range {
	long double low, high_whole, high_real, stated_whole;
};

/* Of each value: what rounding took from its sum, how many rows had none; of a group with bounds, the range. */
struct kg_fold_rest {
	double carry;
	size_t absent;
	struct kg_fold_range range;
};

struct kg_fold_group {
	size_t row, line; /* where the key stood first: row of the file from 0, line */
	size_t record;	  /* where its record starts among the words */
	bool bounded;
	struct kg_fold_rest *rest; /* one for each value; NULL = all zero */
};

/* The start of a record; `nvalue` totals and the words of the key follow. */
struct kg_fold_record {
	uint32_t group, words;
	size_t nrow;
	double total[];
};

/* `tag` is a part of the hash; record 0 = free. */
struct kg_fold_slot {
	uint32_t tag, record;
};

struct kg_fold_groups {
	enum kg_fold_how how;
	size_t nvalue;
	bool bounded;		/* any group is */
	struct kg_arena *arena; /* of the rests */
	struct kg_fold_slot *slot;
	uint64_t *word;		     /* the records */
	struct kg_fold_group *group; /* in order of first appearance */
	size_t nslot, nword, word_room, count, room;
};

/* KG_ENOMEM. */
enum kg_status kg_fold_groups_start(struct kg_fold_groups *groups, enum kg_fold_how how, size_t nvalue,
				    struct kg_error *error) KG_CHECKED;

/* Adds the rows first..last-1 of a chunk. KG_ENOMEM. */
enum kg_status kg_fold_groups_add(struct kg_fold_groups *groups, const struct kg_chunk *chunk,
				  const struct kg_fold_rows *rows, size_t first, size_t last,
				  struct kg_error *error) KG_CHECKED;

/* Adds all that went into a group of another table. KG_ENOMEM. */
enum kg_status kg_fold_groups_merge(struct kg_fold_groups *into, size_t group, const struct kg_fold_groups *from,
				    size_t other, struct kg_error *error) KG_CHECKED;

/* A folded value: how many cells went in, and the mean's dividend for a mean. */
struct kg_folded {
	size_t count;
	long double total;
	struct kg_fold_range range; /* ends equal `total` without bounds */
};

struct kg_folded kg_fold_groups_value(const struct kg_fold_groups *groups, size_t group, size_t value);

void kg_fold_groups_free(struct kg_fold_groups *groups);

static inline struct kg_fold_record *kg_fold_groups_record(const struct kg_fold_groups *groups, size_t record)
{
	return (struct kg_fold_record *)(void *)(groups->word + record);
}

static inline const uint64_t *kg_fold_groups_key(const struct kg_fold_groups *groups,
						 const struct kg_fold_record *record)
{
	return (const uint64_t *)(const void *)(record->total + groups->nvalue);
}

#endif
