#include "plots/values.h"

#include <math.h>
#include <stdlib.h>

double kg_values_quantile(const double *ascending, size_t n, double p)
{
	double at = p * (double)(n ? n - 1 : 0), below = floor(at);
	size_t i = (size_t)below;

	if (!n)
		return NAN;
	return i + 1 < n ? ascending[i] + (at - below) * (ascending[i + 1] - ascending[i]) : ascending[n - 1];
}

static int compare(const void *a, const void *b)
{
	double one = *(const double *)a, two = *(const double *)b;

	return (one > two) - (one < two);
}

size_t kg_values_sort(double *value, size_t n)
{
	size_t kept = 0;

	for (size_t i = 0; i < n; i++)
		if (isfinite(value[i]))
			value[kept++] = value[i];
	qsort(value, kept, sizeof *value, compare);
	return kept;
}

enum kg_status kg_values_read(const struct kg_picture *picture, struct kg_arena *arena, struct kg_series_set *set,
			      double **value, size_t *n, struct kg_error *error)
{
	struct kg_picture asked = *picture;
	const struct kg_series_plan plan = { .number_x = true };

	if (!picture->y)
		return kg_error_set(error, KG_EUSAGE, "name the column of numbers: --x COLUMN");
	asked.x = picture->y;
	asked.group = NULL;
	KG_TRY(kg_series_read(&asked, &plan, arena, set, error));
	*value = KG_ARRAY(arena, double, set->series[0].n + 1);
	if (!*value)
		return kg_error_memory(error);
	for (size_t i = 0; i < set->series[0].n; i++)
		(*value)[i] = set->series[0].y[i];
	*n = kg_values_sort(*value, set->series[0].n);
	set->horizontal = KG_X_NUMBER;
	return KG_OK;
}
