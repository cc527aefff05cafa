#include "table/builder.h"

#include <string.h>

#include "base/text.h"

struct growing {
	struct kg_column column;
	uint8_t *missing;
	double *real, *low, *high;
	uint32_t *code;
	const char **level;
	uint32_t *slot; /* hash table of level + 1, open addressing */
	uint32_t last;	/* code of the last text, which the next is likely to be */
	size_t nslot, level_room;
	bool filled; /* by the caller, NaN where missing */
};

struct kg_builder {
	struct kg_arena *arena;
	const char *name;
	struct growing *column;
	size_t ncol, col_room, nrow, row_room;
	bool failed;
};

struct kg_builder *kg_builder_new(const char *name, struct kg_arena *arena)
{
	struct kg_builder *builder = KG_NEW(arena, struct kg_builder);

	if (builder) {
		builder->arena = arena;
		builder->name = name;
	}
	return builder;
}

static void *enlarge(struct kg_builder *builder, void *old, size_t count, size_t room, size_t size)
{
	void *larger = kg_arena_grow(builder->arena, old, count * size, room * size);

	if (!larger) {
		builder->failed = true;
		return old;
	}
	memset((unsigned char *)larger + count * size, 0, (room - count) * size);
	return larger;
}

size_t kg_builder_column(struct kg_builder *builder, const char *name, enum kg_type type, const char *unit)
{
	struct growing *column;

	if (builder->ncol == builder->col_room) {
		size_t room = builder->col_room ? builder->col_room * 2 : 32;

		builder->column = enlarge(builder, builder->column, builder->ncol, room, sizeof *column);
		if (builder->failed)
			return 0;
		builder->col_room = room;
	}
	column = &builder->column[builder->ncol];
	column->column.name = name;
	column->column.unit = unit;
	column->column.type = type;
	return builder->ncol++;
}

size_t kg_builder_like(struct kg_builder *builder, const struct kg_column *column)
{
	size_t at = kg_builder_column(builder, column->name, column->type, column->unit);

	if (!builder->failed)
		builder->column[at].column.title = column->title;
	return at;
}

static void widen_column(struct kg_builder *builder, struct growing *column, size_t room)
{
	size_t count = builder->nrow, bytes = (count + 7) / 8;

	column->missing = enlarge(builder, column->missing, bytes, (room + 7) / 8, 1);
	if (!builder->failed) /* rows to come are missing until a cell is set; the last byte has some already */
		memset(column->missing + bytes, 0xff, (room + 7) / 8 - bytes);
	if (column->column.type == KG_TEXT)
		column->code = enlarge(builder, column->code, count, room, sizeof *column->code);
	else
		column->real = enlarge(builder, column->real, count, room, sizeof *column->real);
	if (column->low) {
		column->low = enlarge(builder, column->low, count, room, sizeof *column->low);
		column->high = enlarge(builder, column->high, count, room, sizeof *column->high);
	}
}

static void set_known(struct growing *column, size_t row)
{
	column->missing[row >> 3] &= (uint8_t) ~(1U << (row & 7));
}

void kg_builder_reserve(struct kg_builder *builder, size_t nrow)
{
	if (builder->failed || nrow <= builder->row_room)
		return;
	for (size_t j = 0; j < builder->ncol; j++)
		widen_column(builder, &builder->column[j], nrow);
	if (!builder->failed)
		builder->row_room = nrow;
}

double *kg_builder_numbers(struct kg_builder *builder, size_t column)
{
	if (builder->failed || column >= builder->ncol)
		return NULL;
	builder->column[column].filled = true;
	return builder->column[column].real;
}

void kg_builder_row(struct kg_builder *builder)
{
	if (builder->nrow == builder->row_room)
		kg_builder_reserve(builder, builder->row_room ? builder->row_room * 2 : 32);
	if (builder->failed)
		return;
	builder->nrow++;
}

static struct growing *take_cell(struct kg_builder *builder, size_t column)
{
	return builder->failed || !builder->nrow || column >= builder->ncol ? NULL : &builder->column[column];
}

void kg_builder_real(struct kg_builder *builder, size_t column, double value)
{
	struct growing *cell = take_cell(builder, column);

	if (!cell || isnan(value) || cell->column.type == KG_TEXT)
		return;
	cell->real[builder->nrow - 1] = value;
	set_known(cell, builder->nrow - 1);
	if (cell->low)
		cell->low[builder->nrow - 1] = cell->high[builder->nrow - 1] = value;
}

