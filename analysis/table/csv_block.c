#include "table/csv_block.h"

#include <stdlib.h>
#include <string.h>

/* Longest part of a cell that a message shows. */
#define SHOWN_MOST 60

static bool make_room(struct kg_block *block, size_t rows)
{
	if (rows <= block->room)
		return true;
	kg_block_free(block);
	block->real = malloc(rows * sizeof *block->real);
	block->code = malloc(rows * sizeof *block->code);
	block->missing = malloc(rows);
	block->bound = malloc(rows);
	if (!block->real || !block->code || !block->missing || !block->bound)
		return false;
	block->room = rows;
	return true;
}

void kg_block_free(struct kg_block *block)
{
	free(block->real);
	free(block->code);
	free(block->missing);
	free(block->bound);
	kg_levels_free(&block->levels);
	*block = (struct kg_block){ 0 };
}

enum kg_status kg_block_refuse(const struct kg_misfit *misfit, struct kg_error *error)
{
	static const char *const noun[] = { "a number", "an integer", "a text", "a date such as 2020-05-17",
					    "true or false" };
	int shown = (int)(misfit->length > SHOWN_MOST ? SHOWN_MOST : misfit->length);

	if (misfit->kind == KG_CELL_LARGE)
		return kg_error_cell(error, KG_EDATA, NULL, misfit->line, misfit->column,
				     "'%.*s' is too large for a number; if it is a code, declare the column as string "
				     "in datapackage.json",
				     shown, misfit->text);
	return kg_error_cell(error, KG_EDATA, NULL, misfit->line, misfit->column,
			     "'%.*s' is not %s; correct the cell, or name it with --missing", shown, misfit->text,
			     noun[misfit->type]);
}

/* Of several refusals the one in the first row counts, then the one in the first column. */
static bool is_first(const struct kg_chunk *chunk, size_t row)
{
	return chunk->error.status == KG_OK || chunk->error.row > chunk->line[row] + 1;
}

static void refuse_memory(struct kg_chunk *chunk)
{
	kg_error_memory(&chunk->error);
}

static const char *cell_of(const struct kg_chunk *chunk, size_t place, size_t row, size_t *length)
{
	const struct kg_span *span = &chunk->span[place * chunk->room + row];

	*length = span->length;
	return chunk->bytes + span->at;
}

static void read_text(struct kg_block *block, struct kg_chunk *chunk, size_t place, const struct kg_cell_rule *rule)
{
	struct kg_cell_rule as_text = *rule;

	as_text.type = KG_TEXT;
	block->text = true;
	block->any_missing = block->any_kind = false;
	kg_levels_clear(&block->levels);
	for (size_t row = 0; row < chunk->nrow; row++) {
		size_t length;
		const char *text = cell_of(chunk, place, row, &length);

		block->missing[row] = kg_cell_missing(text, length, &as_text);
		block->any_missing |= block->missing[row] != KG_MISSING_NONE;
		block->any_kind |= block->missing[row] > KG_MISSING_EMPTY;
		block->code[row] = block->missing[row] ? 0 : kg_levels_code(&block->levels, text, length);
		if (block->code[row] == KG_LEVEL_NONE) {
			refuse_memory(chunk);
			return;
		}
	}
}

static void refuse_qualifier(struct kg_chunk *chunk, size_t row, const char *column, const char *text, size_t length)
{
	int shown = (int)(length > SHOWN_MOST ? SHOWN_MOST : length);

	if (is_first(chunk, row))
		kg_error_cell(&chunk->error, KG_EDATA, NULL, chunk->line[row] + 1, column,
			      "'%.*s' is not a qualifier; use exact, more_than, at_least, less_than, at_most, nearly, "
			      "about or rounded_5, rounded_10, rounded_100 up to rounded_1000000",
			      shown, text);
}

static void read_qualifiers(struct kg_block *block, struct kg_chunk *chunk, size_t qualifier, bool from_one,
			    const char *const *name)
{
	for (size_t row = 0; row < chunk->nrow; row++) {
		size_t length;
		const char *text = cell_of(chunk, qualifier, row, &length);
		enum kg_bound bound;

		if (!kg_bound_parse(text, length, from_one, &bound)) {
			refuse_qualifier(chunk, row, name[qualifier], text, length);
			return;
		}
		if (block->missing[row] || block->bound[row] != KG_BOUND_EXACT)
			continue;
		block->bound[row] = (uint8_t)bound;
		block->any_bound |= bound != KG_BOUND_EXACT;
	}
}

/* True when the cell ends the reading: it makes a guessed column text, or is refused. */
static bool stop_at(struct kg_block *block, struct kg_chunk *chunk, size_t row, enum kg_cell_kind kind,
		    const struct kg_cell_rule *rule)
{
	if (kind == KG_CELL_LARGE && rule->guessed) {
		block->large = block->large == SIZE_MAX ? row : block->large;
		return false;
	}
	if (kind == KG_CELL_ODD)
		block->odd = row;
	return is_first(chunk, row);
}

/* Rows up to the first that is odd or refused; its kind. */
static enum kg_cell_kind read_reals(struct kg_block *block, struct kg_chunk *chunk, size_t place,
				    const struct kg_cell_rule *rule, size_t *stop)
{
	for (size_t row = 0; row < chunk->nrow; row++) {
		size_t length;
		const char *text = cell_of(chunk, place, row, &length);
		struct kg_cell cell;
		enum kg_cell_kind kind = kg_cell_read(text, length, rule, &cell);

		block->real[row] = cell.real;
		block->bound[row] = (uint8_t)cell.bound;
		block->missing[row] = cell.missing;
		block->any_missing |= cell.missing != KG_MISSING_NONE;
		block->any_kind |= cell.missing > KG_MISSING_EMPTY;
		block->any_bound |= cell.bound != KG_BOUND_EXACT;
		block->any_value |= kind == KG_CELL_VALUE;
		block->whole &= kind != KG_CELL_VALUE || cell.whole;
		if (kind > KG_CELL_MISSING && stop_at(block, chunk, row, kind, rule)) {
			*stop = row;
			return kind;
		}
	}
	return KG_CELL_VALUE;
}

static void read_numbers(struct kg_block *block, struct kg_chunk *chunk, size_t place, const struct kg_cell_rule *rule,
			 const char *const *name)
{
	struct kg_misfit misfit = { .column = name[place], .type = rule->type };
	size_t stop;

	misfit.kind = read_reals(block, chunk, place, rule, &stop);

	if (misfit.kind == KG_CELL_VALUE)
		return;
	if (misfit.kind == KG_CELL_ODD && rule->guessed) {
		read_text(block, chunk, place, rule);
		return;
	}
	misfit.line = chunk->line[stop] + 1;
	misfit.text = cell_of(chunk, place, stop, &misfit.length);
	kg_block_refuse(&misfit, &chunk->error);
}

void kg_block_read(struct kg_block *block, struct kg_chunk *chunk, size_t place, uint32_t qualifier,
		   const struct kg_cell_rule *rule, const char *const *name)
{
	if (!make_room(block, chunk->room)) {
		refuse_memory(chunk);
		return;
	}
	block->text = block->any_missing = block->any_kind = block->any_bound = block->any_value = false;
	block->whole = true;
	block->odd = block->large = SIZE_MAX;
	if (rule->type == KG_TEXT)
		read_text(block, chunk, place, rule);
	else
		read_numbers(block, chunk, place, rule, name);
	if (qualifier != UINT32_MAX && !block->text)
		read_qualifiers(block, chunk, qualifier, rule->from_one, name);
}
