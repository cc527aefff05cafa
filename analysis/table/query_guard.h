/* query_guard: what a query may do. It reads tables, calls functions whose value is the same in every run, and ends. */
#ifndef KG_TABLE_QUERY_GUARD_H
#define KG_TABLE_QUERY_GUARD_H

#include <stdbool.h>

#include "base/error.h"

struct sqlite3;

struct kg_guard {
	bool dates, recursive; /* the query being prepared uses functions of dates; refers to itself */
	long long steps;       /* taken by a recursive query, in units of KG_GUARD_STEPS instructions */
};

/* Watches an engine whose tables are in place; the guard stays where it is as long as the engine lives.
 * Returns an SQLite code. */
int kg_guard_set(struct sqlite3 *base, struct kg_guard *guard);

/* To be called when `sql` was prepared. KG_EUSAGE: it asks what time it is. */
enum kg_status kg_guard_check(const struct kg_guard *guard, const char *sql, struct kg_error *error) KG_CHECKED;

/* To be called when a step was interrupted: says that the query does not end. */
enum kg_status kg_guard_stopped(struct kg_error *error);

#endif
