#include "table/query_engine.h"

#include <string.h>

#include "base/name.h"
#include "table/query.h"
#include "table/query_corner.h"
#include "table/query_error.h"
#include "table/query_guard.h"
#include "table/query_tally.h"
#include "table/query_view.h"

/* Longest text or query, in bytes. */
#define LENGTH_MOST 10000000

struct kg_engine {
	sqlite3 *base;
	const struct kg_table *const *table;
	struct kg_view *view;
	size_t count;
	struct kg_arena *arena;
	struct kg_guard guard;
};

struct kg_select {
	sqlite3_stmt *statement;
	const struct kg_engine *engine;
};

static void change_tally(sqlite3_context *context, sqlite3_value *value, int sign)
{
	struct kg_tally *tally = sqlite3_aggregate_context(context, sizeof *tally);
	int type = sqlite3_value_numeric_type(value);

	if (tally && type == SQLITE_INTEGER)
		kg_tally_integer(tally, sqlite3_value_int64(value), sign);
	else if (tally && type != SQLITE_NULL)
		kg_tally_real(tally, sqlite3_value_double(value), sign);
}

static void add_to_tally(sqlite3_context *context, int count, sqlite3_value **value)
{
	(void)count;
	change_tally(context, value[0], 1);
}

static void take_from_tally(sqlite3_context *context, int count, sqlite3_value **value)
{
	(void)count;
	change_tally(context, value[0], -1);
}

/* sum(): NULL of nothing, an integer of integers. */
static void give_sum(sqlite3_context *context)
{
	const struct kg_tally *tally = sqlite3_aggregate_context(context, 0);

	if (!tally || !tally->n)
		sqlite3_result_null(context);
	else if (tally->nreal || tally->overflow)
		sqlite3_result_double(context, kg_tally_sum(tally));
	else
		sqlite3_result_int64(context, tally->integer);
}

static void give_mean(sqlite3_context *context)
{
	const struct kg_tally *tally = sqlite3_aggregate_context(context, 0);

	if (tally && tally->n)
		sqlite3_result_double(context, kg_tally_sum(tally) / (double)tally->n);
	else
		sqlite3_result_null(context);
}

static void keep_value(sqlite3_context *context, int count, sqlite3_value **value)
{
	struct kg_values *values = sqlite3_aggregate_context(context, sizeof *values);

	(void)count;
	if (sqlite3_value_type(value[0]) == SQLITE_NULL)
		return;
	if (!values || !kg_values_add(values, sqlite3_value_double(value[0])))
		sqlite3_result_error_nomem(context);
}

/* NaN becomes NULL. */
static void give_median(sqlite3_context *context)
{
	struct kg_values *values = sqlite3_aggregate_context(context, sizeof *values);

	if (!values)
		return;
	sqlite3_result_double(context, kg_values_median(values));
	kg_values_free(values);
}

static void give_sd(sqlite3_context *context)
{
	struct kg_values *values = sqlite3_aggregate_context(context, sizeof *values);

	if (!values)
		return;
	sqlite3_result_double(context, kg_values_sd(values));
	kg_values_free(values);
}

/* name_key(name): equal for two spellings of one place, to join on. */
static void give_name_key(sqlite3_context *context, int count, sqlite3_value **value)
{
	const char *name = (const char *)sqlite3_value_text(value[0]), *key;
	struct kg_arena *arena = kg_arena_new(0);

	(void)count;
	key = name && arena ? kg_name_key(name, arena) : NULL;
	if (key)
		sqlite3_result_text(context, key, -1, SQLITE_TRANSIENT);
	else if (name)
		sqlite3_result_error_nomem(context);
	kg_arena_free(arena);
}

static int add_functions(sqlite3 *base)
{
	const int flags = SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS;
	int wrong = 0;

	wrong |= sqlite3_create_window_function(base, "sum", 1, flags, NULL, add_to_tally, give_sum, give_sum,
						take_from_tally, NULL);
	wrong |= sqlite3_create_window_function(base, "avg", 1, flags, NULL, add_to_tally, give_mean, give_mean,
						take_from_tally, NULL);
	wrong |= sqlite3_create_function_v2(base, "median", 1, flags, NULL, NULL, keep_value, give_median, NULL);
	wrong |= sqlite3_create_function_v2(base, "sd", 1, flags, NULL, NULL, keep_value, give_sd, NULL);
	wrong |= sqlite3_create_function_v2(base, "name_key", 1, flags, NULL, give_name_key, NULL, NULL, NULL);
	return wrong;
}

