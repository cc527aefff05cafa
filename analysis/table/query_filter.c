#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/buffer.h"
#include "table/query.h"
#include "table/query_carry.h"
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
	struct kg_cells *cells; /* of the derived columns, each with its two ends */
	const char **bounded;	/* names of columns with bounds, then of derived ones */
	size_t nbounded;
	bool *carried; /* of a derived column */
	struct kg_lost_bound *lost;
	size_t nlost;
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

static bool is_taken(const struct filtering *work, const char *name)
{
	for (size_t j = 0; j < work->table->ncol; j++)
		if (strcasecmp(work->table->column[j].name, name) == 0)
			return true;
	for (size_t i = 0; i < work->asked->nlet; i++)
		if (strcasecmp(work->asked->let[i].name, name) == 0)
			return true;
	return false;
}

static void lose(struct filtering *work, enum kg_lost where, const char *name, const char *column)
{
	work->lost[work->nlost++] = (struct kg_lost_bound){ where, name, column };
}

/* Adds the ends of a derived column behind it. */
static enum kg_status add_ends(struct filtering *work, size_t index, struct kg_buffer *sql)
{
	const struct kg_let *let = &work->asked->let[index];
	const struct kg_names bounded = { work->bounded, work->nbounded };
	const struct kg_span text = { let->expression, let->expression + strlen(let->expression) };
	const char *end[] = { kg_arena_format(work->arena, "%s_low", let->name),
			      kg_arena_format(work->arena, "%s_high", let->name) };
	struct kg_range_sql range;
	enum kg_carried carried = kg_range_expression(text, &bounded, work->arena, &range);

	if (!end[0] || !end[1] || kg_arena_failed(work->arena))
		return kg_error_memory(work->error);
	if (carried == KG_CARRIED_NOT_NEEDED)
		return KG_OK;
	work->carried[index] = carried == KG_CARRIED && !(range.aggregates && range.bare) && !is_taken(work, end[0]) &&
			       !is_taken(work, end[1]);
	if (!work->carried[index]) {
		lose(work, KG_LOST_DERIVED, let->name, range.column ? range.column : "");
		return KG_OK;
	}
	for (size_t e = 0; e < 2; e++) {
		kg_buffer_add(sql, ", ");
		add_expression(sql, e ? range.high : range.low);
		kg_buffer_add(sql, " AS ");
		add_quoted(sql, end[e]);
	}
	work->bounded[work->nbounded++] = let->name;
	return KG_OK;
}

/* Wraps `from` ("SELECT ...") in one more SELECT that adds a derived column. It is prepared by itself, so that a
 * message is about this expression. */
static enum kg_status add_let(struct filtering *work, size_t index, const char **from)
{
	const struct kg_let *let = &work->asked->let[index];
	struct kg_buffer sql = kg_buffer_new(work->scratch), test = kg_buffer_new(work->scratch);

	kg_buffer_add(&sql, "SELECT *, ");
	add_expression(&sql, let->expression);
	kg_buffer_add(&sql, " AS ");
	add_quoted(&sql, let->name);
	KG_TRY(add_ends(work, index, &sql));
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

/* Names a derived column and its ends, or three times the column. */
static void select_let(const struct filtering *work, size_t index, struct kg_buffer *sql)
{
	static const char *const ending[] = { "", "_low", "_high" };
	const char *name = work->asked->let[index].name;

	for (size_t e = 0; e < 3; e++) {
		const char *whole = kg_arena_format(work->scratch, "%s%s", name, work->carried[index] ? ending[e] : "");

		kg_buffer_add(sql, ", ");
		add_quoted(sql, whole ? whole : name);
	}
}

/* Whether the condition compares figures with bounds. */
static void check_condition(struct filtering *work)
{
	const struct kg_names bounded = { work->bounded, work->nbounded };
	const char *where = work->asked->where;
	const char *named = where ? kg_range_names((struct kg_span){ where, where + strlen(where) }, &bounded) : NULL;

	if (named)
		lose(work, KG_LOST_CONDITION, NULL, named);
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
		KG_TRY(add_let(work, i, &from));
		select_let(work, i, &sql);
	}
	check_condition(work);
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
	for (size_t i = 0; i < 3 * work->asked->nlet; i++) {
		if (i % 3 && !work->carried[i / 3])
			continue;
		value = kg_select_value(work->select, i + 1);
		KG_TRY(kg_cells_add(&work->cells[i], &value, work->error));
	}
	return KG_OK;
}

