/* table: typed columns of equal length. Immutable once made; everything lives in the arena it was made in. */
#ifndef KG_TABLE_TABLE_H
#define KG_TABLE_TABLE_H

#include <math.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/error.h"

struct kg_schema;
struct kg_absent;

enum kg_type { KG_REAL, KG_INTEGER, KG_TEXT, KG_DATE, KG_BOOLEAN };

struct kg_column {
	const char *name, *unit; /* unit may be NULL */
	const char *title; /* what readers call it: a text or one for each language (base/message); NULL = its name */
	enum kg_type type;
	const uint8_t *missing;	  /* bit per cell, NULL = none missing */
	const struct kg_absent *absent; /* kinds of missing cells (table/missing.h), NULL = nothing to tell */
	const double *real;	  /* all types but KG_TEXT. KG_DATE: days since 1970-01-01; KG_BOOLEAN: 0 or 1 */
	const double *low, *high; /* NULL unless the column has bounds such as ">30000"; infinite where open */
	const uint32_t *code;	  /* KG_TEXT: index into level */
	const char *const *level; /* KG_TEXT: distinct texts in order of first appearance */
	size_t nlevel;
	size_t odd_row;	      /* KG_TEXT that is no number: file line of the first cell that is none; 0 = not known */
	const char *odd_text; /* that cell */
};

/* A change of definition: values from `period` on are not comparable with those before. */
struct kg_break {
	const char *period;   /* as in the time column: "2008" */
	const char *label;    /* "boundary change" */
	const char *label_vi; /* in Vietnamese, NULL = none */
};

/* What readers call a unit or a column where only its text is left: "attendances per 1000 households", a term. */
struct kg_wording {
	const char *text, *words; /* words: a text or one for each language (base/message) */
	bool column;		  /* `text` is the name of a column */
};

/* Where bounds were left behind on the way to a table, so that stated figures are used: it must be said. */
enum kg_lost {
	KG_LOST_DERIVED,   /* in a derived column: `name` */
	KG_LOST_CONDITION, /* a condition compares them */
	KG_LOST_QUERY	   /* in a query's column: `name` */
};

struct kg_lost_bound {
	enum kg_lost where;
	const char *name, *column; /* `column` has the bounds */
};

/* A row that has not as many cells as the header; its line counts the header as 1. */
struct kg_ragged {
	size_t line, cells;
};

/* Where a table comes from, and what must be said wherever it shows. */
struct kg_provenance {
	const char *file;   /* as the user named it; "standard input" */
	const char *title;  /* of the resource, NULL = none */
	const char *source; /* one line for a figure's footer, a text or one for each language; NULL = not known */
	bool synthetic;	    /* any input is synthetic: shown everywhere, cannot be switched off */
	const struct kg_break *breaks;
	size_t nbreak;
	const struct kg_wording *wording; /* of the schema's units and columns */
	size_t nwording;
	const char *const *primary_key; /* column names; NULL = none declared */
	size_t nkey;
	const struct kg_schema *schema;	  /* NULL = none */
	const struct kg_error *unread;	  /* only for programs that want raw cells: why the file could not be read */
	const struct kg_ragged *ragged;	  /* only for them, too: rows that were set aside, in file order */
	size_t nragged;
	const struct kg_lost_bound *lost; /* left behind by SQL */
	size_t nlost;
	size_t folded_rows,
	    folded_missing; /* rows folded while reading, 0 = not folded; cells without a value among them */
};

struct kg_table {
	const char *name;
	size_t nrow, ncol;
	const struct kg_column *column;
	const struct kg_provenance *from; /* never NULL */
	const uint32_t *line; /* file line of each row (header = 1) where rows are those of one file, else NULL */
};

static inline bool kg_column_missing(const struct kg_column *column, size_t row)
{
	return column->missing && (column->missing[row >> 3] >> (row & 7) & 1);
}

/* Value of a cell, NaN when missing. Not for KG_TEXT. */
static inline double kg_column_real(const struct kg_column *column, size_t row)
{
	return kg_column_missing(column, row) ? NAN : column->real[row];
}

/* Text of a KG_TEXT cell, "" when missing. */
static inline const char *kg_column_text(const struct kg_column *column, size_t row)
{
	return kg_column_missing(column, row) ? "" : column->level[column->code[row]];
}

/* The code that cells of a KG_TEXT column with this text have; UINT32_MAX: none has it. Quicker to compare than texts
 * where rows are many. */
uint32_t kg_column_code(const struct kg_column *column, const char *text);

/* Is the cell's text the one with this code? A missing cell has none. */
static inline bool kg_column_is(const struct kg_column *column, size_t row, uint32_t code)
{
	return column->code[row] == code && !kg_column_missing(column, row);
}

/* Any cell as text for people and files: numbers in exact form, dates as ISO, booleans as 0/1, "" when missing.
 * NULL when memory is out. */
const char *kg_column_cell(const struct kg_column *column, size_t row, struct kg_arena *arena);

/* The column of that name. KG_EUSAGE: none; names the nearest and lists what there is. */
enum kg_status kg_table_column(const struct kg_table *table, const char *name, const struct kg_column **column,
			       struct kg_error *error) KG_CHECKED;

/* The same, which must hold numbers (not text). KG_EDATA: names file, first line and cell that is none. */
enum kg_status kg_table_number(const struct kg_table *table, const char *name, const struct kg_column **column,
			       struct kg_error *error) KG_CHECKED;

/* NULL instead of an error when there is none. */
const struct kg_column *kg_table_find(const struct kg_table *table, const char *name);

/* The delimiter that a table of one column seems to have been read without, as --delimiter takes it: ";", "\t" or "|";
 * NULL = none. */
const char *kg_table_delimiter(const struct kg_table *table);

/* File line of a row for messages: table->line, else row + 2 (a header and one line per row). */
size_t kg_table_line(const struct kg_table *table, size_t row);

/* An empty provenance: no source, not synthetic. */
extern const struct kg_provenance kg_provenance_none;

/* What holds for a table made from several: synthetic when any is, sources joined by "; ", wordings of all, breaks and
 * title of the first. NULL when memory is out. */
const struct kg_provenance *kg_provenance_join(const struct kg_table *const *table, size_t count,
					       struct kg_arena *arena);

#endif