static void close_engine(void *base)
{
	sqlite3_close_v2(base);
}

static void finish_statement(void *statement)
{
	sqlite3_finalize(statement);
}

static enum kg_status fail_engine(const struct kg_engine *engine, int code, struct kg_error *error)
{
	if (code == SQLITE_NOMEM)
		return kg_error_memory(error);
	if (code == SQLITE_INTERRUPT)
		return kg_guard_stopped(error);
	return kg_query_refuse(sqlite3_errmsg(engine->base), engine->table, engine->count, error);
}

/* Makes the engine connect a view now, before anything but reading is barred. */
static int add_view(sqlite3 *base, const char *name, struct kg_view *view)
{
	int code = sqlite3_create_module(base, name, &kg_view_module, view);
	char *sql = sqlite3_mprintf("SELECT 1 FROM \"%w\" WHERE 0", name);

	if (code == SQLITE_OK)
		code = sql ? sqlite3_exec(base, sql, NULL, NULL, NULL) : SQLITE_NOMEM;
	sqlite3_free(sql);
	return code;
}

static enum kg_status add_views(struct kg_engine *engine, struct kg_error *error)
{
	for (size_t i = 0; i < engine->count; i++) {
		const char *name = engine->table[i]->name;
		int code;

		for (size_t k = 0; k < i; k++)
			if (sqlite3_stricmp(engine->table[k]->name, name) == 0)
				return kg_error_set(error, KG_EUSAGE,
						    "two inputs are named '%s'; SQL needs different file names", name);
		KG_TRY(kg_view_make(engine->table[i], engine->arena, &engine->view[i], error));
		code = add_view(engine->base, name, &engine->view[i]);
		if (code != SQLITE_OK)
			return fail_engine(engine, code, error);
	}
	return kg_guard_set(engine->base, &engine->guard) == SQLITE_OK ? KG_OK : kg_error_memory(error);
}

