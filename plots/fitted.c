#include "plots/fitted.h"

#include <math.h>

#include "plots/notes.h"
#include "plots/say.h"

struct kg_fitted_columns kg_fitted_find(const struct kg_table *table)
{
	return (struct kg_fitted_columns){ kg_table_find(table, "fitted"), kg_table_find(table, "fitted_low"),
					   kg_table_find(table, "fitted_high"), kg_table_find(table, "joinpoint") };
}

/* The series as it was fitted: y and interval from the model's columns. */
static struct kg_series take_model(struct kg_canvas *canvas, const struct kg_series *series,
				   const struct kg_fitted_columns *model, bool cut)
{
	const struct kg_provenance *from = canvas->picture->table->from;
	struct kg_series fitted = *series;

	fitted.y = KG_ARRAY(canvas->arena, double, series->n + 1);
	fitted.low = KG_ARRAY(canvas->arena, double, series->n + 1);
	fitted.high = KG_ARRAY(canvas->arena, double, series->n + 1);
	fitted.joined = KG_ARRAY(canvas->arena, bool, series->n + 1);
	for (size_t i = 0; !kg_arena_failed(canvas->arena) && i < series->n; i++) {
		fitted.y[i] = kg_column_real(model->fitted, series->row[i]);
		fitted.low[i] = model->low ? kg_column_real(model->low, series->row[i]) : NAN;
		fitted.high[i] = model->high ? kg_column_real(model->high, series->row[i]) : NAN;
		fitted.joined[i] = i && !(cut && kg_series_breaks(from, series->x[i - 1], series->x[i]));
	}
	return fitted;
}

void kg_fitted_draw(struct kg_canvas *canvas, const struct kg_series *series, const struct kg_look *look, bool cut)
{
	struct kg_fitted_columns model = kg_fitted_find(canvas->picture->table);
	struct kg_series fitted;

	if (!model.fitted)
		return;
	fitted = take_model(canvas, series, &model, cut);
	if (kg_arena_failed(canvas->arena))
		return;
	if (!look->behind)
		kg_marks_ribbon(canvas, &fitted, look);
	kg_marks_curve(canvas, &fitted, look);
	kg_canvas_begin(canvas);
	for (size_t i = 0; model.joinpoint && i < series->n; i++)
		if (kg_column_real(model.joinpoint, series->row[i]) == 1)
			KG_ROW(canvas, fitted.x[i], fitted.y[i]);
	kg_canvas_end(canvas, "using 1:2 with points pt 65 ps 0.9 lw 1.5 lc rgb '%s'", kg_colour_hex(look->colour));
}

/* True when any cell is known: a column may be there and empty throughout. */
static bool has_cells(const struct kg_column *column, size_t nrow)
{
	for (size_t i = 0; column && i < nrow; i++)
		if (!kg_column_missing(column, i))
			return true;
	return false;
}

const char *kg_fitted_words(const struct kg_canvas *canvas)
{
	const struct kg_table *table = canvas->picture->table;
	struct kg_fitted_columns model = kg_fitted_find(table);
	double level = kg_notes_level(canvas);

	if (!has_cells(model.fitted, table->nrow))
		return NULL;
	if (!has_cells(model.low, table->nrow))
		return kg_say(canvas, "Fitted model");
	if (isnan(level))
		return kg_say(canvas, "Fitted model with its band");
	return kg_say(canvas, "Fitted model with its %g%% band", level * 100);
}

void kg_fitted_include(const struct kg_table *table, struct kg_series_set *set)
{
	const struct kg_fitted_columns model = kg_fitted_find(table);

	for (size_t row = 0; model.fitted && row < table->nrow; row++) {
		kg_series_include(set, kg_column_real(model.fitted, row), kg_column_real(model.fitted, row));
		if (model.low && model.high)
			kg_series_include(set, kg_column_real(model.low, row), kg_column_real(model.high, row));
	}
}
