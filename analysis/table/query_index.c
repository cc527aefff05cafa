#include "table/query_index.h"

#include <stdlib.h>
#include <string.h>

struct kg_index {
	const struct kg_column *column;
	uint32_t *row;	 /* sorted by value, then by position */
	size_t nrow;	 /* rows that are not missing */
	size_t *start;	 /* text: rows of code c are row[start[c]] .. row[start[c + 1] - 1] */
	uint32_t *level; /* text: codes in order of their texts */
};

static int compare_levels(const void *a, const void *b, void *column)
{
	const char *const *level = ((const struct kg_column *)column)->level;

	return strcmp(level[*(const uint32_t *)a], level[*(const uint32_t *)b]);
}

static int compare_rows(const void *a, const void *b, void *column)
{
	uint32_t i = *(const uint32_t *)a, j = *(const uint32_t *)b;
	const double *real = ((const struct kg_column *)column)->real;

	if (real[i] != real[j])
		return real[i] < real[j] ? -1 : 1;
	return (i > j) - (i < j);
}

/* Counting sort by code. False when memory is out. */
static bool sort_texts(struct kg_index *index, size_t nrow, struct kg_arena *arena)
{
	const struct kg_column *column = index->column;

	index->start = KG_ARRAY(arena, size_t, column->nlevel + 2);
	index->level = KG_ARRAY(arena, uint32_t, column->nlevel + 1);
	if (!index->start || !index->level)
		return false;
	for (size_t i = 0; i < nrow; i++)
		if (!kg_column_missing(column, i))
			index->start[column->code[i] + 2]++;
	for (size_t c = 2; c < column->nlevel + 2; c++)
		index->start[c] += index->start[c - 1];
	for (size_t i = 0; i < nrow; i++)
		if (!kg_column_missing(column, i))
			index->row[index->start[column->code[i] + 1]++] = (uint32_t)i;
	for (size_t c = 0; c < column->nlevel; c++)
		index->level[c] = (uint32_t)c;
	qsort_r(index->level, column->nlevel, sizeof *index->level, compare_levels, (void *)column);
	return true;
}

struct kg_index *kg_index_make(const struct kg_column *column, size_t nrow, struct kg_arena *arena)
{
	struct kg_index *index = KG_NEW(arena, struct kg_index);
	uint32_t *row = KG_ARRAY(arena, uint32_t, nrow + 1);

	if (!index || !row)
		return NULL;
	index->column = column;
	index->row = row;
	if (column->type == KG_TEXT)
		return sort_texts(index, nrow, arena) ? index : NULL;
	for (size_t i = 0; i < nrow; i++)
		if (!kg_column_missing(column, i))
			row[index->nrow++] = (uint32_t)i;
	qsort_r(row, index->nrow, sizeof *row, compare_rows, (void *)column);
	return index;
}

size_t kg_index_text(const struct kg_index *index, const char *value, const uint32_t **row)
{
	size_t low = 0, high = index->column->nlevel;

	while (low < high) {
		size_t middle = (low + high) / 2;
		uint32_t code = index->level[middle];
		int order = strcmp(value, index->column->level[code]);

		if (order == 0) {
			*row = index->row + index->start[code];
			return index->start[code + 1] - index->start[code];
		}
		if (order < 0)
			high = middle;
		else
			low = middle + 1;
	}
	return 0;
}

/* Position of the first row whose value is not below `value` (`after`: is above it). */
static size_t find_position(const struct kg_index *index, double value, bool after)
{
	size_t low = 0, high = index->nrow;

	while (low < high) {
		size_t middle = (low + high) / 2;
		double here = index->column->real[index->row[middle]];

		if (here < value || (after && here == value))
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

size_t kg_index_real(const struct kg_index *index, double value, const uint32_t **row)
{
	size_t first = find_position(index, value, false);

	*row = index->row + first;
	return find_position(index, value, true) - first;
}
