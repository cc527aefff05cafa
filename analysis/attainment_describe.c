#include "attainment.h"

#include <string.h>

#include "report/label.h"
#include "table/take.h"

/* Odds ratios and their limits: the rows that have them; of a model only its covariates' (`method`, NULL = all rows).
 */
static enum kg_status take_ratios(const struct kg_table *table, const char *method, struct kg_table **ratios,
				  struct kg_arena *arena, struct kg_error *error)
{
	const struct kg_column *odds = kg_table_find(table, "odds_ratio"), *term = kg_table_find(table, "term");
	const struct kg_column *by = kg_table_find(table, "method");
	uint32_t *row = KG_ARRAY(arena, uint32_t, table->nrow + 1);
	size_t count = 0;

	if (!row)
		return kg_error_memory(error);
	for (size_t i = 0; i < table->nrow; i++)
		if (!kg_column_missing(odds, i) && (!method || (strcmp(kg_column_text(by, i), method) == 0 &&
								strcmp(kg_column_text(term, i), "(Intercept)") != 0)))
			row[count++] = (uint32_t)i;
	return kg_table_take(table, row, count, arena, ratios, error);
}

/* The first method with odds ratios, NULL = none. */
static const char *find_ratio_method(const struct kg_table *table)
{
	const struct kg_column *odds = kg_table_find(table, "odds_ratio");

	for (size_t i = 0; i < table->nrow; i++)
		if (!kg_column_missing(odds, i))
			return kg_column_text(kg_table_find(table, "method"), i);
	return NULL;
}

static bool has_one_term(const struct kg_table *ratios)
{
	const struct kg_column *term = kg_table_find(ratios, "term");

	for (size_t i = 1; i < ratios->nrow; i++)
		if (term->code[i] != term->code[0])
			return false;
	return true;
}

static const char *name_robustness(struct kg_arena *arena)
{
	struct kg_message title = kg_message_make(arena, "Odds ratio under other data and methods");

	return kg_message_pack(arena, &title);
}

/* A column's title in each language, its name where it has none; the name may be that of a term. */
static const char *name_heading(const struct kg_table *table, const char *name, struct kg_arena *arena)
{
	const struct kg_column *column = kg_table_find(table, name);
	struct kg_message heading;

	for (int i = 0; i < KG_LANGUAGES; i++) {
		const char *title = column ? kg_label_title(column, (enum kg_language)i, arena) : NULL;

		heading.in[i] = title ? title : name;
	}
	return kg_message_pack(arena, &heading);
}

/* A forest of odds ratios: of a model's covariates, or of one covariate in each group. */
static enum kg_status draw_ratios(const struct kg_attainment_run *run, const struct kg_table *table,
				  struct kg_picture *picture, struct kg_arena *arena, struct kg_error *error)
{
	const char *method = run->options->robustness ? NULL : find_ratio_method(table);
	struct kg_table *ratios;

	if (!run->options->robustness && !method)
		return KG_OK;
	KG_TRY(take_ratios(table, method, &ratios, arena, error));
	if (!run->options->robustness &&
	    (ratios->nrow == 0 || run->groups.nby > 1 || (run->groups.nby == 1 && !has_one_term(ratios))))
		return KG_OK;
	*picture = (struct kg_picture){ .kind = "forest",
					.table = ratios,
					.x = method && run->groups.nby ? run->groups.by[0]->name : "term",
					.y = "odds_ratio",
					.low = "or_low",
					.high = "or_high" };
	if (!method)
		picture->title = name_robustness(arena);
	else
		picture->title = name_heading(run->table,
					      run->groups.nby ? kg_column_text(kg_table_find(ratios, "term"), 0)
							      : kg_formula_outcome(run->formula),
					      arena);
	if (method && !run->groups.nby)
		picture->note = kg_label_note("attainment", (size_t)kg_table_find(ratios, "n")->real[0], method, arena);
	else if (method)
		picture->note = kg_label_argument("attainment", "method", method, arena);
	return KG_OK;
}

/* Outcomes and fitted curve over one numeric exposure; else the odds ratios. */
static enum kg_status describe_picture(const struct kg_attainment_run *run, const struct kg_table *table,
				       struct kg_picture *picture, struct kg_arena *arena, struct kg_error *error)
{
	const struct kg_column *exposure = run->exposure ? kg_table_find(run->table, run->exposure) : NULL;

	if (run->options->robustness || !exposure || exposure->type == KG_TEXT || run->trials || !run->outcome ||
	    run->groups.ngroup != 1)
		return draw_ratios(run, table, picture, arena, error);
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
