#include "table/query_view.h"

#include <string.h>

#include "table/period.h"

struct connection {
	sqlite3_vtab base;
	struct kg_view *view;
};

struct cursor {
	sqlite3_vtab_cursor base;
	const uint32_t *list; /* rows found by an index, NULL = all rows */
	size_t at, end;
};

static bool has_facet(const struct kg_view *view, const char *name)
{
	for (size_t i = 0; i < view->nfacet; i++)
		if (sqlite3_stricmp(view->facet[i].name, name) == 0)
			return true;
	return false;
}

static enum kg_status add_bounds(struct kg_view *view, const struct kg_column *column, struct kg_error *error)
{
	const char *low = kg_arena_format(view->arena, "%s_low", column->name);
	const char *high = kg_arena_format(view->arena, "%s_high", column->name);

	if (!low || !high)
		return kg_error_memory(error);
	if (has_facet(view, low) || has_facet(view, high))
		return KG_OK;
	view->facet[view->nfacet++] = (struct kg_facet){ low, column, KG_PART_LOW };
	view->facet[view->nfacet++] = (struct kg_facet){ high, column, KG_PART_HIGH };
	return KG_OK;
}

enum kg_status kg_view_make(const struct kg_table *table, struct kg_arena *arena, struct kg_view *view,
			    struct kg_error *error)
{
	*view = (struct kg_view){ .table = table, .arena = arena };
	view->facet = KG_ARRAY(arena, struct kg_facet, 3 * table->ncol + 1);
	view->index = KG_ARRAY(arena, struct kg_index *, table->ncol + 1);
	if (!view->facet || !view->index)
		return kg_error_memory(error);
	for (size_t j = 0; j < table->ncol; j++) {
		const struct kg_column *column = &table->column[j];

		if (has_facet(view, column->name))
			return kg_error_cell(error, KG_EUSAGE, table->from->file, 0, column->name,
					     "stands twice (SQL does not tell capitals apart); rename one of the two");
		view->facet[view->nfacet++] = (struct kg_facet){ column->name, column, KG_PART_CELL };
	}
	for (size_t j = 0; j < table->ncol; j++)
		if (table->column[j].low)
			KG_TRY(add_bounds(view, &table->column[j], error));
	return KG_OK;
}

static struct kg_view *find_view(const sqlite3_vtab_cursor *cursor)
{
	return ((struct connection *)cursor->pVtab)->view;
}

static const char *declare_type(const struct kg_facet *facet)
{
	if (facet->part != KG_PART_CELL || facet->column->type == KG_REAL)
		return "REAL";
	return facet->column->type == KG_INTEGER || facet->column->type == KG_BOOLEAN ? "INTEGER" : "TEXT";
}

static int connect_view(sqlite3 *base, void *context, int count, const char *const *argument, sqlite3_vtab **made,
			char **message)
{
	struct kg_view *view = context;
	sqlite3_str *text = sqlite3_str_new(base);
	struct connection *connection = sqlite3_malloc64(sizeof *connection);
	char *sql;
	int code = SQLITE_NOMEM;

	(void)count, (void)argument, (void)message;
	sqlite3_str_appendall(text, "CREATE TABLE seen(");
	for (size_t i = 0; i < view->nfacet; i++)
		sqlite3_str_appendf(text, "\"%w\" %s, ", view->facet[i].name, declare_type(&view->facet[i]));
	sqlite3_str_appendf(text, "\"%w\" INTEGER HIDDEN)", KG_ENGINE_ROW);
	sql = sqlite3_str_finish(text);
	if (connection && sql)
		code = sqlite3_declare_vtab(base, sql);
	sqlite3_free(sql);
	if (code != SQLITE_OK) {
		sqlite3_free(connection);
		return code;
	}
	*connection = (struct connection){ .view = view };
	*made = &connection->base;
	return SQLITE_OK;
}

static int disconnect_view(sqlite3_vtab *connection)
{
	sqlite3_free(connection);
	return SQLITE_OK;
}

/* Rows to expect for one value of a column; numbers are taken to repeat a hundred times. */
static double expect_rows(const struct kg_table *table, const struct kg_column *column)
{
	size_t distinct = column->type == KG_TEXT ? column->nlevel : table->nrow / 100;

	return 1 + (double)table->nrow / (double)(distinct ? distinct : 1);
}

/* Offers a lookup for the equality that finds fewest rows. */
static int plan_view(sqlite3_vtab *base, sqlite3_index_info *info)
{
	struct kg_view *view = ((struct connection *)base)->view;
	double best = (double)view->table->nrow + 1;
	int chosen = -1;

	for (int i = 0; i < info->nConstraint; i++) {
		int j = info->aConstraint[i].iColumn;
		const struct kg_facet *facet = j >= 0 && (size_t)j < view->nfacet ? &view->facet[j] : NULL;

		if (!info->aConstraint[i].usable || info->aConstraint[i].op != SQLITE_INDEX_CONSTRAINT_EQ || !facet ||
		    facet->part != KG_PART_CELL || facet->column->type == KG_DATE ||
		    sqlite3_stricmp(sqlite3_vtab_collation(info, i), "BINARY") != 0 ||
		    expect_rows(view->table, facet->column) >= best)
			continue;
		best = expect_rows(view->table, facet->column);
		chosen = i;
	}
	if (chosen >= 0) {
		info->aConstraintUsage[chosen].argvIndex = 1;
		info->idxNum = (int)(view->facet[info->aConstraint[chosen].iColumn].column - view->table->column) + 1;
	}
	if (info->nOrderBy == 1 && !info->aOrderBy[0].desc && (size_t)info->aOrderBy[0].iColumn == view->nfacet)
		info->orderByConsumed = 1;
	info->estimatedCost = best;
	info->estimatedRows = (sqlite3_int64)best;
	return SQLITE_OK;
}