/* The table's columns with bounds, and room for derived ones. */
static enum kg_status list_bounded(struct filtering *work)
{
	struct kg_names names;

	KG_TRY(kg_carry_names(&work->table, 1, work->scratch, &names, work->error));
	work->bounded = KG_ARRAY(work->scratch, const char *, names.count + work->asked->nlet + 1);
	if (!work->bounded)
		return kg_error_memory(work->error);
	work->nbounded = names.count;
	if (names.count)
		memcpy(work->bounded, names.name, names.count * sizeof *names.name);
	return KG_OK;
}

static enum kg_status run_filter(struct filtering *work)
{
	bool more;

	work->row = KG_ARRAY(work->scratch, uint32_t, work->table->nrow + 1);
	work->cells = KG_ARRAY(work->scratch, struct kg_cells, 3 * work->asked->nlet + 1);
	work->carried = KG_ARRAY(work->scratch, bool, work->asked->nlet + 1);
	work->lost = KG_ARRAY(work->arena, struct kg_lost_bound, work->asked->nlet + 1);
	if (!work->row || !work->cells || !work->carried || !work->lost)
		return kg_error_memory(work->error);
	for (size_t i = 0; i < 3 * work->asked->nlet; i++)
		work->cells[i] = kg_cells_new(work->arena);
	KG_TRY(list_bounded(work));
	KG_TRY(kg_engine_open(&work->table, 1, work->scratch, &work->engine, work->error));
	KG_TRY(prepare_filter(work));
	KG_TRY(kg_select_step(work->select, &more, work->error));
	while (more) {
		KG_TRY(keep_row(work));
		KG_TRY(kg_select_step(work->select, &more, work->error));
	}
	return KG_OK;
}

static enum kg_status give_ends(struct filtering *work, size_t index, struct kg_column *column)
{
	struct kg_column end[2];

	for (size_t e = 0; e < 2; e++)
		KG_TRY(kg_cells_column(&work->cells[3 * index + 1 + e], "", NULL, &end[e], work->error));
	if (column->type == KG_TEXT || end[0].type == KG_TEXT || end[1].type == KG_TEXT)
		return KG_OK;
	return kg_carry_ends(&end[0], &end[1], work->nrow, work->arena, column, work->error);
}

/* Adds to the table's provenance what was left behind. */
static enum kg_status say_lost(const struct filtering *work, struct kg_table *made)
{
	struct kg_provenance *from;
	struct kg_lost_bound *all;
	size_t before = made->from->nlost;

	if (!work->nlost)
		return KG_OK;
	from = KG_NEW(work->arena, struct kg_provenance);
	all = KG_ARRAY(work->arena, struct kg_lost_bound, before + work->nlost);
	if (!from || !all)
		return kg_error_memory(work->error);
	*from = *made->from;
	if (before)
		memcpy(all, from->lost, before * sizeof *all);
	memcpy(all + before, work->lost, work->nlost * sizeof *all);
	from->lost = all;
	from->nlost = before + work->nlost;
	made->from = from;
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
		KG_TRY(kg_cells_column(&work->cells[3 * i], name, NULL, &column[ncol + i], work->error));
		if (work->carried[i])
			KG_TRY(give_ends(work, i, &column[ncol + i]));
	}
	made->column = column;
	made->ncol = ncol + work->asked->nlet;
	*out = made;
	return say_lost(work, made);
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
