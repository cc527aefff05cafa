#include "attainment.h"
#include "table/take.h"

/* Odds ratios and their limits: the rows that have them. */
static enum kg_status take_ratios(const struct kg_table *table, struct kg_table **ratios, struct kg_arena *arena,
				  struct kg_error *error)
{
	const struct kg_column *odds = kg_table_find(table, "odds_ratio");
	uint32_t *row = KG_ARRAY(arena, uint32_t, table->nrow + 1);
	size_t count = 0;

	if (!row)
		return kg_error_memory(error);
	for (size_t i = 0; i < table->nrow; i++)
		if (!kg_column_missing(odds, i))
			row[count++] = (uint32_t)i;
	return kg_table_take(table, row, count, arena, ratios, error);
}

/* Outcomes and fitted curve over one numeric exposure. */
static enum kg_status describe_picture(const struct kg_attainment_run *run, const struct kg_table *table,
				       struct kg_picture *picture, struct kg_arena *arena, struct kg_error *error)
{
	const struct kg_column *exposure = run->exposure ? kg_table_find(run->table, run->exposure) : NULL;
	struct kg_table *ratios;

	if (run->options->robustness) {
		KG_TRY(take_ratios(table, &ratios, arena, error));
		picture->kind = "forest";
		picture->title = KG_MESSAGE("Odds ratio under other data and methods");
		picture->table = ratios;
		picture->x = "term";
		picture->y = "odds_ratio";
		picture->low = "or_low";
		picture->high = "or_high";
		return KG_OK;
	}
	if (!exposure || exposure->type == KG_TEXT || run->trials || !run->outcome || run->groups.ngroup != 1)
		return KG_OK;
	picture->kind = "fit";
	picture->table = run->table;
	picture->x = run->exposure;
	picture->y = run->outcome;
	return KG_OK;
}

enum kg_status kg_attainment_describe(const struct kg_attainment_run *run, struct kg_result *result,
				      struct kg_arena *arena, struct kg_error *error)
{
	kg_result_title(result, arena, "Attainment: %s", kg_formula_outcome(run->formula));
	KG_TRY(describe_picture(run, result->table, &result->picture, arena, error));
	kg_attainment_tell(run, result, arena);
	return kg_attainment_remark(run, result, arena, error);
}
