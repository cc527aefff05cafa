#include "table/query_tally.h"

#include <math.h>
#include <stdlib.h>

static void add_value(struct kg_tally *tally, double value)
{
	double sum = tally->sum + value;

	tally->lost += fabs(tally->sum) >= fabs(value) ? tally->sum - sum + value : value - sum + tally->sum;
	tally->sum = sum;
}

void kg_tally_integer(struct kg_tally *tally, int64_t value, int sign)
{
	if (sign > 0 ? __builtin_add_overflow(tally->integer, value, &tally->integer)
		     : __builtin_sub_overflow(tally->integer, value, &tally->integer))
		tally->overflow = true;
	add_value(tally, sign * (double)value);
	tally->n += (size_t)sign;
}

void kg_tally_real(struct kg_tally *tally, double value, int sign)
{
	add_value(tally, sign * value);
	tally->n += (size_t)sign;
	tally->nreal += (size_t)sign;
}

double kg_tally_sum(const struct kg_tally *tally)
{
	return isfinite(tally->lost) ? tally->sum + tally->lost : tally->sum;
}

bool kg_values_add(struct kg_values *values, double value)
{
	if (values->n == values->room) {
		size_t room = values->room ? values->room * 2 : 16;
		double *larger = realloc(values->value, room * sizeof *larger);

		if (!larger)
			return false;
		values->value = larger;
		values->room = room;
	}
	values->value[values->n++] = value;
	return true;
}

void kg_values_free(struct kg_values *values)
{
	free(values->value);
	*values = (struct kg_values){ 0 };
}

static int compare_values(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

double kg_values_median(struct kg_values *values)
{
	size_t middle = values->n / 2;

	if (!values->n)
		return NAN;
	qsort(values->value, values->n, sizeof *values->value, compare_values);
	if (values->n % 2)
		return values->value[middle];
	return (double)(((long double)values->value[middle - 1] + values->value[middle]) / 2);
}

double kg_values_sd(const struct kg_values *values)
{
	long double sum = 0, squares = 0, mean;

	if (values->n < 2)
		return NAN;
	for (size_t i = 0; i < values->n; i++)
		sum += values->value[i];
	mean = sum / (long double)values->n;
	for (size_t i = 0; i < values->n; i++)
		squares += (values->value[i] - mean) * (values->value[i] - mean);
	return (double)sqrtl(squares / (long double)(values->n - 1));
}
