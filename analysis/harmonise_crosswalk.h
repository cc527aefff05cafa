/* harmonise_crosswalk: which old unit went into which new one, and with what share. Lives in the arena passed in. */
#ifndef KG_HARMONISE_CROSSWALK_H
#define KG_HARMONISE_CROSSWALK_H

#include "program.h"

/* One old unit: its links are link[first] .. link[first + count - 1]. */
struct kg_old_unit {
	const char *name;
	size_t first, count;
	bool unknown; /* split, and into which parts is not known */
};

struct kg_crosswalk {
	struct kg_old_unit *old; /* sorted by name */
	size_t nold, nnew;
	const char **name; /* of the new units, in the file's order */
	size_t *to;	   /* of a link: number of the new unit */
	double *share;	   /* of a link; of an old unit's links they sum to 1 */
};

struct kg_crosswalk_columns {
	const char *from, *to, *share; /* share NULL = none */
	const char *file;	       /* as the user named it */
};

/* KG_EDATA, with file and line: a missing code, a pair that stands twice, a share outside 0 to 1, shares of a unit that
 * do not sum to 1, a split unit without shares when some of them are given. A split unit with no share at all is
 * `unknown`: all of it goes to the first unit named. */
enum kg_status kg_crosswalk_make(const struct kg_table *table, const struct kg_crosswalk_columns *columns,
				 struct kg_arena *arena, struct kg_crosswalk *crosswalk,
				 struct kg_error *error) KG_CHECKED;

/* Number of the old unit of that name, `nold` when there is none. */
size_t kg_crosswalk_find(const struct kg_crosswalk *crosswalk, const char *name);

#endif
