#include <stdlib.h>
#include <string.h>

#include "table/formula_tree.h"

static int compare_numbers(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

static int compare_labels(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static enum kg_status level_numbers(const struct kg_column *column, const uint32_t *row, size_t n,
				    struct kg_arena *arena, struct kg_values *values)
{
	double *sorted = KG_ARRAY(arena, double, n);
	uint32_t *level = KG_ARRAY(arena, uint32_t, n), *first = KG_ARRAY(arena, uint32_t, n);
	const char **label;
	size_t nlevel = 0;

	if (!sorted || !level || !first)
		return KG_ENOMEM;
	for (size_t i = 0; i < n; i++)
		sorted[i] = column->real[row[i]];
	qsort(sorted, n, sizeof sorted[0], compare_numbers);
	for (size_t i = 0; i < n; i++)
		if (nlevel == 0 || sorted[i] != sorted[nlevel - 1])
			sorted[nlevel++] = sorted[i];
	label = KG_ARRAY(arena, const char *, nlevel);
	if (!label)
		return KG_ENOMEM;
	for (size_t i = 0; i < n; i++) {
		double *found = bsearch(&column->real[row[i]], sorted, nlevel, sizeof sorted[0], compare_numbers);

		level[i] = (uint32_t)(found - sorted);
		first[level[i]] = row[i];
	}
	for (size_t j = 0; j < nlevel; j++) {
		label[j] = kg_column_cell(column, first[j], arena);
		if (!label[j])
			return KG_ENOMEM;
	}
	*values = (struct kg_values){ .level = level, .label = label, .nlevel = nlevel };
	return KG_OK;
}

static enum kg_status level_texts(const struct kg_column *column, const uint32_t *row, size_t n, struct kg_arena *arena,
				  struct kg_values *values)
{
	uint32_t *level = KG_ARRAY(arena, uint32_t, n), *position = KG_ARRAY(arena, uint32_t, column->nlevel);
	const char **label = KG_ARRAY(arena, const char *, column->nlevel);
	size_t nlevel = 0;

	if (!level || !position || !label)
		return KG_ENOMEM;
	for (size_t i = 0; i < n; i++)
		if (position[column->code[row[i]]]++ == 0)
			label[nlevel++] = column->level[column->code[row[i]]];
	qsort(label, nlevel, sizeof label[0], compare_labels);
	for (size_t code = 0; code < column->nlevel; code++) {
		const char **found = bsearch(&column->level[code], label, nlevel, sizeof label[0], compare_labels);

		position[code] = found ? (uint32_t)(found - label) : 0;
	}
	for (size_t i = 0; i < n; i++)
		level[i] = position[column->code[row[i]]];
	*values = (struct kg_values){ .level = level, .label = label, .nlevel = nlevel };
	return KG_OK;
}

enum kg_status kg_factor_levels(const struct kg_column *column, const uint32_t *row, size_t n, struct kg_arena *arena,
				struct kg_values *values, struct kg_error *error)
{
	enum kg_status status = column->type == KG_TEXT ? level_texts(column, row, n, arena, values)
							: level_numbers(column, row, n, arena, values);

	return status == KG_OK ? KG_OK : kg_error_memory(error);
}
