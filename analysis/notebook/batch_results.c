#include <string.h>

#include "notebook/batch.h"
#include "notebook/engine.h"
#include "table/builder.h"

static const char *const numbers[] = { "estimate", "std_error", "conf_low",  "conf_high",  "conf_level", "statistic",
				       "df",	   "p_value",	"bound_low", "bound_high", "n",		 "n_missing" };
#define NUMBERS (sizeof numbers / sizeof numbers[0])

const char kg_batch_header[] =
    "slug,block,group,term,method,estimate,std_error,conf_low,conf_high,conf_level,statistic,df,"
    "p_value,bound_low,bound_high,n,n_missing,unit,note\n";

/* "district=148, kind=2" from the columns before `term`. */
static const char *name_group(const struct kg_table *table, const struct kg_column *term, size_t row,
			      struct kg_arena *arena)
{
	struct kg_buffer out = kg_buffer_new(arena);

	for (const struct kg_column *column = table->column; column < term; column++) {
		const char *cell = column->type == KG_REAL ? "" : kg_column_cell(column, row, arena);

		if (cell && *cell)
			kg_buffer_printf(&out, "%s%s=%s", out.length ? ", " : "", column->name, cell);
	}
	return out.text;
}

static void add_text(struct kg_builder *builder, size_t at, const struct kg_table *table, const char *name, size_t row)
{
	const struct kg_column *column = kg_table_find(table, name);

	if (column && column->type == KG_TEXT && !kg_column_missing(column, row))
		kg_builder_text(builder, at, kg_column_text(column, row));
}

static void add_rows(struct kg_builder *builder, const char *slug, const char *id, const struct kg_table *table,
		     struct kg_arena *arena)
{
	const struct kg_column *term = kg_table_find(table, "term");

	for (size_t i = 0; term && kg_table_find(table, "estimate") && i < table->nrow; i++) {
		kg_builder_row(builder);
		kg_builder_text(builder, 0, slug);
		kg_builder_text(builder, 1, id);
		kg_builder_text(builder, 2, name_group(table, term, i, arena));
		add_text(builder, 3, table, "term", i);
		add_text(builder, 4, table, "method", i);
		for (size_t k = 0; k < NUMBERS; k++) {
			const struct kg_column *column = kg_table_find(table, numbers[k]);

			if (column && column->type != KG_TEXT)
				kg_builder_real(builder, 5 + k, kg_column_real(column, i));
		}
		add_text(builder, 5 + NUMBERS, table, "unit", i);
		add_text(builder, 6 + NUMBERS, table, "note", i);
	}
}

static enum kg_status write_rows(struct kg_builder *builder, struct kg_arena *arena, struct kg_buffer *out,
				 struct kg_error *error)
{
	struct kg_buffer csv = kg_buffer_new(arena);
	struct kg_style style = { .digits = 4 };
	const struct kg_table *table;
	struct kg_result *result;

	KG_TRY(kg_builder_finish(builder, NULL, &table, error));
	result = kg_result_new(table, arena);
	if (!result)
		return kg_error_memory(error);
	KG_TRY(kg_format_find("csv")->write(result, &style, arena, &csv, error));
	kg_buffer_add(out, strchr(csv.text, '\n') + 1);
	return kg_buffer_check(out, error);
}

static enum kg_status run_all(struct kg_engine *engine, const char *slug, struct kg_builder *builder,
			      struct kg_error *error)
{
	for (size_t i = 0; i < engine->book->nblock; i++) {
		KG_TRY(kg_engine_block(engine, i, false, error));
		if (engine->outcome[i].table)
			add_rows(builder, slug, engine->book->block[i].id, engine->outcome[i].table, engine->arena);
	}
	return KG_OK;
}

enum kg_status kg_batch_results(const char *path, const char *slug, struct kg_arena *arena, struct kg_buffer *out,
				struct kg_error *error)
{
	static const char *const texts[] = { "slug", "block", "group", "term", "method" };
	struct kg_builder *builder = kg_builder_new("results", arena);
	struct kg_engine engine;
	struct kg_stamp *stamp;
	struct kg_book book;

	if (!builder)
		return kg_error_memory(error);
	for (size_t k = 0; k < sizeof texts / sizeof texts[0]; k++)
		kg_builder_column(builder, texts[k], KG_TEXT, NULL);
	for (size_t k = 0; k < NUMBERS; k++)
		kg_builder_column(builder, numbers[k], KG_REAL, NULL);
	kg_builder_column(builder, "unit", KG_TEXT, NULL);
	kg_builder_column(builder, "note", KG_TEXT, NULL);
	KG_TRY(kg_book_read(path, arena, &book, error));
	KG_TRY(kg_stamp_all(&book, arena, &stamp, error));
	KG_TRY(kg_engine_new(&book, stamp, arena, &engine, error));
	KG_TRY(run_all(&engine, slug, builder, error));
	return write_rows(builder, arena, out, error);
}
