#include "regress.h"
#include "report/label.h"
#include "stats/linear.h"
#include "table/builder.h"

/* More groups than this are not told apart in a chart. */
#define GROUPS_MOST 12

enum { COLUMN_X, COLUMN_Y, COLUMN_FITTED, COLUMN_LOW, COLUMN_HIGH, COLUMN_GROUP };

static enum kg_status add_group(const struct kg_regress_run *run, size_t group, struct kg_builder *builder,
				struct kg_arena *arena, struct kg_error *error)
{
	struct kg_regress_cases cases;
	struct kg_band band;

	KG_TRY(kg_regress_sample(run, group, arena, &cases, error));
	if (cases.sample.n == 0)
		return KG_OK;
	if (!kg_linear_band(&cases.sample, &run->params, arena, &band))
		return kg_error_memory(error);
	for (size_t i = 0; i < cases.sample.n; i++) {
		const struct kg_design *design = &cases.model.design;

		kg_builder_row(builder);
		kg_builder_real(builder, COLUMN_X, design->x[(design->p - 1) * design->n + i]);
		kg_builder_real(builder, COLUMN_Y, cases.sample.y[i]);
		kg_builder_real(builder, COLUMN_FITTED, band.fitted[i]);
		kg_builder_real(builder, COLUMN_LOW, band.low[i]);
		kg_builder_real(builder, COLUMN_HIGH, band.high[i]);
		if (run->groups.nby)
			kg_builder_copy(builder, COLUMN_GROUP, run->groups.by[0], cases.model.row[i]);
	}
	return KG_OK;
}

/* A table of the cases with the columns fitted, fitted_low and fitted_high that the chart draws as a model. */
static enum kg_status make_fitted(const struct kg_regress_run *run, struct kg_picture *picture, struct kg_arena *arena,
				  struct kg_error *error)
{
	struct kg_builder *builder = kg_builder_new(run->table->name, arena);
	const struct kg_column *x = kg_table_find(run->table, picture->x), *y = kg_table_find(run->table, picture->y);

	if (!builder)
		return kg_error_memory(error);
	kg_builder_like(builder, x);
	kg_builder_like(builder, y);
	kg_builder_column(builder, "fitted", KG_REAL, y->unit);
	kg_builder_column(builder, "fitted_low", KG_REAL, y->unit);
	kg_builder_column(builder, "fitted_high", KG_REAL, y->unit);
	if (run->groups.nby)
		kg_builder_like(builder, run->groups.by[0]);
	for (size_t g = 0; g < run->groups.ngroup; g++)
		KG_TRY(add_group(run, g, builder, arena, error));
	KG_TRY(kg_builder_finish(builder, run->table->from, &picture->table, error));
	picture->note = kg_label_note("regress", picture->table->nrow, run->method.name[0], arena);
	return picture->note ? KG_OK : kg_error_memory(error);
}

enum kg_status kg_regress_picture(const struct kg_regress_run *run, struct kg_picture *picture, struct kg_arena *arena,
				  struct kg_error *error)
{
	const char *x = kg_formula_single(run->formula), *y = kg_formula_outcome_column(run->formula);

	if (!x || !y || kg_table_find(run->table, x)->type == KG_TEXT)
		return KG_OK;
	picture->kind = "scatter";
	picture->table = run->table;
	picture->x = x;
	picture->y = y;
	picture->note = kg_label_argument("regress", "method", run->method.name[0], arena);
	if (run->groups.nby == 1)
		picture->group = run->groups.by[0]->name;
	if (!kg_regress_is_linear(run->method.name[0]) || run->groups.nby > 1 || run->groups.ngroup > GROUPS_MOST)
		return KG_OK;
	return make_fitted(run, picture, arena, error);
}
