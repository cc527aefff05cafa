/* query_carry: carries bounds through the result columns of a query or the derived columns of a filter: which further
 * columns to select, and what is lost. Lives in the arena passed in. */
#ifndef KG_TABLE_QUERY_CARRY_H
#define KG_TABLE_QUERY_CARRY_H

#include "table/query_range.h"
#include "table/table.h"

/* A query whose last 2 * ncarried columns are the ends of other columns. */
struct kg_carry {
	const char *sql;
	const size_t *item;	      /* numbers of the carried items */
	size_t ncarried, nitem, star; /* items of the query; which of them is the one star, nitem = none */
	struct kg_lost_bound *lost;
	size_t nlost;
};

/* Names of the columns whose ends SQL sees as n_low and n_high. KG_ENOMEM. */
enum kg_status kg_carry_names(const struct kg_table *const *table, size_t count, struct kg_arena *arena,
			      struct kg_names *bounded, struct kg_error *error) KG_CHECKED;

/* Plans for a query. KG_ENOMEM. */
enum kg_status kg_carry_query(const char *sql, const struct kg_names *bounded, struct kg_arena *arena,
			      struct kg_carry *carry, struct kg_error *error) KG_CHECKED;

/* Position of a carried item's own column among the `ncol` that are shown. */
size_t kg_carry_position(const struct kg_carry *carry, size_t item, size_t ncol);

/* Gives a column its ends, as SQL found them: a missing end is open. KG_ENOMEM. */
enum kg_status kg_carry_ends(const struct kg_column *low, const struct kg_column *high, size_t nrow,
			     struct kg_arena *arena, struct kg_column *column, struct kg_error *error) KG_CHECKED;

#endif
