#include "table/query_guard.h"

#include <strings.h>

#include "table/query_view.h"

/* A recursive query is stopped after STEPS_MOST times KG_GUARD_STEPS instructions of the engine, some ten seconds:
 * it counts to 10 million in less. */
enum { KG_GUARD_STEPS = 1000000, STEPS_MOST = 500 };

/* Functions of dates, which read the clock when their argument is 'now'. */
static const char *const date_function[] = { "date", "time", "datetime", "julianday", "unixepoch", "strftime" };
enum { DATE_FUNCTIONS = sizeof date_function / sizeof date_function[0] };

static bool is_date_function(const char *name)
{
	for (int i = 0; i < DATE_FUNCTIONS; i++)
		if (sqlite3_stricmp(date_function[i], name) == 0)
			return true;
	return false;
}

/* Allows reading and functions whose value is the same in every run. */
static int allow_reading(void *context, int action, const char *first, const char *function, const char *base,
			 const char *trigger)
{
	static const char *const barred[] = { "random",	      "randomblob",   "load_extension",	  "fts3_tokenizer",
					      "current_date", "current_time", "current_timestamp" };
	struct kg_guard *guard = context;

	(void)first, (void)base, (void)trigger;
	guard->recursive |= action == SQLITE_RECURSIVE;
	if (action == SQLITE_SELECT || action == SQLITE_READ || action == SQLITE_RECURSIVE)
		return SQLITE_OK;
	if (action != SQLITE_FUNCTION)
		return SQLITE_DENY;
	for (size_t i = 0; i < sizeof barred / sizeof barred[0]; i++)
		if (sqlite3_stricmp(barred[i], function) == 0)
			return SQLITE_DENY;
	guard->dates |= is_date_function(function);
	return SQLITE_OK;
}

static int count_steps(void *context)
{
	struct kg_guard *guard = context;

	return guard->recursive && ++guard->steps > STEPS_MOST;
}

/* date() and the like without a time value: now. */
static void refuse_clock(sqlite3_context *context, int count, sqlite3_value **value)
{
	(void)count, (void)value;
	sqlite3_result_error(
	    context, "a function of dates without a date means now, which changes from run to run; name a column", -1);
}

int kg_guard_set(sqlite3 *base, struct kg_guard *guard)
{
	int wrong = sqlite3_set_authorizer(base, allow_reading, guard);

	for (int i = 0; i < DATE_FUNCTIONS; i++) {
		int arguments = sqlite3_stricmp(date_function[i], "strftime") == 0;

		wrong |= sqlite3_create_function_v2(base, date_function[i], arguments, SQLITE_UTF8, NULL, refuse_clock,
						    NULL, NULL, NULL);
	}
	sqlite3_progress_handler(base, KG_GUARD_STEPS, count_steps, guard);
	return wrong;
}

enum kg_status kg_guard_check(const struct kg_guard *guard, const char *sql, struct kg_error *error)
{
	for (; guard->dates && *sql; sql++)
		if (strncasecmp(sql, "'now'", 5) == 0)
			return kg_error_set(
			    error, KG_EUSAGE,
			    "'now' is not allowed: its value would change from run to run; write the date");
	return KG_OK;
}

enum kg_status kg_guard_stopped(struct kg_error *error)
{
	return kg_error_set(error, KG_EUSAGE,
			    "the recursive query does not end; add a condition or a LIMIT inside its recursive part");
}
