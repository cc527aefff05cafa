#include "table/query_cells.h"

#include <string.h>

#include "base/buffer.h"
#include "base/number.h"
#include "base/text.h"
#include "table/period.h"

#define FIRST_ROOM 64

struct kg_cells kg_cells_new(struct kg_arena *arena)
{
	return (struct kg_cells){ .arena = arena };
}

static bool widen_cells(struct kg_cells *cells)
{
	size_t room = cells->room ? cells->room * 2 : FIRST_ROOM;
	double *value = kg_arena_grow(cells->arena, cells->value, cells->n * sizeof *value, room * sizeof *value);
	uint8_t *kind = kg_arena_grow(cells->arena, cells->kind, cells->n, room);

	if (!value || !kind)
		return false;
	cells->value = value;
	cells->kind = kind;
	cells->room = room;
	return true;
}

static uint32_t *find_slot(const struct kg_cells *cells, const char *text)
{
	size_t nslot = cells->level_room * 2;
	size_t at = (size_t)kg_hash(text, strlen(text), KG_HASH_START) & (nslot - 1);

	while (cells->slot[at] && strcmp(cells->level[cells->slot[at] - 1], text) != 0)
		at = (at + 1) & (nslot - 1);
	return &cells->slot[at];
}

static bool widen_levels(struct kg_cells *cells)
{
	size_t room = cells->level_room ? cells->level_room * 2 : FIRST_ROOM;
	const char **level =
	    kg_arena_grow(cells->arena, cells->level, cells->nlevel * sizeof *level, room * sizeof *level);
	uint32_t *slot = KG_ARRAY(cells->arena, uint32_t, room * 2);

	if (!level || !slot)
		return false;
	cells->level = level;
	cells->slot = slot;
	cells->level_room = room;
	for (size_t i = 0; i < cells->nlevel; i++)
		*find_slot(cells, level[i]) = (uint32_t)i + 1;
	return true;
}

/* Code of a text, which is copied when new. */
static enum kg_status code_text(struct kg_cells *cells, const char *text, double *code, struct kg_error *error)
{
	uint32_t *slot;

	if (cells->nlevel == cells->level_room && !widen_levels(cells))
		return kg_error_memory(error);
	slot = find_slot(cells, text);
	if (!*slot) {
		if (text[kg_text_invalid_at(text, strlen(text))])
			return kg_error_set(error, KG_EDATA, "a text is not UTF-8; leave out the cast that made it");
		cells->level[cells->nlevel] = kg_arena_text(cells->arena, text);
		if (!cells->level[cells->nlevel])
			return kg_error_memory(error);
		*slot = (uint32_t)++cells->nlevel;
	}
	*code = *slot - 1;
	return KG_OK;
}

enum kg_status kg_cells_add(struct kg_cells *cells, const struct kg_value *value, struct kg_error *error)
{
	double kept = value->real;

	if (cells->n == cells->room && !widen_cells(cells))
		return kg_error_memory(error);
	if (value->kind == KG_VALUE_INTEGER &&
	    (value->integer > (int64_t)KG_INTEGER_MOST || value->integer < -(int64_t)KG_INTEGER_MOST))
		return kg_error_set(error, KG_EDATA,
				    "the integer %lld is too large to be kept exactly; cast it to text",
				    (long long)value->integer);
	if (value->kind == KG_VALUE_TEXT)
		KG_TRY(code_text(cells, value->text, &kept, error));
	cells->value[cells->n] = kept;
	cells->kind[cells->n++] = (uint8_t)value->kind;
	cells->seen[value->kind]++;
	return KG_OK;
}

static bool are_all_days(const struct kg_cells *cells)
{
	enum kg_period_kind kind;
	double year;
	long day;

	for (size_t i = 0; i < cells->nlevel; i++)
		if (!kg_period_parse(cells->level[i], &kind, &day, &year) || kind != KG_PERIOD_DAY)
			return false;
	return true;
}

