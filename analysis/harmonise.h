/* harmonise: what its parts share. */
#ifndef KG_HARMONISE_H
#define KG_HARMONISE_H

#include "harmonise_crosswalk.h"
#include "report/tidy.h"

struct kg_harmonise_options {
	const char *id, *time, *from, *to, *share, *rate;
	struct kg_names value, method;
	struct kg_further crosswalk;
	double multiplier;
	bool whole;
};

/* A rate that is rebuilt from two of the carried values, by their numbers. */
struct kg_harmonise_rate {
	const char *term, *unit;
	size_t count, population;
};

struct kg_harmonise_run {
	const struct kg_harmonise_options *options;
	const struct kg_context *context;
	const struct kg_table *table;
	const struct kg_column *id;
	const struct kg_column **value;
	const struct kg_harmonise_rate *rate;
	size_t nrate;
	struct kg_crosswalk crosswalk;
	struct kg_groups groups;
	const size_t *unit; /* of a row: number of its old unit, KG_NO_NAME = not in the crosswalk */
	size_t *extent_of;  /* of a row, SIZE_MAX = none holds at its time */
	size_t respelt;	    /* rows whose unit was found in another spelling */
	const long *day;    /* of a row: last day of its period; NULL = no --time */
};

/* What one new unit receives of one value. */
struct kg_received {
	long double value, apportioned, low, high;
	size_t units, missing;
	bool bounded, unknown, negative, broken;
};

/* Columns, crosswalk, groups and the extent of each row. KG_EUSAGE: a --rate that is not carried, a crosswalk whose
 * units change over time without --time; KG_EDATA: a value that is itself a rate, and what kg_crosswalk_make refuses.
 */
enum kg_status kg_harmonise_open(struct kg_harmonise_run *run, const struct kg_table *table,
				 struct kg_error *error) KG_CHECKED;

/* Adds a row's value to the new units that its old unit went into; `part` has room for the links of an extent. */
void kg_harmonise_carry(const struct kg_harmonise_run *run, const struct kg_column *column, size_t row, double *part,
			struct kg_received *received);

/* What became of each new unit on a day, by its number: NULL as before, else "rename", "merge" of whole units, "split"
 * (a part of one unit) or "transfer" (parts of several). Room for them comes from the arena; NULL when memory is out.
 */
const char *const *kg_harmonise_events(const struct kg_crosswalk *crosswalk, long day, struct kg_arena *arena);

/* Totals before and after, units without a match on either side, how it was done. */
void kg_harmonise_remark(const struct kg_harmonise_run *run, struct kg_result *result);

#endif
