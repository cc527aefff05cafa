#include "command/disclosure_cells.h"

#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"

/* Stands between the parts of a key, and in no text. */
#define BETWEEN "\x1f"

/* A cell by the texts of its keys. */
struct kg_disclosure_key {
	const char *text;
	size_t cell;
};

static const char *join_keys(const struct kg_disclosure_cells *cells, const struct kg_table *table, size_t row,
			     const char *last)
{
	struct kg_buffer text = kg_buffer_new(cells->arena);

	kg_buffer_add(&text, "");
	for (size_t j = 0; j < cells->key.count; j++) {
		const char *cell = kg_column_cell(kg_table_find(table, cells->key.name[j]), row, cells->arena);

		kg_buffer_printf(&text, "%s" BETWEEN, last && j + 1 == cells->key.count ? last : cell ? cell : "");
	}
	return text.failed ? NULL : text.text ? text.text : "";
}

static int compare_keyed(const void *a, const void *b)
{
	const struct kg_disclosure_key *left = a, *right = b;

	return strcmp(left->text, right->text);
}

static bool sort_cells(struct kg_disclosure_cells *cells)
{
	size_t count = cells->group.ngroup;

	cells->keyed = KG_ARRAY(cells->arena, struct kg_disclosure_key, count + 1);
	for (size_t c = 0; cells->keyed && c < count; c++) {
		const char *text = join_keys(cells, cells->table, cells->group.row[cells->group.start[c]], NULL);

		cells->keyed[c] = (struct kg_disclosure_key){ text ? text : "", c };
	}
	if (kg_arena_failed(cells->arena))
		return false;
	qsort(cells->keyed, count, sizeof *cells->keyed, compare_keyed);
	return true;
}

static bool is_same(const struct kg_column *a, size_t i, const struct kg_column *b, size_t j)
{
	if (a->type != b->type || kg_column_missing(a, i) || kg_column_missing(b, j))
		return false;
	return a->type == KG_TEXT ? strcmp(a->level[a->code[i]], b->level[b->code[j]]) == 0 : a->real[i] == b->real[j];
}

/* Is the row of the table one of this cell? False also where only its text could tell. */
static bool is_cell(const struct kg_disclosure_cells *cells, size_t cell, const struct kg_table *table, size_t row)
{
	if (cell >= cells->group.ngroup)
		return false;
	for (size_t j = 0; j < cells->key.count; j++)
		if (!is_same(cells->group.by[j], cells->group.row[cells->group.start[cell]],
			     kg_table_find(table, cells->key.name[j]), row))
			return false;
	return true;
}

/* The cell of a row by the text of its keys, with `last` instead of its last key where given; KG_DISCLOSURE_NO_CELL: it
 * has none. */
static size_t search_cell(struct kg_disclosure_cells *cells, const struct kg_table *table, size_t row, const char *last)
{
	struct kg_arena_mark mark;
	const struct kg_disclosure_key *found;
	struct kg_disclosure_key key;

	if (!cells->keyed && !sort_cells(cells))
		return KG_DISCLOSURE_NO_CELL;
	mark = kg_arena_mark(cells->arena);
	key.text = join_keys(cells, table, row, last);
	found = key.text ? bsearch(&key, cells->keyed, cells->group.ngroup, sizeof key, compare_keyed) : NULL;
	kg_arena_rewind(cells->arena, mark);
	return found ? found->cell : KG_DISCLOSURE_NO_CELL;
}

size_t kg_disclosure_cell(struct kg_disclosure_cells *cells, const struct kg_table *table, size_t row, const char *last)
{
	size_t cell = cells->previous;

	if (last || !(is_cell(cells, cell, table, row) || is_cell(cells, ++cell, table, row)))
		cell = search_cell(cells, table, row, last);
	if (cell != KG_DISCLOSURE_NO_CELL)
		cells->previous = cell;
	return cell;
}
