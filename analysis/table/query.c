#include "table/query.h"

#include <stdio.h>
#include <string.h>

#include "table/query_bounds.h"
#include "table/query_carry.h"
#include "table/query_cells.h"
#include "table/query_engine.h"

struct run {
	struct kg_select *select;
	struct kg_carry carry;
	struct kg_cells *cells;
	size_t ncol, nend, ntable; /* columns shown; further ones, which are ends of those */
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
		for (size_t j = 0; j < run->ncol + run->nend; j++) {
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

/* The columns that the plan carries ends for. */
static enum kg_status give_ends(const struct run *run, struct kg_column *column)
{
	for (size_t k = 0; k < run->carry.ncarried; k++) {
		size_t at = kg_carry_position(&run->carry, run->carry.item[k], run->ncol);
		struct kg_column end[2];

		if (at >= run->ncol || column[at].type == KG_TEXT)
			continue;
		for (size_t e = 0; e < 2; e++)
			KG_TRY(kg_cells_column(&run->cells[run->ncol + 2 * k + e], "", NULL, &end[e], run->error));
		if (end[0].type != KG_TEXT && end[1].type != KG_TEXT)
			KG_TRY(kg_carry_ends(&end[0], &end[1], run->cells[at].n, run->arena, &column[at], run->error));
	}
	return KG_OK;
}

/* Where n, n_low and n_high were all selected, the cells of n are bounds again; where n alone was, the table's. */
static enum kg_status join_bounds(const struct run *run, struct kg_column *column)
{
	for (size_t j = 0; j < run->ncol; j++) {
		const struct kg_column *origin, *low, *high;

		if (column[j].low || kg_select_origin(run->select, j, &origin) != KG_PART_CELL ||
		    column[j].type == KG_TEXT)
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
	KG_TRY(give_ends(run, column));
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
	from->lost = run->carry.lost;
	from->nlost = run->carry.nlost;
	*made = (struct kg_table){ "query", run->cells[0].n, run->ncol, column, from, NULL };
	*out = made;
	return KG_OK;
}

/* Prepares the query with the ends of its columns or, where those do not fit in, as it was written. */
static enum kg_status select_carried(struct run *run, struct kg_engine *engine, const char *sql)
{
	struct kg_names bounded;

	KG_TRY(kg_carry_names(run->table, run->ntable, run->arena, &bounded, run->error));
	KG_TRY(kg_carry_query(sql, &bounded, run->arena, &run->carry, run->error));
	if (run->carry.ncarried && kg_engine_select(engine, run->carry.sql, &run->select, NULL) == KG_OK) {
		run->nend = 2 * run->carry.ncarried;
		return KG_OK;
	}
	if (run->carry.ncarried) {
		run->carry.lost[0] = (struct kg_lost_bound){ KG_LOST_CONDITION, NULL, bounded.name[0] };
		run->carry.nlost = 1;
	}
	run->carry.ncarried = 0;
	return kg_engine_select(engine, sql, &run->select, run->error);
}

static enum kg_status run_query(struct run *run, const char *sql, const struct kg_table **out)
{
	struct kg_engine *engine;

	KG_TRY(kg_engine_open(run->table, run->ntable, run->scratch, &engine, run->error));
	KG_TRY(select_carried(run, engine, sql));
	run->ncol = kg_select_width(run->select) - run->nend;
	run->cells = KG_ARRAY(run->scratch, struct kg_cells, run->ncol + run->nend);
	if (!run->cells)
		return kg_error_memory(run->error);
	for (size_t j = 0; j < run->ncol + run->nend; j++)
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
