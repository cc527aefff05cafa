#include "table/query_bounds.h"

#include <stdlib.h>

struct bound {
	double value, low, high;
};

static int compare_bounds(const void *a, const void *b)
{
	const struct bound *left = a, *right = b;

	if (left->value != right->value)
		return left->value < right->value ? -1 : 1;
	if (left->low != right->low)
		return left->low < right->low ? -1 : 1;
	return (left->high > right->high) - (left->high < right->high);
}

static int compare_value(const void *a, const void *b)
{
	const struct bound *left = a, *right = b;

	return (left->value > right->value) - (left->value < right->value);
}

/* The known cells of a column as bounds, sorted; returns how many. */
static size_t list_bounds(const struct kg_column *origin, size_t norigin, struct bound *bound)
{
	size_t count = 0;

	for (size_t i = 0; i < norigin; i++)
		if (!kg_column_missing(origin, i))
			bound[count++] = (struct bound){ origin->real[i], origin->low[i], origin->high[i] };
	qsort(bound, count, sizeof *bound, compare_bounds);
	return count;
}

/* Keeps one of equal bounds. KG_EDATA where a figure has two. */
static enum kg_status merge_bounds(struct bound *bound, size_t *count, const char *name, struct kg_error *error)
{
	size_t kept = 0;

	for (size_t i = 0; i < *count; i++) {
		if (kept && compare_value(&bound[kept - 1], &bound[i]) == 0) {
			if (compare_bounds(&bound[kept - 1], &bound[i]) != 0)
				return kg_error_set(error, KG_EDATA,
						    "%.15g stands in '%s' with different bounds, which the query would "
						    "mix up; select '%s_low' and '%s_high' too",
						    bound[i].value, name, name, name);
			continue;
		}
		bound[kept++] = bound[i];
	}
	*count = kept;
	return KG_OK;
}

enum kg_status kg_query_bounds(const struct kg_column *origin, size_t norigin, struct kg_column *column, size_t nrow,
			       struct kg_arena *arena, struct kg_error *error)
{
	struct bound *bound = KG_ARRAY(arena, struct bound, norigin);
	double *low = KG_ARRAY(arena, double, nrow), *high = KG_ARRAY(arena, double, nrow);
	size_t count;

	if (!bound || !low || !high)
		return kg_error_memory(error);
	count = list_bounds(origin, norigin, bound);
	KG_TRY(merge_bounds(bound, &count, origin->name, error));
	for (size_t i = 0; i < nrow; i++) {
		struct bound wanted = { .value = column->real[i] };
		const struct bound *found = NULL;

		if (!kg_column_missing(column, i))
			found = bsearch(&wanted, bound, count, sizeof *bound, compare_value);
		low[i] = found ? found->low : column->real[i];
		high[i] = found ? found->high : column->real[i];
	}
	column->low = low;
	column->high = high;
	return KG_OK;
}
