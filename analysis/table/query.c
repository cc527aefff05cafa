#include "table/query.h"

#include <stdio.h>
#include <string.h>

#include "table/query_bounds.h"
#include "table/query_cells.h"
#include "table/query_engine.h"

struct run {
	struct kg_select *select;
	struct kg_cells *cells;
	size_t ncol, ntable;
	const struct kg_table *const *table;
	struct kg_arena *arena, *scratch; /* of the result; of the query */
	struct kg_error *error;
};

/* Result columns need different names, because a table's columns are asked for by name. */
static enum kg_status check_names(const struct run *run)
{
	for (size_t j = 0; j < run->ncol; j++)
		for (size_t i = 0; i < j; i++)
			if (strcmp(kg_select_name(run->select, i), kg_select_name(run->select, j)) == 0)
				return kg_error_set(run->error, KG_EUSAGE,
						    "two columns of the result are named '%s'; rename one with AS",
						    kg_select_name(run->select, j));
	return KG_OK;
}

static enum kg_status collect_rows(struct run *run)
{
	bool more;

	KG_TRY(kg_select_step(run->select, &more, run->error));
	while (more) {
		for (size_t j = 0; j < run->ncol; j++) {
			struct kg_value value = kg_select_value(run->select, j);
			enum kg_status status = kg_cells_add(&run->cells[j], &value, run->error);

			if (status == KG_EDATA && run->error)
				snprintf(run->error->column, sizeof run->error->column, "%s",
					 kg_select_name(run->select, j));
			KG_TRY(status);
		}
		KG_TRY(kg_select_step(run->select, &more, run->error));
	}
	return KG_OK;
}

/* The result column that is this part of a table's column, NULL when it was not selected. */
static const struct kg_column *find_part(const struct run *run, const struct kg_column *column,
					 const struct kg_column *origin, enum kg_part part)
{
	const struct kg_column *found;

	for (size_t j = 0; j < run->ncol; j++)
		if (kg_select_origin(run->select, j, &found) == part && found == origin && column[j].type != KG_TEXT)
			return &column[j];
	return NULL;
}

/* Number of rows of the table that a column belongs to. */
static size_t count_rows(const struct run *run, const struct kg_column *origin)
{
	for (size_t t = 0; t < run->ntable; t++)
		if (origin >= run->table[t]->column && origin < run->table[t]->column + run->table[t]->ncol)
			return run->table[t]->nrow;
	return 0;
}

/* Where n, n_low and n_high were all selected, the cells of n are bounds again; where n alone was, the table's. */
static enum kg_status join_bounds(const struct run *run, struct kg_column *column)
{
	for (size_t j = 0; j < run->ncol; j++) {
		const struct kg_column *origin, *low, *high;

		if (kg_select_origin(run->select, j, &origin) != KG_PART_CELL || column[j].type == KG_TEXT)
			continue;
		low = find_part(run, column, origin, KG_PART_LOW);
		high = find_part(run, column, origin, KG_PART_HIGH);
		if (low && high) {
			column[j].low = low->real;
			column[j].high = high->real;
		} else if (origin && origin->low) {
			KG_TRY(kg_query_bounds(origin, count_rows(run, origin), &column[j], run->cells[j].n, run->arena,
					       run->error));
		}
	}
	return KG_OK;
}

static enum kg_status make_columns(const struct run *run, struct kg_column *column)
{
	for (size_t j = 0; j < run->ncol; j++) {
		const struct kg_column *origin;
		const char *name = kg_arena_text(run->arena, kg_select_name(run->select, j));

		if (!name)
			return kg_error_memory(run->error);
		kg_select_origin(run->select, j, &origin);
		KG_TRY(kg_cells_column(&run->cells[j], name, origin, &column[j], run->error));
	}
	return join_bounds(run, column);
}

/* Rows of the result are no lines of a file and have no key. */
static enum kg_status make_table(const struct run *run, const struct kg_table **out)
{
	struct kg_column *column = KG_ARRAY(run->arena, struct kg_column, run->ncol);
	struct kg_provenance *from = KG_NEW(run->arena, struct kg_provenance);
	const struct kg_provenance *joined = kg_provenance_join(run->table, run->ntable, run->arena);
	struct kg_table *made = KG_NEW(run->arena, struct kg_table);

	if (!column || !from || !joined || !made)
		return kg_error_memory(run->error);
	KG_TRY(make_columns(run, column));
	*from = *joined;
	from->file = "result of the query";
	from->primary_key = NULL;
	from->nkey = 0;
	from->schema = NULL;
	*made = (struct kg_table){ "query", run->cells[0].n, run->ncol, column, from, NULL };
	*out = made;
	return KG_OK;
}

static enum kg_status run_query(struct run *run, const char *sql, const struct kg_table **out)
{
	struct kg_engine *engine;

	KG_TRY(kg_engine_open(run->table, run->ntable, run->scratch, &engine, run->error));
	KG_TRY(kg_engine_select(engine, sql, &run->select, run->error));
	run->ncol = kg_select_width(run->select);
	run->cells = KG_ARRAY(run->scratch, struct kg_cells, run->ncol);
	if (!run->cells)
		return kg_error_memory(run->error);
	for (size_t j = 0; j < run->ncol; j++)
		run->cells[j] = kg_cells_new(run->arena);
	KG_TRY(check_names(run));
	KG_TRY(collect_rows(run));
	return make_table(run, out);
}

enum kg_status kg_query_run(const struct kg_table *const *table, size_t count, const char *sql, struct kg_arena *arena,
			    const struct kg_table **out, struct kg_error *error)
{
	struct run run = {
		.table = table, .ntable = count, .arena = arena, .scratch = kg_arena_new(0), .error = error
	};
	enum kg_status status;

	if (!run.scratch)
		return kg_error_memory(error);
	status = run_query(&run, sql, out);
	kg_arena_free(run.scratch);
	return status;
}