void kg_builder_bounds(struct kg_builder *builder, size_t column, double value, double low, double high)
{
	struct growing *cell = take_cell(builder, column);

	if (!cell || isnan(value) || cell->column.type == KG_TEXT)
		return;
	if (!cell->low) {
		cell->low = KG_ARRAY(builder->arena, double, builder->row_room);
		cell->high = KG_ARRAY(builder->arena, double, builder->row_room);
		if (!cell->low || !cell->high) {
			builder->failed = true;
			return;
		}
		memcpy(cell->low, cell->real, (builder->nrow - 1) * sizeof(double));
		memcpy(cell->high, cell->real, (builder->nrow - 1) * sizeof(double));
	}
	kg_builder_real(builder, column, value);
	cell->low[builder->nrow - 1] = low;
	cell->high[builder->nrow - 1] = high;
}

static uint32_t *find_slot(struct growing *column, const char *text)
{
	size_t at = (size_t)kg_hash(text, strlen(text), KG_HASH_START) & (column->nslot - 1);

	while (column->slot[at] && strcmp(column->level[column->slot[at] - 1], text) != 0)
		at = (at + 1) & (column->nslot - 1);
	return &column->slot[at];
}

static void grow_levels(struct kg_builder *builder, struct growing *column)
{
	size_t room = column->level_room ? column->level_room * 2 : 16;

	column->level = enlarge(builder, column->level, column->column.nlevel, room, sizeof *column->level);
	column->slot = KG_ARRAY(builder->arena, uint32_t, room * 2);
	if (builder->failed || !column->slot) {
		builder->failed = true;
		return;
	}
	column->level_room = room;
	column->nslot = room * 2;
	for (size_t i = 0; i < column->column.nlevel; i++)
		*find_slot(column, column->level[i]) = (uint32_t)i + 1;
}

static void set_code(const struct kg_builder *builder, struct growing *column, uint32_t code)
{
	column->code[builder->nrow - 1] = column->last = code;
	set_known(column, builder->nrow - 1);
}

void kg_builder_text(struct kg_builder *builder, size_t column, const char *value)
{
	struct growing *cell = take_cell(builder, column);
	uint32_t *slot;

	if (!cell || !value || cell->column.type != KG_TEXT)
		return;
	if (cell->column.nlevel && strcmp(cell->level[cell->last], value) == 0) {
		set_code(builder, cell, cell->last);
		return;
	}
	if (cell->column.nlevel == cell->level_room)
		grow_levels(builder, cell);
	if (builder->failed)
		return;
	slot = find_slot(cell, value);
	if (!*slot) {
		const char *copy = kg_arena_text(builder->arena, value);

		if (!copy) {
			builder->failed = true;
			return;
		}
		cell->level[cell->column.nlevel++] = copy;
		*slot = (uint32_t)cell->column.nlevel;
	}
	set_code(builder, cell, *slot - 1);
}

void kg_builder_copy(struct kg_builder *builder, size_t column, const struct kg_column *from, size_t row)
{
	if (kg_column_missing(from, row))
		return;
	if (from->type == KG_TEXT)
		kg_builder_text(builder, column, from->level[from->code[row]]);
	else if (from->low && (from->low[row] != from->real[row] || from->high[row] != from->real[row]))
		kg_builder_bounds(builder, column, from->real[row], from->low[row], from->high[row]);
	else
		kg_builder_real(builder, column, from->real[row]);
}

/* Bits of the cells that were filled with NaN, which are 0 from here on. */
static void mark_missing(struct growing *column, size_t nrow)
{
	memset(column->missing, 0, (nrow + 7) / 8);
	for (size_t i = 0; i < nrow; i++) {
		if (!isnan(column->real[i]))
			continue;
		column->real[i] = 0;
		column->missing[i >> 3] |= (uint8_t)(1U << (i & 7));
	}
}

static bool has_missing(const struct growing *column, size_t nrow)
{
	for (size_t i = 0; i < nrow; i++)
		if (column->missing[i >> 3] >> (i & 7) & 1)
			return true;
	return false;
}

enum kg_status kg_builder_finish(struct kg_builder *builder, const struct kg_provenance *from,
				 const struct kg_table **table, struct kg_error *error)
{
	struct kg_table *made = KG_NEW(builder->arena, struct kg_table);
	struct kg_column *columns = KG_ARRAY(builder->arena, struct kg_column, builder->ncol);

	if (builder->failed || !made || !columns)
		return kg_error_memory(error);
	for (size_t j = 0; j < builder->ncol; j++) {
		struct growing *column = &builder->column[j];

		if (column->filled)
			mark_missing(column, builder->nrow);
		columns[j] = column->column;
		columns[j].missing = builder->nrow && has_missing(column, builder->nrow) ? column->missing : NULL;
		columns[j].real = column->real;
		columns[j].low = column->low;
		columns[j].high = column->high;
		columns[j].code = column->code;
		columns[j].level = column->level;
	}
	*made =
	    (struct kg_table){ builder->name, builder->nrow, builder->ncol, columns, from ? from : &kg_provenance_none,
			       NULL };
	*table = made;
	return KG_OK;
}
