#include "table/take.h"

#include <string.h>

#include "table/missing.h"

/* Which rows, and where their copies live; a failed allocation is remembered by the arena. */
struct taking {
	const uint32_t *row;
	size_t count;
	struct kg_arena *arena;
};

static double *take_reals(const struct taking *taking, const double *from)
{
	double *real = from ? KG_ARRAY(taking->arena, double, taking->count + 1) : NULL;

	for (size_t i = 0; real && i < taking->count; i++)
		real[i] = from[taking->row[i]];
	return real;
}

static uint8_t *take_missing(const struct taking *taking, const struct kg_column *from)
{
	uint8_t *missing = NULL;

	for (size_t i = 0; from->missing && i < taking->count; i++) {
		if (!kg_column_missing(from, taking->row[i]))
			continue;
		if (!missing)
			missing = KG_ARRAY(taking->arena, uint8_t, taking->count / 8 + 1);
		if (!missing)
			return NULL;
		missing[i >> 3] |= (uint8_t)(1U << (i & 7));
	}
	return missing;
}

static const struct kg_absent *take_absent(const struct taking *taking, const struct kg_column *from)
{
	struct kg_absent *absent;
	uint8_t *kind;

	if (!from->absent || !from->absent->kind)
		return from->absent;
	absent = KG_NEW(taking->arena, struct kg_absent);
	kind = KG_ARRAY(taking->arena, uint8_t, taking->count + 1);
	if (!absent || !kind)
		return NULL;
	for (size_t i = 0; i < taking->count; i++)
		kind[i] = from->absent->kind[taking->row[i]];
	*absent = (struct kg_absent){ .missing = from->absent->missing, .kind = kind };
	return absent;
}

static void take_texts(const struct taking *taking, const struct kg_column *from, struct kg_column *to)
{
	uint32_t *code = KG_ARRAY(taking->arena, uint32_t, taking->count + 1);
	uint32_t *fresh = KG_ARRAY(taking->arena, uint32_t, from->nlevel + 1); /* new code + 1 */
	const char **level = KG_ARRAY(taking->arena, const char *, from->nlevel + 1);

	to->nlevel = 0;
	to->code = code;
	to->level = level;
	if (!code || !fresh || !level)
		return;
	for (size_t i = 0; i < taking->count; i++) {
		size_t row = taking->row[i];
		uint32_t old = from->code[row];

		if (kg_column_missing(from, row))
			continue;
		if (!fresh[old]) {
			level[to->nlevel] = from->level[old];
			fresh[old] = (uint32_t)++to->nlevel;
		}
		code[i] = fresh[old] - 1;
	}
}

static uint32_t *take_lines(const struct taking *taking, const struct kg_table *table)
{
	uint32_t *line = KG_ARRAY(taking->arena, uint32_t, taking->count + 1);

	for (size_t i = 0; line && i < taking->count; i++)
		line[i] = (uint32_t)kg_table_line(table, taking->row[i]);
	return line;
}

enum kg_status kg_table_take(const struct kg_table *table, const uint32_t *row, size_t count, struct kg_arena *arena,
			     struct kg_table **out, struct kg_error *error)
{
	const struct taking taking = { row, count, arena };
	struct kg_table *made = KG_NEW(arena, struct kg_table);
	struct kg_column *column = KG_ARRAY(arena, struct kg_column, table->ncol + 1);

	if (!made || !column)
		return kg_error_memory(error);
	for (size_t j = 0; j < table->ncol; j++) {
		const struct kg_column *from = &table->column[j];

		column[j] = *from;
		column[j].missing = take_missing(&taking, from);
		column[j].absent = take_absent(&taking, from);
		column[j].real = take_reals(&taking, from->real);
		column[j].low = take_reals(&taking, from->low);
		column[j].high = take_reals(&taking, from->high);
		if (from->type == KG_TEXT)
			take_texts(&taking, from, &column[j]);
	}
	*made = (struct kg_table){ table->name, count, table->ncol, column, table->from, take_lines(&taking, table) };
	*out = made;
	return kg_arena_failed(arena) ? kg_error_memory(error) : KG_OK;
}
