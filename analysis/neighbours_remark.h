/* neighbours_remark: what a list of pairs of neighbours left out or was taken for, in words. */
#ifndef KG_NEIGHBOURS_REMARK_H
#define KG_NEIGHBOURS_REMARK_H

#include "report/result.h"
#include "table/neighbours.h"

/* `table`: the list that the neighbours were read from. */
void kg_neighbours_remark(const struct kg_neighbours *list, const struct kg_table *table, struct kg_result *result,
			  struct kg_arena *arena);

#endif
