/* csv_cell: one cell of a CSV file: what number, bound, date or truth value its text states. */
#ifndef KG_TABLE_CSV_CELL_H
#define KG_TABLE_CSV_CELL_H

#include "table/csv_bound.h"
#include "table/missing.h"

/* How the cells of one column are read. All texts are borrowed. */
struct kg_cell_rule {
	enum kg_type type; /* KG_REAL while the type is guessed */
	bool guessed;	   /* no schema says the type: a code such as "05248" is then no number */
	bool as_text;	   /* cells as written, only empty ones missing */
	bool from_one;	   /* "<5" is at least 1, for zeros are written as 0 */
	char decimal, group;
	const char *format;	    /* of dates: NULL or "default" = ISO, else %Y %m %d and literal characters */
	const struct kg_missing *missing; /* texts that mean missing besides the empty one; NULL = "NA", in numbers only */
};

/* Longest cell of a guessed column that can be a number. */
#define KG_CELL_MOST 255

enum kg_cell_kind { KG_CELL_VALUE, KG_CELL_MISSING, KG_CELL_ODD, KG_CELL_LARGE };

struct kg_cell {
	double real;
	enum kg_bound bound;
	bool whole;	 /* written without decimals or exponent */
	uint8_t missing; /* kind of a missing cell, see table/missing.h */
};

/* Reads a cell of a column that is not text. KG_CELL_ODD: does not fit the type; KG_CELL_LARGE: a number, but beyond
 * what a double holds (integers: 2^53). */
enum kg_cell_kind kg_cell_read(const char *text, size_t length, const struct kg_cell_rule *rule, struct kg_cell *cell);

/* The kind of the cell when its text means missing under the rule, else KG_MISSING_NONE; for columns of any type. */
uint8_t kg_cell_missing(const char *text, size_t length, const struct kg_cell_rule *rule);

#endif