static bool are_all_flags(const struct kg_cells *cells)
{
	for (size_t i = 0; i < cells->n; i++)
		if (cells->kind[i] != KG_VALUE_MISSING && cells->value[i] != 0 && cells->value[i] != 1)
			return false;
	return true;
}

static enum kg_type decide_type(const struct kg_cells *cells, const struct kg_column *origin)
{
	size_t numbers = cells->seen[KG_VALUE_INTEGER] + cells->seen[KG_VALUE_REAL];

	if (cells->seen[KG_VALUE_TEXT])
		return origin && origin->type == KG_DATE && !numbers && are_all_days(cells) ? KG_DATE : KG_TEXT;
	if (!numbers)
		return origin ? origin->type : KG_REAL;
	if (cells->seen[KG_VALUE_REAL])
		return KG_REAL;
	return origin && origin->type == KG_BOOLEAN && are_all_flags(cells) ? KG_BOOLEAN : KG_INTEGER;
}

/* A number among texts becomes a text. */
static enum kg_status code_number(struct kg_cells *cells, size_t row, struct kg_error *error)
{
	struct kg_buffer text = kg_buffer_new(cells->arena);

	kg_number_exact(&text, cells->value[row]);
	KG_TRY(kg_buffer_check(&text, error));
	return code_text(cells, text.text ? text.text : "", &cells->value[row], error);
}

static enum kg_status make_codes(struct kg_cells *cells, struct kg_column *column, struct kg_error *error)
{
	uint32_t *code = KG_ARRAY(cells->arena, uint32_t, cells->n + 1);

	if (!code)
		return kg_error_memory(error);
	for (size_t i = 0; i < cells->n; i++) {
		if (cells->kind[i] == KG_VALUE_INTEGER || cells->kind[i] == KG_VALUE_REAL)
			KG_TRY(code_number(cells, i, error));
		if (cells->kind[i] != KG_VALUE_MISSING)
			code[i] = (uint32_t)cells->value[i];
	}
	column->code = code;
	column->level = cells->level;
	column->nlevel = cells->nlevel;
	return KG_OK;
}

static void read_days(struct kg_cells *cells)
{
	enum kg_period_kind kind;
	double year;
	long day = 0;

	for (size_t i = 0; i < cells->n; i++) {
		if (cells->kind[i] == KG_VALUE_MISSING)
			continue;
		kg_period_parse(cells->level[(size_t)cells->value[i]], &kind, &day, &year);
		cells->value[i] = (double)day;
	}
}

static enum kg_status mark_missing(const struct kg_cells *cells, struct kg_column *column, struct kg_error *error)
{
	uint8_t *missing;

	if (!cells->seen[KG_VALUE_MISSING])
		return KG_OK;
	missing = KG_ARRAY(cells->arena, uint8_t, cells->n / 8 + 1);
	if (!missing)
		return kg_error_memory(error);
	for (size_t i = 0; i < cells->n; i++)
		if (cells->kind[i] == KG_VALUE_MISSING)
			missing[i >> 3] |= (uint8_t)(1U << (i & 7));
	column->missing = missing;
	return KG_OK;
}

enum kg_status kg_cells_column(struct kg_cells *cells, const char *name, const struct kg_column *origin,
			       struct kg_column *column, struct kg_error *error)
{
	*column = (struct kg_column){ .name = name, .type = decide_type(cells, origin) };
	if (origin && (origin->type == KG_TEXT) == (column->type == KG_TEXT)) {
		column->unit = origin->unit;
		column->title = origin->title;
	}
	if (!cells->room && !widen_cells(cells))
		return kg_error_memory(error);
	KG_TRY(mark_missing(cells, column, error));
	if (column->type == KG_TEXT)
		return make_codes(cells, column, error);
	if (column->type == KG_DATE)
		read_days(cells);
	column->real = cells->value;
	return KG_OK;
}
