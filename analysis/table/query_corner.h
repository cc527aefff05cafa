/* query_corner: SQL functions that put the corners of a box of bounds together. */
#ifndef KG_TABLE_QUERY_CORNER_H
#define KG_TABLE_QUERY_CORNER_H

#include "table/query_view.h"

/* kg_far(end): an open end as a number so large that quotients have their limits there. kg_times(a, b): a product in
 * which 0 times an open end is 0. kg_over(a, b): a quotient in which a positive value over 0, the end of what is
 * positive, is infinite. kg_lowest(...), kg_highest(...): NULL, which stands for an open end, when any value is.
 * Returns SQLite's code. */
int kg_corner_add(sqlite3 *base);

#endif
