#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/buffer.h"
#include "table/query.h"
#include "table/query_cells.h"
#include "table/query_engine.h"
#include "table/take.h"

struct filtering {
	const struct kg_table *table;
	const struct kg_filter *asked;
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

static enum kg_status check_name(const struct filtering *work, size_t index)
{
	const char *name = work->asked->let[index].name;

	if (!*name)
		return kg_error_set(work->error, KG_EUSAGE, "'--let' needs a name before '='");
	for (size_t j = 0; j < work->table->ncol; j++)
		if (strcasecmp(work->table->column[j].name, name) == 0)
			return kg_error_set(work->error, KG_EUSAGE, "'%s' is a column already; give --let another name",
					    name);
	for (size_t i = 0; i < index; i++)
		if (strcasecmp(work->asked->let[i].name, name) == 0)
			return kg_error_set(work->error, KG_EUSAGE,
					    "'%s' is given twice by --let; give one another name", name);
	return KG_OK;
}

/* Wraps `from` ("SELECT ...") in one more SELECT that adds a derived column. It is prepared by itself, so that a
 * message is about this expression. */
static enum kg_status add_let(struct filtering *work, const struct kg_let *let, const char **from)
{
	struct kg_buffer sql = kg_buffer_new(work->scratch), test = kg_buffer_new(work->scratch);

	kg_buffer_add(&sql, "SELECT *, ");
	add_expression(&sql, let->expression);
	kg_buffer_add(&sql, " AS ");
	add_quoted(&sql, let->name);
	kg_buffer_printf(&sql, " FROM (%s)", *from);
	kg_buffer_printf(&test, "SELECT 1 FROM (%s) WHERE ", *from);
	add_expression(&test, let->expression);
	KG_TRY(kg_buffer_check(&sql, work->error));
	KG_TRY(kg_buffer_check(&test, work->error));
	KG_TRY(name_option(kg_engine_parse(work->engine, let->expression, work->error), work->error, "let", let->name));
	KG_TRY(name_option(kg_engine_select(work->engine, sql.text, &work->select, work->error), work->error, "let",
			   let->name));
	if (kg_engine_misuses_aggregate(work->engine, test.text))
		return kg_error_set(work->error, KG_EUSAGE,
				    "'%s' folds all rows into one; write OVER () behind the function to have its value "
				    "beside each row (in --let %s)",
				    let->expression, let->name);
	*from = sql.text;
	return KG_OK;
}

/* Prepares "row number, derived columns, where it holds, in table order". */
static enum kg_status prepare_filter(struct filtering *work)
{
	struct kg_buffer first = kg_buffer_new(work->scratch), sql = kg_buffer_new(work->scratch);
	const char *from;

	kg_buffer_add(&first, "SELECT *, ");
	add_quoted(&first, KG_ENGINE_ROW);
	kg_buffer_add(&first, " FROM ");
	add_quoted(&first, work->table->name);
	KG_TRY(kg_buffer_check(&first, work->error));
	from = first.text;
	kg_buffer_add(&sql, "SELECT ");
	add_quoted(&sql, KG_ENGINE_ROW);
	for (size_t i = 0; i < work->asked->nlet; i++) {
		KG_TRY(check_name(work, i));
		KG_TRY(add_let(work, &work->asked->let[i], &from));
		kg_buffer_add(&sql, ", ");
		add_quoted(&sql, work->asked->let[i].name);
	}
	kg_buffer_printf(&sql, " FROM (%s)", from);
	if (work->asked->where) {
		KG_TRY(name_option(kg_engine_parse(work->engine, work->asked->where, work->error), work->error, "where",
				   ""));
		kg_buffer_add(&sql, " WHERE ");
		add_expression(&sql, work->asked->where);
	}
	kg_buffer_add(&sql, " ORDER BY ");
	add_quoted(&sql, KG_ENGINE_ROW);
	KG_TRY(kg_buffer_check(&sql, work->error));
	return name_option(kg_engine_select(work->engine, sql.text, &work->select, work->error), work->error, "where",
			   "");
}

/* The current row; SQL that broke out of its brackets could name any number. */
static enum kg_status keep_row(struct filtering *work)
{
	struct kg_value value = kg_select_value(work->select, 0);

	if (value.kind != KG_VALUE_INTEGER || value.integer < 0 || (size_t)value.integer >= work->table->nrow ||
	    work->nrow == work->table->nrow)
		return kg_error_set(work->error, KG_EUSAGE, "'%s' is more than one condition; use --sql for a query",
				    work->asked->where);
	work->row[work->nrow++] = (uint32_t)value.integer;
	for (size_t i = 0; i < work->asked->nlet; i++) {
		value = kg_select_value(work->select, i + 1);
		KG_TRY(kg_cells_add(&work->cells[i], &value, work->error));
	}
	return KG_OK;
}

static enum kg_status run_filter(struct filtering *work)
{
	bool more;

	work->row = KG_ARRAY(work->scratch, uint32_t, work->table->nrow + 1);
	work->cells = KG_ARRAY(work->scratch, struct kg_cells, work->asked->nlet + 1);
	if (!work->row || !work->cells)
		return kg_error_memory(work->error);
	for (size_t i = 0; i < work->asked->nlet; i++)
		work->cells[i] = kg_cells_new(work->arena);
	KG_TRY(kg_engine_open(&work->table, 1, work->scratch, &work->engine, work->error));
	KG_TRY(prepare_filter(work));
	KG_TRY(kg_select_step(work->select, &more, work->error));
	while (more) {
		KG_TRY(keep_row(work));
		KG_TRY(kg_select_step(work->select, &more, work->error));
	}
	return KG_OK;
}

/* The kept rows with the derived columns behind. */
static enum kg_status make_table(struct filtering *work, const struct kg_table **out)
{
	size_t ncol = work->table->ncol;
	struct kg_column *column = KG_ARRAY(work->arena, struct kg_column, ncol + work->asked->nlet + 1);
	struct kg_table *made;

	if (!column)
		return kg_error_memory(work->error);
	KG_TRY(kg_table_take(work->table, work->row, work->nrow, work->arena, &made, work->error));
	memcpy(column, made->column, ncol * sizeof *column);
	for (size_t i = 0; i < work->asked->nlet; i++) {
		char *name = kg_arena_text(work->arena, work->asked->let[i].name);

		if (!name)
			return kg_error_memory(work->error);
		KG_TRY(kg_cells_column(&work->cells[i], name, NULL, &column[ncol + i], work->error));
	}
	made->column = column;
	made->ncol = ncol + work->asked->nlet;
	*out = made;
	return KG_OK;
}

enum kg_status kg_query_filter(const struct kg_table *table, const struct kg_filter *filter, struct kg_arena *arena,
			       const struct kg_table **out, struct kg_error *error)
{
	struct filtering work = {
		.table = table, .asked = filter, .arena = arena, .scratch = kg_arena_new(0), .error = error
	};
	enum kg_status status;

	if (!work.scratch)
		return kg_error_memory(error);
	status = run_filter(&work);
	if (status == KG_OK)
		status = make_table(&work, out);
	kg_arena_free(work.scratch);
	return status;
}