/* Names in double quotes are names, never texts; sorting stays in memory. */
static int configure_engine(sqlite3 *base)
{
	int wrong = sqlite3_db_config(base, SQLITE_DBCONFIG_DQS_DML, 0, NULL);

	wrong |= sqlite3_db_config(base, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
	wrong |= sqlite3_exec(base, "PRAGMA temp_store = MEMORY", NULL, NULL, NULL);
	sqlite3_limit(base, SQLITE_LIMIT_LENGTH, LENGTH_MOST);
	return wrong | add_functions(base) | kg_corner_add(base);
}

enum kg_status kg_engine_open(const struct kg_table *const *table, size_t count, struct kg_arena *arena,
			      struct kg_engine **engine, struct kg_error *error)
{
	struct kg_engine *made = KG_NEW(arena, struct kg_engine);
	struct kg_view *view = KG_ARRAY(arena, struct kg_view, count + 1);
	sqlite3 *base = NULL;
	int code;

	if (!made || !view)
		return kg_error_memory(error);
	code = sqlite3_open_v2(
	    ":memory:", &base,
	    SQLITE_OPEN_READWRITE | SQLITE_OPEN_MEMORY | SQLITE_OPEN_PRIVATECACHE | SQLITE_OPEN_NOMUTEX, NULL);
	if (!kg_arena_defer(arena, close_engine, base) || code != SQLITE_OK || configure_engine(base) != SQLITE_OK)
		return kg_error_memory(error);
	*made = (struct kg_engine){ base, table, view, count, arena, { 0 } };
	*engine = made;
	return add_views(made, error);
}

enum kg_status kg_engine_select(struct kg_engine *engine, const char *sql, struct kg_select **select,
				struct kg_error *error)
{
	struct kg_select *made = KG_NEW(engine->arena, struct kg_select);
	sqlite3_stmt *statement = NULL;
	const char *rest = "";
	int code;

	if (!made)
		return kg_error_memory(error);
	code = sqlite3_prepare_v2(engine->base, sql, -1, &statement, &rest);
	if (code != SQLITE_OK)
		return fail_engine(engine, code, error);
	if (!kg_arena_defer(engine->arena, finish_statement, statement))
		return kg_error_memory(error);
	KG_TRY(kg_guard_check(&engine->guard, sql, error));
	if (!statement)
		return kg_error_set(error, KG_EUSAGE, "the query is empty; write one such as 'SELECT * FROM %s'",
				    engine->count ? engine->table[0]->name : "input");
	if (rest[strspn(rest, " \t\r\n;")])
		return kg_error_set(error, KG_EUSAGE, "only one query can be run; '%.60s' follows the first",
				    rest + strspn(rest, " \t\r\n;"));
	*made = (struct kg_select){ statement, engine };
	*select = made;
	return KG_OK;
}

enum kg_status kg_engine_parse(struct kg_engine *engine, const char *expression, struct kg_error *error)
{
	static const char *const syntax[] = { "near \"", "unrecognized token", "incomplete input" };
	sqlite3_stmt *statement = NULL;
	char *sql = sqlite3_mprintf("SELECT %s", expression);
	int code = sql ? sqlite3_prepare_v2(engine->base, sql, -1, &statement, NULL) : SQLITE_NOMEM;

	sqlite3_finalize(statement);
	sqlite3_free(sql);
	for (size_t i = 0; code != SQLITE_OK && i < sizeof syntax / sizeof syntax[0]; i++)
		if (strncmp(sqlite3_errmsg(engine->base), syntax[i], strlen(syntax[i])) == 0)
			return fail_engine(engine, code, error);
	return KG_OK;
}

bool kg_engine_misuses_aggregate(struct kg_engine *engine, const char *sql)
{
	sqlite3_stmt *statement = NULL;
	int code = sqlite3_prepare_v2(engine->base, sql, -1, &statement, NULL);

	sqlite3_finalize(statement);
	return code != SQLITE_OK && strncmp(sqlite3_errmsg(engine->base), "misuse of aggregate", 19) == 0;
}

size_t kg_select_width(const struct kg_select *select)
{
	return (size_t)sqlite3_column_count(select->statement);
}

const char *kg_select_name(const struct kg_select *select, size_t column)
{
	return sqlite3_column_name(select->statement, (int)column);
}

enum kg_part kg_select_origin(const struct kg_select *select, size_t column, const struct kg_column **origin)
{
	const char *table = sqlite3_column_table_name(select->statement, (int)column);
	const char *name = sqlite3_column_origin_name(select->statement, (int)column);

	*origin = NULL;
	for (size_t i = 0; table && name && i < select->engine->count; i++) {
		const struct kg_view *view = &select->engine->view[i];

		if (sqlite3_stricmp(view->table->name, table) != 0)
			continue;
		for (size_t k = 0; k < view->nfacet; k++) {
			if (sqlite3_stricmp(view->facet[k].name, name) != 0)
				continue;
			*origin = view->facet[k].column;
			return view->facet[k].part;
		}
	}
	return KG_PART_NONE;
}

enum kg_status kg_select_step(struct kg_select *select, bool *more, struct kg_error *error)
{
	int code = sqlite3_step(select->statement);

	*more = code == SQLITE_ROW;
	if (code == SQLITE_ROW || code == SQLITE_DONE)
		return KG_OK;
	return fail_engine(select->engine, code, error);
}

struct kg_value kg_select_value(const struct kg_select *select, size_t column)
{
	struct kg_value value = { 0 };
	int at = (int)column;

	switch (sqlite3_column_type(select->statement, at)) {
	case SQLITE_INTEGER:
		value.kind = KG_VALUE_INTEGER;
		value.integer = sqlite3_column_int64(select->statement, at);
		value.real = (double)value.integer;
		break;
	case SQLITE_FLOAT:
		value.kind = KG_VALUE_REAL;
		value.real = sqlite3_column_double(select->statement, at);
		break;
	case SQLITE_NULL:
		break;
	default:
		value.kind = KG_VALUE_TEXT;
		value.text = (const char *)sqlite3_column_text(select->statement, at);
		break;
	}
	return value;
}

const char *kg_query_library(void)
{
	return sqlite3_libversion();
}
