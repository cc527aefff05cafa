/* neighbours: which places adjoin which, read from a table of pairs: place, neighbour and perhaps a column `weight`.
 * Everything lives in the arena passed in. */
#ifndef KG_TABLE_NEIGHBOURS_H
#define KG_TABLE_NEIGHBOURS_H

#include "table/table.h"

/* Places are numbered by the distinct names in the id column (table/name_set.h), in order of first appearance in the
 * data. Neighbours of place p: to[start[p]] .. to[start[p + 1] - 1], ascending; weight NULL = all 1. */
struct kg_neighbours {
	size_t nplace;
	const size_t *start;
	const uint32_t *to;
	const double *weight;
	const uint32_t *place; /* number of the place of each row of the data */
	/* What was found in the list, for remarks. */
	size_t pairs, self, unknown, one_way; /* self and unknown pairs are left out */
	size_t unknown_line;		      /* file line of the first unknown place */
	const char *unknown_name;
	const char *unknown_near; /* places of the data with names near to it, as a list; NULL = none */
	bool doubled;		  /* no pair had its reverse: each pair was taken both ways */
};

/* KG_EUSAGE: no such id column. KG_EDATA: the list has fewer than two columns, a missing place, a pair twice, a weight
 * that is not positive, or names no place of the data; says the line. */
enum kg_status kg_neighbours_make(const struct kg_table *data, const char *id, const struct kg_table *list,
				  struct kg_arena *arena, struct kg_neighbours *neighbours,
				  struct kg_error *error) KG_CHECKED;

#endif
