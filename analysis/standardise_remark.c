#include "standardise_strata.h"

/* Groups that are named; further ones are counted. */
#define NAMED_MOST 8

/* The strata that no row of a group has, as "'old', 'young'"; "" when all are there. NULL when memory is out. */
static const char *list_lacking(const struct kg_standard_strata *strata, const struct kg_groups *groups, size_t group,
				struct kg_arena *arena)
{
	bool *seen = KG_ARRAY(arena, bool, strata->count + 1);
	struct kg_buffer list = kg_buffer_new(arena);

	if (!seen)
		return NULL;
	kg_buffer_add(&list, "");
	for (size_t i = groups->start[group]; i < groups->start[group + 1]; i++)
		seen[strata->of_row[groups->row[i]]] = true;
	for (size_t s = 0; s < strata->count; s++)
		if (!seen[s])
			kg_buffer_printf(&list, "%s'%s'", list.length ? ", " : "", strata->name[s]);
	return list.failed ? NULL : list.length ? list.text : "";
}

void kg_strata_remark_lacking(const struct kg_standard_strata *strata, const struct kg_groups *groups,
			      struct kg_result *result, struct kg_arena *arena)
{
	size_t count = 0;

	for (size_t g = 0; g < groups->ngroup; g++) {
		const char *lacking = list_lacking(strata, groups, g, arena);

		if (!lacking || !*lacking || count++ >= NAMED_MOST)
			continue;
		if (groups->nby)
			kg_result_remark(result, arena, "%s: no row for the stratum %s.",
					 kg_groups_label(groups, g, arena), lacking);
		else
			kg_result_remark(result, arena, "No row for the stratum %s.", lacking);
	}
	if (count > NAMED_MOST)
		kg_result_remark(result, arena, "%zu groups lack strata; the first %d are named above.", count,
				 NAMED_MOST);
}
