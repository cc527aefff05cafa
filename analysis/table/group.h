/* group: rows of a table by the values of key columns, in order of first appearance. */
#ifndef KG_TABLE_GROUP_H
#define KG_TABLE_GROUP_H

#include "base/text.h"
#include "table/period.h"
#include "table/table.h"

/* Rows of group g are row[start[g]] .. row[start[g + 1] - 1], in input order or, with a time, in time order. */
struct kg_groups {
	size_t ngroup, nby;
	const struct kg_column *const *by; /* the key columns */
	const size_t *start;		   /* ngroup + 1 */
	const uint32_t *row;
};

/* Groups by the named columns (none: one group with all rows). A missing key cell is a group of its own.
 * KG_EUSAGE: no such column. */
enum kg_status kg_groups_make(const struct kg_table *table, const struct kg_names *by, struct kg_arena *arena,
			      struct kg_groups *groups, struct kg_error *error) KG_CHECKED;

/* The same, with the rows of each group sorted by time. KG_EDATA: two rows of a group have the same period; names
 * line, group and period and says to name further --by columns or an --aggregate. */
enum kg_status kg_groups_by_time(const struct kg_table *table, const struct kg_names *by, const struct kg_time *time,
				 struct kg_arena *arena, struct kg_groups *groups, struct kg_error *error) KG_CHECKED;

/* "place=05248, year=2015" for messages. NULL when memory is out. */
const char *kg_groups_label(const struct kg_groups *groups, size_t group, struct kg_arena *arena);

#endif
