#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/buffer.h"
#include "table/query.h"
#include "table/query_cells.h"
#include "table/query_engine.h"
#include "table/take.h"

struct filter {
	const struct kg_table *table;
	const char *where;
	const struct kg_let *let;
	size_t nlet;
	struct kg_engine *engine;
	struct kg_select *select;
	struct kg_arena *arena, *scratch; /* of the result; of the query */
	uint32_t *row;			  /* kept */
	size_t nrow;
	struct kg_cells *cells; /* of the derived columns */
	struct kg_error *error;
};

/* "name" with quotes doubled. */
static void add_quoted(struct kg_buffer *sql, const char *name)
{
	kg_buffer_add_char(sql, '"');
	for (; *name; name++) {
		if (*name == '"')
			kg_buffer_add_char(sql, '"');
		kg_buffer_add_char(sql, *name);
	}
	kg_buffer_add_char(sql, '"');
}

/* An expression in brackets; the new line ends a comment in it. */
static void add_expression(struct kg_buffer *sql, const char *expression)
{
	kg_buffer_printf(sql, "(\n%s\n)", expression);
}

/* Adds "(in --let rate)" to a message about the user's SQL. */
static enum kg_status name_option(enum kg_status status, struct kg_error *error, const char *option, const char *name)
{
	size_t used = error ? strlen(error->what) : 0;

	if (status == KG_EUSAGE && error)
		snprintf(error->what + used, sizeof error->what - used, " (in --%s%s%s)", option, *name ? " " : "",
			 name);
	return status;
}

static enum kg_status check_name(const struct filter *filter, size_t index)
{
	const char *name = filter->let[index].name;

	if (!*name)
		return kg_error_set(filter->error, KG_EUSAGE, "'--let' needs a name before '='");
	for (size_t j = 0; j < filter->table->ncol; j++)
		if (strcasecmp(filter->table->column[j].name, name) == 0)
			return kg_error_set(filter->error, KG_EUSAGE,
					    "'%s' is a column already; give --let another name", name);
	for (size_t i = 0; i < index; i++)
		if (strcasecmp(filter->let[i].name, name) == 0)
			return kg_error_set(filter->error, KG_EUSAGE,
					    "'%s' is given twice by --let; give one another name", name);
	return KG_OK;
}

/* Wraps `from` ("SELECT ...") in one more SELECT that adds a derived column. It is prepared by itself, so that a
 * message is about this expression. */
static enum kg_status add_let(struct filter *filter, const struct kg_let *let, const char **from)
{
	struct kg_buffer sql = kg_buffer_new(filter->scratch), test = kg_buffer_new(filter->scratch);

	kg_buffer_add(&sql, "SELECT *, ");
	add_expression(&sql, let->expression);
	kg_buffer_add(&sql, " AS ");
	add_quoted(&sql, let->name);
	kg_buffer_printf(&sql, " FROM (%s)", *from);
	kg_buffer_printf(&test, "SELECT 1 FROM (%s) WHERE ", *from);
	add_expression(&test, let->expression);
	KG_TRY(kg_buffer_check(&sql, filter->error));
	KG_TRY(kg_buffer_check(&test, filter->error));
	KG_TRY(name_option(kg_engine_parse(filter->engine, let->expression, filter->error), filter->error, "let",
			   let->name));
	KG_TRY(name_option(kg_engine_select(filter->engine, sql.text, &filter->select, filter->error), filter->error,
			   "let", let->name));
	if (kg_engine_misuses_aggregate(filter->engine, test.text))
		return kg_error_set(filter->error, KG_EUSAGE,
				    "'%s' folds all rows into one; write OVER () behind the function to have its value "
				    "beside each row (in --let %s)",
				    let->expression, let->name);
	*from = sql.text;
	return KG_OK;
}

/* Prepares "row number, derived columns, where it holds, in table order". */
static enum kg_status prepare_filter(struct filter *filter)
{
	struct kg_buffer first = kg_buffer_new(filter->scratch), sql = kg_buffer_new(filter->scratch);
	const char *from;

