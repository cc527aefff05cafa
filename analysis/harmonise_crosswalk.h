/* harmonise_crosswalk: which old unit went into which new one, when, and with what share. Lives in the arena passed
 * in. Units go by name (table/name_set.h), numbered in the file's order. */
#ifndef KG_HARMONISE_CROSSWALK_H
#define KG_HARMONISE_CROSSWALK_H

#include <limits.h>

#include "program.h"
#include "table/name_set.h"
#include "table/period.h"

/* One line: a part of an old unit that went into a new one. */
struct kg_link {
	size_t from, to;	  /* numbers of the old and the new unit */
	double low, high;	  /* range of the share; low = high unless how the unit was split is not known */
	long first_day, last_day; /* both inclusive; LONG_MIN, LONG_MAX = open */
	bool same;		  /* the new unit carries on the old one's name or code */
	size_t row;		  /* of the crosswalk's table */
};

/* An old unit as long as it went into the same parts: link[first] .. link[first + count - 1]. */
struct kg_extent {
	size_t unit, first, count;
	bool unknown; /* split, and how is not known in full */
};

/* What is wrong with the lines of an old unit, which is then not carried. */
enum kg_fault_kind { KG_FAULT_NONE, KG_FAULT_SHARES, KG_FAULT_TWICE, KG_FAULT_OVERLAP };

struct kg_fault {
	enum kg_fault_kind kind;
	size_t row, other; /* of the crosswalk's table: where it shows, and what it contradicts */
	double sum;	   /* of the shares */
};

struct kg_crosswalk {
	const struct kg_table *table;
	const char *to_name, *share_name; /* of the columns */
	struct kg_name_set *old_names, *new_names;
	size_t nold, nnew, nextent;
	struct kg_extent *extent; /* sorted by unit, then by time */
	size_t *start;		  /* extents of old unit u: start[u] .. start[u + 1] - 1 */
	struct kg_link *link;
	double *share;		/* of each link; those of an extent sum to 1 */
	bool dated;		/* some unit has several extents: only a time tells which holds */
	struct kg_fault *fault; /* of each old unit */
	bool *broken;		/* of each new unit: a part of it comes from a faulty old one */
};

struct kg_crosswalk_columns {
	const char *from, *to, *share; /* share NULL = 'share' if there is one */
};

/* Reads it, with the columns valid_from, valid_to (periods, both inclusive, empty = open) and event where there are
 * any. A unit with one line goes over whole. One share that is missing is the rest to 1; of several, the rest is taken
 * to lie in the first, with the range of each from 0 to the rest (`unknown`). A pair twice, shares of a unit that do
 * not sum to 1 and validity that overlaps are faults of that unit alone. KG_EDATA, with file, line and column: a
 * missing unit, a share outside 0 to 1, a period that is none, an event 'rename' that is not one to one. */
enum kg_status kg_crosswalk_make(const struct kg_table *table, const struct kg_crosswalk_columns *columns,
				 struct kg_arena *arena, struct kg_crosswalk *crosswalk,
				 struct kg_error *error) KG_CHECKED;

/* Remarks the faulty units by file, line and column. */
void kg_crosswalk_remark(const struct kg_crosswalk *crosswalk, struct kg_result *result, struct kg_arena *arena);

/* The extent of an old unit that holds on a day, SIZE_MAX when none does or the unit is faulty; its first for
 * KG_ANY_DAY. */
#define KG_ANY_DAY LONG_MIN
size_t kg_crosswalk_find(const struct kg_crosswalk *crosswalk, size_t unit, long day);

#endif
