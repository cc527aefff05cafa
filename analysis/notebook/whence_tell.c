#include "notebook/whence_tell.h"

#include <string.h>

/* The row of the result in which the value stands, as exactly as in a CSV. */
static void tell_row(const struct kg_whence *whence, size_t block, const struct kg_value *value)
{
	const struct kg_table *table = whence->engine->outcome[block].table;
	struct kg_arena *arena = whence->engine->arena;
	const struct kg_column *column;
	const char *before = "  row: ";
	struct kg_error ignored;
	size_t row;

	if (!table || kg_value_find(value, table, arena, &column, &row, &ignored) != KG_OK || !column)
		return;
	for (size_t j = 0; j < table->ncol; j++) {
		const struct kg_column *each = &table->column[j];
		const char *cell = kg_column_missing(each, row) ? NULL : kg_column_cell(each, row, arena);

		if (!cell)
			continue;
		kg_buffer_printf(whence->report, "%s%s=%s", before, each->name, cell);
		before = ", ";
	}
	kg_buffer_add(whence->report, "\n");
}

static void tell_commands(const struct kg_whence *whence, size_t index)
{
	const struct kg_book_block *block = &whence->book->block[index];
	const struct kg_outcome *outcome = &whence->engine->outcome[index];

	for (size_t i = 0; i < block->ncommand; i++) {
		kg_buffer_printf(whence->report, block->claim ? "    %s\n" : "    keng %s\n", block->command[i].text);
		if (outcome->done && !block->claim)
			kg_buffer_printf(whence->report, "      rows: %zu read, %zu used\n", outcome->rows[i].read,
					 outcome->rows[i].used);
	}
}

static void tell_block(const struct kg_whence *whence, size_t index)
{
	const struct kg_book *book = whence->book;
	const struct kg_stamp *stamp = &whence->stamp[index];

	kg_buffer_printf(whence->report, "  block '#%s', line %zu%s\n", book->block[index].id, book->block[index].line,
			 whence->told[index] ? ": see above" : "");
	if (whence->told[index])
		return;
	whence->told[index] = true;
	tell_commands(whence, index);
	for (size_t k = 0; k < stamp->npart; k++) {
		const struct kg_stamp_part *part = &stamp->part[k];
		bool data = strcmp(part->kind, "data") == 0, param = strcmp(part->kind, "param") == 0;
		const struct kg_front_entry *entry =
		    data || param ? kg_front_find(&book->front, data ? "data" : "params", part->name) : NULL;

		if (entry && data)
			kg_buffer_printf(whence->report, "    data %s = %s (SHA-256 %s...)\n", part->name, entry->value,
					 part->hash);
		else if (entry)
			kg_buffer_printf(whence->report, "    parameter %s = %s\n", part->name, entry->value);
	}
	for (size_t k = 0; k < stamp->nupstream; k++)
		tell_block(whence, stamp->upstream[k]);
}

void kg_whence_tell(const struct kg_whence *whence, size_t block, const struct kg_value *value)
{
	struct kg_stamp_state state;
	struct kg_error error = { .status = KG_OK };
	char text[2048];

	if (kg_stamp_compare(whence->book, block, &whence->stamp[block], whence->engine->arena, &state, &error) == KG_OK &&
	    state.cause)
		kg_buffer_printf(whence->report, "  not up to date: %s\n", state.cause);
	if (kg_engine_block(whence->engine, block, false, &error) != KG_OK) {
		kg_error_text(&error, text, sizeof text);
		kg_buffer_printf(whence->report, "  cannot be run now: %s\n", text);
	} else if (value) {
		tell_row(whence, block, value);
	}
	tell_block(whence, block);
}
