/* query_engine: SQL over tables, without copying them.
 * Everything lives in the arena that the engine was opened in; the tables are borrowed. */
#ifndef KG_TABLE_QUERY_ENGINE_H
#define KG_TABLE_QUERY_ENGINE_H

#include "table/table.h"

/* Hidden column of every table in SQL: the position of the row, from 0. */
#define KG_ENGINE_ROW "\x01row"

struct kg_engine;
struct kg_select;

enum kg_value_kind { KG_VALUE_MISSING, KG_VALUE_INTEGER, KG_VALUE_REAL, KG_VALUE_TEXT };

struct kg_value {
	enum kg_value_kind kind;
	int64_t integer;
	double real; /* also of an integer */
	const char *text;
};

/* Where a result column comes from when it is a plain column of a table. */
enum kg_part { KG_PART_NONE, KG_PART_CELL, KG_PART_LOW, KG_PART_HIGH };

/* The tables by their names. Cells in SQL: missing is NULL; integers and booleans are INTEGER, so that year/10 is 201;
 * texts and dates (ISO) are TEXT; a bound is its stated figure, and columns n_low and n_high hold its range.
 * KG_EUSAGE: two tables of one name, or two columns that differ only in case. */
enum kg_status kg_engine_open(const struct kg_table *const *table, size_t count, struct kg_arena *arena,
			      struct kg_engine **engine, struct kg_error *error) KG_CHECKED;

/* Prepares one reading query. KG_EUSAGE: what is wrong with it. */
enum kg_status kg_engine_select(struct kg_engine *engine, const char *sql, struct kg_select **select,
				struct kg_error *error) KG_CHECKED;

/* Whether an expression alone can be read, before it is put into a query. KG_EUSAGE: a slip of syntax. */
enum kg_status kg_engine_parse(struct kg_engine *engine, const char *expression, struct kg_error *error) KG_CHECKED;

/* True when the query fails because a function that folds rows stands where only one row is seen. */
bool kg_engine_misuses_aggregate(struct kg_engine *engine, const char *sql);

size_t kg_select_width(const struct kg_select *select);
const char *kg_select_name(const struct kg_select *select, size_t column);
enum kg_part kg_select_origin(const struct kg_select *select, size_t column, const struct kg_column **origin);

/* Goes to the next row; `*more` false after the last. */
enum kg_status kg_select_step(struct kg_select *select, bool *more, struct kg_error *error) KG_CHECKED;

/* A cell of the row; its text is valid until the next step. */
struct kg_value kg_select_value(const struct kg_select *select, size_t column);

#endif