	kg_buffer_add(&first, "SELECT *, ");
	add_quoted(&first, KG_ENGINE_ROW);
	kg_buffer_add(&first, " FROM ");
	add_quoted(&first, filter->table->name);
	KG_TRY(kg_buffer_check(&first, filter->error));
	from = first.text;
	kg_buffer_add(&sql, "SELECT ");
	add_quoted(&sql, KG_ENGINE_ROW);
	for (size_t i = 0; i < filter->nlet; i++) {
		KG_TRY(check_name(filter, i));
		KG_TRY(add_let(filter, &filter->let[i], &from));
		kg_buffer_add(&sql, ", ");
		add_quoted(&sql, filter->let[i].name);
	}
	kg_buffer_printf(&sql, " FROM (%s)", from);
	if (filter->where) {
		KG_TRY(name_option(kg_engine_parse(filter->engine, filter->where, filter->error), filter->error,
				   "where", ""));
		kg_buffer_add(&sql, " WHERE ");
		add_expression(&sql, filter->where);
	}
	kg_buffer_add(&sql, " ORDER BY ");
	add_quoted(&sql, KG_ENGINE_ROW);
	KG_TRY(kg_buffer_check(&sql, filter->error));
	return name_option(kg_engine_select(filter->engine, sql.text, &filter->select, filter->error), filter->error,
			   "where", "");
}

/* The current row; SQL that broke out of its brackets could name any number. */
static enum kg_status keep_row(struct filter *filter)
{
	struct kg_value value = kg_select_value(filter->select, 0);

	if (value.kind != KG_VALUE_INTEGER || value.integer < 0 || (size_t)value.integer >= filter->table->nrow ||
	    filter->nrow == filter->table->nrow)
		return kg_error_set(filter->error, KG_EUSAGE, "'%s' is more than one condition; use --sql for a query",
				    filter->where);
	filter->row[filter->nrow++] = (uint32_t)value.integer;
	for (size_t i = 0; i < filter->nlet; i++) {
		value = kg_select_value(filter->select, i + 1);
		KG_TRY(kg_cells_add(&filter->cells[i], &value, filter->error));
	}
	return KG_OK;
}

static enum kg_status run_filter(struct filter *filter)
{
	bool more;

	filter->row = KG_ARRAY(filter->scratch, uint32_t, filter->table->nrow + 1);
	filter->cells = KG_ARRAY(filter->scratch, struct kg_cells, filter->nlet + 1);
	if (!filter->row || !filter->cells)
		return kg_error_memory(filter->error);
	for (size_t i = 0; i < filter->nlet; i++)
		filter->cells[i] = kg_cells_new(filter->arena);
	KG_TRY(kg_engine_open(&filter->table, 1, filter->scratch, &filter->engine, filter->error));
	KG_TRY(prepare_filter(filter));
	KG_TRY(kg_select_step(filter->select, &more, filter->error));
	while (more) {
		KG_TRY(keep_row(filter));
		KG_TRY(kg_select_step(filter->select, &more, filter->error));
	}
	return KG_OK;
}

/* The kept rows with the derived columns behind. */
static enum kg_status make_table(struct filter *filter, const struct kg_table **out)
{
	size_t ncol = filter->table->ncol;
	struct kg_column *column = KG_ARRAY(filter->arena, struct kg_column, ncol + filter->nlet + 1);
	struct kg_table *made;

	if (!column)
		return kg_error_memory(filter->error);
	KG_TRY(kg_table_take(filter->table, filter->row, filter->nrow, filter->arena, &made, filter->error));
	memcpy(column, made->column, ncol * sizeof *column);
	for (size_t i = 0; i < filter->nlet; i++) {
		char *name = kg_arena_text(filter->arena, filter->let[i].name);

		if (!name)
			return kg_error_memory(filter->error);
		KG_TRY(kg_cells_column(&filter->cells[i], name, NULL, &column[ncol + i], filter->error));
	}
	made->column = column;
	made->ncol = ncol + filter->nlet;
	*out = made;
	return KG_OK;
}

enum kg_status kg_query_filter(const struct kg_table *table, const char *where, const struct kg_let *let, size_t nlet,
			       struct kg_arena *arena, const struct kg_table **out, struct kg_error *error)
{
	struct filter filter = { .table = table,
				 .where = where,
				 .let = let,
				 .nlet = nlet,
				 .arena = arena,
				 .scratch = kg_arena_new(0),
				 .error = error };
	enum kg_status status;

	if (!filter.scratch)
		return kg_error_memory(error);
	status = run_filter(&filter);
	if (status == KG_OK)
		status = make_table(&filter, out);
	kg_arena_free(filter.scratch);
	return status;
}
