#include "table/table.h"

#include <stdio.h>
#include <string.h>

#include "base/buffer.h"
#include "base/message.h"
#include "base/number.h"
#include "base/text.h"

/* Column names listed in a message; more are cut with "...". */
#define LISTED_MOST 400

const struct kg_provenance kg_provenance_none = { .file = "", .synthetic = false };

/* Civil date of a day number (Howard Hinnant's algorithm, "chrono-compatible low-level date algorithms"). */
static void split_day(long day, long *year, unsigned *month, unsigned *date)
{
	long shifted = day + 719468, era = (shifted >= 0 ? shifted : shifted - 146096) / 146097;
	unsigned of_era = (unsigned)(shifted - era * 146097);
	unsigned year_of_era = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
	unsigned of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
	unsigned shifted_month = (5 * of_year + 2) / 153;

	*date = of_year - (153 * shifted_month + 2) / 5 + 1;
	*month = shifted_month < 10 ? shifted_month + 3 : shifted_month - 9;
	*year = (long)year_of_era + era * 400 + (*month <= 2);
}

uint32_t kg_column_code(const struct kg_column *column, const char *text)
{
	for (size_t i = 0; i < column->nlevel; i++)
		if (strcmp(column->level[i], text) == 0)
			return (uint32_t)i;
	return UINT32_MAX;
}

const char *kg_column_cell(const struct kg_column *column, size_t row, struct kg_arena *arena)
{
	struct kg_buffer buffer;
	unsigned month, date;
	long year;

	if (kg_column_missing(column, row))
		return "";
	if (column->type == KG_TEXT)
		return column->level[column->code[row]];
	if (column->type == KG_DATE) {
		split_day((long)column->real[row], &year, &month, &date);
		return kg_arena_format(arena, "%04ld-%02u-%02u", year, month, date);
	}
	buffer = kg_buffer_new(arena);
	kg_number_exact(&buffer, column->real[row]);
	return buffer.failed ? NULL : buffer.text;
}

const struct kg_column *kg_table_find(const struct kg_table *table, const char *name)
{
	for (size_t i = 0; i < table->ncol; i++)
		if (strcmp(table->column[i].name, name) == 0)
			return &table->column[i];
	return NULL;
}

const char *kg_table_delimiter(const struct kg_table *table)
{
	static const char *const delimiter[] = { ";", "\t", "|" }, *const asked[] = { ";", "\\t", "|" };

	for (size_t i = 0; table->ncol == 1 && i < sizeof delimiter / sizeof delimiter[0]; i++)
		if (strstr(table->column[0].name, delimiter[i]))
			return asked[i];
	return NULL;
}

static enum kg_status say_unknown(const struct kg_table *table, const char *name, struct kg_error *error)
{
	char list[LISTED_MOST] = "";
	size_t used = 0;
	const char *near = NULL, *delimiter = kg_table_delimiter(table);

	for (size_t i = 0; i < table->ncol; i++) {
		const char *one = table->column[i].name, *pair[] = { near, one };

		near = near ? kg_text_nearest(name, pair, 2) : kg_text_nearest(name, &one, 1);
		if (used + strlen(one) + 8 < sizeof list)
			used += (size_t)snprintf(list + used, sizeof list - used, "%s%s", i ? ", " : "", one);
		else if (used + 5 < sizeof list && strcmp(list + used - 3, "...") != 0)
			used += (size_t)snprintf(list + used, sizeof list - used, ", ...");
	}
	if (delimiter)
		return kg_error_cell(
		    error, KG_EUSAGE, table->from->file, 0, NULL,
		    "'%s' is not a column: the file has one, '%s'; does '%s' separate its columns? Then "
		    "add --delimiter '%s'",
		    name, list, *delimiter == '\\' ? "tab" : delimiter, delimiter);
	if (near)
		return kg_error_cell(error, KG_EUSAGE, table->from->file, 0, NULL,
				     "'%s' is not a column; did you mean '%s'? (columns: %s)", name, near, list);
	return kg_error_cell(error, KG_EUSAGE, table->from->file, 0, NULL, "'%s' is not a column; choose one of: %s",
			     name, list);
}

enum kg_status kg_table_column(const struct kg_table *table, const char *name, const struct kg_column **column,
			       struct kg_error *error)
{
	*column = kg_table_find(table, name);
	return *column ? KG_OK : say_unknown(table, name, error);
}

enum kg_status kg_table_number(const struct kg_table *table, const char *name, const struct kg_column **column,
			       struct kg_error *error)
{
	KG_TRY(kg_table_column(table, name, column, error));
	if ((*column)->type != KG_TEXT)
		return KG_OK;
	if ((*column)->odd_row)
		return kg_error_cell(error, KG_EDATA, table->from->file, (*column)->odd_row, name,
				     "'%s' is not a number; correct the cell, or name it with --missing",
				     (*column)->odd_text ? (*column)->odd_text : "");
	return kg_error_cell(error, KG_EDATA, table->from->file, 0, name,
			     "holds text where numbers are needed; name a numeric column");
}

size_t kg_table_line(const struct kg_table *table, size_t row)
{
	return table->line ? table->line[row] : row + 2;
}

/* "a; b" without repeating a part that is already there. */
static const char *join_texts(const char *a, const char *b, struct kg_arena *arena)
{
	if (!a || !*a)
		return b;
	if (!b || !*b || strstr(a, b))
		return a;
	return kg_arena_format(arena, "%s; %s", a, b);
}

/* The same in each language. */
static const char *join_sources(const char *a, const char *b, struct kg_arena *arena)
{
	struct kg_message joined;

	for (int i = 0; i < KG_LANGUAGES; i++) {
		const char *left = a ? kg_message_text(a, (enum kg_language)i, arena) : NULL;
		const char *right = b ? kg_message_text(b, (enum kg_language)i, arena) : NULL;

		joined.in[i] = join_texts(left, right, arena);
	}
	return kg_message_pack(arena, &joined);
}

static void join_wordings(struct kg_provenance *joined, const struct kg_provenance *from, struct kg_arena *arena)
{
	struct kg_wording *wording;

	if (!from->nwording || from->wording == joined->wording)
		return;
	wording = KG_ARRAY(arena, struct kg_wording, joined->nwording + from->nwording);
	if (!wording) /* the arena remembers */
		return;
	if (joined->nwording)
		memcpy(wording, joined->wording, joined->nwording * sizeof *wording);
	memcpy(wording + joined->nwording, from->wording, from->nwording * sizeof *wording);
	joined->wording = wording;
	joined->nwording += from->nwording;
}

const struct kg_provenance *kg_provenance_join(const struct kg_table *const *table, size_t count,
					       struct kg_arena *arena)
{
	struct kg_provenance *joined = KG_NEW(arena, struct kg_provenance);

	if (!joined)
		return NULL;
	if (count)
		*joined = *table[0]->from;
	for (size_t i = 1; i < count; i++) {
		joined->synthetic = joined->synthetic || table[i]->from->synthetic;
		joined->source = join_sources(joined->source, table[i]->from->source, arena);
		join_wordings(joined, table[i]->from, arena);
	}
	if (count > 1)
		joined->primary_key = NULL, joined->nkey = 0;
	return kg_arena_failed(arena) ? NULL : joined;
}
