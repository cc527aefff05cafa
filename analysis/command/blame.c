#include "command/blame.h"

#include <string.h>

#include "base/term.h"
#include "command/disclosure_count.h"

/* Cells of one kind that are named; further ones are counted. */
#define NAMED_MOST 8

struct blaming {
	const struct kg_table *table;
	struct kg_result *result;
	struct kg_arena *arena;
	const struct kg_column *count, *whole;
	const char *file;
	bool zeros; /* denominators of 0 have a note of their own */
};

/* The column that one of the options names; NULL: none of them is given. */
static const struct kg_column *find_column(const struct kg_command *command, const struct kg_table *table,
					   const char *const *name)
{
	for (; *name; name++) {
		const struct kg_option *option = kg_disclosure_option(command, *name);
		const char *text =
		    option && option->kind == KG_OPTION_COLUMN ? kg_option_text(option, command->options) : NULL;
		const struct kg_column *column = text ? kg_table_find(table, text) : NULL;

		if (column && column->type != KG_TEXT)
			return column;
	}
	return NULL;
}

static bool has_note(const struct kg_table *table, enum kg_why why)
{
	const struct kg_column *note = kg_table_find(table, "note");

	uint32_t code = note && note->type == KG_TEXT ? kg_column_code(note, kg_why_id(why)) : UINT32_MAX;

	for (size_t i = 0; code != UINT32_MAX && i < table->nrow; i++)
		if (kg_column_is(note, i, code))
			return true;
	return false;
}

static bool is_faulty(const struct blaming *of, enum kg_why why, size_t row)
{
	double count = of->count ? kg_column_real(of->count, row) : NAN;
	double whole = of->whole ? kg_column_real(of->whole, row) : NAN;

	switch (why) {
	case KG_WHY_NEGATIVE:
		return count < 0;
	case KG_WHY_ZERO_DENOMINATOR:
		return whole <= 0;
	default:
		return count > whole && (whole > 0 || !of->zeros);
	}
}

static void name_cell(const struct blaming *of, enum kg_why why, size_t row)
{
	size_t line = kg_table_line(of->table, row);

	if (why == KG_WHY_NEGATIVE)
		kg_result_remark(of->result, of->arena, "%s:%zu: column '%s': %.15g is negative.", of->file, line,
				 of->count->name, of->count->real[row]);
	else if (why == KG_WHY_ZERO_DENOMINATOR)
		kg_result_remark(of->result, of->arena, "%s:%zu: column '%s': %.15g is no denominator.", of->file, line,
				 of->whole->name, of->whole->real[row]);
	else
		kg_result_remark(of->result, of->arena, "%s:%zu: column '%s': %.15g is more than the %.15g of '%s'.",
				 of->file, line, of->count->name, of->count->real[row], of->whole->real[row],
				 of->whole->name);
}

static void name_cells(const struct blaming *of, enum kg_why why)
{
	size_t count = 0;

	if (!has_note(of->result->table, why))
		return;
	for (size_t row = 0; row < of->table->nrow; row++)
		if (is_faulty(of, why, row) && count++ < NAMED_MOST)
			name_cell(of, why, row);
	if (count > NAMED_MOST)
		kg_result_remark(of->result, of->arena, "%zu cells are like that; the first %d are named above.", count,
				 NAMED_MOST);
}

void kg_blame_remark(const struct kg_command *command, const struct kg_table *table, struct kg_result *result,
		     struct kg_arena *arena)
{
	static const char *const amounts[] = { "count", "value", NULL };
	static const char *const wholes[] = { "population", "denominator", "events", NULL };
	const struct kg_common *common = &command->common;
	struct blaming of = { .table = table,
			      .result = result,
			      .arena = arena,
			      .count = find_column(command, table, amounts),
			      .whole = find_column(command, table, wholes),
			      .file = table->from->file };

	if (common->sql || common->aggregate || common->round || common->suppress || !of.file)
		return;
	of.zeros = has_note(result->table, KG_WHY_ZERO_DENOMINATOR);
	name_cells(&of, KG_WHY_NEGATIVE);
	name_cells(&of, KG_WHY_ZERO_DENOMINATOR);
	name_cells(&of, KG_WHY_COUNT_ABOVE_DENOMINATOR);
}
