/* query_bounds: gives back to a result column the bounds of the table column it is a plain copy of. */
#ifndef KG_TABLE_QUERY_BOUNDS_H
#define KG_TABLE_QUERY_BOUNDS_H

#include "table/table.h"

/* Sets `low` and `high` of `column` (`nrow` cells), found by value among the `norigin` cells of `origin`.
 * KG_EDATA: two cells of the table have the same figure and different bounds, so that the result cannot tell them
 * apart; says to select n_low and n_high too. */
enum kg_status kg_query_bounds(const struct kg_column *origin, size_t norigin, struct kg_column *column, size_t nrow,
			       struct kg_arena *arena, struct kg_error *error) KG_CHECKED;

#endif
