#include "attainment.h"

/* Outcomes and fitted curve over one numeric exposure. */
static void describe_picture(const struct kg_attainment_run *run, const struct kg_table *table,
			     struct kg_picture *picture)
{
	const struct kg_column *exposure = run->exposure ? kg_table_find(run->table, run->exposure) : NULL;

	if (run->options->robustness) {
		picture->kind = "forest";
		picture->title = "Odds ratio under other data and methods";
		picture->table = table;
		picture->x = "term";
		picture->y = "odds_ratio";
		picture->low = "or_low";
		picture->high = "or_high";
		return;
	}
	if (!exposure || exposure->type == KG_TEXT || run->trials || !run->outcome || run->groups.ngroup != 1)
		return;
	picture->kind = "fit";
	picture->table = run->table;
	picture->x = run->exposure;
	picture->y = run->outcome;
}

enum kg_status kg_attainment_describe(const struct kg_attainment_run *run, struct kg_result *result,
				      struct kg_arena *arena, struct kg_error *error)
{
	kg_result_title(result, arena, "Attainment: %s", kg_formula_outcome(run->formula));
	describe_picture(run, result->table, &result->picture);
	kg_attainment_tell(run, result, arena);
	return kg_attainment_remark(run, result, arena, error);
}
