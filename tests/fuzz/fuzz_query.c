/* Any text as --where, --let or --sql over a small table: a table or a message, and only rows that are there. */
#include <stdlib.h>
#include <string.h>

#include "table/builder.h"
#include "table/query.h"

#define NROW 5

static const struct kg_table *make_table(struct kg_arena *arena)
{
	static const char *const code[NROW] = { "05248", "17", "17", "Mường Bi", NULL };
	struct kg_builder *builder = kg_builder_new("panel", arena);
	const struct kg_table *table = NULL;

	kg_builder_column(builder, "code", KG_TEXT, NULL);
	kg_builder_column(builder, "year", KG_INTEGER, NULL);
	kg_builder_column(builder, "n", KG_REAL, "people");
	kg_builder_column(builder, "since", KG_DATE, NULL);
	for (size_t i = 0; i < NROW; i++) {
		kg_builder_row(builder);
		kg_builder_text(builder, 0, code[i]);
		kg_builder_real(builder, 1, 2010 + (double)i);
		kg_builder_bounds(builder, 2, (double)i, (double)i, i == 3 ? INFINITY : (double)i);
		kg_builder_real(builder, 3, i == 2 ? NAN : 1000 * (double)i);
	}
	return kg_builder_finish(builder, NULL, &table, NULL) == KG_OK ? table : NULL;
}

/* Reads every cell, so that a wrong code or length is found. */
static void read_cells(const struct kg_table *table, struct kg_arena *arena)
{
	for (size_t j = 0; j < table->ncol; j++)
		for (size_t i = 0; i < table->nrow; i++)
			if (!kg_column_cell(&table->column[j], i, arena))
				abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct kg_arena *arena = kg_arena_new(0);
	char *sql = size ? kg_arena_text_n(arena, (const char *)data + 1, size - 1) : NULL;
	const struct kg_table *table = make_table(arena), *out = NULL;
	const char *const column[] = { "code", "year", "n", "since" };
	const struct kg_let let = { "derived", sql };
	struct kg_error error = { 0 };
	enum kg_status status = KG_EUSAGE;
	bool used[4];

	if (!sql || strcasestr(sql, "with")) { /* a recursive query need not end */
		kg_arena_free(arena);
		return 0;
	}
	kg_query_columns((const char *const[]){ sql }, 1, column, 4, used);
	if (data[0] % 3 == 0)
		status = kg_query_filter(table, &(struct kg_filter){ .where = sql }, arena, &out, &error);
	else if (data[0] % 3 == 1)
		status = kg_query_filter(table, &(struct kg_filter){ .let = &let, .nlet = 1 }, arena, &out, &error);
	else
		status = kg_query_run(&table, 1, sql, arena, &out, &error);
	if (status == KG_OK)
		read_cells(out, arena);
	else if (!error.what[0])
		abort();
	if (status == KG_OK && ((data[0] % 3 == 0 && out->nrow > NROW) || (data[0] % 3 == 1 && out->nrow != NROW)))
		abort();
	kg_arena_free(arena);
	return 0;
}