static int open_cursor(sqlite3_vtab *base, sqlite3_vtab_cursor **made)
{
	struct cursor *cursor = sqlite3_malloc64(sizeof *cursor);

	(void)base;
	if (!cursor)
		return SQLITE_NOMEM;
	memset(cursor, 0, sizeof *cursor);
	*made = &cursor->base;
	return SQLITE_OK;
}

static int close_cursor(sqlite3_vtab_cursor *cursor)
{
	sqlite3_free(cursor);
	return SQLITE_OK;
}

/* Finds rows by index when column and value are both text or both numbers; else all rows, which the engine filters. */
static int look_up(struct kg_view *view, struct cursor *cursor, size_t column, sqlite3_value *value)
{
	const struct kg_column *key = &view->table->column[column];
	int type = sqlite3_value_type(value);

	if (type == SQLITE_NULL) {
		cursor->end = 0;
		return SQLITE_OK;
	}
	if (key->type == KG_TEXT ? type != SQLITE_TEXT : type != SQLITE_INTEGER && type != SQLITE_FLOAT)
		return SQLITE_OK;
	if (!view->index[column])
		view->index[column] = kg_index_make(key, view->table->nrow, view->arena);
	if (!view->index[column])
		return SQLITE_NOMEM;
	cursor->end = key->type == KG_TEXT
			  ? kg_index_text(view->index[column], (const char *)sqlite3_value_text(value), &cursor->list)
			  : kg_index_real(view->index[column], sqlite3_value_double(value), &cursor->list);
	return SQLITE_OK;
}

static int start_cursor(sqlite3_vtab_cursor *base, int plan, const char *name, int count, sqlite3_value **value)
{
	struct kg_view *view = find_view(base);
	struct cursor *cursor = (struct cursor *)base;

	(void)name;
	cursor->at = 0;
	cursor->list = NULL;
	cursor->end = view->table->nrow;
	if (plan == 0 || count == 0 || view->lookups++ == 0)
		return SQLITE_OK;
	return look_up(view, cursor, (size_t)plan - 1, value[0]);
}

static int advance_cursor(sqlite3_vtab_cursor *cursor)
{
	((struct cursor *)cursor)->at++;
	return SQLITE_OK;
}

static int is_at_end(sqlite3_vtab_cursor *cursor)
{
	return ((struct cursor *)cursor)->at >= ((struct cursor *)cursor)->end;
}

static size_t find_row(const sqlite3_vtab_cursor *base)
{
	const struct cursor *cursor = (const struct cursor *)base;

	return cursor->list ? cursor->list[cursor->at] : cursor->at;
}

/* An integer as one, so that it divides as the stated figure does; an open end is infinite. */
static void give_number(sqlite3_context *context, enum kg_type type, double value)
{
	if (type == KG_REAL || isinf(value) || value != nearbyint(value))
		sqlite3_result_double(context, value);
	else
		sqlite3_result_int64(context, (sqlite3_int64)value);
}

static void give_cell(sqlite3_context *context, const struct kg_column *column, size_t row)
{
	char date[16];

	switch (column->type) {
	case KG_TEXT:
		sqlite3_result_text(context, column->level[column->code[row]], -1, SQLITE_STATIC);
		break;
	case KG_DATE:
		kg_period_text(KG_PERIOD_DAY, (long)column->real[row], date, sizeof date);
		sqlite3_result_text(context, date, -1, SQLITE_TRANSIENT);
		break;
	default:
		give_number(context, column->type, column->real[row]);
	}
}

static int read_cell(sqlite3_vtab_cursor *cursor, sqlite3_context *context, int position)
{
	struct kg_view *view = find_view(cursor);
	size_t row = find_row(cursor);
	const struct kg_facet *facet = &view->facet[position];

	if ((size_t)position == view->nfacet)
		sqlite3_result_int64(context, (sqlite3_int64)row);
	else if (kg_column_missing(facet->column, row))
		sqlite3_result_null(context);
	else if (facet->part == KG_PART_CELL)
		give_cell(context, facet->column, row);
	else
		give_number(context, facet->column->type,
			    facet->part == KG_PART_LOW ? facet->column->low[row] : facet->column->high[row]);
	return SQLITE_OK;
}

static int read_position(sqlite3_vtab_cursor *cursor, sqlite3_int64 *row)
{
	*row = (sqlite3_int64)find_row(cursor);
	return SQLITE_OK;
}

const sqlite3_module kg_view_module = {
	.iVersion = 1,
	.xConnect = connect_view,
	.xBestIndex = plan_view,
	.xDisconnect = disconnect_view,
	.xOpen = open_cursor,
	.xClose = close_cursor,
	.xFilter = start_cursor,
	.xNext = advance_cursor,
	.xEof = is_at_end,
	.xColumn = read_cell,
	.xRowid = read_position,
};
