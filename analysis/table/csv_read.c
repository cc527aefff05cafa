#include "table/csv_read.h"

#include <string.h>

#include "table/csv_level.h"

static struct kg_span span_of(const struct kg_chunk *chunk, size_t wanted, size_t row)
{
	return chunk->span[wanted * chunk->room + row];
}

static enum kg_status read_text(const struct kg_csv_plan *plan, const struct kg_chunk *chunk, size_t w,
				struct kg_arena *arena, struct kg_column *column, struct kg_error *error)
{
	struct kg_levels levels = { .arena = arena };
	uint32_t *code = KG_ARRAY(arena, uint32_t, chunk->nrow);
	uint8_t *missing = KG_ARRAY(arena, uint8_t, chunk->nrow / 8 + 1);
	const char **level;
	bool any = false;

	if (!code || !missing)
		return kg_error_memory(error);
	for (size_t i = 0; i < chunk->nrow; i++) {
		struct kg_span span = span_of(chunk, w, i);

		if (kg_cell_missing(chunk->bytes + span.at, span.length, &plan->rule[w])) {
			missing[i >> 3] |= (uint8_t)(1 << (i & 7));
			any = true;
			continue;
		}
		code[i] = kg_levels_code(&levels, chunk->bytes + span.at, span.length);
	}
	level = KG_ARRAY(arena, const char *, levels.count + 1);
	if (!level) {
		kg_levels_free(&levels);
		return kg_error_memory(error);
	}
	if (levels.count)
		memcpy(level, levels.text, levels.count * sizeof *level);
	column->type = KG_TEXT;
	column->nlevel = levels.count;
	column->level = level;
	column->code = code;
	column->missing = any ? missing : NULL;
	kg_levels_free(&levels);
	return KG_OK;
}

static enum kg_status refuse_cell(const struct kg_csv_plan *plan, const struct kg_chunk *chunk, size_t w, size_t row,
				  enum kg_cell_kind kind, struct kg_error *error)
{
	static const char *const noun[] = { "a number", "an integer", "a text", "a date such as 2020-05-17",
					    "true or false" };
	struct kg_span span = span_of(chunk, w, row);
	int length = span.length > 60 ? 60 : (int)span.length;

	if (kind == KG_CELL_LARGE)
		return kg_error_cell(error, KG_EDATA, NULL, chunk->line[row] + 2, plan->name[w],
				     "'%.*s' is too large for a number; declare the column as string in "
				     "datapackage.json if it is a code",
				     length, chunk->bytes + span.at);
	return kg_error_cell(error, KG_EDATA, NULL, chunk->line[row] + 2, plan->name[w],
			     "'%.*s' is not %s; correct the cell, or the type in datapackage.json", length,
			     chunk->bytes + span.at, noun[plan->rule[w].type]);
}

static enum kg_status read_number(const struct kg_csv_plan *plan, const struct kg_chunk *chunk, size_t w,
				  struct kg_arena *arena, struct kg_column *column, struct kg_error *error)
{
	double *real = KG_ARRAY(arena, double, chunk->nrow), *low, *high;
	uint8_t *missing = KG_ARRAY(arena, uint8_t, chunk->nrow / 8 + 1);
	uint8_t *bound = KG_ARRAY(arena, uint8_t, chunk->nrow);
	bool whole = true, any_missing = false, any_bound = false, any = false;

	if (!real || !missing || !bound)
		return kg_error_memory(error);
	for (size_t i = 0; i < chunk->nrow; i++) {
		struct kg_span span = span_of(chunk, w, i);
		struct kg_cell cell;
		enum kg_cell_kind kind = kg_cell_read(chunk->bytes + span.at, span.length, &plan->rule[w], &cell);

		if (kind == KG_CELL_ODD && plan->rule[w].guessed) {
			KG_TRY(read_text(plan, chunk, w, arena, column, error));
			column->odd_row = chunk->line[i] + 2;
			column->odd_text = kg_arena_text_n(arena, chunk->bytes + span.at, span.length);
			return KG_OK;
		}
		if (kind == KG_CELL_ODD || kind == KG_CELL_LARGE)
			return refuse_cell(plan, chunk, w, i, kind, error);
		if (kind == KG_CELL_MISSING) {
			missing[i >> 3] |= (uint8_t)(1 << (i & 7));
			any_missing = true;
			continue;
		}
		if (plan->qualifier[w] != UINT32_MAX && cell.bound == KG_BOUND_EXACT) {
			span = span_of(chunk, plan->qualifier[w], i);
			if (!kg_bound_parse(chunk->bytes + span.at, span.length, &cell.bound))
				return kg_error_cell(
				    error, KG_EDATA, NULL, chunk->line[i] + 2, plan->name[plan->qualifier[w]],
				    "'%.*s' is not a qualifier; use exact, more_than, at_least, "
				    "less_than, at_most or nearly",
				    (int)(span.length > 60 ? 60 : span.length), chunk->bytes + span.at);
		}
		real[i] = cell.real;
		bound[i] = (uint8_t)cell.bound;
		any_bound = any_bound || cell.bound;
		whole = whole && cell.whole;
		any = true;
	}
	column->type = plan->rule[w].guessed ? (whole && any ? KG_INTEGER : KG_REAL) : plan->rule[w].type;
	column->real = real;
	column->missing = any_missing ? missing : NULL;
	if (!any_bound)
		return KG_OK;
	column->low = low = KG_ARRAY(arena, double, chunk->nrow);
	column->high = high = KG_ARRAY(arena, double, chunk->nrow);
	if (!low || !high)
		return kg_error_memory(error);
	for (size_t i = 0; i < chunk->nrow; i++)
		kg_bound_range((enum kg_bound)bound[i], real[i], column->type == KG_INTEGER, &low[i], &high[i]);
	return KG_OK;
}

enum kg_status kg_csv_columns(const struct kg_csv_plan *plan, const struct kg_chunk *chunk, struct kg_arena *arena,
			      struct kg_column *column, struct kg_error *error)
{
	for (size_t w = 0; w < plan->nshown; w++) {
		column[w].name = plan->name[w];
		column[w].unit = plan->field[w] ? plan->field[w]->unit : NULL;
		column[w].title = plan->field[w] ? plan->field[w]->title : NULL;
		if (plan->rule[w].type == KG_TEXT)
			KG_TRY(read_text(plan, chunk, w, arena, &column[w], error));
		else
			KG_TRY(read_number(plan, chunk, w, arena, &column[w], error));
	}
	return KG_OK;
}
