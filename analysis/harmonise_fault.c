#include "harmonise_crosswalk.h"

/* How many units are named; further ones are counted. */
#define NAMED_MOST 8

static void remark_fault(const struct kg_crosswalk *crosswalk, size_t unit, struct kg_result *result,
			 struct kg_arena *arena)
{
	const struct kg_fault *fault = &crosswalk->fault[unit];
	const struct kg_table *table = crosswalk->table;
	const char *file = table->from->file, *name = kg_name_set_name(crosswalk->old_names, unit);
	size_t line = kg_table_line(table, fault->row), other = kg_table_line(table, fault->other);

	if (fault->kind == KG_FAULT_SHARES)
		kg_result_remark(
		    result, arena,
		    "%s:%zu: column '%s': the shares of '%s' sum to %.6g, not to 1; correct them. The unit "
		    "is not carried.",
		    file, line, crosswalk->share_name, name, fault->sum);
	else if (fault->kind == KG_FAULT_TWICE)
		kg_result_remark(result, arena,
				 "%s:%zu: column '%s': the pair of '%s' and this unit stands on line %zu too; give it "
				 "one line. The unit is not carried.",
				 file, line, crosswalk->to_name, name, other);
	else if (fault->kind == KG_FAULT_OVERLAP)
		kg_result_remark(result, arena,
				 "%s:%zu: column '%s': the validity of '%s' overlaps that of line %zu; let one end "
				 "before the other starts. The unit is not carried.",
				 file, line, "valid_from", name, other);
}

void kg_crosswalk_remark(const struct kg_crosswalk *crosswalk, struct kg_result *result, struct kg_arena *arena)
{
	size_t count = 0;

	for (size_t unit = 0; unit < crosswalk->nold; unit++)
		if (crosswalk->fault[unit].kind != KG_FAULT_NONE && count++ < NAMED_MOST)
			remark_fault(crosswalk, unit, result, arena);
	if (count)
		kg_result_remark(result, arena,
				 "Units whose lines in the crosswalk contradict one another: %zu. They and the new "
				 "units that they are a part of have the note 'bad-crosswalk'.",
				 count);
}
