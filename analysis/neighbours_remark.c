#include "neighbours_remark.h"

void kg_neighbours_remark(const struct kg_neighbours *list, const struct kg_table *table, struct kg_result *result,
			  struct kg_arena *arena)
{
	if (list->unknown)
		kg_result_remark(
		    result, arena,
		    "pairs left out, with a place that is not in the data: %zu (first: '%s', line %zu of '%s')",
		    list->unknown, list->unknown_name, list->unknown_line, table->from->file);
	if (list->unknown_near)
		kg_result_remark(result, arena, "'%s' is not in the data; did you mean %s?", list->unknown_name,
				 list->unknown_near);
	if (list->self)
		kg_result_remark(result, arena, "pairs of a place with itself, left out: %zu", list->self);
	if (list->doubled)
		kg_result_remark(result, arena,
				 "each pair of neighbours stands once in the list; it is taken both ways");
	if (list->one_way)
		kg_result_remark(
		    result, arena,
		    "pairs without their reverse: %zu; the list is not symmetric, and is taken as it stands",
		    list->one_way);
	if (kg_table_find(table, "distance") && !kg_table_find(table, "weight"))
		kg_result_remark(result, arena, "the distances in '%s' are not used as weights", table->from->file);
}
