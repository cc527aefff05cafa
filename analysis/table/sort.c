#include "table/sort.h"

#include <stdlib.h>
#include <string.h>

#include "base/collate.h"
#include "table/take.h"

struct key {
	const struct kg_column *column;
	bool falling;
};

struct sorting {
	struct key *key;
	size_t nkey;
	const struct kg_collator *collator;
};

static int compare_cells(const struct sorting *sorting, const struct key *key, size_t a, size_t b)
{
	const struct kg_column *column = key->column;
	bool no_a = kg_column_missing(column, a), no_b = kg_column_missing(column, b);
	double x, y;
	int order;

	if (no_a || no_b)
		return no_a - no_b;
	if (column->type == KG_TEXT) {
		order = kg_collator_compare(sorting->collator, kg_column_text(column, a), kg_column_text(column, b));
	} else {
		x = kg_column_real(column, a);
		y = kg_column_real(column, b);
		order = (x > y) - (x < y);
	}
	return key->falling ? -order : order;
}

static int compare_rows(const void *a, const void *b, void *context)
{
	const struct sorting *sorting = context;
	uint32_t one = *(const uint32_t *)a, two = *(const uint32_t *)b;

	for (size_t k = 0; k < sorting->nkey; k++) {
		int order = compare_cells(sorting, &sorting->key[k], one, two);

		if (order)
			return order;
	}
	return (one > two) - (one < two);
}

static enum kg_status read_keys(const struct kg_table *table, const char *keys, struct kg_arena *arena,
				struct sorting *sorting, struct kg_error *error)
{
	sorting->key = KG_ARRAY(arena, struct key, strlen(keys) + 1);
	while (sorting->key && *keys) {
		struct key *key = &sorting->key[sorting->nkey];
		size_t length = strcspn(keys, ",");
		const char *name;

		key->falling = *keys == '-';
		name = kg_arena_text_n(arena, keys + key->falling, length - key->falling);
		if (!name)
			return kg_error_memory(error);
		KG_TRY(kg_table_column(table, name, &key->column, error));
		sorting->nkey++;
		keys += length + (keys[length] == ',');
	}
	return sorting->key ? KG_OK : kg_error_memory(error);
}

enum kg_status kg_table_sort(const struct kg_table *table, const char *keys, enum kg_language language,
			     struct kg_arena *arena, const struct kg_table **sorted, struct kg_error *error)
{
	struct sorting sorting = { .collator = kg_collator_new(language, arena) };
	uint32_t *row = KG_ARRAY(arena, uint32_t, table->nrow + 1);
	struct kg_table *taken;

	KG_TRY(read_keys(table, keys, arena, &sorting, error));
	if (!row || !sorting.collator)
		return kg_error_memory(error);
	for (size_t i = 0; i < table->nrow; i++)
		row[i] = (uint32_t)i;
	qsort_r(row, table->nrow, sizeof *row, compare_rows, &sorting);
	KG_TRY(kg_table_take(table, row, table->nrow, arena, &taken, error));
	*sorted = taken;
	return KG_OK;
}
