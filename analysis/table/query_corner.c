#include "table/query_corner.h"

#include <math.h>

/* Stands for an end that is open, so that quotients have their limits there: x / (x + 1) is 1. What comes out beyond
 * the square root of it is open, what is that small is 0. */
#define FAR 1e100
#define NEAR_FAR 1e50

static bool has_null(int count, sqlite3_value **value)
{
	for (int i = 0; i < count; i++)
		if (sqlite3_value_type(value[i]) == SQLITE_NULL)
			return true;
	return false;
}

static bool are_integers(sqlite3_value **value)
{
	return sqlite3_value_numeric_type(value[0]) == SQLITE_INTEGER &&
	       sqlite3_value_numeric_type(value[1]) == SQLITE_INTEGER;
}

static void multiply(sqlite3_context *context, int count, sqlite3_value **value)
{
	double a = sqlite3_value_double(value[0]), b = sqlite3_value_double(value[1]);

	if (has_null(count, value))
		return;
	sqlite3_result_double(context, a == 0 || b == 0 ? 0 : a * b);
}

static void reach_far(sqlite3_context *context, int count, sqlite3_value **value)
{
	double end = sqlite3_value_double(value[0]);

	if (has_null(count, value) || !isinf(end))
		sqlite3_result_value(context, value[0]);
	else
		sqlite3_result_double(context, copysign(FAR, end));
}

static double take_limit(double value)
{
	if (fabs(value) > NEAR_FAR)
		return copysign(INFINITY, value);
	return fabs(value) < 1 / NEAR_FAR ? 0 : value;
}

/* Integers divide as SQL divides them, without a remainder. */
static void divide(sqlite3_context *context, int count, sqlite3_value **value)
{
	double a = sqlite3_value_double(value[0]), b = sqlite3_value_double(value[1]);

	if (has_null(count, value) || (a == 0 && b == 0))
		return;
	if (b == 0)
		sqlite3_result_double(context, copysign(INFINITY, a));
	else
		sqlite3_result_double(context, are_integers(value) ? trunc(a / b) : a / b);
}

static void choose(sqlite3_context *context, int count, sqlite3_value **value, double sign)
{
	double chosen = sign * INFINITY;

	if (has_null(count, value))
		return;
	for (int i = 0; i < count; i++)
		if (sign * sqlite3_value_double(value[i]) < sign * chosen)
			chosen = sqlite3_value_double(value[i]);
	sqlite3_result_double(context, take_limit(chosen));
}

static void choose_lowest(sqlite3_context *context, int count, sqlite3_value **value)
{
	choose(context, count, value, 1);
}

static void choose_highest(sqlite3_context *context, int count, sqlite3_value **value)
{
	choose(context, count, value, -1);
}

int kg_corner_add(sqlite3 *base)
{
	const int flags = SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS;
	int wrong = 0;

	wrong |= sqlite3_create_function_v2(base, "kg_far", 1, flags, NULL, reach_far, NULL, NULL, NULL);
	wrong |= sqlite3_create_function_v2(base, "kg_times", 2, flags, NULL, multiply, NULL, NULL, NULL);
	wrong |= sqlite3_create_function_v2(base, "kg_over", 2, flags, NULL, divide, NULL, NULL, NULL);
	wrong |= sqlite3_create_function_v2(base, "kg_lowest", -1, flags, NULL, choose_lowest, NULL, NULL, NULL);
	wrong |= sqlite3_create_function_v2(base, "kg_highest", -1, flags, NULL, choose_highest, NULL, NULL, NULL);
	return wrong;
}
